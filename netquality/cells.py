r"""A cell of a CSV file: a text that no spreadsheet runs, given back exactly; and the rows.

A spreadsheet takes a text that begins with one of ``=+-@`` for a formula. Two guards are against
it, each an apostrophe in front, for two kinds of file:

- `defused` in files that programs read, or a spreadsheet shows: only what could run is touched, so
  that a date stays a date for Gephi and pandas.
- `guarded` in files that their owner edits in a spreadsheet, and which it saves: whatever begins
  with no letter is touched, for a spreadsheet would also keep ``2e5`` as 200000, and 3/4 as a day.

A program that expects other separators cuts a text in two, and the second part could begin with a
sign: `defused_throughout` and `guarded` put an apostrophe there too.

`unguarded` reads what either wrote. `undefused` also takes off an apostrophe before a letter, which
`defused` always doubles, but a person may have typed: in a file of their own it is theirs. So is
one behind a semicolon, where earlier versions left it alone: `guarded` marks the cells in which it
put one there, by a beginning that nothing else has.
"""

from __future__ import annotations

import csv
import io
import re
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from netquality.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "YES_NO",
    "defused",
    "defused_throughout",
    "first_record",
    "guarded",
    "records",
    "undefused",
    "undefused_throughout",
    "unguarded",
]

YES_NO: Final = {"true": True, "false": False}
_SIGNS: Final = "=+\\-@＝＋－＠﹦﹢﹣﹫"
_UNSEEN: Final = "\x00-\x08\x0b\x0c\x0e-\x20\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f"
_UNSEEN_TOO: Final = "\u205f-\u206f\u3000\ufeff"
_QUOTES: Final = "\"'`‘’‚‛“”„‟«»‹›"
_PASSED: Final = f"{_UNSEEN}{_UNSEEN_TOO}{_QUOTES}"
"""What a program may pass over before a sign."""
_RUNS: Final = re.compile(f"[\t\r\n{_PASSED}]*[{_SIGNS}]|['\t\r\n\ufeff]|\\Z")
_PARTED: Final = re.compile(f"([;\t\r\n])(?='|[{_PASSED}]*[{_SIGNS}])")
_PARTED_AGAIN: Final = re.compile("([;\t\r\n])'")
_RUNS_WITHIN: Final = re.compile(f"[,;\t\r\n](?!')[{_PASSED}]*[{_SIGNS}]")
"""At commas too: these files may have any separator."""
_OWN_PARTED: Final = re.compile(f"([,;\t\r\n])(?='|[{_PASSED}]*[{_SIGNS}])")
_OWN_PARTED_AGAIN: Final = re.compile("([,;\t\r\n])'")
_MARKED: Final = ";'"
"""How a guarded text begins that has apostrophes within; any other with such a beginning gets one
before it, as whatever begins with no letter does."""


def defused(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    Examples
    --------
    >>> [defused(text) for text in ("=1+1", " =1", "Ana", "'t Hooft", "")]
    ["'=1+1", "' =1", 'Ana', "''t Hooft", "'"]
    """
    return f"'{text}" if _RUNS.match(text) else text


def undefused(text: str) -> str:
    """Return what was defused.

    Examples
    --------
    >>> [undefused(text) for text in ("'=1+1", "Ana", "''t Hooft", "'")]
    ['=1+1', 'Ana', "'t Hooft", '']
    """
    return text.removeprefix("'")


def defused_throughout(text: str) -> str:
    """Return a text of which no part is taken for a formula, wherever a program may cut it.

    One that expects semicolons or tabs, as spreadsheets in many languages do, cuts a text there
    (and at a line end, for it does not see the quotation marks): what could run after such a place
    gets its apostrophe too, and so does an apostrophe there.

    Examples
    --------
    >>> defused_throughout("=a;=b;c"), defused_throughout("a; b")
    ("'=a;'=b;c", 'a; b')
    """
    return _PARTED.sub(r"\1'", defused(text))


def undefused_throughout(text: str) -> str:
    """Return what was defused throughout.

    Examples
    --------
    >>> undefused_throughout("'=a;'=b;c")
    '=a;=b;c'
    """
    return _PARTED_AGAIN.sub(r"\1", undefused(text))


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, a number or a date.

    Nor a part of it for a formula, wherever a program may cut it: at commas too, for such a file
    has the separators that its owner's spreadsheet gave it.

    Examples
    --------
    >>> guarded("=1+1"), guarded("2e5"), guarded("Ana"), guarded(""), guarded("a;b")
    ("'=1+1", "'2e5", 'Ana', '', 'a;b')
    >>> guarded("a;=1+1")
    ";'a;'=1+1"
    """
    if _RUNS_WITHIN.search(text):
        return _MARKED + _OWN_PARTED.sub(r"\1'", text)
    return text if not text or text[0].isalpha() else f"'{text}"


def unguarded(text: str) -> str:
    """Return what was guarded; an apostrophe before a letter is the user's own.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("'t was cold"), unguarded(guarded("'t was cold"))
    ('=1+1', "'t was cold", "'t was cold")
    >>> unguarded(guarded("a;=1+1")), unguarded("a;'=1+1")  # the user's own too
    ('a;=1+1', "a;'=1+1")
    """
    if text.startswith(_MARKED):
        return _OWN_PARTED_AGAIN.sub(r"\1", text.removeprefix(_MARKED))
    return text[1:] if text[:1] == "'" and not text[1:2].isalpha() else text


def records(text: str, name: str) -> list[tuple[int, list[str]]]:
    r"""Return each row of a CSV with the line on which it begins, blank lines passed over.

    Raises
    ------
    ExportError
        When a line is no line of a CSV file.

    Examples
    --------
    >>> records('a,"b\n"\n\n1,2\n', "x.csv")
    [(1, ['a', 'b\n']), (4, ['1', '2'])]
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found, begins = [], 1
    try:
        with _as_long_as(text):
            for cells in reader:
                if cells:
                    found.append((begins, cells))
                begins = reader.line_num + 1
    except csv.Error:
        raise ExportError(
            f"{name}, line {begins}: is no line of a CSV file. Correct or delete it."
        ) from None
    return found


def first_record(text: str) -> list[str]:
    r"""Return the first row of what may be a CSV, and may break off; a blank where there is none.

    Examples
    --------
    >>> first_record('a,"b\n"\nc'), first_record('a,"b'), first_record("")
    (['a', 'b\n'], ['a', 'b'], [''])
    """
    with _as_long_as(text), suppress(csv.Error):
        return next(csv.reader(io.StringIO(text, newline="")), None) or [""]
    return [""]


@contextmanager
def _as_long_as(text: str) -> Iterator[None]:
    """Let a cell be as long as a text: that is no fault. All readers share the limit."""
    usual = csv.field_size_limit(max(len(text), 1))
    try:
        yield
    finally:
        csv.field_size_limit(usual)
