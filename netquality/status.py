"""The statuses, and why: one per connection, exhaustive, exclusive, each with its reason.

A silent LinkedIn inbox is not a silent relationship. A status says what this export shows, and
`unknown` where it cannot.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from netquality import reasons
from netquality.errors import SettingError
from netquality.identity import company_keys
from netquality.interactions import ANSWER_WITHIN
from netquality.measures import measure_people, people_at
from netquality.network import instant, need_network

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from netquality.network import Network

__all__ = [
    "LABELS",
    "STATUSES",
    "StatusRule",
    "assess",
    "employers",
    "first_that_holds",
    "sensitivity",
]

STATUSES: Final = ("active", "dormant", "brief", "unknown", "new", "one_way", "feather")
"""In the order in which they are decided."""

LABELS: Final = {
    "active": "In touch",
    "dormant": "Resting",
    "brief": "One short exchange",
    "unknown": "Can't tell",
    "new": "New",
    "one_way": "One-sided",
    "feather": "No conversation on record",
}
"""What a reader sees."""


MOST_DAYS: Final = 36_525
"""A hundred years: more cannot be meant, and less than the calendar can count."""


@dataclass(frozen=True)
class StatusRule:
    """The numbers behind the statuses.

    Attributes
    ----------
    active_within_days : int
        A relationship is in touch up to this many days after the last talk. 395 days are 13
        months, so that a yearly catch-up stays awake.
    new_within_days : int
        A connection younger than this many days is new.
    relationship_days : int
        Within their talk each of the two wrote on days more than this many days apart.
    answer_within_days : int
        An answer comes at most this long after what it answers.

    Raises
    ------
    SettingError
        When one is no whole number of days above 0.

    Examples
    --------
    >>> StatusRule(active_within_days=730).active_within_days
    730
    """

    active_within_days: int = 395
    new_within_days: int = 90
    relationship_days: int = 7
    answer_within_days: int = ANSWER_WITHIN.days

    def __post_init__(self) -> None:
        """Refuse what cannot be meant, all at once."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        wrong = [
            f"{name}={value!r}"
            for name, value in given.items()
            if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= MOST_DAYS
        ]
        if wrong:
            raise SettingError(
                f"StatusRule: {', '.join(wrong)}: a whole number of days above 0 is needed."
            )

    @property
    def answer_within(self) -> timedelta:
        """`answer_within_days` as a span of time."""
        return timedelta(days=self.answer_within_days)


def assess(
    network: Network,
    as_of: str | date | pd.Timestamp | None = None,
    *,
    rule: StatusRule | None = None,
) -> pd.DataFrame:
    """Return one row per person: what was counted, the status, and why.

    Parameters
    ----------
    network : Network
    as_of : str, date or Timestamp, optional
        The date to judge at; `network.as_of` by default. Nothing later is looked at, and who was
        not there yet is not in the table.
    rule : StatusRule, optional
        The numbers behind the statuses.

    Returns
    -------
    pandas.DataFrame
        The columns of `network.people`, of `netquality.tables.MEASURES`, `status`, `status_shown`
        and `status_reason`. A new table; `network` is not changed. Names, employers and whether a
        name is ambiguous are those of the export, for it has no others.

    Examples
    --------
    >>> import netquality as nq
    >>> people = nq.assess(nq.load_sample())
    >>> sorted(people["status"].dropna().unique())
    ['active', 'brief', 'dormant', 'feather', 'new', 'one_way', 'unknown']
    """
    rule = StatusRule() if rule is None else rule
    need_network(network)
    moment = network.as_of if as_of is None else instant(as_of)
    judged = _evidence(network, people_at(network, moment), moment, rule)
    judged = judged.assign(status=_decide(judged, rule, moment))
    judged = judged.assign(status_shown=_shown(judged))
    said = judged.assign(status_reason=reasons.status_reasons(judged))
    return said.drop(columns=["sign", "connected_days"])


def _evidence(
    network: Network, people: pd.DataFrame, moment: pd.Timestamp, rule: StatusRule
) -> pd.DataFrame:
    """Return people with their measures, `sign` and `connected_days`: all that a status needs."""
    measured = measure_people(network, people, moment, answer_within=rule.answer_within)
    table = pd.concat([people, measured], axis=1)
    days = (moment.tz_localize(None) - table["connected_on"]).dt.days.astype("Int64")
    return table.assign(sign=_signs(network, table, moment), connected_days=days)


