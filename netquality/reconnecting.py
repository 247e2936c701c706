"""Whom, of those one once really talked with, to write to again, and why.

A judgement with reasons, made visible: no score, and no prediction of who would answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from netquality.errors import SettingError
from netquality.rules import as_rule, need_whole_numbers
from netquality.tables import MEASURES, PEOPLE, STATUS_COLUMNS, check
from netquality.words import month_text, plural

if TYPE_CHECKING:
    from typing import Any

__all__ = ["ReconnectRule", "kept_out", "reconnect"]

UNKNOWN: Final = "Whether you talked elsewhere since, this export cannot know."
_NOT_PROPOSED: Final = ("close", "stranger", "not interested")
"""Labels of the owner's own; of who is close, the owner says that they are in touch."""
COLUMNS: Final = ("person_id", "name", "company", "position", "last_talk_at", "reasons", "unknown")


@dataclass(frozen=True)
class ReconnectRule:
    """Who is not proposed, and what makes the list varied.

    Attributes
    ----------
    wait_days : int
        Nobody to whom the owner wrote within so many days, without an answer.
    tries : int
        Nobody to whom the owner wrote on so many days in a row without an answer.
    same_company : int
        After so many of one company the others of it come last.
    long_dormant_days : int
        From then on the findings of Levin, Walter and Murnighan (2011) are about this tie: they
        studied ties of 3 years and more.

    Examples
    --------
    >>> ReconnectRule(same_company=1).same_company
    1
    """

    wait_days: int = 180
    tries: int = 2
    same_company: int = 2
    long_dormant_days: int = 1096

    def __post_init__(self) -> None:
        """Refuse what cannot be meant, all at once."""
        need_whole_numbers(self)


def reconnect(
    people: pd.DataFrame, n: int = 10, *, rule: ReconnectRule | None = None
) -> pd.DataFrame:
    """Propose resting relationships worth a word, each with its reasons.

    Parameters
    ----------
    people : pandas.DataFrame
        As `netquality.assess` returns it.
    n : int
        How many at most.
    rule : ReconnectRule, optional
        Who is left out.

    Returns
    -------
    pandas.DataFrame
        `person_id`, `name`, `company`, `position`, `last_talk_at`, `reasons` (two or three
        sentences) and `unknown`. Those with whom the owner shared most days of writing both ways
        come first, then those whose talk spans longer; after two of one company others come first.

    Raises
    ------
    SettingError
        When `n` is no positive number.
    TableError
        When `people` is no such table.

    Notes
    -----
    Left out are people to whom the owner wrote in the last 180 days, or on two days, without an
    answer; and, by the owner's own word (`kept_out`), who is hidden, a stranger or of no interest,
    and with whom the owner is in touch anyway. The chance of contact is not used: it says who comes
    back by itself, not whom it is worth writing to.

    Examples
    --------
    >>> import netquality as nq
    >>> list(nq.reconnect(nq.assess(nq.load_sample()), n=3).columns[:2])
    ['person_id', 'name']
    """
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise SettingError(f"n={n!r}: a whole number of people above 0 is needed.")
    for table in (PEOPLE, MEASURES, STATUS_COLUMNS):
        check(people, table)
    rule = as_rule(rule, ReconnectRule)
    resting = people[(people["status"] == "dormant") & people["is_connection"]]
    resting = resting[~kept_out(resting)]
    waiting = (resting["sent_unanswered_days"] > 0) & (resting["silent_days"] <= rule.wait_days)
    resting = resting[~waiting & (resting["sent_unanswered_days"] < rule.tries)]
    span = resting["last_talk_at"] - resting["first_talk_at"]
    resting = resting.assign(span=span).sort_values(
        ["mutual_contact_days", "span", "person_id"], ascending=[False, False, True], kind="stable"
    )
    crowd = resting.groupby("company", dropna=True).cumcount()
    late = crowd.where(resting["company"].notna(), 0) >= rule.same_company
    chosen = pd.concat([resting[~late], resting[late]]).head(n)
    sentences = [" ".join(_reasons(row, rule)) for row in chosen.itertuples(index=False)]
    chosen = chosen.assign(reasons=pd.Series(sentences, index=chosen.index, dtype="str"))
    unknown = pd.Series(UNKNOWN, index=chosen.index, dtype="str")
    return chosen.assign(unknown=unknown)[list(COLUMNS)].reset_index(drop=True)


def kept_out(people: pd.DataFrame) -> pd.Series:
    """Return whom the owner's own word keeps out of the list.

    Parameters
    ----------
    people : pandas.DataFrame
        As `netquality.assess` returns it.

    Returns
    -------
    pandas.Series of bool
        True for who is hidden, labelled `close`, `stranger` or `not interested`, or talks with the
        owner elsewhere.
    """
    labelled = people["owner_label"].isin(_NOT_PROPOSED)
    return people["is_hidden"] | people["is_off_platform"] | labelled


def _reasons(row: Any, rule: ReconnectRule) -> list[str]:
    first, last = month_text(row.first_talk_at), month_text(row.last_talk_at)
    span = f"in {last}" if first == last else f"between {first} and {last}"
    said = [f"You wrote to each other on {plural(row.talk_days, 'day')} {span}."]
    if row.recommendation_received_count and row.recommendation_given_count:
        said.append("You recommended each other.")
    elif row.recommendation_received_count:
        said.append("They recommended you.")
    elif row.recommendation_given_count:
        said.append("You recommended them.")
    if row.turn == "yours":
        said.append(f"They wrote last, in {month_text(row.last_message_at)}: the turn is yours.")
    elif row.sent_unanswered_days:
        said.append(f"You wrote last, in {month_text(row.last_message_at)}.")
    rests = row.silent_days + (row.last_message_at - row.last_talk_at).days
    if rests >= rule.long_dormant_days:
        said.append(f"Resting for {plural(rests // 365, 'year')}.")
    else:
        said.append(f"Resting since {last}.")
    return said[:3]
