"""Grades: the default Admiralty grade of a coded claim, before a reviewer gives one.

Source: reliability and credibility scales, NATO AJP-2.1 / ICD 206 practice.
"""

from __future__ import annotations

from foedus.domain.claims import Act, Attribution, Modality, Resolution
from foedus.domain.sources import Credibility, Reliability

DEFAULT_RELIABILITY: Reliability = "F"
_STATED_AS_FACT = frozenset({"actual", "intended"})


def credibility(
    act: Act, modality: Modality, attribution: Attribution, resolution: Resolution
) -> Credibility:
    """3 possibly true, 4 doubtful, 6 cannot be judged: from one text no claim is confirmed.

    3: stated as fact or firm intention by the author or a named source, both parties named.
    4: the same from unnamed sources, or with a party that the coder had to infer.
    6: opinion, expectation, and whatever is conditional, hypothetical, generic or denied.
    """
    if act in ("assess", "expect") or modality not in _STATED_AS_FACT:
        return 6
    if attribution.kind == "unnamed" or resolution == "document_pair":
        return 4
    return 3


def corroborated(origins: int) -> Credibility:
    """The credibility of a cluster by its independent origins: 2, probably true, from two on.

    1, confirmed, is left to a reviewer: the coder joins statements by their codes, and only a
    reader can say that they report the same event.
    """
    return 2 if origins > 1 else 3
