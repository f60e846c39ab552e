"""A claim: one coded statement in a document, with the exact span of text that carries it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from foedus.domain.frozen import Frozen
from foedus.domain.sources import Credibility, Reliability

Act = Literal[
    "commit", "expect", "request", "deliver", "withhold", "signal", "realign", "constrain",
    "assess",
]  # fmt: skip
ACTS: tuple[Act, ...] = (
    "commit", "expect", "request", "deliver", "withhold", "signal", "realign", "constrain",
    "assess",
)  # fmt: skip

Support = Literal[
    "troops", "arms", "intelligence", "training", "funding", "logistics", "sanctuary",
    "diplomatic", "exercises", "treaty", "joint_operations", "unspecified",
    "unspecified_military", "none",
]  # fmt: skip

UNNAMED = frozenset({"ALLIES", "NEIGHBOURS", "WEST", "WORLD", "PROXIES"})
"""Parties that a text leaves unnamed; `X:PROXIES` are those of the actor X."""

Polarity = Literal["pos", "neg"]
Modality = Literal["actual", "intended", "conditional", "hypothetical", "generic", "denied"]
Resolution = Literal["explicit", "anaphora", "document_pair"]
AttributionKind = Literal["author", "speaker", "organisation", "unnamed"]
ReviewStatus = Literal["unreviewed", "accepted", "rejected", "edited", "merged"]
PloverEvent = Literal[
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "RETREAT",
]  # fmt: skip


class Attribution(Frozen):
    """Who says so: the document's author, a named speaker or organisation, or unnamed sources."""

    kind: AttributionKind = "author"
    name: str | None = None


class Claim(Frozen):
    """Who says who promised / expects / delivered / withheld ... what to whom, and when.

    `start` and `end` are Unicode code-point offsets into the stored text of `doc`, end
    exclusive, and `quote` is exactly that slice: the workspace refuses a claim whose quote
    is not. `source` would give (or asks, for `request`), `target` would receive; a mutual
    statement lists both on both sides. `polarity` is from the target's point of view.
    `time` is EDTF. `confidence` in 0..1 is the coder's own; `abstained` marks a
    claim under the coder's threshold, kept for review and counted nowhere. `merged_into` is
    the claim that a reviewer merged this one into: it counts there, once.

    Source: acts and polarity, the Foedus codebook (docs/methods.md); event types, PLOVER
    (Halterman et al. 2023); support categories, UCDP External Support codebook 18.1.
    """

    claim_id: str
    doc: str
    quote: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(gt=0)]
    source: tuple[str, ...]
    target: tuple[str, ...]
    beneficiary: str | None = None
    act: Act
    event_type: PloverEvent | None = None
    support: tuple[Support, ...] = ()
    polarity: Polarity
    modality: Modality = "actual"
    time: str | None = None
    time_basis: str | None = None
    attribution: Attribution = Attribution()
    reliability: Reliability = "F"
    credibility: Credibility = 6
    resolution: Resolution = "explicit"
    confidence: Annotated[float, Field(ge=0, le=1)]
    abstained: bool = False
    coder: str
    coder_version: str
    cluster: str | None = None
    review: ReviewStatus = "unreviewed"
    merged_into: str | None = None

    @model_validator(mode="after")
    def _span(self) -> Claim:
        if self.end - self.start != len(self.quote):
            raise ValueError(
                f"span {self.start}..{self.end} holds {self.end - self.start} characters, "
                f"the quote {len(self.quote)}"
            )
        return self


class Cluster(Frozen):
    """Claims that state the same thing: same parties, act, polarity and support.

    `origins` counts independent origins (republished documents are one); `contradicts`
    names the clusters that state the opposite of the same parties and support.
    """

    id: str
    act: Act
    source: tuple[str, ...]
    target: tuple[str, ...]
    polarity: Polarity
    claims: tuple[str, ...]
    origins: int
    contradicts: tuple[str, ...] = ()
