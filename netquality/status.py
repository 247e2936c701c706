"""The statuses, and why: one per connection, exhaustive, exclusive, each with its reason.

A silent LinkedIn inbox is not a silent relationship. A status says what this export shows, and
`unknown` where it cannot.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from netquality.chance import told_chances
from netquality.depth import DepthRule, depth_of
from netquality.errors import SettingError
from netquality.identity import keys_among
from netquality.interactions import ANSWER_WITHIN, judge, tell
from netquality.journal.people import own_words
from netquality.measures import measure_people, people_at
from netquality.measures.talk import measure_spans
from netquality.network import instant, need_network
from netquality.origins import employers, own_employers
from netquality.reasons import status_reasons
from netquality.rules import as_rule, need_whole_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from netquality.interactions import Story
    from netquality.journal import Journal
    from netquality.network import Network

__all__ = [
    "LABELS",
    "STATUSES",
    "StatusRule",
    "assess",
    "first_that_holds",
    "judge_people",
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

OWNER_WORDS: Final = {
    "close": f"{LABELS['active']}, you say so",
    "stranger": LABELS["feather"],
}
"""What a reader sees instead where the owner labelled somebody so; `know` and `not interested`
say nothing of contact and change nothing. Talk elsewhere is shown like `close`."""


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
        need_whole_numbers(self)

    @property
    def answer_within(self) -> timedelta:
        """`answer_within_days` as a span of time."""
        return timedelta(days=self.answer_within_days)


def assess(
    network: Network,
    as_of: str | date | pd.Timestamp | None = None,
    *,
    rule: StatusRule | None = None,
    depth: DepthRule | None = None,
    journal: Journal | None = None,
) -> pd.DataFrame:
    """Return one row per person: what was counted, how deep it was, the status, and why.

    Parameters
    ----------
    network : Network
    as_of : str, date or Timestamp, optional
        The date to judge at; `network.as_of` by default. Nothing later is looked at, and who was
        not there yet is not in the table.
    rule : StatusRule, optional
        The numbers behind the statuses.
    depth : DepthRule, optional
        The cut points of `depth`.
    journal : Journal, optional
        The owner's own words (`netquality.read_journal`). They fill `owner_label`,
        `is_off_platform`, `is_hidden`, `snoozed_until`, `said_wrote_on`, `said_tries` and
        `said_talk_on`, and change what is shown, but never `status`.

    Returns
    -------
    pandas.DataFrame
        The columns of `network.people`, of `netquality.tables.MEASURES` and of
        `netquality.tables.STATUS_COLUMNS`. A new table; `network` is not changed. Names, employers
        and whether a name is ambiguous are those of the export, for it has no others.

    Raises
    ------
    SettingError
        When `as_of` is no date.
    TableError
        When `network` or `journal` is something else.

    Examples
    --------
    >>> import netquality as nq
    >>> people = nq.assess(nq.load_sample())
    >>> sorted(people["status"].dropna().unique())
    ['active', 'brief', 'dormant', 'feather', 'new', 'one_way', 'unknown']
    >>> people["depth"].value_counts(sort=False).index.tolist()
    ['thin', 'some', 'deep']
    """
    need_network(network)
    moment = network.as_of if as_of is None else instant(as_of)
    judged = judge_people(network, moment, rule=rule, depth=depth, journal=journal)
    return judged.drop(columns=["sign", "connected_days"])


def judge_people(
    network: Network,
    moment: pd.Timestamp,
    *,
    rule: StatusRule | None = None,
    depth: DepthRule | None = None,
    journal: Journal | None = None,
) -> pd.DataFrame:
    """Return what `assess` returns, and what it was decided by.

    Returns
    -------
    pandas.DataFrame
        Also `sign`, why the export cannot tell of whom nothing is on file (``""`` for no such
        sign), and `connected_days`, from the connection to the date judged at.
    """
    rule = as_rule(rule, StatusRule)
    people = people_at(network, moment)
    story = tell(network.interactions, people, moment)
    judged = _evidence(network, people, moment, rule, story)
    judged = judged.assign(depth=depth_of(judged, rule=depth), status=decide(judged, rule, moment))
    judged = judged.assign(**own_words(judged, journal, network.interactions, moment))
    judged = judged.assign(status_shown=_shown(judged))
    return judged.assign(status_reason=status_reasons(judged))


def _evidence(
    network: Network, people: pd.DataFrame, moment: pd.Timestamp, rule: StatusRule, story: Story
) -> pd.DataFrame:
    """Return people with their measures, `sign` and `connected_days`: all that a status needs."""
    talk = judge(story, answer_within=rule.answer_within)
    chance = told_chances(story, talk, len(people), moment)
    table = pd.concat([people, measure_people(network, people, moment, story, talk)], axis=1)
    table["contact_chance"] = pd.array(chance, dtype="Float64")
    days = (moment.tz_localize(None) - table["connected_on"]).dt.days.astype("Int64")
    return table.assign(sign=_signs(network, table, moment), connected_days=days)


def decide(table: pd.DataFrame, rule: StatusRule, moment: pd.Timestamp) -> pd.Series:
    """Return the first status that holds, missing for people outside who never talked.

    Parameters
    ----------
    table : pandas.DataFrame
        With `last_talk_at`, `last_message_at`, both talk spans, `sign`, `connected_days` and
        `is_connection`; `sign` says why the export cannot tell of whom nothing is on file.
    rule : StatusRule
    moment : pandas.Timestamp
        The date judged at.
    """
    talked, wrote = table["last_talk_at"].notna(), table["last_message_at"].notna()
    related = (table["sent_talk_span_days"] > rule.relationship_days) & (
        table["received_talk_span_days"] > rule.relationship_days
    )
    awake = (moment - table["last_talk_at"]).dt.days <= rule.active_within_days
    status = first_that_holds(
        active=related & awake,
        dormant=related,
        brief=talked,
        unknown=(table["sign"] != "") & ~wrote,
        new=table["connected_days"] < rule.new_within_days,
        one_way=wrote,
    )
    labels = pd.Series(status, index=table.index, dtype="str")
    return labels.where(table["is_connection"] | talked)


def _shown(judged: pd.DataFrame) -> pd.Series:
    """Return the statuses in words; of the one-sided, which side it was.

    What the owner says of a person is shown instead, as far as it says how they stand.
    """
    shown = judged["status"].map(LABELS)
    one_way = judged["status"] == "one_way"
    mine, theirs = judged["sent_count"] > 0, judged["received_count"] > 0
    for side, mask in ((" (you wrote)", mine & ~theirs), (" (they wrote)", theirs & ~mine)):
        shown = shown.mask(one_way & mask, LABELS["one_way"] + side)
    for label, words in OWNER_WORDS.items():
        shown = shown.mask(judged["owner_label"] == label, words)
    elsewhere = judged["is_off_platform"] & (judged["owner_label"] != "stranger")
    return shown.mask(elsewhere, OWNER_WORDS["close"]).astype("str")


def first_that_holds(**held: pd.Series | NDArray[np.bool_]) -> NDArray[np.str_]:
    """Return, for each person, the first status that holds, `feather` where none does.

    Examples
    --------
    >>> first_that_holds(dormant=np.array([True, False]), active=np.array([True, False])).tolist()
    ['active', 'feather']
    """
    ordered = [status for status in STATUSES if status in held]
    masks = [held[status] for status in ordered]
    sure = [
        mask if isinstance(mask, np.ndarray) else mask.to_numpy(bool, na_value=False)
        for mask in masks
    ]
    return np.select(sure, ordered, "feather")


def _signs(network: Network, table: pd.DataFrame, moment: pd.Timestamp) -> pd.Series:
    """Return why the export cannot tell of whom nothing is on file here, or ``""``.

    It is looked for with everybody, whether anything is on file or not.
    """
    jobs = own_employers(network.positions)
    same = keys_among(table["company"], employers(jobs, moment)).notna()
    praised = table["recommendation_given_count"] + table["recommendation_received_count"]
    sign = pd.Series("", index=table.index, dtype="str")
    for name, mask in (  # the last that holds is said
        ("undated", table["connected_on"].isna()),
        ("employer", same),
        ("address", table["address_count"] > 0),
        ("recommendation", praised > 0),
        ("ambiguous", table["is_ambiguous"]),
    ):
        sign = sign.mask(mask, name)
    return sign if network.has_messages else pd.Series("no messages", table.index, dtype="str")


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
    for name, given in (("answer", answer_within_days), ("active", active_within_days)):
        if not isinstance(given, Iterable):
            raise SettingError(f"{name}_within_days={given!r}: a list of days is needed.")
    moment = network.as_of if as_of is None else instant(as_of)
    people = people_at(network, moment)
    people = people[people["is_connection"]].reset_index(drop=True)
    story = tell(network.interactions, people, moment)
    table = _evidence(network, people, moment, StatusRule(), story)
    rows = []
    for answer in answer_within_days:
        talk = judge(story, answer_within=StatusRule(answer_within_days=answer).answer_within)
        if network.has_messages:
            table = table.assign(**measure_spans(story, talk, len(people)))
        for active in active_within_days:
            rule = StatusRule(answer_within_days=answer, active_within_days=active)
            counts = decide(table, rule, moment).value_counts()
            rows.append(
                {"answer_within_days": answer, "active_within_days": active}
                | {status: int(counts.get(status, 0)) for status in STATUSES}
            )
    return pd.DataFrame(rows)
