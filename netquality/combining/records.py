"""A record: what is known of one human, or what may be one. Names and numbers side by side."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "ALIKE",
    "Record",
    "clash",
    "fold",
    "is_full",
    "merged",
    "phone_ends",
    "relation",
    "same_phone",
]

ALIKE: Final = 88.0
"""From this likeness on (0-100, rapidfuzz's ``token_set_ratio`` of the folded names) two names are
much alike. Invented pairs: stephan/stefan meier 88, ana/anna ficticia 96, katherine/catherine
erfunden 94 are; lena/lisa erfunden 85, tim/tom li 83, anna/bert ficticia 76, anna ficticia/erfunden
47 are not. Jan and Jana Erfunden (96) are alike too: which is why likeness alone joins nobody."""

_PARTS: Final = 2
_PHONE_DIGITS: Final = 7
_PHONE_END: Final = 8


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one human, or what may be one.

    Attributes
    ----------
    ids : frozenset of str
        The people and contacts in it.
    people : frozenset of str
        Those of them who are people of the export.
    names, companies : frozenset of str
        As `name_key` and `company_keys` make them.
    emails, phones, profiles : frozenset of str
        As in `netquality.tables.ADDRESSES`.
    birthdays : frozenset of str
        ``MM-DD``.
    sources : frozenset of str
        The files.
    """

    ids: frozenset[str]
    people: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    companies: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    profiles: frozenset[str] = frozenset()
    birthdays: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()


_FIELDS: Final = tuple(field.name for field in fields(Record))


def merged(records: Iterable[Record]) -> Record:
    """Return all that several records say, as one.

    Examples
    --------
    >>> one = merged([Record(frozenset({"a"})), Record(frozenset({"b"}))])
    >>> sorted(one.ids)
    ['a', 'b']
    """
    several = list(records)
    if len(several) == 1:
        return several[0]
    return Record(*(frozenset().union(*(getattr(r, name) for r in several)) for name in _FIELDS))


def clash(records: Iterable[Record], *, birthdays: bool = True) -> bool:
    """Return whether these records cannot be one human without the owner's own word.

    They cannot with two people of the export, with LinkedIn profiles of which none is common, or
    with different birthdays.

    Examples
    --------
    >>> clash([Record(frozenset({"a"}), birthdays=frozenset({"05-04"})),
    ...        Record(frozenset({"b"}), birthdays=frozenset({"05-05"}))])
    True
    """
    several = list(records)
    if len(frozenset().union(*(record.people for record in several))) > 1:
        return True
    for name in ("profiles", "birthdays") if birthdays else ("profiles",):
        known = [values for record in several if (values := getattr(record, name))]
        if known and not frozenset.intersection(*known):
            return True
    return False


@lru_cache(maxsize=200_000)
def fold(name: str) -> str:
    """Return a name key without accents, hyphens and apostrophes, as an old telephone writes it.

    Examples
    --------
    >>> fold("anne-maría d'ñoña")
    'anne maria d nona'
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(kept.replace("-", " ").replace("'", " ").replace("’", " ").split())


def is_full(name: str) -> bool:
    """Return whether a name has two parts: a given name alone points to nobody."""
    return " " in name


def relation(ours: frozenset[str], theirs: frozenset[str]) -> str:
    """Return how the names of two records relate; of several the closest.

    Returns
    -------
    str
        ``same``, ``alike``, ``part`` (one is a part of the other, or its initials), ``different``,
        or ``none`` where one has no name.

    Examples
    --------
    >>> relation(frozenset({"anna ficticia"}), frozenset({"ana ficticia"}))
    'alike'
    >>> relation(frozenset({"anna"}), frozenset({"anna ficticia"}))
    'part'
    """
    if not ours or not theirs:
        return "none"
    if ours & theirs:
        return "same"
    found = {_relation(fold(one), fold(other)) for one, other in product(ours, theirs)}
    return next(kind for kind in ("alike", "part", "different") if kind in found)


def _relation(one: str, other: str) -> str:
    first, second = set(one.split()), set(other.split())
    if not first or not second:
        return "different"
    if first == second:
        return "alike"
    if first < second or second < first or _initials(one.split(), other.split()):
        return "part"
    return "alike" if fuzz.token_set_ratio(one, other) >= ALIKE else "different"


def _initials(one: list[str], other: list[str]) -> bool:
    """Return whether the names agree but for a word of which one has only the first letter."""
    if len(one) != len(other) or len(one) < _PARTS:
        return False
    pairs = list(zip(one, other, strict=True))
    short = [a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a, b in pairs]
    return all(short) and any(a == b and len(a) > 1 for a, b in pairs)


def phone_ends(phones: Iterable[str]) -> set[str]:
    """Return the last digits of phone numbers, which are there with a country code and without.

    Examples
    --------
    >>> phone_ends(["+12025550143"]) == phone_ends(["2025550143"])
    True
    >>> phone_ends(["110"])
    set()
    """
    digits = (phone.lstrip("+") for phone in phones)
    return {number[-_PHONE_END:] for number in digits if len(number) >= _PHONE_DIGITS}


def same_phone(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Return whether two have a number in common, written with its country code or without.

    Examples
    --------
    >>> same_phone(["+12025550143"], ["2025550143"]), same_phone(["+12025550143"], ["+4925550143"])
    (True, False)
    """
    return any(
        one == other or not (one.startswith("+") and other.startswith("+"))
        for one, other in product(ours, theirs)
        if phone_ends([one]) & phone_ends([other])
    )
