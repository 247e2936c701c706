"""Why somebody has the status they have: the rules in order, the figures, and the rows."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from html import escape
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from netquality.chance import told_until
from netquality.chance.apart import chance_apart
from netquality.errors import SettingError
from netquality.interactions import judge, tell
from netquality.network import instant, need_network
from netquality.reasons import SIGNS
from netquality.rules import as_rule
from netquality.status import LABELS, StatusRule, judge_people
from netquality.tables import MEASURES
from netquality.words import day_text, plural, printable

if TYPE_CHECKING:
    from datetime import date

    from netquality.depth import DepthRule
    from netquality.journal import Journal
    from netquality.network import Network

__all__ = ["Explanation", "explain"]

COUNTS_AS: Final = {
    "answer": "talk: an answer",
    "talk": "talk: answered later",
    "real": "real, not answered",
    "canned": "set phrase, set aside",
    "note": "invitation note without an answer, set aside",
    "possible": "may be an invitation note, set aside",
    "group": "message in a group, set aside",
}
"""What a row counts as, in words."""
_HEADINGS: Final = {"shown": "status", "found": "here"}
_YES: Final = {True: "yes", False: "no"}
NO_STATUS: Final = "no status, for no connection and no talk"
_MOST_ROWS: Final = 12
"""Rows that are printed; `rows` has all."""


@dataclass(frozen=True, eq=False)
class Explanation:
    """How a status came about; printing it, or showing it in a notebook, says it in words.

    Attributes
    ----------
    person_id : str
    name : str
    status : str or None
        By the rule; None for somebody who has none.
    shown : str
        The status in words, or the owner's own word instead.
    reason : str or None
        The sentence of `status_reason`.
    as_of : pandas.Timestamp
        The date judged at.
    steps : pandas.DataFrame
        The statuses in the order in which they are decided: `status`, `shown`, `rule` in words,
        `found` (the figures it was held against), `holds`. The first that holds is the status.
    measures : pandas.DataFrame
        Every measure: `measure`, `value` and `meaning`.
    chance : pandas.DataFrame
        What `contact_chance` is made of: `term`, `found` in words, and `log_odds`, which add up to
        the log-odds of the chance. No row where there is none. It is a chance of contact by
        itself, for groups, and says nothing of a person's worth.
    rows : pandas.DataFrame
        Every interaction up to `as_of`, in order of time: `at`, `direction`, `kind`, `counts_as`,
        `is_answer`, `character_count`, `question_count`, `recipient_count`, `thread_id`, and `text`
        where it was kept. The index is that of `network.interactions`.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> someone = nq.assess(network).query("status == 'brief'")["person_id"].iloc[0]
    >>> why = nq.explain(network, someone)
    >>> why.steps.loc[why.steps["holds"], "status"].iloc[0]
    'brief'
    """

    person_id: str
    name: str = field(repr=False)
    status: str | None
    shown: str
    reason: str | None = field(repr=False)
    as_of: pd.Timestamp
    steps: pd.DataFrame = field(repr=False)
    measures: pd.DataFrame = field(repr=False)
    chance: pd.DataFrame = field(repr=False)
    rows: pd.DataFrame = field(repr=False)

    def __str__(self) -> str:
        """Say it in lines for a terminal."""
        lines = [f"{printable(self.name)}: {self.shown}, as of {day_text(self.as_of)}"]
        lines += [self.reason] if self.reason else []
        lines.append("")
        for row in self._decided().itertuples(index=False):
            lines.append(f"{'yes' if row.holds else 'no':>3}  {row.shown}: {row.rule}")
            lines.append(f"     Here: {row.found}.")
        lines += ["", _rows_said(self.rows)]
        shown = self.rows.tail(_MOST_ROWS)
        lines += [
            f"   {row.at:%Y-%m-%d %H:%M}  {row.direction:<8}  {row.counts_as}"
            for row in shown.itertuples(index=False)
        ]
        return "\n".join(lines)

    def _decided(self) -> pd.DataFrame:
        """Return the steps up to the one that decides; all where none does."""
        holds = self.steps["holds"].to_numpy(bool)
        return self.steps.iloc[: int(holds.argmax()) + 1 if holds.any() else len(holds)]

    def _repr_html_(self) -> str:
        """Show it in a notebook; names and texts are shown as text, whatever they hold."""
        decided = self._decided().assign(holds=lambda table: table["holds"].map(_YES))
        steps, rows = (
            table.to_html(index=False, border=0, na_rep="", justify="left")
            for table in (
                decided.drop(columns="status").rename(columns=_HEADINGS),
                _for_reading(self.rows.tail(_MOST_ROWS)),
            )
        )
        left = '<th style="text-align: left">'  # on each cell: pages align headings as they like
        steps, rows = (made.replace("<th>", left) for made in (steps, rows))
        head = f"<b>{escape(self.name)}</b>: {escape(self.shown)}"
        said = f"<p>{head}, as of {day_text(self.as_of)}.<br>{escape(self.reason or '')}</p>"
        return f"{said}{steps}<p>{escape(_rows_said(self.rows))}</p>{rows}"


def _for_reading(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows as a notebook shows them."""
    return pd.DataFrame(
        {
            "when (UTC)": rows["at"].dt.strftime("%Y-%m-%d %H:%M"),
            "who": rows["direction"].map({"sent": "you", "received": "they"}),
            "counts as": rows["counts_as"],
            "characters": rows["character_count"],
        }
    )


