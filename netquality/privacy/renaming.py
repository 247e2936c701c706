"""A network under invented names: the same structure, and nothing to know anybody by but that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from netquality.combining.cards import BOOK_KIND
from netquality.errors import SettingError
from netquality.identity import Owner
from netquality.network import Network, need_network
from netquality.privacy.casting import cast_of, id_of, threads_of
from netquality.privacy.days import Calendar, Moved
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

    from netquality.privacy.casting import Cast
    from netquality.tables import Table

__all__ = ["pseudonymise"]

WARNING: Final = (
    "Names are invented. This is not anonymous: dates, sizes and who knows whom can give people "
    "away. What was said on reading, and evidence on who is who, is left out."
)
_EVIDENCE: Final = "Left out with the names."
_SOURCES: Final = frozenset(("caller", "date in the archive's name", "newest row"))


def pseudonymise(network: Network, *, seed: int | str, shift_dates: bool = False) -> Network:
    """Return a network of the same structure under invented names. It is not anonymous.

    People, the owner, employers, schools and job titles get invented names, each the same one
    wherever it stands; all spellings of a place still mean one. Left out are e-mail addresses,
    phone numbers, birthdays, labels, degrees, credentials, former names, your answers about who is
    who, and the texts that ``keep_text=True`` keeps. Statuses, measures, ties, origins and habits
    are those of the original.

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
        year, `depth` with it, and times to the hour, `contact_chance` with them, are then not those
        of the original; statuses are.

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
    Everybody and everything gets a number by a shuffle that HMAC-SHA-256 (RFC 2104) decides, under
    a key made of the seed and of all ids: a name alone tells nobody its pseudonym. Namesakes get
    different ones, for a pseudonym stands for one human. Job titles become invented ones: equal
    titles stay equal, and nothing else is left of them. An address becomes a token that only
    counts.

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
    cast = cast_of(network, seed)
    threads = threads_of(network, cast)
    days = Moved(network, cast.secret) if shift_dates else Calendar()
    source = network.as_of_source if network.as_of_source in _SOURCES else "caller"
    return Network(
        people=_people(network, cast, days),
        interactions=_interactions(network, cast, days, threads),
        participants=_participants(network, cast, threads),
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


def _owner(owner: Owner, cast: Cast) -> Owner:
    return Owner(
        None if owner.name is None else " ".join(cast.owner),
        None if owner.profile_key is None else id_of(cast.owner),
        "the original, under another name",
    )


def _kinds(kinds: Iterable[str], cast: Cast) -> Iterable[str]:
    for kind in kinds:
        if kind in READ.values():
            yield kind
        elif kind.startswith(BOOK_KIND) and kind.removeprefix(BOOK_KIND) in cast.files:
            yield BOOK_KIND + cast.files[kind.removeprefix(BOOK_KIND)]


# -- tables ----------------------------------------------------------------------------------------


def _sorted(table: Table, frame: pd.DataFrame, *, first: str = "", **columns: Any) -> pd.DataFrame:
    """Return a table with some columns replaced, in an order that its own rows decide."""
    made = {name: frame[name].array for name in table.dtypes} | {
        name: column.array if isinstance(column, pd.Series) else column
        for name, column in columns.items()
    }
    whole = build(table, {name: pd.Series(made[name], index=range(len(frame))) for name in made})
    order = sorted(table.dtypes, key=lambda name: name != first)
    return whole.sort_values(order, kind="stable", ignore_index=True)


def _people(network: Network, cast: Cast, days: Calendar) -> pd.DataFrame:
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


def _interactions(
    network: Network, cast: Cast, days: Calendar, threads: Mapping[str, str]
) -> pd.DataFrame:
    old = network.interactions
    return _sorted(
        INTERACTIONS,
        old,
        first="at",
        person_id=cast.person(old["person_id"]),
        thread_id=old["thread_id"].map(threads).astype("str"),
        at=days.instants(old["at"]),
    )


def _participants(network: Network, cast: Cast, threads: Mapping[str, str]) -> pd.DataFrame:
    old = network.participants
    known = old["thread_id"].map(threads).astype("str")
    return _sorted(PARTICIPANTS, old, thread_id=known, person_id=cast.person(old["person_id"]))


def _positions(network: Network, cast: Cast, days: Calendar) -> pd.DataFrame:
    old = network.positions
    return _sorted(
        POSITIONS,
        old,
        company=cast.place(old["company"]),
        started_on=days.days(old["started_on"]),
        finished_on=days.days(old["finished_on"]),
    )


def _education(network: Network, cast: Cast, days: Calendar) -> pd.DataFrame:
    old = network.education
    return _sorted(
        EDUCATION,
        old,
        school=cast.place(old["school"]),
        degree=None,
        started_on=days.days(old["started_on"]),
        finished_on=days.days(old["finished_on"]),
    )


def _coverage(network: Network, cast: Cast, days: Calendar) -> pd.DataFrame:
    old = network.coverage
    return _sorted(
        COVERAGE,
        old,
        file=cast.file(old["file"]),
        first_on=days.days(old["first_on"]),
        last_on=days.days(old["last_on"]),
    )


def _contacts(network: Network, cast: Cast) -> pd.DataFrame:
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


def _addresses(network: Network, cast: Cast) -> pd.DataFrame:
    old = network.addresses
    value = cast.token("address", old["value"])
    return _sorted(ADDRESSES, old, contact_id=cast.token("card", old["contact_id"]), value=value)


def _matches(network: Network, cast: Cast) -> pd.DataFrame:
    old = network.matches
    return _sorted(
        MATCHES,
        old,
        person_id=cast.person(old["person_id"]),
        record_id=cast.token("card", old["record_id"]),
        source=cast.file(old["source"]),
        evidence=_EVIDENCE,
    )


def _doubts(network: Network, cast: Cast) -> pd.DataFrame:
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
