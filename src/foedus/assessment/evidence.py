"""The evidence block: claims about the pair, clustered, grouped by act, with their documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
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
from foedus.domain.documents import DocumentHead
from foedus.errors import DateError
from foedus.evidence.clusters import cluster_claims
from foedus.evidence.grading import corroborated
from foedus.evidence.proposer.spans import once
from foedus.evidence.sketches import find_copies, sketch
from foedus.workspace.store import Workspace
from foedus.workspace.undated import Undated

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
_LISTED = 500
_ELSEWHERE = 1000
_EITHER_WAY: frozenset[Act] = frozenset({"request", "realign"})


@dataclass(frozen=True)
class Found:
    """The block, and the claims about the pair with their documents and who graded them."""

    block: Evidence
    claims: Sequence[Claim] = ()
    documents: Sequence[DocumentHead] = ()
    graded: Collection[str] = ()


def no_evidence() -> Found:
    """What there is where no document was given."""
    nothing = Evidence(
        groups=(),
        elsewhere=(),
        contradictions=(),
        documents=(),
        failures=(),
        abstained=0,
    )
    return Found(nothing)


def evidence(
    workspace: Workspace, parties: Parties, as_of: date, today: date, failures: Sequence[str]
) -> Found:
    """What the workspace's documents, published by `as_of`, say of the pair.

    Documents of unknown date count only in an assessment as of `today`: in an earlier one
    they could tell what was not yet known.
    """
    undated: Undated = "include" if as_of >= today else "exclude"
    givers = {*parties.givers, parties.guarantor.id}
    named = workspace.pair_claims(
        givers, parties.beneficiary.id, published_by=as_of, undated=undated
    )
    others, others_total = workspace.other_claims(
        givers, parties.beneficiary.id, published_by=as_of, undated=undated, limit=_ELSEWHERE
    )
    pair = [claim for claim in named if _about(claim, parties)]
    kept = once([claim for claim in (*named, *others) if _counts(claim, as_of)])
    documents, total = _documents(workspace, kept)
    graded = workspace.graded_by_people(claim.claim_id for claim in kept)
    about_pair = [claim for claim in kept if _about(claim, parties)]
    other = [claim for claim in kept if not _about(claim, parties)]
    pair_clusters = cluster_claims(about_pair, documents)
    counts = Counter(claim.doc for claim in kept)
    shown = [_note(item, counts[item.id], as_of, undated == "include") for item in documents]
    block = Evidence(
        groups=_groups(pair_clusters, about_pair, graded),
        elsewhere=_groups(cluster_claims(other, documents), other, graded),
        contradictions=_contradictions(pair_clusters),
        documents=tuple(shown),
        failures=tuple(failures),
        abstained=sum(claim.abstained for claim in pair),
        reviewed=dict(sorted(Counter(c.review for c in pair if c.review != "unreviewed").items())),
        documents_total=total,
        elsewhere_total=len(other) + max(0, others_total - len(others)),
    )
    return Found(block, about_pair, documents, graded)


def _counts(claim: Claim, as_of: date) -> bool:
    return (
        not claim.abstained
        and claim.review not in ("rejected", "merged")
        and _known_by(claim, as_of)
    )


def _documents(workspace: Workspace, claims: Sequence[Claim]) -> tuple[list[DocumentHead], int]:
    """The documents to list, copies pointing at the earliest of the same article, and their number.

    Where there are many, only those with claims are listed.
    """
    total = workspace.count_documents()
    if total <= _LISTED:
        found = workspace.heads_after(limit=_LISTED)
    else:
        found = list(workspace.heads({claim.doc for claim in claims}))
    days = {item.id: None if item.date is None else item.date.last for item in found}
    copies = find_copies(_sketches(workspace, days), days, workspace.document)
    return [item.model_copy(update={"same_as": copies.get(item.id)}) for item in found], total


def _sketches(workspace: Workspace, keys: Collection[str]) -> dict[str, bytes]:
    """The documents' sketches; those read before there were any are made now, and kept."""
    found = workspace.sketches(keys)
    missing = {item.id: sketch(item) for item in workspace.documents(ids={*keys} - {*found})}
    if missing:
        workspace.put_sketches(missing)
    return found | missing


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


def _groups(
    clusters: Iterable[Cluster], claims: Sequence[Claim], graded: Collection[str]
) -> tuple[EvidenceGroup, ...]:
    by_id = {claim.claim_id: claim for claim in claims}
    found: dict[EvidenceKind, list[EvidenceCluster]] = {kind: [] for kind in KINDS.values()}
    for cluster in clusters:
        members = tuple(_graded(by_id[key], cluster, graded) for key in cluster.claims)
        found[KINDS[cluster.act]].append(EvidenceCluster(cluster=cluster, claims=members))
    return tuple(
        EvidenceGroup(kind=kind, clusters=tuple(items)) for kind, items in found.items() if items
    )


def _graded(claim: Claim, cluster: Cluster, graded: Collection[str]) -> Claim:
    """The claim in its cluster; independent origins of a statement raise its credibility.

    A credibility that a person gave stays as he gave it.
    """
    credibility = claim.credibility
    if cluster.origins > 1 and credibility < 6 and claim.claim_id not in graded:
        credibility = corroborated(cluster.origins)
    return claim.model_copy(update={"cluster": cluster.id, "credibility": credibility})


def _contradictions(clusters: Iterable[Cluster]) -> tuple[tuple[str, str], ...]:
    pairs = {
        (min(cluster.id, other), max(cluster.id, other))
        for cluster in clusters
        for other in cluster.contradicts
    }
    return tuple(sorted(pairs))


def _note(document: DocumentHead, count: int, as_of: date, undated: bool) -> DocumentNote:
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
