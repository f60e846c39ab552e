"""The command line: one command per verb of the Python API; results to standard output."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from cyclopts import App, CycloptsError

from foedus import __version__
from foedus.cli.assess import assess
from foedus.cli.backtest import backtest
from foedus.cli.claims import claims
from foedus.cli.data import data
from foedus.cli.hindcast import hindcast
from foedus.cli.options import note
from foedus.cli.panel import panel
from foedus.cli.question import question, questions
from foedus.cli.rank import rank
from foedus.cli.read import quarantine, read
from foedus.cli.record import rates, record
from foedus.cli.register import register
from foedus.cli.review import review
from foedus.cli.scenario import scenario
from foedus.cli.serve import serve
from foedus.cli.stress import stress
from foedus.errors import FoedusError

app = App(
    name="foedus",
    help="If this state is attacked, who shows up, with what, and what follows?",
    version=__version__,
    result_action="return_value",
)
app.command(assess)
app.command(read)
app.command(quarantine)
app.command(record)
app.command(rates)
app.command(rank)
app.command(backtest)
app.command(question)
app.command(questions)
app.command(panel)
app.command(register)
app.command(review)
app.command(claims)
app.command(stress)
app.command(scenario)
app.command(hindcast)
app.command(data)
app.command(serve)


def main(arguments: list[str] | None = None) -> None:
    """Run one command. Exit code 2 for input that the user can mend, 1 for anything else."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app(arguments, exit_on_error=False)
        sys.stdout.flush()
    except CycloptsError:
        raise SystemExit(2) from None
    except FoedusError as error:
        note(str(error))
        raise SystemExit(error.exit_code) from None
    except KeyboardInterrupt:
        note("interrupted; what was read is kept, run again to go on")
        raise SystemExit(130) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(141) from None
    except OSError as error:
        note(f"the output could not be written ({error.strerror or error})")
        raise SystemExit(1) from None
