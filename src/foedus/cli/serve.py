"""`foedus serve`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from foedus.cli.options import Workspace, note


def serve(
    *,
    port: int = 8017,
    host: str = "127.0.0.1",
    workspace: Workspace = None,
    token: Annotated[bool, Parameter(negative="")] = False,
) -> None:
    """Open the workbench in the browser: serve it until Ctrl-C.

    Parameters
    ----------
    port
        Where to listen; 0 takes any free port.
    host
        Address to listen at. Any but this machine's own demands a login token.
    token
        Demand a login token at this machine's own address too.
    """
    import foedus

    foedus.serve(port=port, host=host, workspace=workspace, token=token, say=note)
