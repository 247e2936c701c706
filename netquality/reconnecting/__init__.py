"""Whom to write to again, and why: a judgement with reasons, made visible.

It is no prediction of who would answer, and does not use the chance of contact. What brings
somebody further up stands beside their name, and what it weighs is a setting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from netquality.errors import SettingError, TableError
from netquality.measures.moment import judged_on, need_same_date
from netquality.network import instant, need_network
from netquality.reconnecting.elsewhere import WHY, circles_of, elsewhere
from netquality.reconnecting.moments import Moments
from netquality.reconnecting.order import PARTS, in_order, parts_of
from netquality.reconnecting.rule import ReconnectRule
from netquality.reconnecting.saying import prompt_of, reasons_of, unknown_of
from netquality.reconnecting.wanted import (
    KINDS,
    is_turn_yours,
    kept_out,
    left_out,
    talked_lately,
    wanted,
)
from netquality.rules import as_rule
from netquality.tables import MEASURES, PEOPLE, STATUS_COLUMNS, check

if TYPE_CHECKING:
    from datetime import date

    from netquality.network import Network

__all__ = ["ReconnectRule", "kept_out", "reconnect"]

COLUMNS: Final = (
    "person_id", "name", "company", "position", "last_talk_at", "reasons", "prompt", "unknown",
    "list", "week", *PARTS,
)  # fmt: skip
_FAR: Final = pd.Timedelta(days=5 * 366)
AIMS: Final = ("warm", "fresh")


def reconnect(
    people: pd.DataFrame,
    n: int = 10,
    *,
    aim: str = "warm",
    kind: str = "resting",
    network: Network | None = None,
    communities: pd.Series | None = None,
    rule: ReconnectRule | None = None,
    on: str | date | None = None,
) -> pd.DataFrame:
    """Propose people worth a word, each with its reasons: a few a week, and not all alike.

    Parameters
    ----------
    people : pandas.DataFrame
        As `netquality.assess` returns it.
    n : int
        How many at most.
    aim : str
        ``"warm"`` puts those first with whom most was written; ``"fresh"`` those with whom less
        was, from where nobody is with whom the owner is in touch.
    kind : str
        ``"resting"`` relationships; ``"overdue"``, in touch and silent for longer than nine in ten
        of their own pauses; ``"unanswered"``, they wrote last, those first who asked something
        within talk; ``"promising"``, no talk yet, but a school, an employer, a conversation of
        several or an endorsement in common; ``"brief"``, one short exchange.
    network : Network, optional
        Where the people come from: knows birthdays of address books, the date of the export, and
        whether what you gave is on file, so that it can be said that you did not.
    communities : pandas.Series, optional
        A circle by `person_id`, like ``measures.members.set_index("node_id")["community_id"]`` of
        `netquality.graph_measures`. Employers count in any case, however they are spelt.
    rule : ReconnectRule, optional
        Who is left out, and what weighs how much.
    on : str or date, optional
        The day that the list is for, where it is later than that of the export: snoozes end, and
        anniversaries come, by that day. What was written since is not known.

    Returns
    -------
    pandas.DataFrame
        `person_id`, `name`, `company`, `position`, `last_talk_at`, `reasons` (two or three
        sentences), `prompt` (something to think about, no text to send), `unknown`, `list` (like
        ``resting/warm``), `week` (from 1, three people each), and what the order follows from, each
        between 0 and 1: `depth_part`, `esteem_part`, `now_part`, `elsewhere_part`. See
        `ReconnectRule`. With ``aim="fresh"`` ``attrs["why"]`` says why one would look elsewhere.
        Where there are fewer than `n`, ``attrs["left_out"]`` counts who else is of this kind, and
        says why they are left in peace.

    Raises
    ------
    SettingError
        When `n`, `aim`, `kind`, `communities` or `on` is none of these.
    TableError
        When `people` is no such table.

    Notes
    -----
    Left out are people to whom the owner wrote in the last 180 days, or on two days, without an
    answer; and, by the owner's own word (`kept_out`), who is hidden, a stranger or of no interest,
    with whom the owner is in touch anyway, who is snoozed, and who answered or was met in the last
    395 days, on whatever way. Days on which the owner says that they wrote count as those on file.
    Who shares an employer, a circle or the year of the last talk with those before comes later;
    nobody is dropped for it.

    The most valuable reconnections of executives were often not those they were most comfortable
    with (Walter, Levin and Murnighan, Organization Science 26, 2015): hence ``aim="fresh"``. Their
    ties had rested for three years and more, and were asked for advice at work; of other people and
    purposes nothing was shown.

    Examples
    --------
    >>> import netquality as nq
    >>> people = nq.assess(nq.load_sample())
    >>> list(nq.reconnect(people, n=4).columns[:2]), nq.reconnect(people, n=4)["week"].tolist()
    (['person_id', 'name'], [1, 1, 1, 2])
    """
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise SettingError(f"n={n!r}: a whole number of people above 0 is needed.")
    for name, given, known in (("aim", aim, AIMS), ("kind", kind, KINDS)):
        if given not in known:
            raise SettingError(f"{name}: give {', '.join(known[:-1])} or {known[-1]}.")
    for part in (PEOPLE, MEASURES, STATUS_COLUMNS):
        check(people, part)
    rule = as_rule(rule, ReconnectRule)
    day = _day_of_list(people, network, on)
    if people["person_id"].duplicated().any():
        raise TableError("people: a person has several rows. Give what nq.assess returned.")
    circles = circles_of(people, communities)
    moments = Moments(day, network, rule)
    # of two alike in all parts the one with more days, then the longer talk, then by key
    some, talked = wanted(people, kind, rule, day), talked_lately(people, rule, day)
    some = some.assign(
        span=some["last_talk_at"] - some["first_talk_at"],
        is_turn_yours=is_turn_yours(some),
        elsewhere=elsewhere(some, people, circles, talked) if aim == "fresh" else None,
    ).sort_values(
        ["mutual_contact_days", "span", "person_id"],
        ascending=[False, False, True],
        kind="stable",
        ignore_index=True,
    )
    now = [moments.of(row) for row in some.itertuples(index=False)]
    some = some.assign(moments=pd.Series(now, some.index, object))
    parts = parts_of(some, aim=aim, kind=kind)
    chosen = in_order(some, parts, circles, rule, n, kind=kind)
    table = some.join(parts).loc[chosen]
    table = _worded(table.reset_index(drop=True), moments, rule, day, kind=kind, aim=aim)
    table = table[list(COLUMNS)]
    if len(table) < n and people["sent_count"].notna().any():
        table.attrs["left_out"] = left_out(people, kind, rule, day)
    if aim == "fresh" and (table["elsewhere_part"] > 0).any():
        table.attrs["why"] = WHY
    return table


def _worded(
    table: pd.DataFrame,
    moments: Moments,
    rule: ReconnectRule,
    day: pd.Timestamp | None,
    *,
    kind: str,
    aim: str,
) -> pd.DataFrame:
    """Return a list with what is said of each, the name of the list, and the week of each."""
    rows: list[Any] = list(table.itertuples(index=False))
    words = {
        "reasons": [reasons_of(row, moments, rule, day, kind=kind) for row in rows],
        "prompt": [prompt_of(row) for row in rows],
        "unknown": [unknown_of(row) for row in rows],
        "list": [f"{kind}/{aim}"] * len(rows),
    }
    return table.assign(
        **{name: pd.Series(said, table.index, dtype="str") for name, said in words.items()},
        week=pd.Series(range(len(table)), table.index, dtype="int64") // rule.per_week + 1,
    )


def _day_of_list(
    people: pd.DataFrame, network: Network | None, on: str | date | None
) -> pd.Timestamp | None:
    """Return the day that a list is for; None where nothing says what day it is."""
    if network is not None:
        need_network(network)
        need_same_date(people, network)
    judged = judged_on(people) if network is None else network.as_of
    day = None if judged is None else pd.Timestamp(judged.date())
    if on is None:
        return day
    try:
        wanted_on = pd.Timestamp(instant(on).date())
    except SettingError:
        raise SettingError("on: is no date. Give it like '2026-11-20'.") from None
    if day is not None and not day <= wanted_on <= day + _FAR:
        raise SettingError(
            "on: is before the date of the export, or years after it. Give that day, or a later "
            "one; or take a new export."
        )
    return wanted_on
