"""Any document and any claim of it come back equal."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.domain.claims import ACTS, Attribution, Claim
from foedus.domain.dates import DateSpan
from foedus.domain.documents import Document, Passage
from foedus.workspace import Workspace

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
MAYBE = st.none() | TEXTS
SPANS = st.tuples(st.dates(), st.dates()).map(
    lambda pair: DateSpan(first=min(pair), last=max(pair))
)
ACTORS = st.lists(st.sampled_from(["RUS", "IRN", "NATO", "it's"]), max_size=3).map(tuple)


@st.composite
def coded_documents(draw: st.DrawFn) -> tuple[Document, list[Claim]]:
    key = draw(st.text("0123456789abcdef", min_size=16, max_size=16))
    text = draw(TEXTS.filter(bool))
    when = draw(st.none() | SPANS)
    one = Document(
        id=key,
        name=draw(TEXTS),
        media_type=draw(TEXTS),
        text=text,
        passages=draw(
            st.lists(st.builds(Passage, start=st.integers(0, 99), end=st.integers(0, 99))).map(
                tuple
            )
        ),
        title=draw(MAYBE),
        publisher=draw(MAYBE),
        author=draw(MAYBE),
        date=when,
        date_basis=draw(st.sampled_from(["metadata", "unknown"])),
        language=draw(MAYBE),
        same_as=draw(MAYBE),
    )
    coded = []
    for number in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        coded.append(
            Claim(
                claim_id=f"{key}/{number}",
                doc=key,
                quote=text[start:end],
                start=start,
                end=end,
                source=draw(ACTORS),
                target=draw(ACTORS),
                beneficiary=draw(st.none() | st.just("IRN")),
                act=draw(st.sampled_from(ACTS)),
                event_type=draw(st.none() | st.just("AID")),
                support=draw(st.just(()) | st.just(("arms", "troops"))),
                polarity=draw(st.sampled_from(["pos", "neg"])),
                modality=draw(st.sampled_from(["actual", "denied"])),
                time=draw(MAYBE),
                time_basis=draw(MAYBE),
                attribution=Attribution(kind="speaker", name=draw(MAYBE)),
                reliability=draw(st.sampled_from("ABCDEF")),
                credibility=draw(st.integers(1, 6)),
                resolution=draw(st.sampled_from(["explicit", "anaphora"])),
                confidence=draw(st.floats(0, 1)),
                abstained=draw(st.booleans()),
                coder="rules",
                coder_version="1",
                cluster=draw(MAYBE),
                review=draw(st.sampled_from(["unreviewed", "accepted", "merged"])),
            )
        )
    return one, coded


@settings(settings.get_profile("workspace"), max_examples=60)
@given(pair=coded_documents(), day=st.dates())
def test_round_trip(where: str, pair: tuple[Document, list[Claim]], day: date) -> None:
    one, coded = pair
    with Workspace.open(where) as workspace:
        if not workspace.add_document(one, coded, coder="rules", coder_version="1"):
            return
        assert workspace.document(one.id) == one
        ordered = sorted(coded, key=lambda c: (c.start, c.end, c.claim_id))
        assert workspace.claims(one.id, include_abstained=True) == ordered
        assert workspace.claims(one.id) == [c for c in ordered if not c.abstained]
        known = one.date is not None and one.date.last <= day
        assert bool(list(workspace.documents(ids=[one.id], published_by=day))) is known
