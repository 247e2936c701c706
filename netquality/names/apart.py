"""Taking a name apart: word by word, what is the name and what stands beside it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from netquality.names.letters import letters_only
from netquality.names.vocabulary import bare, words

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Apart", "take_apart"]

LONGEST: Final = 300
"""Characters; nobody's name is longer, and what is longer is compared as a whole."""

_MOST_WORDS: Final = 3  # of a former family name, particles left out
_ACRONYM: Final = 5  # letters; all in capitals, an employer rather than a name
_MOST_CREDENTIAL: Final = 10  # letters of one that is not listed
_MOST_OF_DEGREE: Final = 4  # words of a degree with its subject
_LEAST_WHOLE: Final = 2  # words of a name in one piece that only a comma or a bar can take
_QUOTED: Final = 5  # the first group of `_ASIDE` that is in quotes

_CONTACT: Final = re.compile(
    r"(?:https?://|www\.)\S*|[^\s@]{0,64}@\S{1,255}|\+?(?<!\w)\d(?:[\W_]{0,2}\d){6,14}(?!\w)"
)
_HAS_CONTACT: Final = re.compile(r"[@\d]|://|www\.")  # no other text can match the above
_ASIDE: Final = re.compile(
    r"\(([^()]*)\)|\[([^][]*)\]|\{([^{}]*)\}|<([^<>]*)>"
    r'|(?<!\w)"([^"]+)"(?!\w)|(?<!\S)\'(\w+)\'(?!\S)'
)
_BREAK: Final = re.compile(r" ?[,;|¦‖•…] ?|(?: [~·/@→:–]| -+(?= \S+ )) ")
_JOINT: Final = re.compile(r"[/&+]")  # two credentials in one word
_DASH: Final = re.compile(r" -+ (\S+)$")


class Apart(NamedTuple):
    """The name on each side, and what stood with them."""

    cores: list[str]
    credentials: list[str]
    maiden: str


def take_apart(*sides: str) -> Apart:
    """Take a plain name apart: in one piece, or as first and last name.

    Of a last name one word always stays, of a name in one piece two, but for what stands after a
    comma or a bar. A text of which nothing would be left stays as it was.
    """
    cores: list[str] = []
    credentials: list[str] = []
    maiden = ""
    for side in sides:
        at = "whole" if len(sides) == 1 else "family" if cores else "given"
        titles: list[str] = []
        text = side
        if not any(cores):
            titles, text = _without_titles(side, leave=at != "given" or not _count(sides[-1]))
        part = _Side(at)
        cores.append(part.name(text) if len(text) <= LONGEST else letters_only(text))
        credentials += titles + part.credentials
        maiden = maiden or part.maiden
    if not any(cores):
        return Apart([letters_only(side) for side in sides], [], "")
    return Apart(cores, credentials, maiden)


@dataclass
class _Side:
    """One of the two names, or the whole, and what is found beside it."""

    at: str
    credentials: list[str] = field(default_factory=list)
    maiden: str = ""
    outside: str = ""

    @property
    def least(self) -> int:
        """How many words always stay."""
        return _LEAST_WHOLE if self.at == "whole" else 1

    def name(self, text: str) -> str:
        """Return the name alone."""
        if _HAS_CONTACT.search(text):
            text = _CONTACT.sub(" ", text)
        if _ASIDE.search(text):
            self.outside = _BREAK.split(_ASIDE.sub(" ", text).strip())[0]
            text = _ASIDE.sub(self._aside, text)
        text = " ".join(text.split())
        after, self.credentials = self.credentials, []
        name = self._before_comma(_BREAK.split(text))
        name = self._before_credentials(_DASH.sub(_joined, name).split())
        self.credentials += after
        return _shown(self._before_former(name))

    def _aside(self, found: re.Match[str]) -> str:
        """Return what a bracket or a pair of quotes leaves in its place."""
        inside = " ".join(next(filter(None, found.groups()), "").split())
        known = words()
        mark, is_short = known.former_aside.match(inside), _count(self.outside) < self.least
        former = inside[mark.end() :] if mark else ""
        if _is_suffix([inside]):
            return f" {inside} "
        if _is_pronouns(inside) or not _count(inside) or known.married.fullmatch(inside + " "):
            return " "
        if _count(former):
            inside, is_former = former, True
        elif _are_credentials(inside.split()):
            self.credentials.append(inside)
            return " "
        else:
            is_former = self._is_former(inside, found)
        if is_short and inside.casefold() not in known.not_names:
            return f" {inside} "
        if is_former:
            self.maiden = self.maiden or _shown(inside)
        return " "

    def _is_former(self, inside: str, found: re.Match[str]) -> bool:
        """Tell whether a bracket is a former name though no word says so."""
        if self.at == "given" or (found.lastindex or 0) >= _QUOTED:
            return False
        rest = _BREAK.split(_ASIDE.sub(" ", found.string[found.end() :]))[0].split()
        if self.at == "whole" and not _are_credentials(rest):
            return False
        return _is_surname(inside, self.outside)

    def _before_comma(self, pieces: list[str]) -> str:
        """Return the name without what is said after it."""
        name, known = pieces[0], words()
        for piece in pieces[1:]:
            is_short = _count(name) < self.least
            parts = piece.split()
            if _is_suffix(parts) and _are_credentials(parts[1:]):
                name += f" {parts.pop(0)}"
            mark = known.former.match(piece)
            if mark and not mark["before"] and not is_short:
                self.maiden = self.maiden or _shown(piece[mark.end() :])
            elif is_short:
                while parts and _are_credentials(parts[:1], but=known.also_surnames):
                    self.credentials.append(parts.pop(0))
                name = " ".join([name, *parts])
            elif parts and (_are_credentials(parts) or _may_be_credentials(parts)):
                self.credentials.append(" ".join(parts))
        return name

    def _before_credentials(self, parts: list[str]) -> str:
        """Return the name without the credentials at its end."""
        parts = [
            part for part in parts if _is_word(part) and not ("/" in part and _is_pronouns(part))
        ]
        found: list[str] = []
        while number := self._trailing(parts):
            found.insert(0, " ".join(parts[-number:]))
            parts = parts[:-number]
        self.credentials = found + self.credentials
        return " ".join(parts)

    def _trailing(self, parts: list[str]) -> int:
        """Return how many words at the end are one credential."""
        if not parts:
            return 0
        known, last = words(), bare(parts[-1])
        if last.casefold() in known.any_case and len(parts) > 1:
            return 1
        if len(parts) <= self.least:
            return 0
        spelled = bare("".join(parts[-2:]))
        dotted = all(part.endswith(".") for part in parts[-2:])
        if (
            dotted
            and len(parts) > self.least + 1
            and spelled in known.trailing - known.also_surnames
        ):
            return 2
        if last in known.also_surnames:
            return int(self.at != "whole" and not "".join(parts[:-1]).isupper())
        pieces = [last] if last in known.trailing else _JOINT.split(last)
        return int(known.trailing.issuperset(pieces))

    def _before_former(self, name: str) -> str:
        """Return the name without a former one, or one got by marriage, that a word announces."""
        known = words()
        for pattern, is_former in ((known.former, True), (known.married, False)):
            mark = pattern.match(name)
            after = name[mark.end() :] if mark else ""
            if mark is None or not _count(after):
                continue
            if _count(mark["before"]) < self.least:
                name = f"{mark['before']} {after}"
            else:
                name = mark["before"]
                self.maiden = self.maiden or (_shown(after) if is_former else "")
        return name


