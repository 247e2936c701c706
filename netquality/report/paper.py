"""The first sheet on paper: three findings, three people, three questions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from netquality.words import plural, share_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from netquality.report.habits import Habit
    from netquality.report.worth import Suggestion, Worth
    from netquality.summary import Summary

__all__ = ["Paper", "paper_of"]

_EACH: Final = 3
_FIRST: Final = ("conversation_rate", "listening", "survival", "resumption", "openings")
"""Habits by how much they say in one sentence; `need_driven_outreach` needs more room."""


@dataclass(frozen=True)
class Paper:
    """What stands on it.

    Attributes
    ----------
    findings : list of str
        Sentences that their intervals bear out, or counts of all.
    has_intervals : bool
        Whether any of them gives an interval.
    people : list of Suggestion
        The first of the list.
    questions : list of str
        To think about; each begins with a figure, and none says what would be right.
    """

    findings: list[str]
    has_intervals: bool
    people: list[Suggestion]
    questions: list[str]


def paper_of(summary: Summary, habits: Sequence[Habit], worth: Worth) -> Paper:
    """Return what stands on the first sheet."""
    known = {habit.name: habit for habit in habits if habit.is_sure}
    counts = {row["status"]: row["count"] for row in summary.statuses.to_dict("records")}
    findings = [*islice(_findings(summary, known), _EACH)]
    return Paper(
        findings=findings,
        has_intervals=any(habit.said in findings for habit in known.values()),
        people=worth.people[:_EACH],
        questions=[*islice(_questions(counts), _EACH)],
    )


def _findings(summary: Summary, known: Mapping[str, Habit]) -> Iterator[str]:
    """Yield what is known best first; what rests on few people is no finding."""
    for name in _FIRST:
        if name in known:
            yield known[name].said
    if summary.connection_count:
        some = summary.statuses[summary.statuses["count"] > 0]
        for row in some.sort_values("count", ascending=False).to_dict("records"):
            yield (
                f"{row['label']}: {row['count']:,} of "
                f"{plural(summary.connection_count, 'connection')} ({share_text(row['share'])})."
            )


def _questions(counts: Mapping[str, int]) -> Iterator[str]:
    """Yield questions, those first to which the export gives most occasion."""
    if counts["dormant"]:
        rest = plural(counts["dormant"], "relationship rests", "relationships rest")
        yield f"{rest} by this record. With whom do you talk elsewhere, and whom do you miss?"
    if counts["active"]:
        yield (
            f"You are in touch here with {plural(counts['active'], 'person', 'people')}. How did "
            "those that matter to you begin?"
        )
    if counts["feather"]:
        none = plural(counts["feather"], "connection has", "connections have")
        yield f"{none} no conversation on record. Whom of them do you know well, and from where?"
    if counts["unknown"]:
        tie = plural(counts["unknown"], "connection")
        yield f"Of {tie} the export cannot tell. Whom of them do you meet without writing here?"
    yield "Who matters to you at work, and is not in this export at all?"
    yield "Which of these figures did you not expect, and how could you find out whether it is so?"
    yield "What would you like to know of somebody you have not heard from, if nothing came of it?"
