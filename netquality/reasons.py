"""One sentence per status: the evidence, and what was set aside. No rank, no score, no advice.

Sentences are put together for all people of a status at once: thirty thousand take a moment. An
empty text stands for a part that has nothing to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from netquality.words import day_text, month_text, plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = ["OWNER_SAYS", "SIGNS", "same_employer", "status_reasons"]

SIGNS: Final = {
    "no messages": "This export has no messages, so it cannot say",
    "ambiguous": "Several people have this name, and some of what is on file bears only the name",
    "recommendation": "No talk is on record here, but a recommendation is: you may talk elsewhere",
    "employer": "No talk is on record here, but you seem to share an employer: you may talk there",
    "address": "No talk is on record here, but you keep their phone number or e-mail address",
    "undated": "The date of this connection cannot be read, and no talk is on record",
}
"""Why the export cannot tell, by sign."""

OWNER_SAYS: Final = {
    "close": "You say that you are close. ",
    "know": "You say that you know each other. ",
    "stranger": "You say that this is a stranger. ",
    "not interested": "You say that you are not interested. ",
}
"""The owner's own word, which comes first."""
_ELSEWHERE: Final = "You say that you talk elsewhere. "


def same_employer(company: str, when: str) -> str:
    """Say that somebody's employer is one of the owner's: it is so by its name alone.

    Parameters
    ----------
    company : str
        As their profile writes it, today.
    when : str
        When the owner worked there.

    Examples
    --------
    >>> same_employer("Invented GmbH", "when you connected")
    'Their profile names Invented GmbH, taken for your employer when you connected.'
    """
    return f"Their profile names {company}, taken for your employer {when}."


def status_reasons(judged: pd.DataFrame) -> pd.Series:
    """Return the reason of each status.

    Parameters
    ----------
    judged : pandas.DataFrame
        Measures, `connected_days` (since the connection), `sign`, `status`, `owner_label` and
        `is_off_platform`.

    Returns
    -------
    pandas.Series
        One sentence each, after the owner's own word where there is one; missing where there is
        neither.
    """
    sentences = np.full(len(judged), "", object)
    status = judged["status"]
    for name, tell in _SENTENCES.items():
        place = np.flatnonzero(status == name)
        if len(place):
            sentences[place] = tell(_Rows(judged.iloc[place])).to_numpy(zero_copy_only=False)
    label = _each(judged["owner_label"], OWNER_SAYS.__getitem__)
    elsewhere = _if(judged["is_off_platform"].to_numpy(bool), _ELSEWHERE, "")
    whole = _join(label, elsewhere, pa.array(sentences, pa.string()))
    said = pd.Series(pc.utf8_rtrim_whitespace(whole).to_pandas(), dtype="str")
    return said.where(said != "").set_axis(judged.index)


