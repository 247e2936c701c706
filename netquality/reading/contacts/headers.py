"""Whether a header is there, and which names it has where nobody knows it.

The names of columns may stand in an error, a person's row may not: a file without a header begins
with one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from netquality.errors import ExportError
from netquality.reading.layout import cells_of, find_layout

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["has_header", "header_names"]

_WITHIN_BYTES: Final = 1 << 16
_WITHIN_LINES: Final = 50
_LONGEST_NAME: Final = 40
_LEAST_KNOWN: Final = 2
_SEPARATORS: Final = ",;\t|"
_PRIVATE: Final = re.compile(r"@|\d{3}|://")
# What columns of address books are called, and what may stand beside it: "Phone 1 - Value".
_COLUMN: Final = re.compile(
    r"(?:(?:first|middle|last|full|given|family|display|nick|work|business|home|private|other|main"
    r"|primary|secondary|postal|job|\d{1,2})[ _-]+)*"
    r"(?:e-?mails?|mails?|(?:e-?mail ?)?address(?:es)?|(?:tele)?phones?|mobile|tel"
    r"|(?:first|last|full|given|family|display|nick)?[ _]?names?|compan(?:y|ies)|organi[sz]ation"
    r"|firm|title|role|position|birthday|born|labels?|tags?|url|website|linkedin"
    r"|(?:vor|nach)name|telefon|handy|firma|geburtstag|adresse|prénom|nom|téléphone|société"
    r"|nombre|apellidos?|teléfono|correo|empresa|nome|cognome|telefono|azienda|sobrenome"
    r"|telefone|naam|voornaam|achternaam|telefoon|bedrijf)"
    r"(?:[ _-]+(?:\d{1,2}|name|number|address|value|type|label))*",
    re.IGNORECASE,
)


def has_header(view: memoryview, source: str, needed: Collection[str]) -> bool:
    r"""Tell whether a line has all these columns, wherever it stands and whatever parts its cells.

    Examples
    --------
    >>> has_header(memoryview(b"Notes\nName;Mail\n"), "x.csv", {"mail"})
    True
    """
    try:
        find_layout(view, source, needed)
    except ExportError:
        return False
    return True


def header_names(view: memoryview) -> list[str]:
    r"""Return the names in the first line that has several cells; none where it may be a person's.

    Somebody may work at "Baker Company": only where half of the cells, and two at least, are
    nothing but names of columns is the line certain to be a header.

    Examples
    --------
    >>> header_names(memoryview(b"Who,Name,Mail\n7,Ana,ana@example.org\n"))
    ['Who', 'Name', 'Mail']
    >>> header_names(memoryview(b"Ana Ficticia,Baker Company\n"))
    []
    """
    lines = bytes(view[:_WITHIN_BYTES]).decode(errors="replace").splitlines()
    for line in lines[:_WITHIN_LINES]:
        readings = (cells_of(line, separator) or [""] for separator in _SEPARATORS)
        names = [name.strip() for name in max(readings, key=len)]
        if len(names) > 1:
            return [name for name in names if name] if _is_header(names) else []
    return []


def _is_header(names: list[str]) -> bool:
    if max(map(len, names)) > _LONGEST_NAME or any(map(_PRIVATE.search, names)):
        return False
    known = {name.casefold() for name in names if _COLUMN.fullmatch(name)}
    return len(known) >= max(_LEAST_KNOWN, len(list(filter(None, names))) / 2)
