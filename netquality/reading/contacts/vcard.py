"""vCards 2.1, 3.0 and 4.0, of Apple, Google and others: what each card says of whom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from netquality.reading.contacts.cards import BrokenCardError, Card, properties, split_cards
from netquality.reading.contacts.entries import Entry
from netquality.reading.contacts.values import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netquality.reading.contacts.cards import Property

__all__ = ["GROUP", "ORGANISATION", "THING", "Cards", "parse_cards"]

ORGANISATION: Final = "an organisation, not a person"
GROUP: Final = "a group of contacts, not a person"
THING: Final = "a place or a device, not a person"

_KINDS: Final = {
    "group": GROUP,
    "org": ORGANISATION,
    "organization": ORGANISATION,
    "location": THING,
    "device": THING,
    "application": THING,
}
_USED: Final = frozenset(
    (
        "FN", "N", "NICKNAME", "ORG", "TITLE", "ROLE", "EMAIL", "TEL", "URL", "SOCIALPROFILE",
        "X-SOCIALPROFILE", "BDAY", "CATEGORIES", "KIND", "X-ADDRESSBOOKSERVER-KIND",
        "X-ABSHOWAS", "X-ABLABEL",
    )
)  # fmt: skip
_SITES: Final = ("URL", "SOCIALPROFILE", "X-SOCIALPROFILE")
_NOT_PREFERRED: Final = 101  # PREF goes from 1 to 100


@dataclass(frozen=True)
class Cards:
    """The cards of a file.

    Attributes
    ----------
    entries : list of Entry
        One for each card, the broken ones and those set aside included.
    stray_lines : int
        Lines outside of any card that are not blank.
    """

    entries: list[Entry] = field(repr=False)
    stray_lines: int


def parse_cards(text: str) -> Cards:
    r"""Parse the cards of a file.

    Parameters
    ----------
    text : str
        All of it, whatever its line ends.

    Returns
    -------
    Cards

    Examples
    --------
    >>> cards = parse_cards("BEGIN:VCARD\nFN:Ana Ficticia\nEND:VCARD\nBEGIN:VCARD\nFN:Ben")
    >>> [(entry.line, entry.name, entry.fault) for entry in cards.entries]
    [(1, 'Ana Ficticia', ''), (4, '', 'the card has no END:VCARD')]
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    found = list(split_cards(plain))
    cards = [card for card in found if isinstance(card, Card)]
    strays = sum(each for each in found if isinstance(each, int))
    return Cards([_entry(card) for card in cards], strays)


def _entry(card: Card) -> Entry:
    """Return what a card says, or why it cannot be read."""
    if card.fault:
        return Entry(card.line, fault=card.fault)
    try:
        found: dict[str, list[Property]] = defaultdict(list)
        for name, each in properties(card.body, _USED):
            found[name].append(each)
        return _person(card.line, found)
    except BrokenCardError as fault:
        return Entry(card.line, fault=str(fault))


def _person(line: int, found: Mapping[str, list[Property]]) -> Entry:
    """Return what the lines of a card say."""
    parts = _parts(_first(found, "N"), ";")
    family, given, middle, _prefix, suffix = (*parts, "", "", "", "", "")[:5]
    org = next(iter(_parts(_first(found, "ORG"), ";")), "")
    shown = _text(_first(found, "FN"))
    spelt = " ".join(part for part in (given, middle, family, suffix) if part)
    is_firm = any(_value(each) == "COMPANY" for each in found["X-ABSHOWAS"])
    if is_firm and (given or family):
        shown = spelt  # somebody at a company that is shown in their place
    aside = _aside(found, is_firm=is_firm and not (given or family))
    if org and shown.strip() == org and not {given, family, middle} - {"", org}:
        aside = aside or ORGANISATION
    return Entry(
        line,
        aside,
        name=name_of(shown) or spelt or _text(_first(found, "NICKNAME")),
        given_name=given,
        family_name=family,
        company=org,
        position=_text(_first(found, "TITLE")) or _text(_first(found, "ROLE")),
        birthday=_birthday(found["BDAY"]),
        emails=tuple(_text(each.value) for each in _preferred(found["EMAIL"])),
        phones=tuple(_text(each.value) for each in _preferred(_no_fax(found))),
        sites=tuple(_text(each.value) for name in _SITES for each in _preferred(found[name])),
        labels=tuple(label for each in found["CATEGORIES"] for label in _parts(each.value, ",")),
    )


def _aside(found: Mapping[str, list[Property]], *, is_firm: bool) -> str:
    """Say why a card is no person's, by what it calls itself."""
    for name in ("KIND", "X-ADDRESSBOOKSERVER-KIND"):
        for each in found[name]:
            if reason := _KINDS.get(_value(each).casefold()):
                return reason
    return ORGANISATION if is_firm else ""


def _value(each: Property) -> str:
    return each.value.strip().upper()


def _first(found: Mapping[str, list[Property]], name: str) -> str:
    """Return the preferred value of a name that is not empty."""
    values = (each.value for each in _preferred(found[name]))
    return next((value for value in values if value.strip(" ;")), "")


def _preferred(some: Sequence[Property]) -> list[Property]:
    """Return properties with the preferred ones first, else as the card has them."""

    def rank(each: Property) -> int:
        given = "".join(each.params.get("PREF", ()))
        if given.isascii() and given.isdigit() and len(given) < 4:  # noqa: PLR2004 - 1 to 100
            return int(given)
        return 1 if "PREF" in each.types else _NOT_PREFERRED

    return sorted(some, key=rank)


def _no_fax(found: Mapping[str, list[Property]]) -> list[Property]:
    """Return the numbers at which a person answers."""
    labels = {each.group: _value(each) for each in found["X-ABLABEL"] if each.group}
    return [
        each
        for each in found["TEL"]
        if not any(
            sign in kind
            for kind in (*each.types, labels.get(each.group, ""))
            for sign in ("FAX", "PAGER")
        )
    ]


def _birthday(some: Sequence[Property]) -> str:
    """Return a birthday as it stands, without the year that Apple writes for none."""
    for each in some:
        for year in each.params.get("X-APPLE-OMIT-YEAR", ()):
            if year and each.value.startswith(year):
                return "--" + each.value[len(year) :].lstrip("-")
        if each.value.strip():
            return each.value
    return ""


def _parts(value: str, separator: str) -> list[str]:
    """Split a value at each separator that is not escaped."""
    if "\\" not in value:
        return [part.strip() for part in value.split(separator)]
    return [_text(part) for part in _values(value, listSeparator=separator, charList=separator)]


def _text(value: str) -> str:
    """Return a value unescaped; a bare comma, which 2.1 allows, is a comma."""
    if "\\" not in value:
        return value.strip()
    return ",".join(_values(value)).strip()


def _values(value: str, **split: str) -> list[str]:
    from vobject.icalendar import stringToTextValues  # noqa: PLC0415 - only vCards need it

    values: list[str] = stringToTextValues(_closed(value), **split)
    return values


def _closed(value: str) -> str:
    """Return a value without the single backslash at its end, with which nothing can be done."""
    end = len(value) - len(value.rstrip("\\"))
    return value[:-1] if end % 2 else value
