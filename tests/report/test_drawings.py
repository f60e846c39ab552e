"""Maps and networks: well-formed, complete, the same for the same question, harmless."""

from __future__ import annotations

import json
import time
import xml.etree.ElementTree as ET
from datetime import date
from math import dist

import pytest

from foedus.domain.networks import TIE_KINDS, Network, NetworkActor, Tie
from foedus.errors import InputError
from foedus.report.drawings.antimeridian import cut
from foedus.report.drawings.map_drawing import EXTENTS, Shade, WorldMap, map_svg, not_on_map
from foedus.report.drawings.network_drawing import network_data, network_svg
from foedus.report.drawings.network_layout import layout
from foedus.report.drawings.projection import HEIGHT, WIDTH, project
from foedus.report.drawings.world import BORDERS, shapes

HOSTILE = '"><script>alert(1)</script>\x00\u202e'


def world(**changes: object) -> WorldMap:
    values: dict[str, object] = {
        "title": "Who is promised defence",
        "alternative": "Darker: more guarantors.",
        "as_of": date(2026, 1, 1),
        "shades": {
            "RUS": Shade("Russia", "9 guarantors", 2, "/actor/RUS"),
            "FRA": Shade("France", "no figure", None),
            "BHR": Shade("Bahrain", "1 guarantor", 1, "/actor/BHR", (50.6, 26.2)),
            "COW300": Shade("Austria-Hungary", "gone", 1),
        },
        "levels": ((1, "few"), (2, "more")),
    }
    return WorldMap(**{**values, **changes})  # type: ignore[arg-type]


def test_a_map_shades_outlines_and_dots_and_says_whom_it_lacks() -> None:
    drawn = ET.fromstring(map_svg(world()))
    linked = {one.get("data-actor"): one for one in drawn.iter() if one.get("data-actor")}
    assert set(linked) == {"RUS", "FRA", "BHR"}
    assert linked["RUS"].get("href") == "/actor/RUS"
    marks = {key: one[-1] for key, one in linked.items()}
    assert marks["RUS"].get("class") == "land l2"
    assert marks["FRA"].get("class") == "land known"
    assert marks["BHR"].tag.endswith("circle")
    assert not_on_map(world()) == ["Austria-Hungary"]


def test_an_exported_map_states_its_day_and_borders_and_needs_no_style_of_the_page() -> None:
    text = map_svg(world(), standalone=True)
    assert "As of 2026-01-01" in text
    assert BORDERS in text
    assert "var(" not in text
    ET.fromstring(text)


@pytest.mark.parametrize("extent", EXTENTS)
def test_every_part_of_the_world_can_be_shown(extent: str) -> None:
    box = ET.fromstring(map_svg(world(extent=extent))).get("viewBox")
    assert box is not None
    _, _, width, height = map(float, box.split())
    assert 0.3 < width / height < 3


def test_a_part_that_there_is_not_is_refused_by_name() -> None:
    with pytest.raises(InputError, match="middle-east"):
        map_svg(world(extent="mars"))


def test_no_outline_runs_across_the_map() -> None:
    """Russia and Fiji cross the 180th meridian; a careless path would span the map there."""
    for shape in shapes():
        for ring in shape.path.split("M")[1:]:
            assert len(ring) > 0
    russia = next(shape for shape in shapes() if shape.actor == "RUS")
    assert russia.path.count("M") > 5
    east_to_west = [(170.0, 60.0), (-170.0, 60.0), (-170.0, 70.0), (170.0, 70.0), (170.0, 60.0)]
    parts = cut(east_to_west)
    assert len(parts) == 2
    assert all(-180 <= x <= 180 for part in parts for x, _ in part)
    for part in parts:
        assert max(x for x, _ in part) - min(x for x, _ in part) == pytest.approx(10)


def test_the_projection_keeps_its_published_shape() -> None:
    """Equal Earth: width to height 2.05458, poles 0.59247 as long as the equator."""
    assert pytest.approx(2.05458, abs=1e-4) == WIDTH / HEIGHT
    assert project(180, 0)[0] == pytest.approx(WIDTH)
    assert (project(180, 90)[0] - project(-180, 90)[0]) / WIDTH == pytest.approx(0.59247, abs=1e-4)


