"""The watch list as a map of the beneficiaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from foedus.catalog.facts import Facts
from foedus.domain.watch import WatchRow
from foedus.report.drawings.map_drawing import EXTENTS, Shade, WorldMap
from foedus.report.figures import count, percent
from foedus.web.desk import Desk

LEVELS = (
    (1, "under 20%"), (2, "20–40%"), (3, "40–60%"), (4, "60–80%"), (5, "80% and more"),
)  # fmt: skip


def watch_map(
    rows: Sequence[WatchRow], places: Mapping[str, tuple[float, float]], as_of: date, extent: str,
    href: Callable[[str], str | None] = lambda _: None,
) -> WorldMap:  # fmt: skip
    """Each beneficiary by its best chance: the lowest risk among those who promised it help."""
    best: dict[str, WatchRow] = {}
    number: dict[str, int] = {}
    for row in rows:
        number[row.beneficiary] = number.get(row.beneficiary, 0) + 1
        now = best.get(row.beneficiary)
        if now is None or row.left_without.probability < now.left_without.probability:
            best[row.beneficiary] = row
    shades = {
        key: Shade(
            name=row.beneficiary_name,
            words=f"{count(number[key], 'commitment')} shown; least likely to stay away is"
            f" {row.guarantor_name}, left without it {percent(row.left_without.probability)}",
            level=1 + min(4, int(row.left_without.probability * 5)),
            href=href(key),
            place=places.get(key),
        )
        for key, row in best.items()
    }
    return WorldMap(
        title="Lowest chance of being left without material help, by beneficiary",
        alternative=f"A world map of {count(len(shades), 'beneficiary', 'beneficiaries')} of the"
        " commitments listed, darker where even the likeliest guarantor is likely to stay away;"
        " the table gives every figure.",
        as_of=as_of,
        shades=shades,
        levels=LEVELS,
        extent=extent if extent in EXTENTS else "world",
    )


def places(desk: Desk, as_of: date) -> dict[str, tuple[float, float]]:
    """Longitude and latitude of every actor's capital on the day."""

    def make() -> dict[str, tuple[float, float]]:
        with desk.facts(as_of) as facts:
            return _places(facts)

    return desk.kept(("places", as_of), make)


def _places(facts: Facts) -> dict[str, tuple[float, float]]:
    rows = facts.rows(
        "SELECT actor, arg_max(longitude, first) AS x, arg_max(latitude, first) AS y"
        " FROM capitals WHERE longitude IS NOT NULL GROUP BY actor"
    )
    return {row["actor"]: (row["x"], row["y"]) for row in rows}
