"""Why somebody has the status they have: the rules in order, the figures, and the rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Final

import pandas as pd

from netquality.chance import told_until
from netquality.chance.apart import chance_apart
from netquality.errors import SettingError
from netquality.explaining.rows import rows_of
from netquality.explaining.steps import steps_of
from netquality.interactions import judge, tell
from netquality.network import instant, need_network, people_meant
from netquality.rules import as_rule
from netquality.status import StatusRule, judge_people
from netquality.tables import MEASURES
from netquality.words import day_text, plural, printable

if TYPE_CHECKING:
    from datetime import date

    from netquality.depth import DepthRule
    from netquality.journal import Journal
    from netquality.network import Network

__all__ = ["Explanation", "explain"]

_HEADINGS: Final = {"shown": "status", "found": "here"}
_CELL: Final = "white-space: normal; padding: 0.3em 1.2em 0.3em 0.3em"
_YES: Final = {True: "yes", False: "no"}
NO_STATUS: Final = "no status, for no connection and no talk"
_NO_RULE: Final = "No rule is asked: who is no connection has a status only once you talked."
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
        `found` (the figures it was held against), `holds`. The first that holds is the status; none
        holds for who is no connection and never talked with the owner, and none is printed.
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
    connection : str
        What the list of connections says, on which a status can rest as well: the day, the employer
        and the position. Empty for who is no connection.

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
    connection: str = field(default="", repr=False)

    def __str__(self) -> str:
        """Say it in lines for a terminal."""
        lines = [f"{printable(self.name)}: {self.shown}, as of {day_text(self.as_of)}"]
        lines += [self.reason] if self.reason else []
        lines += ["", *([] if self.status else [_NO_RULE])]
        for row in self._decided().itertuples(index=False):
            lines.append(f"{'yes' if row.holds else 'no':>3}  {row.shown}: {row.rule}")
            lines.append(f"     Here: {row.found}.")
        lines.append("")
        lines += [printable(self.connection)] if self.connection else []
        lines.append(_rows_said(self.rows))
        shown = self.rows.tail(_MOST_ROWS)
        lines += [
            f"   {row.at:%Y-%m-%d %H:%M}  {row.direction:<8}  {row.counts_as}"
            for row in shown.itertuples(index=False)
        ]
        return "\n".join(lines)

    def _decided(self) -> pd.DataFrame:
        """Return the steps up to the one that decides; none for who has no status."""
        holds = self.steps["holds"].to_numpy(bool)
        return self.steps.iloc[: int(holds.argmax()) + 1 if holds.any() else 0]

    def _repr_html_(self) -> str:
        """Show it in a notebook; names and texts are shown as text, whatever they hold."""
        decided = self._decided().assign(holds=lambda table: table["holds"].map(_YES))
        steps = _table(decided.drop(columns="status").rename(columns=_HEADINGS))
        rows = _table(_for_reading(self.rows.tail(_MOST_ROWS)))
        head = f"<b>{escape(self.name)}</b>: {escape(self.shown)}"
        said = f"<p>{head}, as of {day_text(self.as_of)}.<br>{escape(self.reason or '')}</p>"
        listed = f"{escape(self.connection)}<br>" if self.connection else ""
        steps = steps if self.status else f"<p>{_NO_RULE}</p>"
        return f"{said}{steps}<p>{listed}{escape(_rows_said(self.rows))}</p>{rows}"


def _table(table: pd.DataFrame) -> str:
    """Return a table of which each cell says how it is set: pages set tables as they like."""
    sides = ["right" if pd.api.types.is_numeric_dtype(kind) else "left" for kind in table.dtypes]
    styles = [f"text-align: {side}; vertical-align: top; {_CELL}" for side in sides]
    head = "".join(
        f'<th style="{style}">{escape(name)}</th>'
        for style, name in zip(styles, table.columns, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<td style="{style}">{"" if pd.isna(value) else escape(str(value))}</td>'
            for style, value in zip(styles, row, strict=True)
        )
        + "</tr>\n"
        for row in table.itertuples(index=False)
    )
    return (
        f'<table class="dataframe" style="border-collapse: collapse">\n<thead><tr>{head}</tr>'
        f"</thead>\n<tbody>\n{body}</tbody>\n</table>"
    )


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
        A `person_id`, or a name, or a part of one, that fits exactly one person; case, titles,
        credentials, emoji and the form of apostrophes do not matter.
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
    key = _whom(network, people, person)
    judged = people[people["person_id"] == key].iloc[0]
    status = None if pd.isna(judged["status"]) else str(judged["status"])
    return Explanation(
        person_id=key,
        name=key if pd.isna(judged["name"]) else str(judged["name"]),
        status=status,
        shown=NO_STATUS if pd.isna(judged["status_shown"]) else str(judged["status_shown"]),
        reason=None if pd.isna(judged["status_reason"]) else str(judged["status_reason"]),
        as_of=moment,
        steps=steps_of(judged, status, rule, moment),
        measures=_measures(judged),
        chance=_chance(network, people, key, moment, rule),
        rows=rows_of(network, people, key, moment, rule),
        connection=_connection(judged),
    )


def _whom(network: Network, people: pd.DataFrame, person: object) -> str:
    """Return the person_id that is meant."""
    found = people_meant(people, person)
    if len(found) == 1:
        return found[0]
    if found:
        raise SettingError(
            f"person: {len(found)} people fit this. Give a person_id of the table people."
        )
    if people_meant(network.people, person):
        raise SettingError(
            "person: is on record only after the date judged at. Give a later date, or none."
        )
    raise SettingError(
        "person: nobody here has this person_id or name. Give a person_id of the table people."
    )


def _measures(judged: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measure": [column.name for column in MEASURES.columns],
            "value": [judged[column.name] for column in MEASURES.columns],
            "meaning": [column.meaning for column in MEASURES.columns],
        }
    )


def _connection(judged: pd.Series) -> str:
    """Return what the list of connections says of one person."""
    if not judged["is_connection"]:
        return ""
    day, company, position = (judged[name] for name in ("connected_on", "company", "position"))
    said = [
        "connected on a day that is not known" if pd.isna(day) else f"connected on {day_text(day)}"
    ]
    said += [f"employer {company}"] if isinstance(company, str) else ["no employer"]
    said += [f"position {position}"] if isinstance(position, str) else []
    return f"By your list of connections: {'; '.join(said)}."


def _chance(
    network: Network, people: pd.DataFrame, key: str, moment: pd.Timestamp, rule: StatusRule
) -> pd.DataFrame:
    """Return the contact chance of one person taken apart; it rests on everybody's messages."""
    story = tell(network.interactions, people, moment)
    messages = told_until(story, judge(story, answer_within=rule.answer_within), moment)
    size = max(len(people), int(story.person.max(initial=-1)) + 1)
    return chance_apart(messages, size, int(pd.Index(people["person_id"]).get_loc(key)))


def _rows_said(rows: pd.DataFrame) -> str:
    if rows.empty:
        return "No message or other exchange between the two of you is in the export."
    last = f", the last {_MOST_ROWS} of them" if len(rows) > _MOST_ROWS else ""
    return f"{plural(len(rows), 'row')} behind it{last}:"
