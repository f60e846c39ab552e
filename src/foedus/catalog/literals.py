"""Values written into a query as SQL literals.

DuckDB imports pandas, where that is installed, to look at a bound parameter: seconds for a
query of milliseconds. Quoted literals cost nothing and are as safe: DuckDB knows no escapes
in a string but the doubled quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

_NAME = re.compile(r"\$([a-z_]+)")


def fill(query: str, values: Mapping[str, object]) -> str:
    """The query with each `$name` replaced by the literal of `values["name"]`.

    Raises:
        KeyError: a name without a value.
        TypeError: a value that is no text, number, day, truth value, null, or list of them.
    """
    return _NAME.sub(lambda match: literal(values[match[1]]), query)


def literal(value: object) -> str:
    """One value as a DuckDB literal."""
    match value:
        case None:
            return "NULL"
        case bool():
            return str(value).upper()
        case int() | float():
            return repr(value)
        case date():
            return f"DATE '{value.isoformat()}'"
        case str():
            quoted = value.replace("\0", "").replace("'", "''")
            return f"'{quoted}'"
        case Iterable():
            return f"[{', '.join(literal(item) for item in value)}]"
    raise TypeError(f"no SQL literal for {value!r}")