def _decide(table: pd.DataFrame, rule: StatusRule, moment: pd.Timestamp) -> pd.Series:
    """Return the first status that holds, missing for people outside who never talked."""
    talked = table["last_talk_at"].notna()
    related = (table["sent_talk_span_days"] > rule.relationship_days) & (
        table["received_talk_span_days"] > rule.relationship_days
    )
    awake = (moment - table["last_talk_at"]).dt.days <= rule.active_within_days
    status = first_that_holds(
        active=related & awake,
        dormant=related,
        brief=talked,
        unknown=table["sign"] != "",
        new=table["connected_days"] < rule.new_within_days,
        one_way=table["last_message_at"].notna(),
    )
    labels = pd.Series(status, index=table.index, dtype="str")
    return labels.where(table["is_connection"] | talked)


def _shown(judged: pd.DataFrame) -> pd.Series:
    """Return the statuses in words; of the one-sided, which side it was."""
    shown = judged["status"].map(LABELS)
    one_way = judged["status"] == "one_way"
    mine, theirs = judged["sent_count"] > 0, judged["received_count"] > 0
    for side, mask in ((" (you wrote)", mine & ~theirs), (" (they wrote)", theirs & ~mine)):
        shown = shown.mask(one_way & mask, LABELS["one_way"] + side)
    return shown.astype("str")


def first_that_holds(**held: pd.Series | NDArray[np.bool_]) -> NDArray[np.str_]:
    """Return, for each person, the first status that holds, `feather` where none does.

    Examples
    --------
    >>> first_that_holds(dormant=np.array([True, False]), active=np.array([True, False])).tolist()
    ['active', 'feather']
    """
    ordered = [status for status in STATUSES if status in held]
    masks = [pd.Series(held[status]).astype("boolean").fillna(value=False) for status in ordered]
    return np.select([mask.to_numpy(bool) for mask in masks], ordered, "feather")


def _signs(network: Network, table: pd.DataFrame, moment: pd.Timestamp) -> pd.Series:
    """Return why the export cannot tell of whom nothing is on file here, or ``""``."""
    sign = pd.Series("", index=table.index, dtype="str")
    nothing = table["last_message_at"].isna()
    jobs = network.positions.assign(company_key=company_keys(network.positions["company"]))
    same = company_keys(table["company"]).isin(employers(jobs, moment))
    praised = table["recommendation_given_count"] + table["recommendation_received_count"]
    for name, mask in (  # the last that holds is said
        ("undated", table["connected_on"].isna()),
        ("employer", same),
        ("address", table["address_count"] > 0),
        ("recommendation", praised > 0),
        ("ambiguous", table["is_ambiguous"]),
    ):
        sign = sign.mask(nothing & mask, name)
    return sign if network.has_messages else sign.mask(sign == sign, "no messages")  # noqa: PLR0124


def employers(jobs: pd.DataFrame, moment: pd.Timestamp) -> set[str]:
    """Return whom the owner worked for at a date: `company_key` of the positions held then."""
    day = moment.tz_localize(None)
    there = ~(jobs["started_on"] > day) & ~(jobs["finished_on"] < day.normalize())
    there &= jobs["is_current"] | jobs["finished_on"].notna()
    return set(jobs.loc[there, "company_key"].dropna()) - {""}


def sensitivity(
    network: Network,
    as_of: str | date | pd.Timestamp | None = None,
    *,
    answer_within_days: Sequence[int] = (30, 90, 180, 365),
    active_within_days: Sequence[int] = (180, 395, 730, 1095),
) -> pd.DataFrame:
    """Recount the statuses of all connections under other definitions.

    Parameters
    ----------
    network : Network
    as_of : str, date or Timestamp, optional
        The date to judge at; `network.as_of` by default.
    answer_within_days, active_within_days : sequence of int
        The grid; see `StatusRule`.

    Returns
    -------
    pandas.DataFrame
        `answer_within_days`, `active_within_days`, and per status how many connections have it.

    Examples
    --------
    >>> import netquality as nq
    >>> grid = nq.sensitivity(nq.load_sample())
    >>> len(grid), bool(grid["active"].is_monotonic_increasing)
    (16, False)
    """
    need_network(network)
    moment = network.as_of if as_of is None else instant(as_of)
    people = people_at(network, moment)
    people = people[people["is_connection"]].reset_index(drop=True)
    rows = []
    for answer in answer_within_days:
        judged = _evidence(network, people, moment, StatusRule(answer_within_days=answer))
        for active in active_within_days:
            rule = StatusRule(answer_within_days=answer, active_within_days=active)
            counts = _decide(judged, rule, moment).value_counts()
            rows.append(
                {"answer_within_days": answer, "active_within_days": active}
                | {status: int(counts.get(status, 0)) for status in STATUSES}
            )
    return pd.DataFrame(rows)
