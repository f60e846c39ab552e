"""The evidence block: claims about the pair, clustered, grouped by act, with their documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from foedus.assessment.parties import Parties
from foedus.domain.assessments import (
    DocumentNote,
    Evidence,
    EvidenceCluster,
    EvidenceGroup,
    EvidenceKind,
)
from foedus.domain.claims import Act, Claim, Cluster
from foedus.domain.dates import DateSpan
from foedus.domain.documents import Document
from foedus.errors import DateError
from foedus.evidence.clusters import cluster_claims
from foedus.evidence.grading import corroborated
from foedus.evidence.proposer.spans import once
from foedus.evidence.republished import find_republished
from foedus.workspace.store import Workspace

KINDS: dict[Act, EvidenceKind] = {
    "commit": "promised",
    "expect": "expected",
    "deliver": "delivered",
    "withhold": "withheld",
    "signal": "signalled",
    "realign": "realigned",
    "request": "requested",
    "constrain": "constrained",
    "assess": "assessed",
}
_EITHER_WAY: frozenset[Act] = frozenset({"request", "realign"})


def no_evidence() -> Evidence:
    """The block where no document was given."""
    return Evidence(
        groups=(),
        elsewhere=(),
        contradictions=(),
        documents=(),
        failures=(),
        abstained=0,
    )


def evidence(
    workspace: Workspace, parties: Parties, as_of: date, today: date, failures: Sequence[str]
) -> Evidence:
    """What the workspace's documents, published by `as_of`, say of the pair.

    Documents of unknown date count only in an assessment as of `today`: in an earlier one
    they could tell what was not yet known.
    """
    undated = as_of >= today
    claims = workspace.claims(
        actors={*parties.givers, parties.guarantor.id},
        published_by=as_of,
        undated="include" if undated else "exclude",
        include_abstained=True,
    )
    kept = once(
        [
            claim
            for claim in claims
            if not claim.abstained and claim.review != "rejected" and _known_by(claim, as_of)
        ]
    )
    documents = _with_origins(workspace.documents())
    about_pair = [claim for claim in kept if _about(claim, parties)]
    other = [claim for claim in kept if not _about(claim, parties)]
    pair_clusters = cluster_claims(about_pair, documents)
    return Evidence(
        groups=_groups(pair_clusters, about_pair),
        elsewhere=_groups(cluster_claims(other, documents), other),
        contradictions=_contradictions(pair_clusters),
        documents=tuple(_note(document, kept, as_of, undated) for document in documents),
        failures=tuple(failures),
        abstained=sum(claim.abstained and _about(claim, parties) for claim in claims),
    )


def _with_origins(documents: Iterable[Document]) -> list[Document]:
    """The documents, each republished one pointing at the earliest of the same article."""
    found = list(documents)
    repeats = find_republished(found)
    return [item.model_copy(update={"same_as": repeats.get(item.id)}) for item in found]


def _known_by(claim: Claim, day: date) -> bool:
    """Whether what the claim tells of can have happened by then: its first day is not later.

    A page that was updated after the date in its metadata tells of later events.
    """
    first = (claim.time or "").partition("/")[0].rstrip("~?%")
    try:
        return DateSpan.parse(first).first <= day
    except DateError:
        return True


def _about(claim: Claim, parties: Parties) -> bool:
    """Whether the claim is about support from the guarantor to the beneficiary."""
    givers = {*parties.givers, parties.guarantor.id}
    receiver = parties.beneficiary.id
    forth = bool(givers.intersection(claim.source)) and receiver in claim.target
    if claim.act not in _EITHER_WAY:
        return forth
    return forth or (receiver in claim.source and bool(givers.intersection(claim.target)))


def _groups(clusters: Iterable[Cluster], claims: Sequence[Claim]) -> tuple[EvidenceGroup, ...]:
    by_id = {claim.claim_id: claim for claim in claims}
    found: dict[EvidenceKind, list[EvidenceCluster]] = {kind: [] for kind in KINDS.values()}
    for cluster in clusters:
        members = tuple(_graded(by_id[key], cluster) for key in cluster.claims)
        found[KINDS[cluster.act]].append(EvidenceCluster(cluster=cluster, claims=members))
    return tuple(
        EvidenceGroup(kind=kind, clusters=tuple(items)) for kind, items in found.items() if items
    )


def _graded(claim: Claim, cluster: Cluster) -> Claim:
    """The claim in its cluster; independent origins of a statement raise its credibility."""
    credibility = claim.credibility
    if cluster.origins > 1 and credibility < 6:
        credibility = corroborated(cluster.origins)
    return claim.model_copy(update={"cluster": cluster.id, "credibility": credibility})


def _contradictions(clusters: Iterable[Cluster]) -> tuple[tuple[str, str], ...]:
    pairs = {
        (min(cluster.id, other), max(cluster.id, other))
        for cluster in clusters
        for other in cluster.contradicts
    }
    return tuple(sorted(pairs))


def _note(document: Document, claims: Sequence[Claim], as_of: date, undated: bool) -> DocumentNote:
    count = sum(claim.doc == document.id for claim in claims)
    why_not = None
    if document.language not in (None, "en"):
        why_not = f"language {document.language}: stored, not coded"
    elif document.date is None:
        if not undated:
            why_not = "date unknown: not used in an assessment of the past"
    elif document.date.last > as_of:
        why_not = f"published after {as_of}"
    return DocumentNote(
        id=document.id,
        name=document.name,
        title=document.title,
        publisher=document.publisher,
        date=None if document.date is None else str(document.date),
        date_basis=document.date_basis,
        language=document.language,
        claims=count,
        same_as=document.same_as,
        used=why_not is None,
        why_not=why_not,
    )
