"""Whom to write to again, as days in a calendar: a list spread over the coming weeks.

A reminder is an event of a whole day, and no to-do: every calendar shows events, while Outlook, for
one, passes over the to-dos of a file. A whole day has no hour and no time zone, so it is the same
day wherever its reader is.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from netquality.errors import SettingError, TableError
from netquality.files import place_of, replace_file, writable
from netquality.reconnecting.rule import ReconnectRule
from netquality.tables import Column, Table, check
from netquality.tables.shape import TEXT
from netquality.weeks import NO_WEEK, weeks_of
from netquality.words import plural, visible

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from icalendar import Calendar, Event

__all__ = ["SCHEMA_VERSION", "days_of", "write_reminders"]

SCHEMA_VERSION: Final = 1
"""Of the files; one more when a property comes to mean something else."""
_MARK: Final = "X-NETQUALITY-REMINDERS-VERSION"
_WANTED: Final = Table(
    "proposals",
    (
        Column("person_id", TEXT, "the key"),
        Column("name", TEXT, "whom to write to"),
        Column("reasons", TEXT, "why"),
        Column("unknown", TEXT, "what this export cannot say"),
    ),
)
PER_WEEK: Final = ReconnectRule().per_week
"""How many in a week, as in a list."""
_WEEKDAYS: Final = 5
_LONG: Final = 200
"""Characters of a name that a calendar shows."""
_FIRST: Final = date(2000, 1, 1)
_REVISIONS: Final = 100
_TOO_LATE: Final = "begin={}: the list would outlast the calendar."


def write_reminders(
    proposals: pd.DataFrame,
    path: str | os.PathLike[str],
    *,
    begin: date,
    per_week: int | None = None,
    per_day: int = 1,
    alarm: time | None = None,
    owner: str = "",
    secret: str = "",
    revision: int = 0,
    force: bool = False,
) -> Path:
    """Write a calendar file that says on which day to write to whom, and why.

    Import it into any calendar. The file holds names of people: keep it as you keep the export. It
    is readable by you alone, and its events are marked as private and as no time that is taken.

    Parameters
    ----------
    proposals : pandas.DataFrame
        As `netquality.reconnect` returns it; the first is due first.
    path : str or path-like
        Ends in ``.ics``.
    begin : datetime.date
        The first day; where it is a Saturday or Sunday, the Monday after. Nothing here knows what
        day it is today.
    per_week : int, optional
        How many in seven days, spread over their weekdays. By default each is reminded of in their
        own `week` of the list, the week in which `netquality.keep_list` has them proposed; three in
        seven days where it has no such column.
    per_day : int
        How many on one day, where more than five in a week are asked for.
    alarm : datetime.time, optional
        When calendars shall ring on the day, by the clock of whoever reads them. Without it they
        stay silent.
    owner : str
        Whose list it is, like ``network.owner.profile_key``: keeps the reminders of two people
        apart in a calendar that they share. It stands nowhere in the file.
    secret : str
        A word that you keep, the same each time: without it nobody who knows a person's key can
        check whether it is in the file. It stands nowhere in the file.
    revision : int
        From 0 to 99: one more where a list with the same `begin` is written anew in another order,
        or with other settings, so that calendars take it for the newer.
    force : bool
        Whether a file of that name that holds no reminders of ours may be replaced.

    Returns
    -------
    pathlib.Path
        Where it is.

    Raises
    ------
    TableError
        When `proposals` is no such table, proposes nobody, or somebody twice; or a week is none.
    SettingError
        When the name ends in something else, `begin` is no date, or so many do not fit into a week.
    NetQualityError
        When the file cannot be written, or another file of that name is there.

    Notes
    -----
    An event keeps its identity (UID) from list to list, as long as `owner` and `secret` stay the
    same: a person who is proposed again moves to the new day, and is not there twice. A list that
    begins later has the higher SEQUENCE, DTSTAMP and LAST-MODIFIED, by which calendars tell that it
    is the newer; these come from `begin` and `revision`, for nothing here knows the time.
    RFC 5545 and, for what an update is, RFC 5546.

    The same list and settings give the same bytes.

    Examples
    --------
    >>> import tempfile
    >>> from datetime import date
    >>> import netquality as nq
    >>> proposed = nq.reconnect(nq.assess(nq.load_sample()), n=3)
    >>> with tempfile.TemporaryDirectory() as home:
    ...     where = nq.write_reminders(proposed, f"{home}/whom.ics", begin=date(2026, 11, 23))
    ...     lines = where.read_text("utf-8").splitlines()
    >>> [line for line in lines if line.startswith("DTSTART")]
    ['DTSTART;VALUE=DATE:20261123', 'DTSTART;VALUE=DATE:20261124', 'DTSTART;VALUE=DATE:20261126']
    """
    place = place_of(path)
    if place.suffix.lower() != ".ics":
        raise SettingError("path: give the name of a file that ends in .ics.")
    if alarm is not None and (type(alarm) is not time or alarm.tzinfo):
        raise SettingError(f"alarm={alarm!r}: give a time of day without a zone, like time(9, 0).")
    if type(revision) is not int or not 0 <= revision < _REVISIONS:
        raise SettingError(f"revision={revision!r}: a whole number from 0 to 99 is needed.")
    for name, word in (("owner", owner), ("secret", secret)):
        if not isinstance(word, str):
            raise SettingError(f"{name}: is {type(word).__name__}. Give a text.")
    check(proposals, _WANTED)
    keys = proposals["person_id"]
    if keys.isna().any() or keys.duplicated().any():
        raise TableError("proposals: a person_id is missing or there twice. Leave out that row.")
    if proposals.empty:
        raise TableError("proposals: nobody is proposed, so there is nothing to remind you of.")
    if per_week is None and "week" in proposals:
        days = _days_by_week(proposals, begin, per_day=per_day)
    else:
        pace = PER_WEEK if per_week is None else per_week
        days = days_of(len(proposals), begin, per_week=pace, per_day=per_day)
    target = writable(place, mark=_MARK, what="file of reminders of netquality", force=force)
    calendar, version = _calendar(), _version(begin, revision)
    for row, day in zip(proposals.to_dict("records"), days, strict=True):
        uid = _uid(str(row["person_id"]), owner, secret)
        calendar.add_component(_event(row, day, uid, version, alarm))
    replace_file(target, calendar.to_ical())
    return target


def _days_by_week(proposals: pd.DataFrame, begin: date, *, per_day: int) -> list[date]:
    """Return the day of each reminder, in the week that the list has them in."""
    weeks = weeks_of(proposals)
    if (weeks == 0).any():
        raise TableError(f"proposals: {NO_WEEK}.")
    place = weeks.groupby(weeks).cumcount()
    pace = int(place.max()) + 1
    days_of(1, begin, per_week=1, per_day=per_day)  # refuses what no day can be
    if pace > _WEEKDAYS * per_day:
        raise SettingError(
            f"proposals: {pace:,} people are in one week of the list, which has room for "
            f"{_WEEKDAYS * per_day}, {per_day} on a weekday. Give per_day={-(-pace // _WEEKDAYS)}, "
            "or per_week."
        )
    try:
        first = {week: begin + timedelta(weeks=week - 1) for week in map(int, weeks.unique())}
    except OverflowError:
        raise SettingError(_TOO_LATE.format(begin)) from None
    of_week = {
        week: days_of(pace, day, per_week=pace, per_day=per_day) for week, day in first.items()
    }
    return [of_week[week][at] for week, at in zip(weeks, place, strict=True)]


def days_of(count: int, begin: date, *, per_week: int = PER_WEEK, per_day: int = 1) -> list[date]:
    """Return the days of so many reminders, in order.

    Parameters
    ----------
    count : int
        How many reminders.
    begin : datetime.date
        The first day, or a Saturday or Sunday before it.
    per_week : int
        How many in seven days.
    per_day : int
        How many on one day at most.

    Raises
    ------
    SettingError
        When `begin` is no date, the last day is beyond the calendar, or so many do not fit.

    Examples
    --------
    >>> [str(day) for day in days_of(3, date(2026, 11, 20))]  # from a Friday on
    ['2026-11-20', '2026-11-23', '2026-11-25']
    """
    for name, number in (("per_week", per_week), ("per_day", per_day)):
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise SettingError(f"{name}={number!r}: a whole number above 0 is needed.")
    if per_week > _WEEKDAYS * per_day:
        most = plural(_WEEKDAYS * per_day, "reminder")
        raise SettingError(
            f"per_week={per_week}: a week has room for {most}, {per_day} on a weekday. "
            "Give fewer, or more for one day with per_day."
        )
    if not isinstance(begin, date) or isinstance(begin, datetime) or begin < _FIRST:
        said = str(begin) if isinstance(begin, date) else repr(begin)
        raise SettingError(f"begin={said}: give a date from 2000 on, like date(2026, 11, 23).")
    try:
        weekend = max(0, begin.weekday() - 4)
        first = begin + timedelta(days=(3 - weekend) % 3)
        found = []
        for number in range(count):
            week, place = divmod(number, per_week)
            ahead = place * _WEEKDAYS // per_week
            over = 2 if first.weekday() + ahead >= _WEEKDAYS else 0
            found.append(first + timedelta(days=7 * week + ahead + over))
        _end_of(found[-1])
    except OverflowError:
        raise SettingError(_TOO_LATE.format(begin)) from None
    return found


def _calendar() -> Calendar:
    from icalendar import Calendar  # noqa: PLC0415 - loads when used

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//netquality//reminders//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add(_MARK, str(SCHEMA_VERSION))
    return calendar


def _version(begin: date, revision: int) -> tuple[int, datetime]:
    """Return by what calendars tell the newer of two lists: its SEQUENCE, and its DTSTAMP."""
    at = datetime(begin.year, begin.month, begin.day, tzinfo=UTC) + timedelta(minutes=revision)
    return (begin - _FIRST).days * _REVISIONS + revision, at


def _event(
    row: dict[Any, Any], day: date, uid: str, version: tuple[int, datetime], alarm: time | None
) -> Event:
    from icalendar import Alarm, Event  # noqa: PLC0415 - loads when used

    summary = _summary(row["name"])
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", version[1])
    event.add("last-modified", version[1])
    event.add("sequence", version[0])
    event.add("dtstart", day)
    event.add("dtend", _end_of(day))
    event.add("summary", summary)
    said = ["" if pd.isna(row[name]) else visible(row[name]) for name in ("reasons", "unknown")]
    event.add("description", "\n\n".join(filter(None, said)))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if alarm is not None:
        rings = Alarm()
        rings.add("action", "DISPLAY")
        rings.add("description", summary)
        since_midnight = datetime.combine(day, alarm) - datetime.combine(day, time())
        rings.add("trigger", since_midnight)
        event.add_component(rings)
    return event


def _end_of(day: date) -> date:
    """Return the first day that is no longer part of a day's event."""
    return day + timedelta(days=1)


def _summary(name: Any) -> str:
    """Return the question of one reminder, in one line.

    Examples
    --------
    >>> _summary("Ana Ficticia"), _summary(None)
    ('Write to Ana Ficticia?', 'Write to somebody whose name is not on file?')
    """
    said = "" if pd.isna(name) else visible(name)
    if len(said) > _LONG:
        said = f"{said[:_LONG]}…"
    return f"Write to {said or 'somebody whose name is not on file'}?"


def _uid(person_id: str, owner: str, secret: str) -> str:
    """Return an event's key: the same for the same person, owner and secret, and telling of none.

    Examples
    --------
    >>> _uid("ana", "olga", "") == _uid("ana", "olga", ""), _uid("ana", "olga", "a word")[40:]
    (True, '@netquality')
    """
    said = f"{len(owner)}:{owner}{person_id}"  # the length, so that no two pairs are alike
    key = _bytes(f"netquality reminders {secret}")
    return f"{hmac.new(key, _bytes(said), hashlib.sha256).hexdigest()[:40]}@netquality"


def _bytes(text: str) -> bytes:
    """Return the bytes of a text for its hash, which half a character (a surrogate) may be in."""
    return text.encode("utf-8", "surrogatepass")