def test_hostile_names_are_only_text() -> None:
    shades = {"RUS": Shade(HOSTILE, HOSTILE, 1, f"/actor/{HOSTILE}")}
    text = map_svg(world(title=HOSTILE, shades=shades), standalone=True)
    ET.fromstring(text)
    assert "<script" not in text
    network = synthetic(5, 10)
    named = network.model_copy(
        update={"actors": tuple(a.model_copy(update={"name": HOSTILE}) for a in network.actors)}
    )
    text = network_svg(named, named, title=HOSTILE, alternative=HOSTILE, href=lambda key: HOSTILE)
    ET.fromstring(text)
    assert "<script" not in text
    assert "<" not in network_data(named)


def synthetic(actors: int, ties: int) -> Network:
    """A network of that size: a third of the actors are partners of the first."""
    names = [f"A{number:03}" for number in range(actors)]
    ring = {name: 0 if n == 0 else 1 if n <= actors // 3 else 2 for n, name in enumerate(names)}
    made = []
    for number in range(ties):
        giver = names[0] if number < actors // 3 else names[number * 7 % actors]
        taker = names[1 + number % (actors - 1)]
        kind = TIE_KINDS[number % 6]
        made.append(
            Tie(
                guarantor=giver, beneficiary=taker, kind=kind,
                obligations=() if kind == "nothing" else (kind,), status="in force",
                instruments=(f"Pact {number}",), since=date(1950 + number % 70, 1, 1),
                strength=None,
            )
        )  # fmt: skip
    members = tuple(
        NetworkActor(
            id=name, name=name, kind="state", ring=ring[name],
            longitude=(n * 37) % 360 - 180.0, latitude=(n * 17) % 160 - 80.0,
        )
        for n, name in enumerate(names)
    )  # fmt: skip
    return Network(
        as_of=date(2026, 1, 1), catalog_version="x", centre=names[0], actors=members,
        ties=tuple(made), hidden=0,
    )  # fmt: skip


def test_a_network_keeps_its_places_when_ties_are_hidden() -> None:
    full = synthetic(60, 300)
    shown = full.model_copy(
        update={
            "actors": full.actors[:20],
            "ties": tuple(
                tie for tie in full.ties if {tie.guarantor, tie.beneficiary} <= {
                    actor.id for actor in full.actors[:20]
                }
            ),
        }
    )  # fmt: skip
    drawn = ET.fromstring(network_svg(full, shown, title="x", alternative="y"))
    nodes = [one for one in drawn.iter() if one.get("data-n")]
    assert len(nodes) == 20
    places = layout(full)
    for node in nodes:
        actor = full.actors[int(node.get("data-n") or -1)]
        circle = next(part for part in node if part.tag.endswith("circle"))
        at = (float(circle.get("cx") or 99), float(circle.get("cy") or 99))
        assert dist(at, (places[actor.id].x, places[actor.id].y)) < 1
    curves = sum((one.get("d") or "").count("Q") for one in drawn.iter())
    assert curves == len(shown.ties)


def test_the_scripts_data_are_the_network() -> None:
    full = synthetic(30, 90)
    data = json.loads(network_data(full))
    assert [node[0] for node in data["nodes"]] == [actor.id for actor in full.actors]
    for tie, row in zip(full.ties, data["ties"], strict=True):
        assert full.actors[row[0]].id == tie.guarantor
        assert full.actors[row[1]].id == tie.beneficiary
        assert data["kinds"][row[3]] == tie.kind
        assert (row[4], row[5]) == (tie.since and tie.since.isoformat(), None)


def test_500_actors_and_3000_commitments_are_drawn_in_a_blink() -> None:
    full = synthetic(500, 3000)
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        network_svg(full, full, title="x", alternative="y")
        taken.append(time.perf_counter() - start)
    assert min(taken) < 0.1
