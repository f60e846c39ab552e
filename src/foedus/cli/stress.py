"""`foedus stress`."""

from __future__ import annotations

from foedus.cli.options import AsOf, Json, show, write


def stress(
    scenario: str | None = None,
    /,
    *,
    guarantor: str | None = None,
    as_of: AsOf = None,
    horizon: str | None = None,
    runs: int = 100_000,
    seed: int = 1,
    workers: int = 1,
    json: Json = False,
) -> None:
    """What happens to the network of commitments, without and with SCENARIO.

    Parameters
    ----------
    scenario
        Name of a shipped scenario, or a TOML file. Without it, the baseline alone.
    guarantor
        Show this guarantor and its commitments alone.
    horizon
        Years or quarters, as 5y or 6q. Default: the scenario's own, else 5y.
    runs
        Simulated futures.
    seed
        The same seed gives the same numbers.
    workers
        Processes to run on.
    """
    import foedus

    result = foedus.stress_test(
        scenario, guarantor=guarantor, as_of=as_of, horizon=horizon, runs=runs, seed=seed,
        workers=workers,
    )  # fmt: skip
    if json:
        write(result.model_dump_json(indent=2))
    else:
        from foedus.report.stress_blocks import stress_blocks

        show(stress_blocks(result))
