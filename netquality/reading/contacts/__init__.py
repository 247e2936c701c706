"""Address books to `Contacts`: which form a file has, and what to say where it has none."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from netquality.errors import ExportError, SettingError
from netquality.reading.archive.refusals import refuse, shown
from netquality.reading.contacts.cards import mend_folds
from netquality.reading.contacts.entries import as_contacts
from netquality.reading.contacts.forms import (
    FORMS,
    KEYS,
    LINKEDIN_CONNECTIONS,
    bind,
    bind_given,
)
from netquality.reading.contacts.headers import has_header, header_names
from netquality.reading.contacts.rows import entries_of
from netquality.reading.contacts.vcard import parse_cards
from netquality.reading.csvtext import parse_csv
from netquality.reading.encodings import as_utf8
from netquality.reading.layout import names_of
from netquality.words import plural

if TYPE_CHECKING:
    from netquality.network import Contacts

__all__ = ["parse_contacts", "read_contacts"]

MAX_BYTES: Final = 1024**3
"""As large as a file may be; 100,000 cards with a photo each are about half of that."""

_CARD: Final = re.compile(
    rb"(?:^|(?<=\r))BEGIN[ \t]*:[ \t]*VCARD[ \t]*(?=[\r\n]|\Z)", re.IGNORECASE | re.MULTILINE
)
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_EXAMPLE: Final = 'columns={"name": "Full name", "email": ["Mail", "Mail 2"]}'
_SAY_COLUMNS: Final = f"Say which column holds what, like {_EXAMPLE}."
_HEAD: Final = 1 << 12
_SHOWN_NAMES: Final = 30


def read_contacts(
    path: str | os.PathLike[str],
    *,
    columns: Mapping[str, str | Sequence[str]] | None = None,
) -> Contacts:
    r"""Read an address book.

    Parameters
    ----------
    path : str or path-like
        A CSV of Google Contacts (old and new), Outlook.com, Outlook, Thunderbird or LinkedIn's own
        contact files, or a vCard file (.vcf); as exported, or saved again by a spreadsheet.
    columns : mapping of str to str or sequence of str, optional
        For any other CSV: which of its columns hold `name`, `given_name`, `family_name`, `email`,
        `phone`, `company`, `position`, `birthday`, `profile` and `labels`. Several columns of a
        `name` make it up together, in that order.

    Returns
    -------
    Contacts
        One row per contact, its addresses, and what became of every row of the file. Nothing is
        joined to anybody yet.

    Raises
    ------
    ExportError
        When there is no such file, it cannot be read, or it is in no form known here.
    SettingError
        When `columns` names what is not there.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "contacts.csv"
    ...     _ = file.write_text("Who,Mail\nAna Ficticia,Ana@Example.org\n")
    ...     contacts = read_contacts(file, columns={"name": "Who", "email": "Mail"})
    >>> contacts
    Contacts(1 from a file of the form 'columns')
    >>> contacts.addresses["value"].tolist()
    ['ana@example.org']
    """
    if not isinstance(path, str | os.PathLike) or not os.fspath(path):
        raise SettingError("path: is no name of a file. Give the .csv or .vcf as it was exported.")
    where = Path(path)
    source = shown(where.name or str(where))
    return parse_contacts(_bytes(where, source), source=source, columns=columns)


def parse_contacts(
    data: bytes,
    *,
    source: str,
    columns: Mapping[str, str | Sequence[str]] | None = None,
    remedy: str = _SAY_COLUMNS,
) -> Contacts:
    r"""Parse the bytes of an address book.

    Parameters
    ----------
    data : bytes
        The file.
    source : str
        Its name, for errors and for the tables.
    columns : mapping, optional
        As in `read_contacts`.
    remedy : str
        What the caller's user can do about a form that is not known.

    Returns
    -------
    Contacts

    Raises
    ------
    ExportError
        When it is in no form known here.
    SettingError
        When `columns` names what is not there.

    Examples
    --------
    >>> card = b"BEGIN:VCARD\nVERSION:3.0\nFN:Ana Ficticia\nTEL:+1 555 010 0001\nEND:VCARD\n"
    >>> parse_contacts(card, source="ana.vcf").contacts["contact_id"].item()
    'phone:+15550100001'
    """
    if data.startswith(_ZIP):
        remedy = "Unpack it and give the .csv or .vcf inside, or save the sheet as CSV."
        refuse(source, "is a ZIP or a spreadsheet", remedy)
    view = _text(data, source)
    begins = _CARD.search(view)
    is_card = begins is not None and not bytes(view[: begins.start()]).strip()
    if columns is not None:
        if is_card:
            raise SettingError("columns: a vCard file has none. Leave it out.")
        given = _checked(columns, view, source)
        needed = frozenset(name for names in given.values() for name in names)
        return _csv(data, source, "columns", needed, given)
    known = None if is_card else _form(view, source)
    if known is not None:
        return _csv(data, source, *known)
    if begins is not None:
        return _vcards(data, source)
    raise _unknown(view, source, remedy)


def _unknown(view: memoryview, source: str, remedy: str) -> ExportError:
    names = header_names(view)
    what = f"its columns are {_listed(names)}" if names else "no line of it surely names columns"
    return ExportError(f"{source}: is no address book in a form known here; {what}. {remedy}")


def _text(data: bytes, source: str) -> memoryview:
    """Return a file as UTF-8, or refuse it in words that fit any address book."""
    try:
        view = as_utf8(data, source)[0]
    except ExportError:
        view = memoryview(b"")
    if not bytes(view[:_HEAD]).strip() and not bytes(view).strip():
        refuse(source, "is empty, or no text", "Export the address book again, as CSV or vCard.")
    return view


def _vcards(data: bytes, source: str) -> Contacts:
    view, traits = as_utf8(mend_folds(data), source)
    cards = parse_cards(bytes(view).decode())
    notes = [f"{source}: not plain UTF-8 ({', '.join(traits)}); read as such."] if traits else []
    if cards.stray_lines:
        lines = plural(cards.stray_lines, "line stands", "lines stand")
        notes.append(f"{source}: {lines} outside of any card: left out.")
    return as_contacts(cards.entries, form="vcard", source=source, notes=notes)


def _form(view: memoryview, source: str) -> tuple[str, frozenset[str]] | None:
    """Return a file's form, and the columns by which it was known."""
    if has_header(view, source, LINKEDIN_CONNECTIONS):
        refuse(
            source,
            "is LinkedIn's list of your connections, not an address book",
            "Give it to read_linkedin.",
        )
    return next((each for each in FORMS if has_header(view, source, each[1])), None)


