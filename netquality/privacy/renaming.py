"""A network under invented names: the same structure, and nothing to know anybody by but that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from netquality.combining.cards import BOOK_KIND
from netquality.errors import SettingError
from netquality.identity import Owner
from netquality.network import Network, need_network
from netquality.privacy.days import Calendar, Moved
from netquality.privacy.filenames import invented_files
from netquality.privacy.spellings import spell
from netquality.pseudonyms import invent_names, keyed, secret_of
from netquality.reading.known import READ
from netquality.tables import (
    ADDRESSES,
    CONTACTS,
    COVERAGE,
    DOUBTS,
    EDUCATION,
    INTERACTIONS,
    MATCHES,
    PARTICIPANTS,
    PEOPLE,
    POSITIONS,
    REJECTS,
    build,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from netquality.privacy.spellings import Spellings
    from netquality.tables import Table

__all__ = ["pseudonymise"]

WARNING: Final = (
    "Names are invented. This is not anonymous: dates, sizes and who knows whom can give people "
    "away. What was said on reading, and evidence on who is who, is left out."
)
_EVIDENCE: Final = "Left out with the names."
_SOURCES: Final = frozenset(("caller", "date in the archive's name", "newest row"))
_OWNER: Final = "owner"
_TIES: Final = ["person_id", "at", "character_count", "question_count"]
"""Messages alike in these are put in order by their conversation (`netquality.interactions`)."""
_TOKEN: Final = 16


def pseudonymise(network: Network, *, seed: int | str, shift_dates: bool = False) -> Network:
    """Return a network of the same structure under invented names. It is not anonymous.

    People, the owner, employers, schools and job titles get invented names, each the same one
    wherever it stands; all spellings of a place still mean one. E-mail addresses, birthdays, labels,
    degrees, credentials, former names, answers about who is who, and texts kept by
    ``keep_text=True`` are left out.
    Statuses, measures, ties, origins and habits are those of the original.

    Parameters
    ----------
    network : Network
        It is not changed.
    seed : int or str
        The key: keep it to yourself, and make it long. The same seed gives the same names for
        the same people; one person more, or another seed, and all are others. Whoever has the seed
        and the whole network can draw the names again.
    shift_dates : bool
        Whether all dates move back by the same number of weeks (26 to 260, by the seed), and times
        of day are spread evenly over the day in their order. What is counted by calendar month or
        year, and times to the hour, are then not those of the original; statuses are.

    Returns
    -------
    Network
        Its tables have the columns that `netquality.tables` names and no others, in an order that
        does not depend on that of the original's rows.

    Raises
    ------
    SettingError
        When `seed` is no whole number and no text, or `shift_dates` neither true nor false.
    TableError
        When `network` is something else.

    Notes
    -----
    Everybody and everything gets a number by a shuffle that HMAC-SHA-256 (RFC 2104) decides, under a
    key made of the seed and of all ids: a name alone tells nobody its pseudonym. Namesakes get
    different ones, for a pseudonym stands for one human. Job titles become invented ones: equal
    titles stay equal, and nothing else is left of them. An address becomes a token that only counts.

    With `shift_dates`, two times of day compare as before whatever their days are. So the order of
    messages, and every "at most so many days later", has the same answer.

    What stays, and may give somebody away to whoever knows it: the day on which each was
    connected, the second of each message (without `shift_dates`), how long messages are, how many
    people work where, who was in which conversation.

    Circles are found by a method that takes people in the order of their ids, which are others now:
    where two divisions are as good, the other one may be found.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> shown = nq.pseudonymise(network, seed="a long secret of my own")
    >>> set(shown.people["name"]) & set(network.people["name"])
    set()
    >>> own, others = nq.assess(network)["status"], nq.assess(shown)["status"]
    >>> own.value_counts().to_dict() == others.value_counts().to_dict()
    True
    """
    need_network(network)
    _need_settings(seed, shift_dates)
    cast = _cast(network, seed)
    days = Moved(network, cast.secret) if shift_dates else Calendar()
    source = network.as_of_source if network.as_of_source in _SOURCES else "caller"
    return Network(
        people=_people(network, cast, days),
        interactions=_interactions(network, cast, days),
        participants=_participants(network, cast),
        positions=_positions(network, cast, days),
        education=_education(network, cast, days),
        coverage=_coverage(network, cast, days),
        rejects=_sorted(REJECTS, network.rejects, file=cast.file(network.rejects["file"])),
        contacts=_contacts(network, cast),
        addresses=_addresses(network, cast),
        matches=_matches(network, cast),
        doubts=_doubts(network, cast),
        owner=_owner(network.owner, cast),
        as_of=days.moment(network.as_of),
        as_of_source=f"{source}, moved" if shift_dates else source,
        kinds=frozenset(_kinds(network.kinds, cast)),
        warnings=(WARNING,),
    )


def _need_settings(seed: object, shift_dates: object) -> None:
    is_key = isinstance(seed, (int, str)) and not isinstance(seed, bool) and seed != ""
    if not is_key:
        raise SettingError(
            "seed: is no key. Give a text or a whole number that only you know, like a sentence."
        )
    if not isinstance(shift_dates, bool):
        raise SettingError("shift_dates: is neither True nor False.")


# -- who is called what ---------------------------------------------------------------------------


class _Cast(NamedTuple):
    """What everybody and everything is called now."""

    secret: bytes
    names: Mapping[str, tuple[str, str]]
    """Given and family name, by id; that of the owner stands under another key."""
    owner: tuple[str, str]
    spelled: Spellings
    files: Mapping[str, str]

    def person(self, ids: pd.Series) -> pd.Series:
        """Return the new id of each."""
        return _mapped(ids, {key: _id(name) for key, name in self.names.items()})

    def part(self, ids: pd.Series, which: int) -> pd.Series:
        """Return the given name (0) or the family name (1) of each."""
        return _mapped(ids, {key: name[which] for key, name in self.names.items()})

    def whole(self, ids: pd.Series) -> pd.Series:
        """Return the whole name of each."""
        return _mapped(ids, {key: " ".join(name) for key, name in self.names.items()})

    def file(self, names: pd.Series) -> pd.Series:
        """Return the file names."""
        return _mapped(names, self.files)

    def place(self, texts: pd.Series) -> pd.Series:
        """Return the companies or schools."""
        return _mapped(texts, self.spelled.places)

    def title(self, texts: pd.Series) -> pd.Series:
        """Return the job titles."""
        return _mapped(texts, self.spelled.titles)

    def token(self, kind: str, texts: pd.Series) -> pd.Series:
        """Return something in place of each text that tells it from others and says nothing."""
        known = texts.dropna().unique().tolist()
        return _mapped(texts, {text: f"{kind}-{self.digits(kind, text)}" for text in known})

    def digits(self, kind: str, text: str) -> str:
        """Return a long number for a text."""
        return keyed(self.secret, f"{kind} {text}").hex()[:_TOKEN]


def _cast(network: Network, seed: int | str) -> _Cast:
    owner = network.owner.profile_key or network.owner.name or ""
    ids = _everybody(network)
    keys = {f"person {one}": one for one in ids} | {f"{_OWNER} {owner}": None}
    secret = secret_of(seed, keys)
    drawn = invent_names(keys, secret=keyed(secret, "people"))
    names = {one: drawn[key] for key, one in keys.items() if one is not None}
    files = invented_files(network, secret)
    return _Cast(secret, names, drawn[f"{_OWNER} {owner}"], spell(network, secret), files)


def _everybody(network: Network) -> list[str]:
    tables = (network.people, network.interactions, network.participants, network.contacts,
              network.matches, network.doubts)  # fmt: skip
    return sorted({one for table in tables for one in table["person_id"].dropna().unique()})


def _id(name: tuple[str, str]) -> str:
    return "-".join(name).casefold().replace(" ", "-")


def _owner(owner: Owner, cast: _Cast) -> Owner:
    return Owner(
        None if owner.name is None else " ".join(cast.owner),
        None if owner.profile_key is None else _id(cast.owner),
        "the original, under another name",
    )


def _kinds(kinds: Iterable[str], cast: _Cast) -> Iterable[str]:
    for kind in kinds:
        if kind in READ.values():
            yield kind
        elif kind.startswith(BOOK_KIND) and kind.removeprefix(BOOK_KIND) in cast.files:
            yield BOOK_KIND + cast.files[kind.removeprefix(BOOK_KIND)]


# -- tables ---------------------------------------------------------------------------------------


def _mapped(texts: pd.Series, called: Mapping[str, str]) -> pd.Series:
    return texts.map(called).astype("str")


def _sorted(table: Table, frame: pd.DataFrame, **columns: Any) -> pd.DataFrame:
    """Return a table with some columns replaced, in an order that its own rows decide."""
    made = {name: frame[name].array for name in table.dtypes} | {
        name: column.array if isinstance(column, pd.Series) else column
        for name, column in columns.items()
    }
    whole = build(table, {name: pd.Series(made[name], index=range(len(frame))) for name in made})
    return whole.sort_values(list(table.dtypes), kind="stable", ignore_index=True)


def _people(network: Network, cast: _Cast, days: Calendar) -> pd.DataFrame:
    old = network.people
    ids, new = old["person_id"], cast.person(old["person_id"])
    return _sorted(
        PEOPLE,
        old,
        person_id=new,
        profile_key=new.where(old["profile_key"].notna()),
        name=cast.whole(ids).where(old["name"].notna()),
        given_name=cast.part(ids, 0).where(old["given_name"].notna()),
        family_name=cast.part(ids, 1).where(old["family_name"].notna()),
        maiden_name=None,
        credentials=None,
        email=None,
        company=cast.place(old["company"]),
        position=cast.title(old["position"]),
        connected_on=days.days(old["connected_on"]),
        noted_on=days.days(old["noted_on"]),
        source=cast.file(old["source"]),
    )


def _interactions(network: Network, cast: _Cast, days: Calendar) -> pd.DataFrame:
    old = network.interactions
    made = _sorted(
        INTERACTIONS,
        old,
        person_id=cast.person(old["person_id"]),
        thread_id=_mapped(old["thread_id"], _threads(network, cast)),
        at=days.instants(old["at"]),
    )
    order = ["at", *(name for name in INTERACTIONS.dtypes if name != "at")]
    return made.sort_values(order, kind="stable", ignore_index=True)


def _participants(network: Network, cast: _Cast) -> pd.DataFrame:
    old = network.participants
    threads = _mapped(old["thread_id"], _threads(network, cast))
    return _sorted(PARTICIPANTS, old, thread_id=threads, person_id=cast.person(old["person_id"]))


def _threads(network: Network, cast: _Cast) -> dict[str, str]:
    """Return a token for each conversation.

    Where two messages of the same instant are told apart by their conversation alone, which of the
    two comes first is as before.
    """
    rows = network.interactions
    known = {*rows["thread_id"].dropna(), *network.participants["thread_id"].dropna()}
    token = {text: f"thread-{cast.digits('thread', text)}" for text in known}
    direct = rows[~rows["is_group"] & (rows["kind"] == "message") & rows["thread_id"].notna()]
    pairs = direct[[*_TIES, "thread_id"]].drop_duplicates()
    tied = pairs[pairs.duplicated(_TIES, keep=False)]
    for group in _together(tied):
        ordered = sorted(token[text] for text in group)
        token |= dict(zip(sorted(group), ordered, strict=True))
    return token


def _together(tied: pd.DataFrame) -> list[set[str]]:
    """Return the conversations that are tied with one another, directly or through others."""
    groups: list[set[str]] = []
    for _, rows in tied.groupby(_TIES, dropna=False)["thread_id"]:
        joined = set(rows)
        apart = [group for group in groups if group.isdisjoint(joined)]
        for group in groups:
            joined |= group if not group.isdisjoint(joined) else set()
        groups = [*apart, joined]
    return groups


def _positions(network: Network, cast: _Cast, days: Calendar) -> pd.DataFrame:
    old = network.positions
    return _sorted(
        POSITIONS,
        old,
        company=cast.place(old["company"]),
        started_on=days.days(old["started_on"]),
        finished_on=days.days(old["finished_on"]),
    )


def _education(network: Network, cast: _Cast, days: Calendar) -> pd.DataFrame:
    old = network.education
    return _sorted(
        EDUCATION,
        old,
        school=cast.place(old["school"]),
        degree=None,
        started_on=days.days(old["started_on"]),
        finished_on=days.days(old["finished_on"]),
    )


def _coverage(network: Network, cast: _Cast, days: Calendar) -> pd.DataFrame:
    old = network.coverage
    return _sorted(
        COVERAGE,
        old,
        file=cast.file(old["file"]),
        first_on=days.days(old["first_on"]),
        last_on=days.days(old["last_on"]),
    )


def _contacts(network: Network, cast: _Cast) -> pd.DataFrame:
    old = network.contacts
    ids = old["person_id"]
    return _sorted(
        CONTACTS,
        old,
        contact_id=cast.token("card", old["contact_id"]),
        person_id=cast.person(ids),
        source=cast.file(old["source"]),
        name=cast.whole(ids).where(old["name"].notna()),
        given_name=cast.part(ids, 0).where(old["given_name"].notna()),
        family_name=cast.part(ids, 1).where(old["family_name"].notna()),
        company=cast.place(old["company"]),
        position=cast.title(old["position"]),
        birthday=None,
        labels=None,
    )


def _addresses(network: Network, cast: _Cast) -> pd.DataFrame:
    old = network.addresses
    value = cast.token("address", old["value"])
    return _sorted(ADDRESSES, old, contact_id=cast.token("card", old["contact_id"]), value=value)


def _matches(network: Network, cast: _Cast) -> pd.DataFrame:
    old = network.matches
    return _sorted(
        MATCHES,
        old,
        person_id=cast.person(old["person_id"]),
        record_id=cast.token("card", old["record_id"]),
        source=cast.file(old["source"]),
        evidence=_EVIDENCE,
    )


def _doubts(network: Network, cast: _Cast) -> pd.DataFrame:
    old = network.doubts
    return _sorted(
        DOUBTS,
        old,
        person_id=cast.person(old["person_id"]),
        record_id=cast.token("card", old["record_id"]),
        source=cast.file(old["source"]),
        name=cast.whole(old["person_id"]).where(old["name"].notna()),
        record_name=None,
        evidence=_EVIDENCE,
    )
