"""The rows of address books beside the people of an export, made ready to be compared."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

import pandas as pd

from netquality.combining.joining import SHARED_BY
from netquality.combining.records import Record, relation
from netquality.errors import SettingError
from netquality.identity import HIDDEN_MEMBER, company_keys, name_key
from netquality.tables import ADDRESSES, CONTACTS, COVERAGE, REJECTS, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from netquality.network import Contacts, Network

__all__ = [
    "APART",
    "BESIDE",
    "SAYS",
    "Book",
    "card_records",
    "gather",
    "label_keys",
    "own_records",
    "tell_apart",
    "told_apart",
]

BOOK_KIND: Final = "address book "
"""In `kinds` of a network, before the file name of each address book that is in it."""
SAYS: Final = "Address books: "
"""Begins each warning of `combine` itself, so that it is said anew each time."""
APART: Final = " ‖ "
"""Between a `contact_id` that several humans have and what tells them apart."""
BESIDE: Final = "#"
"""Between an address and what tells the cards of one file apart that have it."""
_BIRTHDAY: Final = re.compile(r"(?:\d{4}|-)-(\d\d-\d\d)")


@dataclass(frozen=True)
class Book:
    """All address books of a network as one, and what stands beside them.

    Attributes
    ----------
    contacts, addresses : pandas.DataFrame
        As in `Network`, sorted; `person_id` of the contacts is missing yet.
    coverage, rejects : pandas.DataFrame
        Of the whole network: of the export first, then of the books.
    kinds : frozenset of str
        As in `Network`, with the books.
    sources : frozenset of str
        The file names of the books.
    warnings : tuple of str
        Those of the export, then those of the books.
    """

    contacts: pd.DataFrame
    addresses: pd.DataFrame
    coverage: pd.DataFrame
    rejects: pd.DataFrame
    kinds: frozenset[str]
    sources: frozenset[str]
    warnings: tuple[str, ...]


def gather(network: Network, contacts: Sequence[Contacts]) -> Book:
    """Return the books that a network holds already and those that are given, each once.

    Raises
    ------
    SettingError
        When two different books have the same file name: their rows could not be told apart.
    """
    held = {kind.removeprefix(BOOK_KIND) for kind in network.kinds if kind.startswith(BOOK_KIND)}
    held |= set(network.contacts["source"])
    named = [
        {given.source, *given.contacts["source"], *given.coverage["file"]} for given in contacts
    ]
    sources = frozenset(held.union(*named))
    exported = set(network.coverage.loc[network.coverage["outcome"] != "absent", "file"]) - held
    for name in sorted(exported.intersection(*[sources])):
        raise SettingError(
            f"{name}: the export has a file of this name. Rename the address book, read it again, "
            "and combine it."
        )
    seen = {name: _content(network, name) for name in held}
    for given, names in zip(contacts, named, strict=True):
        for name in names:
            content = _content(given, name)
            if seen.setdefault(name, content) != content:
                raise SettingError(
                    f"{name}: two different address books have this file name. Rename one of the "
                    "files, read it again, and combine it with what nq.read_linkedin returned."
                )
    parts: list[Network | Contacts] = [network, *contacts]
    bare = [part.contacts.assign(person_id=_missing(part.contacts)) for part in parts]
    return Book(
        contacts=_distinct([_with_own_id(rows) for rows in bare], CONTACTS),
        addresses=_distinct([_with_own_id(part.addresses) for part in parts], ADDRESSES),
        coverage=_books_last([part.coverage for part in parts], sources, COVERAGE),
        rejects=_books_last([part.rejects for part in parts], sources, REJECTS),
        kinds=network.kinds | {BOOK_KIND + name for name in sources},
        sources=sources,
        warnings=_warnings(network, contacts, sources),
    )


def _content(part: Network | Contacts, name: str) -> tuple[list[tuple[str, ...]], ...]:
    """Return what a book says, in no order: by it a book is known again."""
    rows = _with_own_id(part.contacts[part.contacts["source"] == name]).drop(columns="person_id")
    counted = part.coverage[part.coverage["file"] == name]
    return tuple(
        sorted(tuple(map(str, row)) for row in table.itertuples(index=False, name=None))
        for table in (rows[[n for n in CONTACTS.dtypes if n in rows]], counted[[*COVERAGE.dtypes]])
    )


def _missing(rows: pd.DataFrame) -> pd.Series:
    return pd.Series(None, index=rows.index, dtype="str")


def _with_own_id(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the id that the reader gave, without what told humans apart."""
    own = [contact_id.partition(APART)[0] for contact_id in rows["contact_id"]]
    return rows.assign(contact_id=pd.Series(own, index=rows.index, dtype="str"))


