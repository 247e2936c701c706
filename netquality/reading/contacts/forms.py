"""The CSV forms of address books: which one a header is, and which column says what.

Columns are found by their names alone. Google writes as many numbered columns as the data needs;
Outlook and its imitators differ in what stands beside the same dozen names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

__all__ = ["FORMS", "KEYS", "LINKEDIN_CONNECTIONS", "Columns", "bind", "bind_given"]

FORMS: Final[tuple[tuple[str, frozenset[str]], ...]] = tuple(
    (form, frozenset(names.split(",")))
    for form, names in (
        ("google old", "name,given name,family name"),
        ("google", "first name,last name,organization name,labels"),
        ("google", "first name,last name,e-mail 1 - value"),
        ("google", "first name,last name,phone 1 - value"),
        ("thunderbird", "display name,primary email"),
        ("linkedin", "firstname,lastname,emails"),
        ("linkedin", "first name,last name,emails"),
        ("outlook desktop", "first name,last name,e-mail address,e-mail display name"),
        ("outlook.com", "first name,last name,e-mail address,given yomi"),
        ("outlook", "first name,last name,e-mail address"),
    )
)
"""Each form with columns, in lower case, by which its header is known; the first that fits."""

LINKEDIN_CONNECTIONS: Final = frozenset(("first name", "last name", "connected on"))
"""The header of LinkedIn's `Connections.csv`, which is no address book."""

KEYS: Final = (
    "name", "given_name", "family_name", "email", "phone", "company", "position", "birthday",
    "profile", "labels",
)  # fmt: skip
"""What a caller may say of the columns of any other CSV."""

_ENDS: Final = re.compile(r"\s*:::\s*|[;\r\n]+")
_GIVEN_ENDS: Final = re.compile(r"\s*:::\s*|[,;\r\n]+")
# Not here: fax, pager, telex; the company's main number and the assistant's, who are others.
_OUTLOOK_PHONES: Final = (
    "primary phone", "mobile phone", "business phone", "business phone 2", "home phone",
    "home phone 2", "other phone", "car phone",
)  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """Which column of a file says what; names in lower case.

    Attributes
    ----------
    name : tuple of str
        Columns that each show a whole name; the first that is not empty counts.
    parts : tuple of str
        Else the columns that make up a name, in order.
    nickname : tuple of str
        Else these.
    given_name, family_name : str
        ``""`` where there is no such column.
    company, position, sites, labels : tuple of str
    birthday : tuple of str
        One column, or year, month and day.
    emails, phones : tuple of (str, str)
        A column of addresses, and the one that says of which type they are or ``""``.
    are_listed : bool
        Whether e-mail addresses stand in one cell in no order that says anything.
    label_ends : re.Pattern
        What parts labels.
    """

    name: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    nickname: tuple[str, ...] = ()
    given_name: str = ""
    family_name: str = ""
    company: tuple[str, ...] = ()
    position: tuple[str, ...] = ()
    birthday: tuple[str, ...] = ()
    emails: tuple[tuple[str, str], ...] = ()
    phones: tuple[tuple[str, str], ...] = ()
    sites: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    are_listed: bool = False
    label_ends: re.Pattern[str] = _ENDS

    def used(self) -> set[str]:
        """Return the columns that are looked at."""
        single = {self.given_name, self.family_name}
        for some in (self.name, self.parts, self.nickname, self.company, self.position):
            single.update(some)
        single.update(self.birthday, self.sites, self.labels)
        single.update(name for pair in (*self.emails, *self.phones) for name in pair)
        return single - {""}


def bind(form: str, header: Collection[str]) -> Columns:
    """Return which columns of a known form say what.

    Parameters
    ----------
    form : str
        As in `FORMS`.
    header : collection of str
        The file's columns, in lower case.

    Examples
    --------
    >>> bind("google", ["first name", "e-mail 1 - label", "e-mail 1 - value"]).emails
    (('e-mail 1 - value', 'e-mail 1 - label'),)
    """
    binders = {
        "google": _google,
        "google old": _google_old,
        "thunderbird": lambda _: _THUNDERBIRD,
        "linkedin": _linkedin,
    }
    return _there(binders.get(form, lambda _: _OUTLOOK)(header), set(header))


