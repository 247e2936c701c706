"""What `canned.toml` says, folded: case, accents and kinds of apostrophes do not count."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Vocabulary", "fold", "vocabulary"]

_APOSTROPHES: Final = str.maketrans("’‘´`ʼ", "'''''")
_LETTERS: Final = str.maketrans(
    {"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ı": "i", "đ": "d"}
)
_SIGNS: Final = re.compile("[\u0307\u064b-\u0652]")
"""The dot that a Turkish capital I leaves, and Arabic vowel signs."""
_FAMILIES: Final = ("wishes", "thanking")
_SETS: Final = ("joining", "no_names", "no_name_after", "no_thanks_to", "particles", "titles")
_MOODS: Final = ("stating", "hoping")


class Vocabulary(NamedTuple):
    """What `canned.toml` says."""

    phrases: frozenset[tuple[str, ...]]
    answers: frozenset[tuple[str, ...]]
    words: frozenset[str]
    """Words of whole phrases."""
    families: dict[str, int]
    """Words of wishes and thanks; a bit for each family (wishes in English ...) that has it."""
    all_families: int
    wishes: int
    """The bits of the families that wish; the others thank."""
    says: dict[str, tuple[tuple[tuple[str, ...], int], ...]]
    """What wishes and thanks say, by first word, each with the bits of the families that say it."""
    said_words: frozenset[str]
    sets: dict[str, frozenset[str]]
    """The lists of single words in the file, by name."""
    moods: dict[str, dict[str, int]]
    """`stating` and `hoping`: their words, each with the bits of the wishes in that language."""
    refusals: frozenset[tuple[str, ...]]
    after_names: tuple[str, ...]

    @property
    def all_words(self) -> frozenset[str]:
        """Every word that may stand in a set phrase in small letters."""
        names = (self.sets[name] for name in ("joining", "particles", "titles"))
        return self.words.union(self.families, self.said_words, *names)


def fold(text: str) -> str:
    """Return a text in small letters, Latin ones without accents, Arabic ones without vowel signs.

    Examples
    --------
    >>> fold("Grüße, Élodie’s ŒUVRE"), fold("がんばって")
    ("grusse, elodie's oeuvre", 'がんばって')
    """
    small = text.lower()
    if small.isascii():  # as most words, and to translate them takes its time
        return small.replace("`", "'")
    small = small.translate(_APOSTROPHES).translate(_LETTERS)
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
        if isinstance(group, dict) and name not in (*_FAMILIES, *_MOODS)
    }
    phrases = _phrases(
        phrase for group in groups.values() for some in group.values() for phrase in some
    )
    families = [group for name in _FAMILIES for group in data[name].values()]
    says = _family_phrases(families)
    sets = {name: frozenset(map(fold, data[name])) for name in _SETS}
    return Vocabulary(
        phrases=phrases,
        answers=_phrases(phrase for some in groups["answers"].values() for phrase in some),
        words=frozenset(word for phrase in phrases for word in phrase) | sets["joining"],
        families=_family_words(families),
        all_families=(1 << len(families)) - 1,
        wishes=(1 << len(data[_FAMILIES[0]])) - 1,
        says=says,
        said_words=frozenset(word for some in says.values() for words, _ in some for word in words),
        sets=sets,
        moods={name: _by_language(data[name], list(data["wishes"])) for name in _MOODS},
        refusals=_phrases(data["refusals"]),
        after_names=tuple(map(fold, data["after_names"])),
    )


def _phrases(given: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold(phrase).split()) for phrase in given)


def _family_words(families: list[dict[str, list[str]]]) -> dict[str, int]:
    words: dict[str, int] = {}
    for number, family in enumerate(families):
        for word in {fold(word) for word in family["words"]}:
            words[word] = words.get(word, 0) | 1 << number
    return words


def _family_phrases(
    families: list[dict[str, list[str]]],
) -> dict[str, tuple[tuple[tuple[str, ...], int], ...]]:
    said: dict[tuple[str, ...], int] = {}
    for number, family in enumerate(families):
        for phrase in _phrases(family["says"]):
            said[phrase] = said.get(phrase, 0) | 1 << number
    by_first: dict[str, tuple[tuple[tuple[str, ...], int], ...]] = {}
    for phrase, bits in said.items():
        by_first[phrase[0]] = (*by_first.get(phrase[0], ()), (phrase, bits))
    return by_first


def _by_language(data: dict[str, list[str]], languages: list[str]) -> dict[str, int]:
    words: dict[str, int] = {}
    for number, language in enumerate(languages):
        for word in map(fold, data[language]):
            words[word] = words.get(word, 0) | 1 << number
    return words
