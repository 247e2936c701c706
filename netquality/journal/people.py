"""What the owner's word says of each person in a table of people."""

from __future__ import annotations

import pandas as pd

from netquality.errors import TableError
from netquality.journal.record import Journal

__all__ = ["own_words"]


def own_words(
    judged: pd.DataFrame,
    journal: Journal | None,
    interactions: pd.DataFrame,
    moment: pd.Timestamp,
) -> dict[str, pd.Series]:
    """Return what the owner's journal says of each person, as columns of `STATUS_COLUMNS`.

    Parameters
    ----------
    judged : pandas.DataFrame
        Needs `person_id`.
    journal : Journal or None
    interactions : pandas.DataFrame
        As `netquality.tables.INTERACTIONS`: what is on file of who was written to.
    moment : pandas.Timestamp
        The date judged at; nothing later on file is looked at. What was said, however, counts
        whenever it was said.

    Raises
    ------
    TableError
        When `journal` is something else.
    """
    if journal is not None and not isinstance(journal, Journal):
        raise TableError(
            f"journal: is {type(journal).__name__}. Give what nq.read_journal returned."
        )
    if journal is None:
        return _nothing_said(judged.index)
    words = journal.words
    said = words.set_index("person_id").reindex(judged["person_id"]).set_axis(judged.index)
    columns = {name: said[name] for name in ("owner_label", "snoozed_until")}
    columns |= {name: said[name].eq(other=True) for name in ("is_off_platform", "is_hidden")}
    events = journal.events
    wrote = events[events["event"] == "wrote"]
    talked = events[events["event"].isin(["answered", "met"])].groupby("person_id")["on"].max()
    rows = interactions[
        interactions["person_id"].isin(events["person_id"])
        & (interactions["kind"] == "message")
        & ~interactions["is_group"]
        & (interactions["at"] <= moment)
    ]

    def of_all(found: pd.Series) -> pd.Series:
        return found.reindex(judged["person_id"]).set_axis(judged.index)

    return columns | {
        "said_wrote_on": of_all(wrote.groupby("person_id")["on"].max()).astype("datetime64[us]"),
        "said_tries": of_all(_tries(wrote, talked, rows)).fillna(0).astype("Int64"),
        "said_talk_on": of_all(talked).astype("datetime64[us]"),
    }


def _nothing_said(index: pd.Index) -> dict[str, pd.Series]:
    """Return the same columns where there is no journal."""
    never = pd.Series(data=False, index=index)
    no_text, no_day = pd.Series(None, index, "str"), pd.Series(pd.NaT, index, "datetime64[us]")
    return {
        "owner_label": no_text,
        "snoozed_until": no_day,
        "is_off_platform": never,
        "is_hidden": never,
        "said_wrote_on": no_day,
        "said_tries": pd.Series(0, index, "Int64"),
        "said_talk_on": no_day,
    }


def _tries(wrote: pd.DataFrame, talked: pd.Series, rows: pd.DataFrame) -> pd.Series:
    """Return on how many days the owner wrote, here or by word, since something last came back.

    A day is counted once, however it is known. Set phrases of the owner's are no try, and those of
    the other no answer.
    """
    counts = rows[~rows["is_canned"]]
    is_sent = counts["direction"] == "sent"
    back = counts[~is_sent].groupby("person_id")["at"].max()
    sent = counts.loc[is_sent, ["person_id", "at"]]
    sent = sent[~(sent["at"] <= back.reindex(sent["person_id"]).set_axis(sent.index))]
    days = sent.assign(on=sent["at"].dt.tz_localize(None).dt.normalize())[["person_id", "on"]]
    heard = back.dt.tz_localize(None).dt.normalize()
    by_word = wrote[["person_id", "on"]]
    by_word = by_word[
        ~(by_word["on"] <= heard.reindex(by_word["person_id"]).set_axis(by_word.index))
    ]
    both = pd.concat([days, by_word]).drop_duplicates().reset_index(drop=True)
    open_still = both[~(both["on"] <= talked.reindex(both["person_id"]).set_axis(both.index))]
    counted: pd.Series = open_still.groupby("person_id").size()
    return counted