def _distinct(parts: Sequence[pd.DataFrame], table: Table) -> pd.DataFrame:
    """Return all rows once, in an order that the rows alone decide."""
    names = list(table.dtypes)
    rows = pd.concat([part[names] for part in parts], ignore_index=True).drop_duplicates()
    by: list[str] = [name for name in ("source", "file", "line") if name in names]
    if not by or rows.duplicated(by).any():  # else where a row stands tells it from all others
        by += [name for name in names if name not in by]
    return rows.sort_values(by, kind="stable").reset_index(drop=True).astype(table.dtypes)


def _books_last(
    parts: Sequence[pd.DataFrame], sources: Collection[str], table: Table
) -> pd.DataFrame:
    """Return the rows of the export as they are, then those of the books."""
    export = parts[0].loc[~parts[0]["file"].isin(sources), list(table.dtypes)]
    books = _distinct([part[part["file"].isin(sources)] for part in parts], table)
    return pd.concat([export, books], ignore_index=True).astype(table.dtypes)


def _warnings(
    network: Network, contacts: Sequence[Contacts], sources: Collection[str]
) -> tuple[str, ...]:
    starts = tuple(f"{name or 'address book'}{mark}" for name in sources for mark in (":", ","))
    export, books = [], set()
    for warning in network.warnings:
        if starts and warning.startswith(starts):
            books.add(warning)
        elif not warning.startswith(SAYS):
            export.append(warning)
    for given in contacts:
        for warning in given.warnings:
            named = warning.startswith(starts)
            books.add(warning if named else f"{given.source or 'address book'}: {warning}")
    return (*export, *sorted(books))


def tell_apart(book: Book, people: Collection[str]) -> Book:
    """Give rows of different humans different ids.

    `contact_id` is the first address a card has, or its name. A family's address stands on several
    cards, and a bare name is no proof: such rows are told apart by name, else by company or file.
    Their addresses cannot be, and stay with each.

    Parameters
    ----------
    book : Book
    people : collection of str
        Ids that are taken.
    """
    rows = book.contacts
    twice = rows["contact_id"].duplicated(keep=False) | rows["contact_id"].isin(list(people))
    if not twice.any():
        return book
    ids = rows["contact_id"].tolist()
    works = company_keys(rows["company"])
    for contact_id, some in rows[twice].groupby("contact_id", sort=True):
        labels = _labels(str(contact_id), some, works.loc[some.index])
        if len(set(labels)) == 1 and contact_id not in people:
            continue
        for place, label, source in zip(some.index, labels, some["source"], strict=True):
            told = label or (source if contact_id in people else "")
            ids[place] = f"{contact_id}{APART}{told}" if told else contact_id
    apart = rows.assign(contact_id=pd.Series(ids, index=rows.index, dtype="str"))
    renamed = pd.DataFrame({"contact_id": rows["contact_id"], "new": apart["contact_id"]})
    addresses = book.addresses.merge(renamed.drop_duplicates(), on="contact_id", how="left")
    new = addresses["new"].fillna(addresses["contact_id"]).astype("str")
    return replace(
        book,
        contacts=_distinct([apart], CONTACTS),
        addresses=_distinct([addresses.assign(contact_id=new)], ADDRESSES),
    )


def _labels(contact_id: str, rows: pd.DataFrame, works: pd.Series) -> list[str]:
    """Return what tells these rows apart; the same for all where they are one human's."""
    names = [_key(name) for name in rows["name"]]
    kind = contact_id.partition(":")[0]
    if kind == "email":
        return [""] * len(rows) if _agree(names, list(rows["source"])) else names
    if kind == "phone":
        return [""] * len(rows) if len({*names} - {""}) <= 1 else names
    if kind == "profile":
        return [""] * len(rows)
    found = zip(works, rows["source"], strict=True)
    return [work if isinstance(work, str) else str(source) for work, source in found]


