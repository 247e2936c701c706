"""Which of the Latin code pages a file is in: the one that needs the fewest languages.

They have other letters at the same places, and nearly any byte is a letter in each: "Muñoz" in one
is "Muńoz" in another. But who has Spanish names in a file has them in one language, while in the
wrong page the same words are some Polish and some Czech, or have letters that no language has
together.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LATIN_PAGES", "USUAL", "cost"]

USUAL: Final = "cp1252"
_OF_NO_LANGUAGE: Final = 2  # a word counts as this many languages
_EVERYWHERE: Final = ("äöüß", "åäöé", "éèëïöü")  # German, Swedish and Finnish, Dutch
_LETTERS: Final = {
    USUAL: (
        "áéíóúñüçªº",  # Spanish
        "áâãàçéêíóôúüªº",  # Portuguese
        "àâçéèêëîïôœùûüÿ",  # French
        "àèéìíîòóùú",  # Italian
        "àçèéíïòóúü",  # Catalan
        "åæøéöäü",  # Danish and Norwegian
        "áéíóúýðþæö",  # Icelandic
        "áéíóúàèìòù",  # Irish, Gaelic
        "åäöšž",  # Finnish
    ),
    "cp1250": (
        "ąćęłńóśźż",  # Polish
        "áčďéěíňóřšťúůýž",  # Czech
        "áäčďéíĺľňóôŕšťúýž",  # Slovak
        "áéíóöőúüű",  # Hungarian
        "čćđšž",  # Croatian, Slovene
        "ăâîşţ",  # Romanian
    ),
    "cp1254": ("çğıöşüâîû",),  # Turkish
    "cp1258": ("ăâđêôơưàáèéìíòóùúýäëïöü",),  # Vietnamese
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),  # Lithuanian, Latvian, Estonian
}
# How many languages less another page must need than the usual one; that of Turkey differs from it
# in letters of Iceland only, that of Vietnam has the letters of half of Europe.
_HANDICAP: Final = {USUAL: 0, "cp1250": 1, "cp1254": 0, "cp1257": 1, "cp1258": 3}
_SIGNS: Final = frozenset(("No", "Sc", "Sk"))
LATIN_PAGES: Final = tuple(_LETTERS)


def cost(words: Iterable[str], page: str) -> int:
    """Return how many languages it takes to have all these words, as they read in a code page.

    A page that is seldom met costs more from the start.

    Examples
    --------
    >>> spanish = ["Muñoz", "Martín"]
    >>> cost(spanish, "cp1252")
    1
    >>> cost([word.encode("cp1252").decode("cp1250") for word in spanish], "cp1250")
    3
    """
    left = {frozenset(_strange(word)) for word in words} - {frozenset()}
    languages = [frozenset(letters) for letters in (*_LETTERS[page], *_EVERYWHERE)]
    needed = _HANDICAP[page]
    while left:
        found = [{letters for letters in left if letters <= language} for language in languages]
        most = max(found, key=len)
        if not most:
            return needed + _OF_NO_LANGUAGE * len(left)
        needed += 1
        left -= most
    return needed


def _strange(word: str) -> set[str]:
    """Return the letters beyond ASCII, small, and signs in their place: "Micha³" is no name."""
    small = word.replace("İ", "i").lower()  # it would be two characters
    small = small.replace("õe", "e")  # Simões; any other õ of cp1252 is Estonian or was an ő
    if not any(map(str.isalpha, small)):
        return set()
    return {
        sign
        for sign in small
        if sign > "\x7f" and (sign.isalpha() or unicodedata.category(sign) in _SIGNS)
    }
