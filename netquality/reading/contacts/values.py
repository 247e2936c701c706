"""E-mail addresses, phone numbers, profiles, labels and names of address books, as compared.

Every function takes what stands in a cell or a vCard line. What cannot be an address gives none,
and is counted by the caller: nothing is repaired by a guess.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from netquality.identity import profile_key

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "JOINED",
    "email_of",
    "labels_of",
    "name_of",
    "phone_of",
    "profiles_in",
    "split_emails",
    "split_phones",
    "tidy",
]

JOINED: Final = re.compile(r"\s*:::\s*")
"""What Google puts between several values in one cell."""

_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")
_EMAIL_ENDS: Final = re.compile(r"\s*:::\s*|[,;\s]+")
_PHONE_ENDS: Final = re.compile(r"\s*:::\s*|[\r\n]+|[,;]\s+")
_EXTENSION: Final = re.compile(
    r"[,;]{0,2}\s{0,2}(?:;ext=|\bext(?:ension|n)?\b\.?|(?<=[\d\s])x|#)[\s.:=]*\d+\s*$",
    re.IGNORECASE,
)
_SPREAD: Final = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)  # 4.47E+11, by a spreadsheet
_TRUNK: Final = re.compile(r"\(0\)")
_PROFILE: Final = re.compile(r"(?<![\w-])linkedin\.com/in/[^\s,;|\"<>]+", re.IGNORECASE)
_NO_DIGIT: Final = re.compile(r"[^0-9]+")
_FEWEST_DIGITS: Final = 6
_HELD_BY_ALL: Final = frozenset(
    ("mycontacts", "allcontacts", "othercontacts", "starred", "starredinandroid")
)


def tidy(text: str) -> str:
    r"""Return a text on one line, NFC, without spaces around it or twice in it.

    Examples
    --------
    >>> tidy(" Ana\n  Ficticia ")
    'Ana Ficticia'
    """
    return unicodedata.normalize("NFC", " ".join(text.split()))


def email_of(text: str) -> str | None:
    """Return an e-mail address as compared; None where it cannot be one.

    Examples
    --------
    >>> email_of(" mailto:Ana@Example.ORG"), email_of("ana at example.org"), email_of("@")
    ('ana@example.org', None, None)
    """
    plain = unicodedata.normalize("NFC", _visible(text).strip().strip("<>").casefold())
    if plain.startswith("mailto:"):
        plain = plain.removeprefix("mailto:").partition("?")[0]
    return plain if _EMAIL.fullmatch(plain) else None


def phone_of(text: str) -> str | None:
    """Return the digits of a phone number, with ``+`` where it is international; else None.

    An extension is left off, and so is the ``(0)`` that is dialled inside a country only. Fewer
    than six digits are no phone number.

    Examples
    --------
    >>> phone_of("+44 (0)20 7946 0001 x12"), phone_of("0049 30 5550 100"), phone_of("555-0100")
    ('+442079460001', '+49305550100', '5550100')
    >>> phone_of("1234") is None
    True
    """
    plain = unicodedata.normalize("NFKC", _visible(text)).strip()
    if plain[:4].casefold() == "tel:":
        plain = plain[4:].strip()
    plain = _EXTENSION.sub("", plain)
    if _SPREAD.fullmatch(plain):
        return None
    abroad = plain.lstrip("'( ").startswith("+")
    plain = _TRUNK.sub("", plain) if abroad else plain
    digits = _digits(plain)
    if not abroad and digits.startswith("00"):
        abroad, digits = True, digits[2:]
    if len(digits) < _FEWEST_DIGITS:
        return None
    return f"+{digits}" if abroad else digits


def profiles_in(text: str) -> list[str]:
    """Return the keys of the LinkedIn profiles whose addresses stand in a text.

    Examples
    --------
    >>> profiles_in("http://example.org ::: https://www.linkedin.com/in/Ana-Ficticia-1a/")
    ['ana-ficticia-1a']
    """
    if "/in/" not in text.casefold():
        return []
    keys = (profile_key(found) for found in _PROFILE.findall(text))
    return list(dict.fromkeys(key for key in keys if key))


def split_emails(text: str) -> list[str]:
    """Split a cell of e-mail addresses, whatever joins them; empty members are left out.

    Examples
    --------
    >>> split_emails("ana@example.org, , ana@example.net ::: a@example.com")
    ['ana@example.org', 'ana@example.net', 'a@example.com']
    """
    parts = [part for part in _EMAIL_ENDS.split(text) if part]
    if all("@" in part for part in parts):
        return parts
    return [part for part in _PHONE_ENDS.split(text.strip()) if part]  # words: none of ours


def split_phones(text: str) -> list[str]:
    """Split a cell of phone numbers; the comma of a pause in dialling splits nothing.

    Examples
    --------
    >>> split_phones("+1 555 0100 ::: 555-0101"), split_phones("+1 555 0100,,7")
    (['+1 555 0100', '555-0101'], ['+1 555 0100,,7'])
    """
    plain = _EXTENSION.sub("", text.strip())
    return [part for part in _PHONE_ENDS.split(plain) if part.strip()]


def labels_of(labels: Iterable[str]) -> tuple[str, ...]:
    """Return labels without Google's mark, in order; those every contact may have are left out.

    Examples
    --------
    >>> labels_of(["* myContacts", "Guests", "* friends"])
    ('Guests', 'friends')
    """
    plain = {tidy(label.strip().removeprefix("* ")) for label in labels}
    return tuple(
        sorted(
            label
            for label in plain
            if label and label.casefold().replace(" ", "") not in _HELD_BY_ALL
        )
    )


def name_of(text: str) -> str:
    """Return a name as shown; ``""`` where an address stands in its place.

    Examples
    --------
    >>> name_of("Ana  Ficticia 🚀"), name_of("ana@example.org"), name_of("+1 555 010 0001")
    ('Ana Ficticia 🚀', '', '')
    """
    name = tidy(text)
    if email_of(name) or (phone_of(name) and not any(sign.isalpha() for sign in name)):
        return ""
    return name


def _digits(text: str) -> str:
    """Return the digits in a text, those of any script as ours."""
    if text.isascii():
        return _NO_DIGIT.sub("", text)
    return "".join(str(unicodedata.digit(sign)) for sign in text if sign.isdecimal())


def _visible(text: str) -> str:
    """Return a text without the marks of direction and width that copying brings along."""
    if text.isascii():
        return text
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
