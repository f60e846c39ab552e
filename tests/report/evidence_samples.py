"""Self-written evidence: invented dispatches, with contradictions, failures and abstentions."""

from __future__ import annotations

from foedus.domain.assessments import (
    DocumentNote,
    Evidence,
    EvidenceCluster,
    EvidenceGroup,
    EvidenceKind,
)
from foedus.domain.claims import Act, Attribution, Claim, Cluster

KINDS: dict[EvidenceKind, tuple[Act, str]] = {
    "promised": ("commit", "The treaty does not oblige either side to defend the other."),
    "expected": ("expect", "Tehran counts on Moscow for spare parts before the winter."),
    "delivered": ("deliver", "Two batches of radar components reached Bandar Abbas in August."),
    "withheld": ("withhold", "Moscow sent no interceptors, the ministry in Tehran said."),
    "signalled": ("signal", "The Kremlin called the strikes “unprovoked aggression”."),
    "requested": ("request", "Iran asked again for the fighters that it ordered in 2023."),
    "assessed": ("assess", "In my view the partnership will not survive a second round."),
}


def _claim(number: int, act: Act, quote: str, **changes: object) -> Claim:
    fields: dict[str, object] = {
        "claim_id": f"claim-{number}",
        "doc": f"doc-{number % 2}",
        "quote": quote,
        "start": 40,
        "end": 40 + len(quote),
        "source": ("RUS",),
        "target": ("IRN",),
        "act": act,
        "polarity": "neg" if act == "withhold" else "pos",
        "support": ("arms", "intelligence") if act in {"deliver", "withhold"} else (),
        "time": "2026-08",
        "attribution": Attribution(kind="speaker", name="a ministry spokesman"),
        "confidence": 0.55 + 0.04 * (number % 10),
        "coder": "rules",
        "coder_version": "1",
    }
    return Claim.model_validate(fields | changes)


def _cluster(
    key: str, claims: tuple[Claim, ...], contradicts: tuple[str, ...] = ()
) -> EvidenceCluster:
    first = claims[0]
    return EvidenceCluster(
        cluster=Cluster(
            id=key, act=first.act, source=first.source, target=first.target,
            polarity=first.polarity, claims=tuple(claim.claim_id for claim in claims),
            origins=len({claim.doc for claim in claims}), contradicts=contradicts,
        ),
        claims=claims,
    )  # fmt: skip


def evidence(quote: str | None = None) -> Evidence:
    """All kinds but `realigned` and `constrained`; `quote` stands for every free text if given."""
    groups = []
    for number, (kind, (act, words)) in enumerate(KINDS.items()):
        repeats = 5 if kind == "delivered" else 1
        claims = tuple(
            _claim(number * 10 + repeat, act, quote or words,
                   modality="conditional" if kind == "promised" else "actual",
                   resolution="anaphora" if repeat else "explicit")
            for repeat in range(repeats)
        )  # fmt: skip
        opposite = {"delivered": ("c-withheld",), "withheld": ("c-delivered",)}.get(kind, ())
        groups.append(EvidenceGroup(kind=kind, clusters=(_cluster(f"c-{kind}", claims, opposite),)))
    elsewhere = _cluster(
        "c-arm", (_claim(99, "withhold", quote or "Yerevan waited for help in vain.",
                         target=("ARM",), attribution=Attribution(kind="unnamed")),)
    )  # fmt: skip
    documents = (
        DocumentNote(
            id="doc-0", name=quote or "dispatch-1.txt", title=quote or "After the strikes",
            publisher=quote or "The Example Courier", date="2026-09-14", date_basis="dateline",
            language="en", claims=9, same_as=None, used=True, why_not=None,
        ),
        DocumentNote(
            id="doc-1", name="dispatch-2.html", title=None, publisher=None, date=None,
            date_basis="unknown", language=None, claims=6, same_as="doc-0", used=True, why_not=None,
        ),
        DocumentNote(
            id="doc-2", name="later.txt", title=None, publisher=None, date="2026-12-01",
            date_basis="metadata", language="en", claims=0, same_as=None, used=False,
            why_not="dated after the as-of date",
        ),
    )  # fmt: skip
    return Evidence(
        groups=tuple(groups),
        elsewhere=(EvidenceGroup(kind="withheld", clusters=(elsewhere,)),),
        contradictions=(("c-delivered", "c-withheld"),),
        documents=documents,
        failures=(quote or "scan.pdf: the file is encrypted; save it without a password",),
        abstained=4,
    )
