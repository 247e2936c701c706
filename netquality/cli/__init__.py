"""The same functions from a terminal."""

from __future__ import annotations

import errno
import os
import re
import sys
import traceback
from typing import TYPE_CHECKING, Any, Final, TextIO

from netquality import __version__
from netquality.cli.asking import add_explain, add_reconnect
from netquality.cli.giving import add_notebooks, add_sample
from netquality.cli.keeping import add_journal
from netquality.cli.reporting import REPORT_EXAMPLES, add_report, add_summary
from netquality.cli.shared import EXIT_WRONG_INPUT, FOOT, Parser, shape
from netquality.errors import NetQualityError
from netquality.garbage import seldom_looked_for
from netquality.words import printable

if TYPE_CHECKING:
    import argparse
    from collections.abc import Container, Sequence

__all__ = ["main"]

EXIT_OK: Final = 0
EXIT_FAULT: Final = 1
EXIT_INTERRUPTED: Final = 130
_FULL: Final = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)
_NO_DAY: Final = ": is no date, or could be two. Give it like '2026-11-20'"
_FAR_DAY: Final = ": is years {}. Look at the year"
_IN_A_TERMINAL: Final = {
    "nq.read_linkedin(..., me='https://www.linkedin.com/in/...')": "--me URL",
    "me=": "--me ",
    "as_of=": "--as-of ",
    " holds something that is neither a date like '2026-11-20' nor no": _NO_DAY,
    " holds a day years after the export": _FAR_DAY.format("after the export"),
    " holds a day years before you connected": _FAR_DAY.format("before you connected"),
    "'wrote_on'": "--on",
    "'answered_on'": "--on",
    "'met_on'": "--on",
    "'snooze_until'": "--until",
    "nobody here has this person_id or name": "nobody here has this name",
    "person_id or name. Look into network.people.": "name, or a profile whose address ends so.",
    "Give a person_id of the table people": "Give the end of the address of their profile",
    "person_id of the one you mean; it stands in network.people.": "end of the address of the "
    "profile of the one you mean.",
    "Give a person_id, or a name.": "Give a name.",
    "like date(2026, 11, 23)": "like 2026-11-23",
    "journal: this export": "This export",
    ", read it again, and combine it with what nq.read_linkedin returned": "",
    "proposals: nobody is proposed": "Nobody is proposed",
    "nq.read_contacts and nq.combine.": "EXPORT --contacts FILE.",
    "Say which column holds what, like columns=": "In Python, nq.read_contacts takes it, told "
    "which column holds what: columns=",
}
"""What is advised in Python, and what to do instead in a terminal."""
_OF_A_WORD: Final = {
    "journal: 'label' holds something other than": "LABEL: give one of",
    "journal: 'off_platform' holds": "HOW: is",
    "journal: 'note' holds": "TEXT: is",
    "journal: '": "'",
}
"""What is wrong with a table of words, and with the one word that is given in a terminal."""
_TYPED: Final = {"person": "WHO", "path": "EXPORT"}
"""What is typed for a parameter, where it is no option of the same name."""
_PARAMETER: Final = re.compile(r"(?P<name>[a-z]+(?:_[a-z]+)*)(?P<then>: |=| is )")
"""How an error begins that is about a parameter; only those that the command has are one."""
_EXAMPLES: Final = f"""\
examples:
{REPORT_EXAMPLES}
  netquality reconnect EXPORT
      a few people worth a word, each with reasons
  netquality COMMAND --help
      more examples of each

{FOOT}
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        Without the program's name; `sys.argv` by default.

    Returns
    -------
    int
        0 when done, 1 for a fault of ours, 2 when the input cannot be used, 130 when interrupted.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # it was closed, as by `>&-`
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
        _survive_any_console(getattr(sys, name))
    parser = _parser()
    asked, unknown = parser.parse_known_args(arguments)
    if unknown:  # the command's own help is meant, where there is a command
        complain = getattr(asked, "complain", parser.error)
        complain(f"unrecognized arguments: {' '.join(unknown)}")
    if asked.command is None:
        parser.print_help()
        return EXIT_OK
    try:
        with seldom_looked_for():  # an answer is made, and the program is over
            asked.run(asked)
        sys.stdout.flush()
    except BrokenPipeError:  # as in `netquality report | head -1`; the file is written by then
        _close_quietly()
    except KeyboardInterrupt:
        return _complain("interrupted; nothing is left half written.", EXIT_INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - its text may quote a private row: only its kind is shown
        return _failed(error, asked)
    return EXIT_OK


def _failed(error: Exception, asked: argparse.Namespace) -> int:
    """Say what went wrong, and return the exit code for it."""
    if isinstance(error, NetQualityError):
        return _complain(_as_options(str(error), vars(asked)), EXIT_WRONG_INPUT)
    if isinstance(error, OSError) and error.errno in _FULL:
        _close_quietly()
        return _complain("the output cannot be written: no room is left.", EXIT_WRONG_INPUT)
    if asked.debug:
        sys.stderr.write("".join(traceback.format_tb(error.__traceback__)))
    return _complain(_fault(error, debug=asked.debug), EXIT_FAULT)


def _as_options(sentence: str, asked: Container[str] = ()) -> str:
    """Return an error with this program's options for the parameters that it names.

    Examples
    --------
    >>> _as_options("as_of: is no date. Give it like '2026-11-20'.", ["as_of"])
    "--as-of: is no date. Give it like '2026-11-20'."
    >>> _as_options("n=0: a whole number of people above 0 is needed.", ["n"])
    '-n 0: a whole number of people above 0 is needed.'
    >>> _as_options("journal: 'wrote_on' holds a day years after the export.", ["journal"])
    '--on: is years after the export. Look at the year.'
    >>> _as_options("person: 2 people fit this.", ["who"])
    'WHO: 2 people fit this.'
    """
    for parameter, option in (_OF_A_WORD | _IN_A_TERMINAL).items():
        sentence = sentence.replace(parameter, option)
    begins = _PARAMETER.match(sentence)
    if begins is None:
        return sentence
    between = " " if begins["then"] == "=" else begins["then"]
    typed = _TYPED.get(begins["name"])
    if typed is None and begins["name"] in asked:
        name = begins["name"].replace("_", "-")
        typed = f"{'--' if len(name) > 1 else '-'}{name}"
    return f"{typed}{between}{sentence[begins.end() :]}" if typed else sentence


def _complain(sentence: str, code: int) -> int:
    print(f"netquality: {printable(sentence)}", file=sys.stderr)
    return code


def _fault(error: Exception, *, debug: bool) -> str:
    """Say where something unforeseen happened, without a word of what was read."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "netquality" in frame.filename] or frames
    where = f"{os.path.basename(ours[-1].filename)}, line {ours[-1].lineno}"  # noqa: PTH119
    more = "" if debug else " --debug shows more, and nothing private."
    return f"{type(error).__name__} at {where}: a fault of netquality, please report it.{more}"


def _survive_any_console(stream: TextIO) -> None:
    """Let a console that cannot show a character show another, rather than fail."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _close_quietly() -> None:
    """Give standard output somewhere to go, so that Python's own flush at the end does not fail."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="netquality",
        description="Which of your connections are relationships? Reads the LinkedIn export that\n"
        "you downloaded, on your own machine.",
        epilog=_EXAMPLES,
        formatter_class=shape,
    )
    parser.add_argument("--version", action="version", version=f"netquality {__version__}")
    commands: Any = parser.add_subparsers(dest="command", metavar="COMMAND")
    for add in (
        add_report,
        add_summary,
        add_reconnect,
        add_journal,
        add_explain,
        add_notebooks,
        add_sample,
    ):
        add(commands)
    return parser
