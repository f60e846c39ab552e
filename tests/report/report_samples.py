"""Self-written assessments: the pair is real, the events, figures and quotes are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from evidence_samples import evidence

from foedus.domain.actors import Actor
from foedus.domain.assessments import (
    Assessment,
    CapabilityShare,
    Capacity,
    Drain,
    Evidence,
    Forecast,
    Limits,
    PastCall,
    Promise,
    Rate,
    Record,
    ReferenceClass,
    Verdict,
    VintageUse,
    Weight,
)
from foedus.domain.calls import Call
from foedus.domain.commitments import Commitment, Conditions
from foedus.domain.dates import DateSpan
from foedus.domain.estimates import Estimate, RungProbability, Window
from foedus.domain.likelihood import term
from foedus.domain.responses import Response
from foedus.domain.rungs import Rung, RungRange
from foedus.domain.sources import Source

RUSSIA = Actor(id="RUS", kind="state", name="Russia", cow=365)
IRAN = Actor(id="IRN", kind="state", name="Iran", cow=630)
NAMES = {"RUS": "Russia", "IRN": "Iran", "ISR": "Israel", "USA": "United States of America",
         "SYR": "Syria", "ARM": "Armenia"}  # fmt: skip
NEWS = Source(
    table="register",
    title="Leaders sign partnership treaty",
    publisher="Example Wire",
    published=DateSpan.parse("2025-01-17"),
    ref="https://example.org/news/2025/partnership-treaty?id=7&lang=en",
    confidence="high",
)
ATOP = Source(
    table="atop", title="ATOP 5.1", publisher="Rice University", ref="http://www.atopdata.org"
)


def commitment(**changes: object) -> Commitment:
    fields: dict[str, object] = {
        "id": "rus-irn-2025",
        "instrument": "rus-irn-2025",
        "title": "Treaty on Comprehensive Strategic Partnership",
        "article": "Art. 3",
        "phase": 1,
        "guarantor": "RUS",
        "beneficiary": "IRN",
        "multilateral": False,
        "defense": False,
        "offense": False,
        "neutrality": False,
        "nonaggression": True,
        "consultation": None,
        "conditions": {"nonaggression": Conditions(adversary=False, location=False)},
        "signed": DateSpan.parse("2025-01-17"),
        "in_force": DateSpan.parse("2025-10-02"),
        "ended": None,
        "end_cause": None,
        "known_until": DateSpan.parse("2026-10"),
        "atopid": None,
        "note": "Neither side may help an attacker of the other; no duty to come to its defence.",
        "status": "in force",
        "origin": "register",
        "sources": (NEWS,),
    }
    return Commitment.model_validate(fields | changes)


def promise() -> Promise:
    pact = commitment(
        id="atop-9", title="Joint declaration on Caspian security", article=None,
        nonaggression=False, consultation=False, conditions={}, note=None,
        signed=DateSpan.parse("2018-08"), in_force=DateSpan.parse("2019"), sources=(ATOP, NEWS),
    )  # fmt: skip
    pending = commitment(
        id="pending", title="Protocol on air defence cooperation", status="signed, not in force",
        in_force=None, defense=None, signed=DateSpan.parse("2026-05"),
    )  # fmt: skip
    lapsed = commitment(
        id="lapsed", title="Treaty on the basis of mutual relations", status="not known since",
        signed=DateSpan.parse("2001-03-12"), in_force=DateSpan.parse("2002-04"),
        known_until=DateSpan.parse("2018"), sources=(ATOP,),
    )  # fmt: skip
    ended = commitment(
        id="ended", title="Treaty of guarantee and neutrality", status="ended", neutrality=True,
        signed=DateSpan.parse("1927-10-01"), in_force=DateSpan.parse("1927-10-01"),
        ended=DateSpan.parse("1979-11-05"), end_cause="denounced", sources=(ATOP,),
        conditions={"neutrality": Conditions(non_provocation=True, adversary=True)},
    )  # fmt: skip
    return Promise(
        in_force=(commitment(), pact), pending=(pending,), lapsed=(lapsed,), ended=(ended,),
        defence_promised=False,
        summary="Two instruments are in force; neither obliges Russia to defend Iran",
    )  # fmt: skip


def past_call(number: int, beneficiary: str = "SYR") -> PastCall:
    start = date(2026, 6, 1) - timedelta(days=97 * number)
    source = Source(table="mid", title="Dyadic MID 5.01", ref="doi:10.1177/0738894221995743")
    due = ("due", "not due", "cannot tell")[number % 3]
    low, high = ((0, 0), (0, 3), (3, 3), (4, 4), (0, 4))[number % 5]
    delivered = RungRange(low=Rung(low), high=Rung(high))
    call = Call(
        id=f"call-{beneficiary}-{number}", name=f"Border crisis {number}",
        kind="militarised_dispute", role="initiator" if number % 7 == 3 else "target",
        beneficiary=beneficiary, challengers=("ISR", "USA"),
        started=DateSpan(first=start, last=start),
        ended=None if number == 1 else DateSpan.parse(f"{start.year + 1}"),
        hostility=4, outcome=None, same_as=None, note=None, origin="catalog", source=source,
    )  # fmt: skip
    response = Response(
        id=f"response-{beneficiary}-{number}", call=call.id, guarantor="RUS", rung=delivered,
        rung_30=delivered, rung_365=delivered,
        support=frozenset({"arms", "air_naval", "intelligence"}) if low >= 3 else frozenset(),
        not_given=frozenset(), opposed=number % 11 == 5, asked=None, obliged=None, first_act=None,
        commitments=(), note=None, origin="catalog", source=source,
    )  # fmt: skip
    reason = {
        "due": "treaty of 1980, attacked on its own territory",
        "not due": "no commitment was in force on any day of the call",
        "cannot tell": "who struck first is disputed",
    }[due]
    return PastCall(
        call=call, beneficiary_name=NAMES[beneficiary],
        challenger_names=("Israel", "United States of America"),
        verdict=Verdict.model_validate(
            {"due": due, "obligation": "defense" if due == "due" else None,
             "commitment": None, "reason": reason}
        ),
        responses=() if number % 13 == 6 else (response,), delivered=delivered,
        opposed=number % 11 == 5,
    )  # fmt: skip


def record(others: int = 300) -> Record:
    mine = tuple(past_call(number, "IRN") for number in range(1, 4))
    theirs = tuple(past_call(number) for number in range(1, others + 1))
    return Record(
        rule="Leeds et al. 2000, as coded by Berkemeier & Fuhrmann 2018",
        rule_text="A call is honoured if the guarantor gives what the obligation asks for.",
        calls=(*mine, *theirs), with_beneficiary=mine, total=others + 3,
        rates=(
            Rate(label="all calls", honoured=41, due=98, unknown=17, rate=41 / 98,
                 low=0.325, high=0.517),
            Rate(label="with Iran", honoured=0, due=0, unknown=1, rate=None, low=None, high=None),
            Rate(label="since 1991", honoured=5, due=12, unknown=3, rate=5 / 12,
                 low=0.193, high=0.68),
        ),
    )  # fmt: skip


def estimate(probability: float, low: float, high: float) -> Estimate:
    return Estimate(probability=probability, low=low, high=high, term=term(probability))


def window(days: int, shift: float) -> Window:
    exactly = (0.31, 0.22, 0.13, 0.335 - shift, 0.005 + shift)
    rungs = []
    for rung in Rung:
        above = sum(exactly[rung:]) if rung else 1.0
        rungs.append(
            RungProbability(
                rung=rung, label=rung.label,
                exactly=estimate(exactly[rung], exactly[rung] * 0.5, exactly[rung] * 1.6),
                at_least=estimate(above, above * 0.55, min(1.0, above * 1.35)),
            )
        )  # fmt: skip
    return Window.model_validate({"days": days, "rungs": tuple(rungs)})


def forecast() -> Forecast:
    return Forecast(
        estimand="the highest rung that Russia reaches given a call of the kind that past calls "
        "were, with Iran as target, starting in the next 12 months",
        resolution="two coders apply the rung codebook to open sources 30 and 365 days after the "
        "call starts",
        model="partially pooled base rate", model_version="1.0",
        windows=(window(30, 0.0), window(365, 0.046)),
        reference_classes=(
            ReferenceClass(name="all calls since 1816", calls=2140, responses=9120, material=1402,
                           forces=811, open=2210),
            ReferenceClass(name="no defence obligation, bilateral, since 1991", calls=212,
                           responses=505, material=44, forces=9, open=130),
            ReferenceClass(name="Russia, no defence obligation, since 1991", calls=17,
                           responses=31, material=6, forces=1, open=8),
        ),
        challengers=(
            Weight(name="Israel", weight=0.55, basis="disputes since 1991"),
            Weight(name="United States of America", weight=0.35, basis="disputes since 1991"),
            Weight(name="others", weight=0.10, basis="remainder"),
        ),
        severities=(
            Weight(name="limited strike", weight=0.7, basis="calls since 1991"),
            Weight(name="interstate war", weight=0.3, basis="calls since 1991"),
        ),
        training_calls=2140, training_responses=9120, last_training_call=date(2026, 3, 2),
        limits=("responses below material support are rarely recorded before 1975",
                "the model does not read the documents"),
    )  # fmt: skip


def capacity() -> Capacity:
    return Capacity(
        shares=(
            CapabilityShare(actor="RUS", name="Russia", year=2022, share=0.0391, rank=4),
            CapabilityShare(actor="USA", name="United States of America", year=2022, share=0.1312,
                            rank=2),
            CapabilityShare(actor="IRN", name="Iran", year=2022, share=0.0147, rank=12),
            CapabilityShare(actor="SYR", name="Syria", year=None, share=None, rank=None),
        ),
        drains=(
            Drain(name="Russo-Ukrainian war", kind="interstate war", since="2022-02-24",
                  role="initiator", source="register"),
            Drain(name="Sahel insurgency", kind="insurgency", since="2021-12",
                  role="supporter of the government", source="register"),
        ),
        commitments={"defense": 9, "neutrality": 3, "nonaggression": 28, "consultation": 31,
                     "nothing_military": 12},
        beneficiaries=41, load_known_until=date(2024, 12, 31),
        notes=("capability is that of 2022, before most of the losses in Ukraine",),
    )  # fmt: skip


def limits() -> Limits:
    return Limits(
        vintages=(
            VintageUse(key="atop", title="Alliance Treaty Obligations and Provisions",
                       version="5.1",
                       last_year=2018, tables=("commitments",),
                       terms="cite; no files",
                       citation="Leeds, Ritter, Mitchell and Long. 2002. Alliance Treaty "
                       "Obligations and Provisions. International Interactions 28: 237–260."),
            VintageUse(key="nmc", title="National Material Capabilities", version="7.0",
                       last_year=2022, tables=("capability",), terms="cite",
                       citation="Singer, Bremer and Stuckey. 1972."),
            VintageUse(key="register", title="Foedus register", version="2026-11",
                       last_year=None, tables=("commitments", "calls", "responses"),
                       terms="CC BY 4.0",
                       citation="@misc{foedus,\n  title = {Foedus register},\n  year = {2026}\n}"),
        ),
        unknown=("wars and disputes after 2024, but for those in the register",
                 "whether the declaration of 2018 is still observed"),
        cite="Foedus 0.1.0, catalog 2026.11, assessment RUS-IRN as of 2026-11-21.",
    )  # fmt: skip


def full(**changes: object) -> Assessment:
    fields: dict[str, object] = {
        "foedus_version": "0.1.0",
        "catalog_version": "2026.11",
        "id": "2026-11-21-RUS-IRN-5f0c",
        "created": datetime(2026, 11, 21, 14, 5, tzinfo=UTC),
        "as_of": date(2026, 11, 21),
        "guarantor": RUSSIA,
        "beneficiary": IRAN,
        "challenger": None,
        "headline": "Russia has promised Iran no defence, and within a year of an attack on Iran "
        "it is very unlikely to send forces (5%) and unlikely to give material support or more "
        "(34%)",
        "promise": promise(),
        "record": record(),
        "forecast": forecast(),
        "no_forecast": None,
        "evidence": evidence(),
        "capacity": capacity(),
        "limits": limits(),
        "names": NAMES,
    }
    return Assessment.model_validate(fields | changes)


def bare() -> Assessment:
    """Nothing known: no commitment, no call, no forecast, no document."""
    empty = Evidence(
        groups=(), elsewhere=(), contradictions=(), documents=(), failures=(), abstained=0
    )
    nothing = Capacity(shares=(CapabilityShare(actor="RUS", name="Russia", year=None, share=None,
                       rank=None),), drains=(), commitments={}, beneficiaries=0,
                       load_known_until=None, notes=())  # fmt: skip
    return full(
        as_of=date(1938, 9, 1), headline="nothing is known",
        promise=Promise(in_force=(), pending=(), lapsed=(), ended=(), defence_promised=None,
                        summary=""),
        record=Record(rule="none", rule_text="No rule applies.", calls=(), with_beneficiary=(),
                      total=0, rates=()),
        forecast=None, no_forecast="no past call of this kind is in the data",
        evidence=empty, capacity=nothing,
    )  # fmt: skip


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'\x1b[31m\x00\u202eevil\u2066"


def hostile() -> Assessment:
    """Every free text carries markup, control characters and marks that reorder a line."""
    source = Source(table="register", title=HOSTILE, publisher=HOSTILE, ref="javascript:alert(3)")
    pact = commitment(title=HOSTILE, article=HOSTILE, note=HOSTILE, sources=(source,))
    pair = promise().model_copy(update={"in_force": (pact,), "ended": (pact,)})
    sample = limits()
    return full(
        headline=HOSTILE, id=HOSTILE, record=record(others=5), promise=pair,
        evidence=evidence(HOSTILE),
        guarantor=RUSSIA.model_copy(update={"name": HOSTILE}), no_forecast=HOSTILE,
        capacity=capacity().model_copy(
            update={"shares": (CapabilityShare(actor="RUS", name=HOSTILE, year=2022, share=0.04,
                                               rank=4),)}
        ),
        limits=sample.model_copy(update={"cite": HOSTILE, "unknown": (HOSTILE,)}),
        names=NAMES | {"RUS": HOSTILE},
    )  # fmt: skip
