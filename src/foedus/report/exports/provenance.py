"""Where an export comes from: the query, the data's vintages and the run, in words a file keeps."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from foedus.catalog.vintages import table_vintages, vintages
from foedus.domain.frozen import Frozen


class Provenance(Frozen):
    """What an exported file says of itself.

    `query` is the address of the view with its filters. `run` is the id of the assessment or
    run shown, or follows from everything else here. `vintages` are keys of `vintages.json`.
    """

    title: str
    query: str
    run: str
    as_of: date
    foedus_version: str
    catalog_version: str
    vintages: tuple[str, ...]

    @property
    def items(self) -> tuple[tuple[str, str], ...]:
        """Each line of it by name, in order."""
        known = vintages()
        described = (f"{known[key].title} {known[key].version}" for key in self.vintages)
        return (
            ("title", self.title),
            ("query", self.query),
            ("run", self.run),
            ("as-of", self.as_of.isoformat()),
            ("foedus", self.foedus_version),
            ("catalog", self.catalog_version),
            ("vintages", "; ".join(described)),
            ("cite", "foedus data cite, or the export to BibTeX"),
        )


def provenance(
    title: str,
    query: str,
    *,
    as_of: date,
    foedus_version: str,
    catalog_version: str,
    tables: tuple[str, ...],
    run: str | None = None,
    state: str = "",
) -> Provenance:
    """Provenance of a view over these catalog tables.

    Without a `run` of its own, a view is named by a hash of its query, day, versions and
    `state` (what of the workspace it shows): the same view of the same data has the same name.

    Raises:
        UnknownTable: a name that is no catalog table's.
    """
    keys = dict.fromkeys(one.key for table in tables for one in table_vintages(table))
    parts = "\0".join((query, as_of.isoformat(), foedus_version, catalog_version, state))
    return Provenance(
        title=title,
        query=query,
        run=run or sha256(parts.encode()).hexdigest()[:12],
        as_of=as_of,
        foedus_version=foedus_version,
        catalog_version=catalog_version,
        vintages=tuple(keys),
    )
