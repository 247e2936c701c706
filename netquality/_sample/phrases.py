"""What people write, read from ``talk/<language>.txt``: set phrases, pitches, topics."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netquality._sample.dice import Dice

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl")
_HOME = Path(__file__).parent / "talk"


class Phrase:
    """A line with gaps: ``{you}`` is the person written to, the others are drawn from lists."""

    __slots__ = ("_gaps", "_parts")

    def __init__(self, line: str, slots: dict[str, list[str]]) -> None:
        self._parts: list[str] = []
        self._gaps: list[list[str] | str] = []
        head, *rest = line.split("{")
        self._parts.append(head)
        for piece in rest:
            name, _, tail = piece.partition("}")
            self._gaps.append(slots.get(name, name))
            self._parts.append(tail)

    def say(self, dice: Dice, known: dict[str, str]) -> str:
        """Fill the gaps: names of gaps without a list are looked up in `known`."""
        said = self._parts[0]
        for gap, part in zip(self._gaps, self._parts[1:], strict=True):
            said += (known[gap] if isinstance(gap, str) else dice.pick(gap)) + part
        return said[:1].upper() + said[1:] if self._gaps else said


@dataclass(frozen=True)
class Topic:
    """Something to talk about. The opener has the first word; either side has more to say."""

    kind: str
    first: list[Phrase] = field(default_factory=list)
    says: tuple[list[Phrase], list[Phrase]] = field(default_factory=lambda: ([], []))
    asks: tuple[list[Phrase], list[Phrase]] = field(default_factory=lambda: ([], []))

    def add(self, letter: str, phrase: Phrase) -> None:
        """Put a line where its letter says (see the head of ``en.txt``)."""
        places = {
            "A": self.first,
            "a": self.says[0],
            "b": self.says[1],
            "q": self.asks[0],
            "r": self.asks[1],
        }
        places[letter].append(phrase)


@dataclass(frozen=True)
class Phrasebook:
    """All lines of one language, by their use."""

    lines: dict[str, list[Phrase]]
    topics: dict[str, list[Topic]]  # by kind: personal, work

    def say(self, use: str, dice: Dice, you: str, **known: str) -> str:
        """Say one of the lines of this use to `you`."""
        return dice.pick(self.lines[use]).say(dice, {"you": you, **known})


def parse_phrasebook(lines: Iterable[str]) -> Phrasebook:
    """Read the text of a phrasebook; slots come first in it.

    >>> book = parse_phrasebook(["[hi]", "Hello {you},", "[topic tea personal]", "A Tea?"])
    >>> from netquality._sample.dice import Dice
    >>> book.say("hi", Dice(1), "Ana")
    'Hello Ana,'
    """
    slots: dict[str, list[str]] = {}
    uses: dict[str, list[Phrase]] = {}
    topics: dict[str, list[Topic]] = {}
    section = [""]
    for raw in lines:
        line = raw.rstrip("\r\n")
        if not line or line.startswith("# "):
            continue
        if line.startswith("["):
            section = line.strip("[]").split()
            if section[0] == "topic":
                topics.setdefault(section[2], []).append(Topic(section[2]))
        elif section[0] == "slot":
            slots.setdefault(section[1], []).append(line)
        elif section[0] == "topic":
            topics[section[2]][-1].add(line[0], Phrase(line[2:], slots))
        else:
            uses.setdefault(section[0], []).append(Phrase(line, slots))
    return Phrasebook(uses, topics)


@cache
def phrasebook(language: str) -> Phrasebook:
    """Return the phrasebook of a language."""
    text = (_HOME / f"{language}.txt").read_text(encoding="utf-8")
    return parse_phrasebook(text.splitlines())
