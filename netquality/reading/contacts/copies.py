"""Address books of one export that say the same once more: copies, and both parts of an archive."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from netquality.reading.contacts.entries import CONTACT, coverage_of
from netquality.reading.parts import REPEATED_ROW

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from netquality.network import Contacts

__all__ = ["without_repeated"]

_WHERE: Final = ("contact_id", "person_id", "source", "line")
"""Columns of `contacts` that do not say who somebody is."""


def without_repeated(books: Iterable[Contacts]) -> list[Contacts]:
    """Return the address books without the rows that say all that a row of an earlier one says.

    Such a row is counted as set aside in the book that it is left out of.

    Examples
    --------
    >>> from netquality.reading.contacts.entries import Entry, as_contacts
    >>> two = [as_contacts([Entry(2, name="Ana Ficticia")], form="linkedin", source=source)
    ...        for source in ("Contacts.csv", "Contacts (1).csv")]
    >>> [len(book.contacts) for book in without_repeated(two)]
    [1, 0]
    """
    known: set[tuple[object, ...]] = set()
    made = []
    for book in books:
        said = _said(book)
        fresh = [row not in known for row in said]
        known.update(said)
        made.append(book if all(fresh) else _kept(book, fresh))
    return made


def _said(book: Contacts) -> list[tuple[object, ...]]:
    """Return what each contact says; the order of its addresses says nothing."""
    addresses: dict[str, set[tuple[str, str]]] = {}
    for contact, kind, value in book.addresses[["contact_id", "kind", "value"]].itertuples(
        index=False, name=None
    ):
        addresses.setdefault(contact, set()).add((kind, value))
    own = [frozenset(addresses.get(contact, ())) for contact in book.contacts["contact_id"]]
    cells = book.contacts.drop(columns=[*_WHERE]).fillna("").itertuples(index=False, name=None)
    return [(*row, where) for row, where in zip(cells, own, strict=True)]


def _kept(book: Contacts, fresh: Sequence[bool]) -> Contacts:
    """Return a book with some of its rows; the others are counted."""
    contacts = book.contacts[list(fresh)].reset_index(drop=True)
    own = book.addresses["contact_id"].isin(contacts["contact_id"])
    rows = book.coverage[["outcome", "reason", "row_count"]]
    counts = Counter({(how, why): n for how, why, n in rows.itertuples(index=False, name=None)})
    counts["used", CONTACT] -= len(fresh) - len(contacts)
    counts["set aside", REPEATED_ROW] += len(fresh) - len(contacts)
    return replace(
        book,
        contacts=contacts,
        addresses=book.addresses[own].reset_index(drop=True),
        coverage=coverage_of(counts, book.source),
    )