def explain(
    network: Network,
    person: str,
    as_of: str | date | pd.Timestamp | None = None,
    *,
    rule: StatusRule | None = None,
    depth: DepthRule | None = None,
    journal: Journal | None = None,
) -> Explanation:
    """Trace the status of one person to the rules, the figures and the rows behind them.

    Parameters
    ----------
    network : Network
    person : str
        A `person_id`, or a name that exactly one person bears.
    as_of : str, date or Timestamp, optional
        The date to judge at; `network.as_of` by default.
    rule : StatusRule, optional
        The numbers behind the statuses.
    depth : DepthRule, optional
        The cut points of `depth`.
    journal : Journal, optional
        The owner's own words; they stand first in `reason`, and are shown.

    Returns
    -------
    Explanation

    Raises
    ------
    SettingError
        When nobody, or more than one, is meant; the name is not repeated.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> someone = nq.assess(network).query("status == 'active'")["person_id"].iloc[0]
    >>> rows = nq.explain(network, someone).rows
    >>> bool(rows["counts_as"].str.startswith("talk").any())
    True
    """
    need_network(network)
    rule = as_rule(rule, StatusRule)
    moment = network.as_of if as_of is None else instant(as_of)
    people = judge_people(network, moment, rule=rule, depth=depth, journal=journal)
    key = _whom(people, person)
    judged = people[people["person_id"] == key].iloc[0]
    status = None if pd.isna(judged["status"]) else str(judged["status"])
    return Explanation(
        person_id=key,
        name=key if pd.isna(judged["name"]) else str(judged["name"]),
        status=status,
        shown=NO_STATUS if pd.isna(judged["status_shown"]) else str(judged["status_shown"]),
        reason=None if pd.isna(judged["status_reason"]) else str(judged["status_reason"]),
        as_of=moment,
        steps=_steps(judged, status, rule, moment),
        measures=_measures(judged),
        chance=_chance(network, people, key, moment, rule),
        rows=_rows(network, people, key, moment, rule),
    )


def _whom(people: pd.DataFrame, person: object) -> str:
    """Return the person_id that is meant."""
    if isinstance(person, str):
        if (people["person_id"] == person).any():
            return person
        named = people.loc[people["name"] == person, "person_id"]
        if len(named) == 1:
            return str(named.iloc[0])
        if len(named):
            raise SettingError(
                f"person: {len(named)} people have this name. Give a person_id of the table people."
            )
    raise SettingError(
        "person: nobody here has this person_id or name. Give a person_id of the table people; "
        "who connected after the date judged at is not in it."
    )


_RULES: Final = {
    "active": "both wrote, within the talk, on days more than {relationship_days} days apart, and "
    "the last talk is at most {active_within_days} days old.",
    "dormant": "the same, and the last talk is older.",
    "brief": "talk, but not so far apart.",
    "unknown": "nothing real is on file, but a sign of a tie elsewhere is, or a date is missing.",
    "new": "connected less than {new_within_days} days before.",
    "one_way": "real messages, but no talk.",
    "feather": "none of these.",
}
"""The rules of the statuses, in words, with the numbers of a `StatusRule`."""


_NOBODY_KNOWS: Final = "no messages file, so nobody knows"


