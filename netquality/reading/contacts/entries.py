"""Rows of an address book, whatever form they had, to the tables of `Contacts`.

What every form has in common is decided here: what counts as an address, which row says nothing,
which says what another has said, and by which key a row is known again in the next export.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from netquality.combining.cards import BESIDE, told_apart
from netquality.identity import company_keys
from netquality.network import Contacts
from netquality.reading.contacts.birthdays import parse_birthdays
from netquality.reading.contacts.values import (
    email_of,
    labels_of,
    name_of,
    phone_of,
    profiles_in,
    tidy,
)
from netquality.tables import ADDRESSES, CONTACTS, COVERAGE, REJECTS, build
from netquality.words import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from netquality.reading.csvtext import Rejected

__all__ = ["CONTACT", "EMPTY", "REPEATED", "Entry", "as_contacts", "coverage_of"]

CONTACT: Final = "contact"
EMPTY: Final = "empty: neither a name nor an address"
REPEATED: Final = "the same contact a second time"
_NO_ROWS: Final = "no rows under the header"
_OUTCOMES: Final = ("used", "set aside", "rejected")


@dataclass(frozen=True, repr=False)
class Entry:
    """One row or card, as it stands; addresses in their own order, the preferred one first.

    Attributes
    ----------
    line : int
        Where it begins, counted from 1.
    aside, fault : str
        Why it is set aside, or why it cannot be read; ``""`` for neither.
    name, given_name, family_name, company, position, birthday : str
        ``""`` where there is none.
    emails, phones, sites, labels : tuple of str
        `sites` are the texts in which a profile's address may stand.
    """

    line: int
    aside: str = ""
    fault: str = ""
    name: str = ""
    given_name: str = ""
    family_name: str = ""
    company: str = ""
    position: str = ""
    birthday: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


class _Clean(NamedTuple):
    """What an entry says, normalised: two of them are equal where they say the same."""

    name: str
    given_name: str
    family_name: str
    company: str
    position: str
    birthday: str
    labels: tuple[str, ...]
    addresses: tuple[tuple[str, str], ...]


class _Kept(NamedTuple):
    contact_id: str
    line: int
    row: _Clean


def as_contacts(
    entries: Sequence[Entry],
    rejected: Iterable[Rejected] = (),
    *,
    form: str,
    source: str,
    notes: Iterable[str] = (),
) -> Contacts:
    """Bring the entries of one file together.

    Parameters
    ----------
    entries : sequence of Entry
        Every row or card, those set aside included.
    rejected : iterable of Rejected
        Rows that never became an entry, since they do not fit the header.
    form, source : str
        What wrote the file, and its name.
    notes : iterable of str
        What is to be said of it already.

    Returns
    -------
    Contacts
        In the order of their keys: the order of the file changes nothing but `line`.

    Examples
    --------
    >>> entry = Entry(2, name="Ana Ficticia", emails=("Ana@example.org",))
    >>> as_contacts([entry], form="vcard", source="x.vcf").contacts["contact_id"].tolist()
    ['email:ana@example.org']
    """
    read = [entry for entry in entries if not entry.aside and not entry.fault]
    birthdays = parse_birthdays([entry.birthday for entry in read])
    bad: Counter[str] = Counter()
    clean = [_clean(entry, day, bad) for entry, day in zip(read, birthdays.found, strict=True)]
    named = [(entry.line, row) for entry, row in zip(read, clean, strict=True) if _says(row)]
    kept = sorted(_with_ids(named))
    counts: Counter[tuple[str, str]] = Counter()
    counts.update(("set aside", entry.aside) for entry in entries if entry.aside)
    counts.update(("rejected", entry.fault) for entry in entries if entry.fault)
    faults = [(entry.line, entry.fault) for entry in entries if entry.fault]
    for row in rejected:
        counts["rejected", row.counted_as] += 1
        faults.append((row.line, row.reason))
    counts["used", CONTACT] += len(kept)
    counts["set aside", EMPTY] += len(read) - len(named)
    counts["set aside", REPEATED] += len(named) - len(kept)
    said = [*_unread(len(faults), form), *_doubtful(bad), *birthdays.notes]
    return Contacts(
        contacts=_contacts(kept, source),
        addresses=_addresses(kept),
        coverage=coverage_of(counts, source),
        rejects=_rejects(faults, source),
        form=form,
        source=source,
        warnings=(*notes, *(f"{source}: {note}" for note in said)),
    )


def _clean(entry: Entry, birthday: str, bad: Counter[str]) -> _Clean:
    """Normalise what an entry says; what is no address is left out and counted."""
    emails = _valid(entry.emails, email_of, bad, "email")
    phones = _valid(entry.phones, phone_of, bad, "phone")
    keys = (key for text in entry.sites for key in profiles_in(text))
    found = (("email", emails), ("phone", phones), ("profile", keys))
    addresses = dict.fromkeys((kind, value) for kind, some in found for value in some)
    return _Clean(
        name_of(entry.name),
        name_of(entry.given_name),
        name_of(entry.family_name),
        tidy(entry.company),
        tidy(entry.position),
        birthday,
        labels_of(entry.labels),
        tuple(addresses),
    )


def _says(row: _Clean) -> bool:
    return bool(row.name or row.addresses)


def _valid(
    texts: Iterable[str], value_of: Callable[[str], str | None], bad: Counter[str], kind: str
) -> list[str]:
    """Return the addresses among texts, and count those that are none."""
    values = [value_of(text) for text in texts if text.strip()]
    bad[kind] += values.count(None)
    return [value for value in values if value is not None]


def _unread(count: int, form: str) -> Iterator[str]:
    if count:
        what = plural(count, "card" if form == "vcard" else "row")
        yield f"{what} could not be read; see `rejects`."


def _doubtful(bad: Counter[str]) -> Iterator[str]:
    if count := bad["email"]:
        yield f"{plural(count, 'e-mail address is', 'e-mail addresses are')} none: left out."
    if count := bad["phone"]:
        yield f"{plural(count, 'phone number is', 'phone numbers are')} none: left out."


def _with_ids(rows: Sequence[tuple[int, _Clean]]) -> Iterator[_Kept]:
    """Give each row its key; rows that say the same are one.

    Others that share a key have their names in it: an answer about one of them must not come to
    mean another when a card is added or taken away. Those of one name are numbered by what they
    say, not by where they stand.
    """
    firms = company_keys(pd.Series([row.company for _, row in rows], dtype="str"))
    alike: dict[str, dict[_Clean, int]] = {}
    for (line, row), firm in zip(rows, firms, strict=True):
        same = alike.setdefault(_key(row, firm), {})
        same[row] = min(line, same.get(row, line))
    taken = set(alike)
    for key, some in sorted(alike.items()):
        taken.discard(key)
        is_shared = len({told_apart(row.name) for row in some}) > 1
        for row in sorted(some):
            stem = f"{key}{BESIDE}{told_apart(row.name)}" if is_shared else key
            contact_id, number = stem, 1
            while contact_id in taken:
                number += 1
                contact_id = f"{stem}{BESIDE}{number}"
            taken.add(contact_id)
            yield _Kept(contact_id, some[row], row)


def _key(row: _Clean, firm: str) -> str:
    """Return the key of a row: its first e-mail, else its first phone number, else its name."""
    for kind in ("email", "phone"):
        for each, value in row.addresses:
            if each == kind:
                return f"{kind}:{value}"
    if not row.name:
        return next(f"{kind}:{value}" for kind, value in row.addresses)
    name = told_apart(row.name)
    return f"name:{name}|{firm}" if firm else f"name:{name}"


def _contacts(kept: Sequence[_Kept], source: str) -> pd.DataFrame:
    columns: dict[str, object] = {
        "contact_id": [each.contact_id for each in kept],
        "person_id": [None] * len(kept),
        "source": [source] * len(kept),
        "line": [each.line for each in kept],
        "labels": [", ".join(each.row.labels) or None for each in kept],
    }
    for name in ("name", "given_name", "family_name", "company", "position", "birthday"):
        columns[name] = [getattr(each.row, name) or None for each in kept]
    return build(CONTACTS, columns)


def _addresses(kept: Sequence[_Kept]) -> pd.DataFrame:
    rows = [(each.contact_id, *address) for each in kept for address in each.row.addresses]
    return build(
        ADDRESSES,
        {name: [row[at] for row in rows] for at, name in enumerate(ADDRESSES.dtypes)},
    )


def coverage_of(counts: Counter[tuple[str, str]], source: str) -> pd.DataFrame:
    """Return one row for each reason; the counts add up to the rows of the file."""
    counts = +counts or Counter({("used", _NO_ROWS): 0})
    reasons = sorted(counts, key=lambda each: (_OUTCOMES.index(each[0]), each[1]))
    return build(
        COVERAGE,
        {
            "file": [source] * len(reasons),
            "outcome": [outcome for outcome, _ in reasons],
            "reason": [reason for _, reason in reasons],
            "row_count": [counts[each] for each in reasons],
            "first_on": [pd.NaT] * len(reasons),
            "last_on": [pd.NaT] * len(reasons),
        },
    )


def _rejects(faults: Sequence[tuple[int, str]], source: str) -> pd.DataFrame:
    rows = sorted(faults)
    return build(
        REJECTS,
        {
            "file": [source] * len(rows),
            "line": [line for line, _ in rows],
            "reason": [reason for _, reason in rows],
        },
    )