def bind_given(columns: Mapping[str, Sequence[str]]) -> Columns:
    """Return which columns say what, as the caller has it; several for a name make it up."""
    some = {key: tuple(columns.get(key, ())) for key in KEYS}
    given, family = some["given_name"], some["family_name"]
    return Columns(
        parts=some["name"] or (*given, *family),
        given_name="".join(given[:1]),
        family_name="".join(family[:1]),
        company=some["company"],
        position=some["position"],
        birthday=some["birthday"][:1],
        emails=tuple((name, "") for name in some["email"]),
        phones=tuple((name, "") for name in some["phone"]),
        sites=some["profile"],
        labels=some["labels"],
        label_ends=_GIVEN_ENDS,
    )


def _numbered(header: Collection[str], what: str, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the columns ``<what> 1 - Value``, ``<what> 2 - Value`` ... with those of their type."""
    pattern = re.compile(rf"{what} (\d{{1,4}}) - value")
    numbers = sorted(int(match[1]) for match in map(pattern.fullmatch, header) if match)
    for number in numbers:
        yield f"{what} {number} - value", f"{what} {number} - {kind}"


def _google(header: Collection[str], kind: str = "label") -> Columns:
    return Columns(
        parts=("first name", "middle name", "last name", "name suffix"),
        nickname=("file as", "nickname"),
        given_name="first name",
        family_name="last name",
        company=("organization name",),
        position=("organization title",),
        birthday=("birthday",),
        emails=tuple(_numbered(header, "e-mail", kind)),
        phones=tuple(_numbered(header, "phone", kind)),
        sites=tuple(name for name, _ in _numbered(header, "website", kind)),
        labels=("labels",),
    )


def _google_old(header: Collection[str]) -> Columns:
    new = _google(header, "type")
    return Columns(
        name=("name",),
        parts=("given name", "additional name", "family name", "name suffix"),
        nickname=("nickname",),
        given_name="given name",
        family_name="family name",
        company=("organization 1 - name",),
        position=("organization 1 - title",),
        birthday=("birthday",),
        emails=new.emails,
        phones=new.phones,
        sites=new.sites,
        labels=("group membership",),
    )


def _linkedin(header: Collection[str]) -> Columns:
    """Bind LinkedIn's own contact files: names with spaces in 2018, without them since."""
    there = {name.replace(" ", ""): name for name in header}

    def real(*names: str) -> tuple[str, ...]:
        return tuple(there[name] for name in names if name in there)

    return Columns(
        name=real("fullname"),
        parts=real("firstname", "middlename", "lastname"),
        given_name="".join(real("firstname")),
        family_name="".join(real("lastname")),
        company=real("companies"),
        position=real("title"),
        birthday=real("birthday"),
        emails=tuple((name, "") for name in real("emails")),
        phones=tuple((name, "") for name in real("phonenumbers")),
        sites=real("profiles", "sites"),
        are_listed=True,
    )


_OUTLOOK: Final = Columns(
    parts=("first name", "middle name", "last name", "suffix"),
    nickname=("nickname",),
    given_name="first name",
    family_name="last name",
    company=("company",),
    position=("job title",),
    birthday=("birthday",),
    emails=tuple((f"e-mail{number} address", "") for number in ("", " 2", " 3")),
    phones=tuple((name, "") for name in _OUTLOOK_PHONES),
    sites=("web page", "personal web page", "business web page"),
    labels=("categories",),
)
_THUNDERBIRD: Final = Columns(
    name=("display name",),
    parts=("first name", "last name"),
    nickname=("nickname",),
    given_name="first name",
    family_name="last name",
    company=("organization",),
    position=("job title",),
    birthday=("birth year", "birth month", "birth day"),
    emails=(("primary email", ""), ("secondary email", "")),
    phones=(("mobile number", ""), ("work phone", ""), ("home phone", "")),
    sites=("web page 1", "web page 2"),
)


def _there(columns: Columns, header: set[str]) -> Columns:
    """Return the columns that the file has."""

    def some(names: Sequence[str]) -> tuple[str, ...]:
        return tuple(name for name in names if name in header)

    def pairs(both: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        return tuple(
            (name, kind if kind in header else "") for name, kind in both if name in header
        )

    birthday = some(columns.birthday)
    return Columns(
        name=some(columns.name),
        parts=some(columns.parts),
        nickname=some(columns.nickname),
        given_name=columns.given_name if columns.given_name in header else "",
        family_name=columns.family_name if columns.family_name in header else "",
        company=some(columns.company),
        position=some(columns.position),
        birthday=birthday if len(birthday) == len(columns.birthday) else (),
        emails=pairs(columns.emails),
        phones=pairs(columns.phones),
        sites=some(columns.sites),
        labels=some(columns.labels),
        are_listed=columns.are_listed,
        label_ends=columns.label_ends,
    )
