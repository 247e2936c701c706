r"""A file of vCards to its cards, and a card to its lines, decoded by vobject.

The file is parted into cards here, so that a broken one does not lose its neighbours, and only
the lines that somebody asks for go to vobject: photos and notes are passed over. A line is looked
at before vobject sees it, for its own pattern takes for ever over a crafted one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

__all__ = ["BrokenCardError", "Card", "Property", "mend_folds", "properties", "split_cards"]

NO_END: Final = "the card has no END:VCARD"
NO_BEGIN: Final = "the card has no BEGIN:VCARD"
NO_PROPERTY: Final = "a line of the card is no vCard line"
UNDECODED: Final = "a line of the card cannot be decoded"
TOO_LONG: Final = "a line of the card is longer than 64 KiB"

_LONGEST_LINE: Final = 1 << 16

_MARK: Final = re.compile(r"^(BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*$", re.IGNORECASE | re.MULTILINE)
_AGENT: Final = re.compile(r"(?:^|\n)(?:[\w-]+\.)?AGENT[^\n:]*:[ \t]*\n$", re.IGNORECASE)
_BINARY: Final = re.compile(
    r"^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:][^\n]*(?:\n[ \t][^\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD: Final = re.compile(
    r"(?:[\w-]+\.)?[\w-]+"
    r'(?:;[\w-]+(?:=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)?)*:',
    re.ASCII,
)
_NO_PARAMETER: Final = re.compile(r";(?=;)")
_QUOTED_PRINTABLE: Final = re.compile("quoted-printable", re.IGNORECASE)
_SPLIT_LETTER: Final = re.compile(rb"(\r?\n[ \t])([\x80-\xbf]+)")


class Card(NamedTuple):
    """A card: the line on which it begins, what it holds, and why it cannot be read."""

    line: int
    body: str
    fault: str = ""


class Property(NamedTuple):
    """A line of a card, decoded; backslashes still stand in its value."""

    group: str
    types: frozenset[str]
    params: Mapping[str, Sequence[str]]
    value: str


class BrokenCardError(Exception):
    """A card cannot be read; its text is the reason, never a line of the card."""


def mend_folds(data: bytes) -> bytes:
    r"""Put letters together that a fold has split: some programs count bytes, not letters.

    Examples
    --------
    >>> mend_folds(b"FN:Jos\xc3\n \xa9").decode()
    'FN:José\n '
    """
    return data if data.isascii() else _SPLIT_LETTER.sub(rb"\2\1", data)


def split_cards(text: str) -> Iterator[Card | int]:
    """Yield each card, and the number of lines that stand between cards."""
    begun: int | None = None  # where the card at hand starts
    pieces: list[str] = []
    nested = counted = past = 0
    line = 1
    for mark in _MARK.finditer(text):
        line += text.count("\n", counted, mark.start())
        counted = mark.start()
        between = text[past : mark.start()]
        if mark[1].upper() == "BEGIN":
            if begun is not None and _AGENT.search(between[-200:]):
                pieces += [] if nested else [between]
                nested += 1
            else:
                yield _lines_in(between) if begun is None else Card(begun, "", NO_END)
                begun, pieces, nested = line, [], 0
        elif nested:
            nested -= 1
        elif begun is not None:
            yield Card(begun, "".join([*pieces, between]))
            begun = None
        elif between.strip():
            blank = len(between) - len(between.lstrip())
            yield Card(line - between.count("\n", blank), "", NO_BEGIN)
        else:
            yield 1
        past = mark.end()
    if begun is None:
        yield _lines_in(text[past:])
    else:
        yield Card(begun, "", NO_END)


def _lines_in(text: str) -> int:
    return sum(1 for line in text.split("\n") if line.strip())


def properties(body: str, used: Collection[str]) -> Iterator[tuple[str, Property]]:
    r"""Yield name and content of each line of a card whose name is used.

    Raises
    ------
    BrokenCardError
        When one of them cannot be taken apart.

    Examples
    --------
    >>> [(name, each.value) for name, each in properties("FN:Ana\n  Ficticia\nX:1", {"FN"})]
    [('FN', 'Ana Ficticia')]
    """
    for name, line in _logical_lines(body, used):
        yield name, _property(line)


def _logical_lines(body: str, used: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield name and text of each line that is used, unfolded; the others are passed over."""
    name, parts, size = "", [], 0
    is_soft = False  # the line at hand goes on after a quoted-printable `=`
    for line in (*_BINARY.sub("X-BINARY:", body).split("\n"), "END:"):
        if is_soft:
            parts.append("\n" + line)
        elif not line.strip():
            continue
        elif line[0] in " \t":
            parts.append(line[1:])
        else:
            head, colon, _ = line.partition(":")
            if not colon:
                if name in used:
                    raise BrokenCardError(NO_PROPERTY)
                continue  # what a badly folded note or photo goes on with
            if name in used:
                yield name, "".join(parts)
            name = head.partition(";")[0].rpartition(".")[2].strip().upper()
            parts, size = [line], 0
        size += len(line)
        if name not in used:
            parts = parts[:1]
        elif size > _LONGEST_LINE:
            raise BrokenCardError(TOO_LONG)
        is_soft = line.endswith("=") and "quoted-printable" in parts[0][:500].casefold()


def _property(line: str) -> Property:
    """Let vobject take a line apart and decode it."""
    from vobject.base import textLineToContentLine  # noqa: PLC0415 - only vCards need it

    before, _, after = line.partition(":")
    line = f"{_NO_PARAMETER.sub('', before).rstrip('; ')}:{after}"
    head = _HEAD.match(line)
    if head is None:
        raise BrokenCardError(NO_PROPERTY)
    line = _QUOTED_PRINTABLE.sub("QUOTED-PRINTABLE", head[0]) + line[head.end() :]
    try:
        found: Any = textLineToContentLine(line)
        params = {name: tuple(map(str, values)) for name, values in found.params.items()}
        types = [part for value in params.get("TYPE", ()) for part in value.split(",")]
        types += map(str, found.singletonparams)
        value = str(found.value).replace("\\:", ":")
    except Exception:  # noqa: BLE001 - whatever it may be, it must not lose the other cards
        raise BrokenCardError(UNDECODED) from None
    kinds = frozenset(each.strip().upper() for each in types)
    return Property((found.group or "").upper(), kinds, params, value)
