"""The commands of `leadiq`, and the one place where what goes wrong becomes an exit code."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Final, cast

from cyclopts import App, CycloptsError

from .._core.errors import LeadIQError
from .._version import __version__
from ._problems import BAD_INPUT, INTERRUPTED, SOME_FAILED, Problem, exit_code_of, say
from ._streams import nowhere

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Each command's module is imported when it runs, so its line of help stands here.
_COMMANDS: Final = {
    "enrich": ("_enrich:enrich", "Look up every row of a file and write the results."),
    "plan": ("_plan:plan", "Tell what a file will cost, before anything is paid."),
    "person": ("_person:person", "Look up one person."),
    "company": ("_company:company", "Look up one company."),
    "search": ("_search:search", "List the people, or the companies, that fit."),
    "track": ("_track:track", "Find out who changed jobs."),
    "account": ("_account:account", "Show plans, credits and prices; free of charge."),
    "usage": ("_usage:usage", "Show what was used of the plans; free of charge."),
    "feedback": ("_feedback:feedback", "Tell LeadIQ that contact data is right or wrong."),
    "regenerate": ("_regenerate:regenerate", "Have LeadIQ research a person again."),
    "jobs": ("_journals:jobs", "List, account for and remove the jobs of `enrich`."),
    "budgets": ("_budgets:budgets", "Show and remove budgets that jobs share."),
    "schema": (
        "_schema:schema",
        "Compare a server's schema with this SDK's, or write it to files.",
    ),
    "prices": ("_prices:prices", "Tell what documents can cost, and whether that has risen."),
    "doctor": ("_doctor:doctor", "Find out what is wrong here, and what to do about it."),
    "sandbox": ("_sandbox:sandbox", "Run a local LeadIQ with synthetic people, to try things on."),
    "completion": ("_completion:completion", "Print what bash, zsh or fish need to complete."),
}
#: Those that only have commands of their own below them.
_GROUPS: Final = ("search", "track", "jobs", "budgets", "schema")
_PACKAGE: Final = Path(__file__).parents[1]
_EPILOGUE: Final = (
    "The API key comes from LEADIQ_API_KEY, never from the command line; LEADIQ_ENDPOINT "
    "changes the server. Exit codes: 0 all settled, 1 some row failed, 2 bad usage or input, or no "
    "key, 3 stopped by credits (what was paid for is kept), 4 the key was refused, 5 and 6 "
    "dangerous and breaking changes in `schema diff`, 130 interrupted."
)


def run(argv: Sequence[str] | None) -> int:
    """Run one command line; see `leadiq.cli.main`."""
    try:
        result = program(*(sys.argv[1:] if argv is None else argv)[:1])(
            argv, exit_on_error=False, print_error=False
        )
        sys.stdout.flush()
    except CycloptsError as error:
        return say(f"{error} (leadiq --help)", BAD_INPUT)
    except Problem as problem:
        return say(str(problem), problem.exit_code)
    except LeadIQError as error:
        return say(str(error), exit_code_of(error))
    except KeyboardInterrupt:
        return say("interrupted", INTERRUPTED)
    except OSError as error:
        return _unwritten(error)
    except Exception as error:  # no traceback: it can hold what people's rows hold
        return say(_please_report(error), SOME_FAILED)
    return int(result or 0)


def program(chosen: str = "") -> App:
    """Make the program; the command that is called has its own, longer text of help."""
    app = App(
        name="leadiq",
        help="Unofficial command line for the LeadIQ API: enrich files, look up people.",
        help_epilogue=_EPILOGUE,
        version=__version__,
        result_action="return_value",
        suppress_keyboard_interrupt=False,
    )
    for name, (where, summary) in _COMMANDS.items():
        of_its_own = name == chosen and name not in _GROUPS
        app.command(f"leadiq.cli.{where}", name=name, help=None if of_its_own else summary)
    return app


def _unwritten(error: OSError) -> int:
    """Tell that standard output takes no more; nobody has to be told who closed it."""
    full = error.errno == errno.ENOSPC
    if not full and not isinstance(error, BrokenPipeError):
        return say(_please_report(error), SOME_FAILED)
    sys.stdout = nowhere()  # the exit must not flush again
    return say("cannot write: the disk is full", SOME_FAILED) if full else SOME_FAILED


def _please_report(error: Exception) -> str:
    while isinstance(error, ExceptionGroup):
        error = cast("ExceptionGroup[Exception]", error).exceptions[0]
    python = ".".join(map(str, sys.version_info[:3]))
    return (
        f"this should not have happened; please report it as {type(error).__name__} at "
        f"{_place(error)}, leadiq-sdk {__version__}, Python {python} (and no data of yours)"
    )


def _place(error: Exception) -> str:
    """Return the innermost place of this package that the error came through, else its origin."""
    walked = walk_tb(error.__traceback__)
    frames = [(Path(frame.f_code.co_filename), line) for frame, line in walked]
    frames = [(file, line) for file, line in frames if file != Path(__file__)]
    ours = [(file, line) for file, line in frames if file.is_relative_to(_PACKAGE)]
    return next((f"{file.name}:{line}" for file, line in reversed(ours or frames)), "?")
