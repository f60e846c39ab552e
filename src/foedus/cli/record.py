"""`foedus record` and `foedus rates`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from foedus.cli.options import AsOf, Json, Mine, Workspace, show, write

From = Annotated[int | None, Parameter(name="--from", help="First year.")]
To = Annotated[int | None, Parameter(name="--to", help="Last year.")]
Csv = Annotated[bool, Parameter(name="--csv", negative="", help="CSV to standard output.")]


def record(
    guarantor: str,
    /,
    *,
    rule: str = "foedus-rung",
    coding: str | None = None,
    from_: From = None,
    to: To = None,
    as_of: AsOf = None,
    workspace: Workspace = None,
    mine: Mine = True,
    csv: Csv = False,
    json: Json = False,
) -> None:
    """What GUARANTOR owed and delivered, case by case, under a named rule.

    Parameters
    ----------
    guarantor
        State or organisation.
    rule
        foedus-rung, berkemeier-fuhrmann-2018, leeds-long-mitchell-2000 or sabrosky-1980.
    coding
        published (by hand) or automatic. Default: the rule's first.
    """
    import foedus

    found = foedus.record(
        guarantor,
        rule=rule,
        coding=coding,
        years=(from_, to),
        as_of=as_of,
        workspace=workspace,
        mine=mine,
    )
    if json:
        write(found.model_dump_json(indent=2))
    elif csv:
        from foedus.assessment.record_query import record_rows
        from foedus.report.machine import rows_csv

        write(rows_csv(record_rows(found)))
    else:
        from foedus.report.fulfilment_blocks import record_blocks

        show(record_blocks(found))


def rates(
    *,
    by: str = "",
    rule: str = "berkemeier-fuhrmann-2018",
    coding: str | None = None,
    from_: From = None,
    to: To = None,
    as_of: AsOf = None,
    workspace: Workspace = None,
    mine: Mine = True,
    json: Json = False,
) -> None:
    """How often promises that fell due were kept, by group, under a named rule.

    Parameters
    ----------
    by
        Groups, with commas: era, obligation, multilateral.
    rule
        berkemeier-fuhrmann-2018, leeds-long-mitchell-2000, sabrosky-1980 or foedus-rung.
    coding
        published (by hand) or automatic. Default: the rule's first.
    """
    import foedus

    lines = foedus.rates(
        by,
        rule=rule,
        coding=coding,
        years=(from_, to),
        as_of=as_of,
        workspace=workspace,
        mine=mine,
    )
    if json:
        from foedus.report.machine import models_json

        write(models_json(lines))
        return
    from foedus.assessment.record_query import rule_info
    from foedus.report.fulfilment_blocks import rates_blocks

    info, used = rule_info(rule, coding)
    show(rates_blocks(lines, info, used))
