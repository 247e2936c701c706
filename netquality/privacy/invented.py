"""Invented names of companies, schools and job titles: stones, plants and crafts."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from netquality.pseudonyms import PLANTS, draw

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

__all__ = ["NOWHERE", "accented", "invent_places", "invent_titles"]

NOWHERE: Final = "Self-employed"
"""For all that people write where they name no company."""
_STONES: Final = (
    "Agate Alabaster Amazonite Amber Amethyst Aquamarine Azurite Basalt Beryl Carnelian "
    "Chalcedony Chalk Citrine Coral Corundum Diorite Dolomite Emerald Feldspar Flint Fluorite "
    "Gabbro Garnet Gneiss Granite Gypsum Hematite Jade Jasper Lapis Limestone Malachite Marble "
    "Moonstone Obsidian Olivine Onyx Opal Pearl Peridot Porphyry Pumice Pyrite Quartz Ruby "
    "Sandstone Sard Serpentine Slate Soapstone Spinel Sunstone Talc Topaz Tourmaline "
    "Travertine Turquoise Zircon"
)  # fmt: skip
_KINDS: Final = ("Works", "Mill", "Forge", "Yard", "Kiln", "Wharf", "Foundry", "Loom")
_SCHOOL: Final = "College"
_CRAFTS: Final = (
    "Baker Basketmaker Beekeeper Binder Brewer Carver Chandler Cooper Dyer Engraver Fletcher "
    "Forester Gardener Gilder Glazier Joiner Mason Miller Painter Potter Printer Roper Saddler "
    "Sawyer Shepherd Smith Spinner Tanner Thatcher Tinker Turner Weaver"
)
_FIRST: Final = tuple(_STONES.split())
_TRADES: Final = tuple(_CRAFTS.split())
_PAIRS: Final = len(_FIRST) * len(PLANTS)
_ACCENTS: Final = ("", "\u0301", "\u0300", "\u0302", "\u0308", "\u0304", "\u0306", "\u0307")
"""Marks that every vowel can bear."""
_VOWELS: Final = frozenset("aeiouAEIOU")


def invent_places(
    keys: Iterable[str], secret: bytes, schools: Collection[str] = ()
) -> dict[str, str]:
    """Return an invented name for each place, no two the same and none within another.

    Examples
    --------
    >>> names = invent_places(["acme", "uni"], b"secret", schools=["uni"])
    >>> names["uni"].split()[-1], len(names["acme"].split())
    ('College', 3)
    """
    return {
        key: _place(number, _SCHOOL if key in schools else _KINDS[number % len(_KINDS)])
        for key, number in draw(keys, secret, _PAIRS).items()
    }


def _place(number: int, kind: str) -> str:
    times, pair = divmod(number, _PAIRS)
    first, second = divmod(pair, len(PLANTS))
    more = "" if not times else str(times + 1)
    return f"{_FIRST[first]}{more} {PLANTS[second]} {kind}"


def invent_titles(keys: Iterable[str], secret: bytes) -> dict[str, str]:
    """Return an invented job title for each, no two the same; it says nothing of the real one.

    Examples
    --------
    >>> len(invent_titles(["engineer"], b"secret")["engineer"].split())
    2
    """
    size = len(_TRADES) * len(PLANTS)
    return {key: _title(*divmod(number, size)) for key, number in draw(keys, secret, size).items()}


def _title(times: int, pair: int) -> str:
    trade, plant = divmod(pair, len(PLANTS))
    return f"{PLANTS[plant]} {_TRADES[trade]}" + ("" if not times else f" {times + 1}")


def accented(name: str, number: int) -> str:
    """Return another spelling of a name: its vowels bear the marks that a number says.

    0 is the name itself; no two numbers give the same.

    Examples
    --------
    >>> accented("Basalt Oak", 0), accented("Basalt Oak", 1), accented("Basalt Oak", 8)
    ('Basalt Oak', 'Básalt Oak', 'Basált Oak')
    """
    letters = []
    for letter in name:
        mark = ""
        if letter in _VOWELS:
            number, digit = divmod(number, len(_ACCENTS))
            mark = _ACCENTS[digit]
        letters.append(letter + mark)
    more = "" if not number else f"{'·' * number} "  # of more spellings than marks can tell
    return more + unicodedata.normalize("NFC", "".join(letters))
