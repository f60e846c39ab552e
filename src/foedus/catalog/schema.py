"""The catalog's tables: unit, columns, key and the vintages each is derived from.

Dates known only to the month or year are stored as two columns, `<name>_first` and
`<name>_last`, the first and last possible day. Unknown is null, never 0. Actor columns hold
`actors.id`; `source_table` holds a vintage key of `vintages.json`.
"""

from __future__ import annotations

from foedus.catalog.schema_actors import ACTORS
from foedus.catalog.schema_calls import CALLS
from foedus.catalog.schema_commitments import COMMITMENTS
from foedus.catalog.schema_pairs import PAIRS
from foedus.catalog.schema_record import RECORD_TABLES
from foedus.catalog.schema_register import REGISTER
from foedus.catalog.schema_states import STATES
from foedus.catalog.schema_table import Table
from foedus.catalog.schema_votes import VOTE_TABLES

__all__ = ["TABLES", "Table"]

TABLES: dict[str, Table] = {
    **ACTORS,
    **COMMITMENTS,
    **CALLS,
    **STATES,
    **PAIRS,
    **REGISTER,
    **VOTE_TABLES,
    **RECORD_TABLES,
}