def told_apart(name: str | None) -> str:
    """Return what tells a card from others that have its address: its name as a key.

    Examples
    --------
    >>> told_apart("Ficticia, Ana"), told_apart("")
    ('ficticia ana', '?')
    """
    # `name_key` leaves out what follows a comma; here "Ficticia, Ana" is not "Ficticia, Ben"
    shown = name or ""
    return name_key(shown.replace(",", " ")) or shown.casefold() or "?"


def label_keys(rows: pd.DataFrame) -> Iterator[tuple[str, str | None, set[str]]]:
    """Yield the id and the name of each row, and what may tell it apart beside another book."""
    works = company_keys(rows["company"])
    columns = (rows["contact_id"], rows["name"], works, rows["source"])
    for contact_id, name, work, source in zip(*columns, strict=True):
        told = {work, source} if contact_id.startswith("name:") else {_key(name)}
        shown = name if isinstance(name, str) else None
        yield contact_id, shown, {label for label in told if isinstance(label, str) and label}


def _agree(names: Sequence[str], sources: Sequence[str]) -> bool:
    """Return whether these names may all be one human's; alike in the same file is on purpose."""
    distinct = {(name, source) for name, source in zip(names, sources, strict=True) if name}
    if len({name for name, _ in distinct}) > SHARED_BY:
        return False
    for (one, here), (other, there) in combinations(sorted(distinct), 2):
        kind = relation(frozenset({one}), frozenset({other}))
        if kind == "different" or (kind == "alike" and here == there):
            return False
    return True


def _key(name: object) -> str:
    """Return the name as a key; an address in its place is none."""
    shown = isinstance(name, str) and "@" not in name and name != HIDDEN_MEMBER
    return name_key(str(name)) if shown else ""


def _names(rows: pd.DataFrame) -> Iterator[frozenset[str]]:
    """Yield the keys of a name as shown, and of its parts without titles and degrees."""
    maiden = rows["maiden_name"] if "maiden_name" in rows else _missing(rows)
    columns = (rows["name"], rows["given_name"], rows["family_name"], maiden)
    for name, given, family, former in zip(*columns, strict=True):
        found = {_key(name)}
        if isinstance(given, str):
            found |= {_key(f"{given} {last}") for last in (family, former) if isinstance(last, str)}
        yield frozenset(found - {""})


def own_records(people: pd.DataFrame) -> list[Record]:
    """Return a record for each person of the export."""
    columns = (people["person_id"], _names(people), company_keys(people["company"]),
               people["email"], people["profile_key"], people["source"])  # fmt: skip
    return [
        Record(
            ids=frozenset({person}),
            people=frozenset({person}),
            names=names if name_of != HIDDEN_MEMBER else frozenset(),
            companies=_known(company),
            emails=frozenset(mail.strip().lower() for mail in _known(email)),
            profiles=_known(profile),
            sources=frozenset({source}),
        )
        for name_of, (person, names, company, email, profile, source) in zip(
            people["name"], zip(*columns, strict=True), strict=True
        )
    ]


def card_records(book: Book) -> list[Record]:
    """Return a record for each contact; several rows of one contact are one record.

    The profile on a card that several humans share may be another's, and is left out.
    """
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for contact, kind, value in book.addresses.itertuples(index=False, name=None):
        found[contact, kind].add(value)
    rows = book.contacts
    told: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    columns = (rows["contact_id"], _names(rows), company_keys(rows["company"]), rows["birthday"],
               rows["source"])  # fmt: skip
    for contact, names, company, birthday, source in zip(*columns, strict=True):
        record = told[contact]
        record["names"] |= names
        record["companies"] |= _known(company)
        record["sources"].add(source)
        day = _BIRTHDAY.fullmatch(birthday) if isinstance(birthday, str) else None
        if day:
            record["birthdays"].add(day.group(1))
    return [
        Record(
            ids=frozenset({contact}),
            emails=frozenset(found[contact, "email"]),
            phones=frozenset(found[contact, "phone"]),
            profiles=frozenset() if APART in contact else frozenset(found[contact, "profile"]),
            **{name: frozenset(values) for name, values in record.items()},
        )
        for contact, record in told.items()
    ]


def _known(value: object) -> frozenset[str]:
    return frozenset({value}) if isinstance(value, str) and value else frozenset()