def _csv(
    data: bytes,
    source: str,
    form: str,
    needed: frozenset[str],
    given: Mapping[str, Sequence[str]] | None = None,
) -> Contacts:
    text = parse_csv(data, source=source, needed=needed)
    columns = bind(form, text.rows.columns) if given is None else bind_given(given)
    entries = entries_of(text.rows, text.lines(), columns)
    return as_contacts(entries, text.rejected, form=form, source=source, notes=text.notes)


def _checked(
    columns: Mapping[str, str | Sequence[str]], view: memoryview, source: str
) -> dict[str, list[str]]:
    """Return the caller's columns as they are compared; every fault at once."""
    if not isinstance(columns, Mapping):
        raise SettingError(f"columns: is {type(columns).__name__}. Give it like {_EXAMPLE}.")
    given: dict[str, list[str]] = {}
    typed: dict[str, str] = {}
    faults = []
    for key, value in columns.items():
        names = [value] if isinstance(value, str) else value
        if key not in KEYS:
            faults.append(f"{shown(str(key))!r} is none of {', '.join(KEYS)}")
        elif not (_is_list(names) and names and all(name.strip() for name in names)):
            faults.append(f"{key!r} is neither the name of a column nor a list of some")
        else:
            given[key] = names_of(names)
            typed = dict(zip(given[key], names, strict=True)) | typed
    missing = [name for name in typed if not has_header(view, source, {name})]
    faults += [f"{source} has no column {shown(typed[name])!r}" for name in missing]
    if not faults and not {"name", "given_name", "family_name", "email", "phone"} & set(given):
        faults.append("nothing says who somebody is: give a name, an email or a phone")
    if not faults and not has_header(view, source, typed):
        faults.append(f"no line of {source} has all these columns")
    if faults:
        raise SettingError(f"columns: {'; '.join(faults)}.{_columns_there(view, missing)}")
    return given


def _columns_there(view: memoryview, missing: Sequence[str]) -> str:
    """Return what to write in place of columns that a file does not have."""
    if not missing:
        return ""
    names = header_names(view)
    if names:
        return f" The file's columns are {_listed(names)}."
    return " Write each as in the line above the file's rows; capitals do not matter."


def _is_list(names: object) -> bool:
    return (
        isinstance(names, Sequence)
        and not isinstance(names, bytes)
        and all(isinstance(name, str) for name in names)
    )


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN_NAMES} more" if len(names) > _SHOWN_NAMES else ""
    return ", ".join(shown(name) for name in names[:_SHOWN_NAMES]) + more


def _bytes(path: Path, source: str) -> bytes:
    """Return the bytes of a file, or say why there are none."""
    try:
        where = path.expanduser()
        found = where.stat()
        if stat.S_ISDIR(found.st_mode):
            refuse(source, "is a folder", "Give the .csv or .vcf file in it.")
        if not stat.S_ISREG(found.st_mode):
            refuse(source, "is not a file", "Give the .csv or .vcf as it was exported.")
        if found.st_size > MAX_BYTES:
            refuse(source, "is too large for an address book", "Export it without photos.")
        return where.read_bytes()
    except FileNotFoundError:
        refuse(source, "there is no such file", "Check the path.")
    except (OSError, ValueError, RuntimeError):
        refuse(source, "cannot be read", "Check the path and its permissions.")