def _steps(
    judged: pd.Series, status: str | None, rule: StatusRule, moment: pd.Timestamp
) -> pd.DataFrame:
    """Return the statuses in order, each rule in words with the figures it was held against."""
    talk, wrote, age = _talk_said(judged, moment), _written_said(judged), judged["connected_days"]
    talked, has_written = pd.notna(judged["last_talk_at"]), pd.notna(judged["last_message_at"])
    spans = (judged["sent_talk_span_days"], judged["received_talk_span_days"])
    related = talked and min(spans) > rule.relationship_days
    recent = talked and (moment - judged["last_talk_at"]).days <= rule.active_within_days
    told = {
        "active": (talk, related and recent),
        "dormant": (talk, related),
        "brief": (talk, talked),
        "unknown": (_sign_said(judged), judged["sign"] != "" and not has_written),
        "new": (_age_said(judged), pd.notna(age) and age < rule.new_within_days),
        "one_way": (wrote, has_written),
        "feather": (wrote, True),
    }
    numbers = {field.name: getattr(rule, field.name) for field in fields(rule)}
    rows = [
        (name, LABELS[name], _RULES[name].format(**numbers), found, bool(holds))
        for name, (found, holds) in told.items()
    ]
    table = pd.DataFrame(rows, columns=["status", "shown", "rule", "found", "holds"])
    # who is no connection and never talked has no status, whatever holds
    return table.assign(holds=table["holds"] & (status is not None))


def _talk_said(judged: pd.Series, moment: pd.Timestamp) -> str:
    if pd.isna(judged["last_talk_at"]):
        return _NOBODY_KNOWS if pd.isna(judged["sent_count"]) else "no talk"
    yours = plural(judged["sent_talk_span_days"], "day")
    theirs = plural(judged["received_talk_span_days"], "day")
    since = plural((moment - judged["last_talk_at"]).days, "day")
    return f"your days of talk span {yours}, theirs {theirs}; the last was {since} before"


def _written_said(judged: pd.Series) -> str:
    if pd.isna(judged["sent_count"]):
        return _NOBODY_KNOWS
    sent = plural(judged["sent_count"], "real message")
    return f"{sent} from you, {judged['received_count']:,} from them"


def _sign_said(judged: pd.Series) -> str:
    if not judged["sign"]:
        return "no such sign"
    said = SIGNS[judged["sign"]]
    said = said[0].lower() + said[1:]
    return f"{said}; but a real message is" if pd.notna(judged["last_message_at"]) else said


def _age_said(judged: pd.Series) -> str:
    days = judged["connected_days"]
    if pd.isna(days):
        return "no date of connection"
    return "not connected yet" if days < 0 else f"connected {plural(days, 'day')} before"


def _measures(judged: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measure": [column.name for column in MEASURES.columns],
            "value": [judged[column.name] for column in MEASURES.columns],
            "meaning": [column.meaning for column in MEASURES.columns],
        }
    )


def _chance(
    network: Network, people: pd.DataFrame, key: str, moment: pd.Timestamp, rule: StatusRule
) -> pd.DataFrame:
    """Return the contact chance of one person taken apart; it rests on everybody's messages."""
    story = tell(network.interactions, people, moment)
    messages = told_until(story, judge(story, answer_within=rule.answer_within), moment)
    size = max(len(people), int(story.person.max(initial=-1)) + 1)
    return chance_apart(messages, size, int(pd.Index(people["person_id"]).get_loc(key)))


def _rows(
    network: Network, people: pd.DataFrame, key: str, moment: pd.Timestamp, rule: StatusRule
) -> pd.DataFrame:
    """Return every interaction with one person, and what each counts as."""
    own = network.interactions[
        (network.interactions["person_id"] == key) & (network.interactions["at"] <= moment)
    ]
    story = tell(own, people[people["person_id"] == key], moment)
    talk = judge(story, answer_within=rule.answer_within)
    counts = (own["kind"] + " (no message)").to_numpy(object)
    counts[own["is_group"].to_numpy(bool)] = COUNTS_AS["group"]
    for name, mask in (
        ("note", story.is_note),
        ("possible", story.is_possible_note),
        ("canned", story.is_canned),
        ("real", talk.is_real),
        ("talk", ~np.isnat(talk.talk_at)),
        ("answer", talk.is_answer),
    ):
        counts[story.row[mask]] = COUNTS_AS[name]
    answers = np.zeros(len(own), bool)
    answers[story.row] = talk.is_answer
    table = own.assign(counts_as=pd.Series(counts, own.index, dtype="str"), is_answer=answers)
    place = np.zeros(len(own), np.intp)
    place[story.row] = np.arange(len(story.row))  # ties in time as they were judged
    order = np.lexsort((place, table["at"].to_numpy()))
    shown = [
        "at", "direction", "kind", "counts_as", "is_answer", "character_count", "question_count",
        "recipient_count", "thread_id",
    ]  # fmt: skip
    return table.iloc[order][shown + (["text"] if "text" in table else [])]


def _rows_said(rows: pd.DataFrame) -> str:
    if rows.empty:
        return "No row of the export is about the two of you."
    last = f", the last {_MOST_ROWS} of them" if len(rows) > _MOST_ROWS else ""
    return f"{plural(len(rows), 'row')} behind it{last}:"
