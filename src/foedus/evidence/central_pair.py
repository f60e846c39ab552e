"""The two actors that a document is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from foedus.evidence.lexicon import lexicon
from foedus.evidence.mentions import Mention

_LEAD_CHARACTERS = 1200
_LEAD_WEIGHT = 2
_TITLE_WEIGHT = 8
_POWER, _ALMOST = 2, 0.6


def document_pair(mentions: Sequence[Mention], title: Sequence[Mention]) -> tuple[str, ...]:
    """The two actors that a document is about; fewer if it names fewer.

    Each mention counts one, in the first lines two, in the title four; two names side by side
    ("Russia and Iran", "Sino-Pakistani") count one more each; a leader's name counts half. Of two
    powers the second gives way to a lesser actor named almost as often: the one both deal with.
    """
    counts: Counter[str] = Counter()
    previous: Mention | None = None
    for mention in mentions:
        if mention.role == "vague":
            continue
        early = mention.start - mentions[0].start < _LEAD_CHARACTERS
        half = 1 if mention.role == "leader" else 2
        counts[mention.actor] += half * (_LEAD_WEIGHT if early else 1)
        if previous and previous.actor != mention.actor and mention.start - previous.end <= 5:
            counts[mention.actor] += 2
            counts[previous.actor] += 2
        previous = mention
    for mention in title:
        counts[mention.actor] += _TITLE_WEIGHT
    pair = tuple(actor for actor, _ in counts.most_common(2))
    rank = lexicon().powers
    if len(pair) < 2 or min(rank.get(actor, 0) for actor in pair) < _POWER:
        return pair
    for actor, count in counts.most_common()[2:]:
        if rank.get(actor, 0) < _POWER and count >= _ALMOST * counts[pair[1]]:
            return pair[0], actor
    return pair