def _without_titles(name: str, *, leave: bool) -> tuple[list[str], str]:
    """Return the titles before a name, and the name; `leave` a word that could be either."""
    found = words().titles.match(name if leave else f"{name} x")
    if found is None:
        return [], name
    return [found[0].strip()], name[found.end() :].strip()


def _joined(found: re.Match[str]) -> str:
    """Return the last word after a spaced dash: half of a name, or a credential."""
    return f" {found[1]}" if _may_be_credentials([found[1]]) else f"-{found[1]}"


def _count(text: str) -> int:
    """Return how many words have a letter or a digit."""
    return sum(map(_is_word, text.split()))


def _is_word(part: str) -> bool:
    """Tell whether what stands between spaces has a letter or a digit."""
    return part.isalnum() or any(map(str.isalnum, part))


def _shown(name: str) -> str:
    """Return a name without the signs that are left of what was taken from it."""
    kept = letters_only(name, signs="'-.·")
    if "-" not in kept and "·" not in kept:
        return kept
    return " ".join(part.strip("-·") for part in kept.split())


def _is_suffix(parts: list[str]) -> bool:
    return bool(parts) and bare(parts[0]).casefold() in words().suffixes


def _is_pronouns(text: str) -> bool:
    """Tell whether these are pronouns; one alone, with a capital, may be a name (Han, Lei)."""
    parts = re.split(r"[ /,|]+", text.casefold().strip(" ./"))
    return (len(parts) > 1 or text.islower()) and words().pronouns.issuperset(parts)


def _are_credentials(parts: Iterable[str], but: frozenset[str] = frozenset()) -> bool:
    """Tell whether every word is a known credential."""
    known = words().credentials
    for part in parts:
        word = bare(part)
        for each in [word] if word.casefold() in known else _JOINT.split(word):
            if each.casefold() not in known or each.upper() in but:
                return False
    return True


def _may_be_credentials(parts: list[str]) -> bool:
    """Tell whether words after a comma are a degree and its subject, or look like credentials."""
    if _are_credentials(parts[:1]):
        return len(parts) <= _MOST_OF_DEGREE
    capitals = [sum(map(str.isupper, part)) for part in parts]
    letters = [sum(map(str.isalpha, part)) for part in parts]
    return all(
        high > 1 and high * 2 >= among and among <= _MOST_CREDENTIAL
        for high, among in zip(capitals, letters, strict=True)
    )


def _is_surname(inside: str, outside: str) -> bool:
    """Tell whether what stands in brackets looks like a family name in the same script."""
    known = words()
    parts = [part for part in inside.split() if part.casefold() not in known.particles]
    if not 0 < len(parts) <= _MOST_WORDS or letters_only(inside) != inside:
        return False
    if any(part[0].islower() or part.casefold() in known.not_names for part in parts):
        return False
    if inside.isupper() and len(inside) <= _ACRONYM and not outside.isupper():
        return False
    return not any(map(str.isdigit, inside)) and _is_latin(inside) == _is_latin(outside)


def _is_latin(text: str) -> bool:
    letter = next(filter(str.isalpha, text), " ")
    return unicodedata.name(letter, "").startswith("LATIN")