class _Rows:
    """Rows of the judged table, as the parts of sentences."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.table = table
        self.size = len(table)

    def some(self, name: str) -> NDArray[np.bool_]:
        """Return whether there is any of what is counted."""
        return (self.table[name] > 0).to_numpy(bool, na_value=False)

    def number(self, name: str, one: str, many: str | None = None) -> pa.Array:
        """Return a count with its noun."""
        return _each(self.table[name], lambda count: plural(count, one, many))

    def month(self, name: str) -> pa.Array:
        """Return month and year of an instant."""
        months = self.table[name].dt.tz_localize(None).to_numpy("datetime64[M]")
        return _each(pd.Series(pd.DatetimeIndex(months)), month_text)

    def day(self, name: str) -> pa.Array:
        """Return the day of an instant."""
        return _each(self.table[name].dt.tz_localize(None).dt.normalize(), day_text)

    def span(self) -> pa.Array:
        """Return from when to when there was talk."""
        first, last = self.month("first_talk_at"), self.month("last_talk_at")
        same = pc.equal(first, last)
        return _if(same, _join("in ", last), _join("between ", first, " and ", last))

    def in_groups(self) -> pa.Array:
        """Return how many messages in groups there are."""
        return self.number("group_message_count", "message in a group", "messages in groups")

    def aside(self) -> pa.Array:
        """Say in brackets what was not counted, and end the sentence."""
        note = "a first message that may be an invitation note"
        listed = _listed(
            self.size,
            (self.some("greeting_count"), self.number("greeting_count", "set phrase")),
            (
                self.some("unanswered_note_count"),
                self.number("unanswered_note_count", "unanswered invitation note"),
            ),
            (self.some("possible_note_count"), note),
            (self.some("group_message_count"), self.in_groups()),
            last=", ",
        )
        return _if(pc.equal(listed, ""), ".", _join(" (set aside: ", listed, ")."))


def _join(*parts: pa.Array | str) -> pa.Array:
    return pc.binary_join_element_wise(*parts, "")


def _if(mask: NDArray[np.bool_] | pa.Array, yes: pa.Array | str, no: pa.Array | str) -> pa.Array:
    return pc.if_else(mask if isinstance(mask, pa.Array) else pa.array(mask), yes, no)


def _each(values: pd.Series, write: Callable[[Any], str]) -> pa.Array:
    """Return each value as a text, empty for a missing one; equal values are written once."""
    codes, known = pd.factorize(values)
    texts = pa.array([*map(write, known), ""], pa.string())
    return texts.take(pa.array(np.where(codes < 0, len(known), codes)))


def _listed(size: int, *parts: tuple[NDArray[np.bool_], pa.Array | str], last: str) -> pa.Array:
    """Return the parts that hold, joined by commas, before the last one by `last`."""
    left = np.sum([holds for holds, _ in parts], axis=0)
    listed = pa.array([""] * size, pa.string())
    for holds, text in parts:
        left = left - holds
        mark = _if(pc.equal(listed, ""), "", _if(left == 0, last, ", "))
        listed = _if(holds, _join(listed, mark, text), listed)
    return listed


def _active(rows: _Rows) -> pa.Array:
    days, since, last = (
        rows.number("talk_days", "day"), rows.month("first_talk_at"), rows.day("last_talk_at")
    )  # fmt: skip
    start = _join("There was talk on ", days, " since ", since)
    return _join(start, ", last on ", last, rows.aside())


def _since(rows: _Rows, nothing: str) -> pa.Array:
    """Say who wrote after the talk, or that nobody did."""
    writer, again = _each(rows.table["last_writer"], str), rows.month("last_message_at")
    wrote = (rows.table["last_message_at"] > rows.table["last_talk_at"]).to_numpy(bool)
    return _if(wrote, _join("; ", writer, " wrote last, in ", again, ", unanswered here"), nothing)


def _dormant(rows: _Rows) -> pa.Array:
    days = rows.number("talk_days", "day")
    start = _join("There was talk on ", days, " ", rows.span())
    return _join(start, _since(rows, ", and not since"), rows.aside())


def _brief(rows: _Rows) -> pa.Array:
    start = _join("You wrote back and forth on ", rows.number("talk_days", "day"), " ", rows.span())
    return _join(start, _since(rows, "; nothing longer is on record"), rows.aside())


def _unknown(rows: _Rows) -> pa.Array:
    return _join(_each(rows.table["sign"], SIGNS.__getitem__), rows.aside())


def _new(rows: _Rows) -> pa.Array:
    ago = _each(
        rows.table["connected_days"], lambda days: f"{plural(days, 'day')} ago" if days else "today"
    )
    mine, theirs = rows.some("sent_count"), rows.some("received_count")
    wrote = _if(mine & theirs, "; both of you wrote, without an answer yet", "")
    wrote = _if(mine & ~theirs, "; you wrote, and no answer is on record yet", wrote)
    wrote = _if(theirs & ~mine, "; they wrote, and no answer is on record yet", wrote)
    return _join("You connected ", ago, wrote, "; it is too early to tell", rows.aside())


def _one_way(rows: _Rows) -> pa.Array:
    mine = rows.some("sent_count")
    number = rows.table["sent_count"].where(mine, rows.table["received_count"])
    often = _each(number, lambda count: "once" if count == 1 else f"{count:,} times, last")
    when = rows.month("last_message_at")
    one = _join(_if(mine, "You", "They"), " wrote ", often, " in ", when)
    beyond = _if(rows.some("greeting_count"), ", beyond set phrases", "")
    one = _join(one, "; no answer is on record here", beyond)
    two = _join("Both of you wrote, last in ", when, ", but neither answered in time")
    return _join(_if(mine & rows.some("received_count"), two, one), rows.aside())


def _nothing(rows: _Rows) -> pa.Array:
    years = _each(
        rows.table["greeting_years_count"],
        lambda count: "one year" if count == 1 else f"{count} different years",
    )
    notes = rows.number("unanswered_note_count", "invitation note")
    lone = "one message of the day you connected, which may be an invitation note"
    found = _listed(
        rows.size,
        (rows.some("greeting_count"), _join("greetings in ", years)),
        (rows.some("unanswered_note_count"), _join(notes, " that nobody answered")),
        (rows.some("possible_note_count"), lone),
        (rows.some("group_message_count"), rows.in_groups()),
        last=", and ",
    )
    nothing = "No message between the two of you is on record here."
    return _if(pc.equal(found, ""), nothing, _join("On record: ", found, "; nothing more."))


_SENTENCES: Final = {
    "active": _active,
    "dormant": _dormant,
    "brief": _brief,
    "unknown": _unknown,
    "new": _new,
    "one_way": _one_way,
    "feather": _nothing,
}
