"""All features, in the order of the model's columns."""

from __future__ import annotations

from foedus.reliability.features.feature import Feature, Group
from foedus.reliability.features.means import MEANS
from foedus.reliability.features.past import PAST
from foedus.reliability.features.place import PLACE
from foedus.reliability.features.power import POWER
from foedus.reliability.features.promise import PROMISE

GROUPS: tuple[Group, ...] = (PROMISE, POWER, PLACE, PAST, MEANS)
FEATURES: tuple[Feature, ...] = tuple(one for group in GROUPS for one in group.features)
NAMES: tuple[str, ...] = tuple(one.name for one in FEATURES)
