"""The names of the months in seven languages, for spreadsheets that translated what they knew."""

from __future__ import annotations

import unicodedata
from typing import Final

__all__ = ["month_number"]

# English, German (and Austrian), French, Spanish, Portuguese, Italian, Dutch; full and short, each
# spelling once, without accents. No spelling denotes two months in two of these languages.
_SPELLINGS: Final = (
    "jan january januar janner jann janvier janv ene enero janeiro gen gennaio januari",
    "feb february februar feber fevrier fevr fev febrero fevereiro febbraio februari",
    "mar march marz maerz mrz mars marzo marco maart mrt",
    "apr april avril avr abr abril aprile",
    "may mai mayo maio mag maggio mei",
    "jun june juni juin junio junho giu giugno",
    "jul july juli juillet juil julio julho lug luglio",
    "aug august aout aou ago agosto augustus",
    "sep sept september septembre septiembre set setiembre setembro settembre",
    "oct october okt oktober octobre octubre out outubro ott ottobre",
    "nov november novembre noviembre novembro",
    "dec december dez dezember decembre dic diciembre dezembro dicembre",
)
_NUMBER: Final = {
    spelling: number for number, line in enumerate(_SPELLINGS, 1) for spelling in line.split()
}


def month_number(name: str) -> int | None:
    """Return the number of a month by its name, in whatever case, with or without accents.

    Examples
    --------
    >>> [month_number(name) for name in ("Mar", "MÄRZ", "févr.", "dic", "brumaire")]
    [3, 3, 2, 12, None]
    """
    plain = unicodedata.normalize("NFKD", name.casefold().rstrip("."))
    return _NUMBER.get("".join(sign for sign in plain if not unicodedata.combining(sign)))
