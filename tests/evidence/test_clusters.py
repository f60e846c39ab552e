"""Which claims are one statement, how often it was made independently, and what denies it."""

from __future__ import annotations

from collections.abc import Callable

from foedus.domain.claims import Claim
from foedus.domain.documents import Document
from foedus.evidence.clusters import cluster_claims
from foedus.evidence.grading import corroborated

_BASE = Claim(
    claim_id="a",
    doc="d1",
    quote="x",
    start=0,
    end=1,
    source=("RUS",),
    target=("IRN",),
    act="deliver",
    support=("arms",),
    polarity="pos",
    time="2024",
    confidence=0.8,
    coder="test",
    coder_version="1",
)


def _claim(**changes: object) -> Claim:
    return Claim.model_validate({**_BASE.model_dump(), **changes})


def test_the_same_statement_in_two_documents_has_two_origins(
    written: Callable[..., Document],
) -> None:
    documents = [written("x", id="d1"), written("x", id="d2")]
    claims = [_BASE, _claim(claim_id="b", doc="d2", time="2023/..")]
    (cluster,) = cluster_claims(claims, documents)
    assert (cluster.claims, cluster.origins) == (("a", "b"), 2)


def test_a_republished_document_corroborates_nothing(written: Callable[..., Document]) -> None:
    documents = [
        written("x", id="d1"),
        written("x", id="d2", same_as="d1"),
        written("x", id="d3", same_as="d2"),
    ]
    claims = [_BASE, _claim(claim_id="b", doc="d2"), _claim(claim_id="c", doc="d3")]
    (cluster,) = cluster_claims(claims, documents)
    assert cluster.origins == 1


def test_a_circle_of_republications_ends(written: Callable[..., Document]) -> None:
    documents = [written("x", id="d1", same_as="d2"), written("x", id="d2", same_as="d1")]
    assert cluster_claims([_BASE], documents)[0].origins == 1


def test_given_and_withheld_contradict_on_both_sides() -> None:
    clusters = cluster_claims([_BASE, _claim(claim_id="b", act="withhold", polarity="neg")], [])
    first, second = clusters
    assert first.contradicts == (second.id,)
    assert second.contradicts == (first.id,)


def test_a_denial_contradicts_what_it_denies() -> None:
    clusters = cluster_claims([_BASE, _claim(claim_id="b", modality="denied")], [])
    assert [len(one.contradicts) for one in clusters] == [1, 1]


def test_other_support_another_time_or_the_other_way_round_do_not_contradict() -> None:
    against = {"act": "withhold", "polarity": "neg"}
    for other in (
        _claim(claim_id="b", support=("troops",), **against),
        _claim(claim_id="b", time="2019", **against),
        _claim(claim_id="b", source=("IRN",), target=("RUS",), **against),
        _claim(claim_id="b", modality="hypothetical", **against),
    ):
        assert all(not one.contradicts for one in cluster_claims([_BASE, other], []))


def test_opinion_is_never_joined_with_delivery() -> None:
    clusters = cluster_claims([_BASE, _claim(claim_id="b", act="assess")], [])
    assert len(clusters) == 2


def test_abstained_and_rejected_claims_are_in_no_cluster() -> None:
    claims = [_claim(claim_id="b", abstained=True), _claim(claim_id="c", review="rejected")]
    assert cluster_claims(claims, []) == ()


def test_credibility_rises_only_with_independent_origins() -> None:
    assert [corroborated(origins) for origins in (1, 2, 3, 9)] == [3, 2, 2, 2]
