"""What `canned.toml` says, folded: case, accents and kinds of apostrophes do not count."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Family", "Vocabulary", "fold", "vocabulary"]

_APOSTROPHES: Final = str.maketrans("’‘´`ʼ", "'''''")
_LETTERS: Final = str.maketrans(
    {"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ı": "i", "đ": "d"}
)
_SIGNS: Final = re.compile("[\u0307\u064b-\u0652]")
"""The dot that a Turkish capital I leaves, and Arabic vowel signs."""
_FAMILIES: Final = ("wishes", "thanking")
_LISTS: Final = ("joining", "no_names", "no_name_after", "particles", "titles", "after_names")


class Family(NamedTuple):
    """Wishes, or thanks, of one language: what says it, and the words that may stand with it."""

    says: frozenset[tuple[str, ...]]
    words: frozenset[str]


class Vocabulary(NamedTuple):
    """What `canned.toml` says."""

    phrases: frozenset[tuple[str, ...]]
    answers: frozenset[tuple[str, ...]]
    words: frozenset[str]
    """Words of whole phrases."""
    families: tuple[Family, ...]
    joining: frozenset[str]
    no_names: frozenset[str]
    no_name_after: frozenset[str]
    particles: frozenset[str]
    titles: frozenset[str]
    after_names: tuple[str, ...]

    @property
    def all_words(self) -> frozenset[str]:
        """Every word that may stand in a set phrase in small letters."""
        return self.words.union(
            self.joining, self.particles, self.titles, *(family.words for family in self.families)
        )


def fold(text: str) -> str:
    """Return a text in small letters, Latin ones without accents, Arabic ones without vowel signs.

    Examples
    --------
    >>> fold("Grüße, Élodie’s ŒUVRE"), fold("がんばって")
    ("grusse, elodie's oeuvre", 'がんばって')
    """
    small = text.lower().translate(_APOSTROPHES).translate(_LETTERS)
    if small.isascii():
        return small
    small = _SIGNS.sub("", unicodedata.normalize("NFC", small))
    plain = (unicodedata.normalize("NFD", letter) for letter in small)
    return "".join(
        decomposed[0] if decomposed[0].isascii() else letter
        for letter, decomposed in zip(small, plain, strict=True)
    )


@cache
def vocabulary() -> Vocabulary:
    """Read the file, once."""
    data = tomllib.loads(files("netquality").joinpath("canned.toml").read_text("utf-8"))
    groups = {
        name: group
        for name, group in data.items()
        if isinstance(group, dict) and name not in _FAMILIES
    }
    phrases = _phrases(
        phrase for group in groups.values() for some in group.values() for phrase in some
    )
    families = [_family(words) for name in _FAMILIES for words in data[name].values()]
    lists = {name: [fold(word) for word in data[name]] for name in _LISTS}
    return Vocabulary(
        phrases=phrases,
        answers=_phrases(phrase for some in groups["answers"].values() for phrase in some),
        words=frozenset(word for phrase in phrases for word in phrase) | set(lists["joining"]),
        families=tuple(families),
        joining=frozenset(lists["joining"]),
        no_names=frozenset(lists["no_names"]),
        no_name_after=frozenset(lists["no_name_after"]),
        particles=frozenset(lists["particles"]),
        titles=frozenset(lists["titles"]),
        after_names=tuple(lists["after_names"]),
    )


def _phrases(given: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold(phrase).split()) for phrase in given)


def _family(data: dict[str, Any]) -> Family:
    says = _phrases(data["says"])
    words = {fold(word) for word in data["words"]}
    return Family(says, frozenset(words.union(*says)))
