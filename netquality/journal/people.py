"""What the owner's word says of each person in a table of people."""

from __future__ import annotations

import pandas as pd

from netquality.errors import TableError
from netquality.journal.record import Journal
from netquality.tables import EVENTS, JOURNAL, empty

__all__ = ["own_words"]


def own_words(judged: pd.DataFrame, journal: Journal | None) -> dict[str, pd.Series]:
    """Return what the owner's journal says of each person, as columns of `STATUS_COLUMNS`.

    Parameters
    ----------
    judged : pandas.DataFrame
        Needs `person_id` and `last_message_at`.
    journal : Journal or None

    Raises
    ------
    TableError
        When `journal` is something else.
    """
    if journal is not None and not isinstance(journal, Journal):
        raise TableError(
            f"journal: is {type(journal).__name__}. Give what nq.read_journal returned."
        )
    words = empty(JOURNAL) if journal is None else journal.words
    said = words.set_index("person_id").reindex(judged["person_id"]).set_axis(judged.index)
    columns = {name: said[name] for name in ("owner_label", "snoozed_until")}
    columns |= {name: said[name].eq(other=True) for name in ("is_off_platform", "is_hidden")}
    return columns | _happened(judged, empty(EVENTS) if journal is None else journal.events)


def _happened(judged: pd.DataFrame, events: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the last day of talk elsewhere, the last on which the owner wrote, and how often.

    Counted are only the days after all talk elsewhere and after the last message here: what is in
    the export already is not counted twice.
    """
    wrote = events[events["event"] == "wrote"]
    met = events[events["event"].isin(["answered", "met"])]
    talked = met.groupby("person_id")["on"].max()
    here = judged.set_index("person_id")["last_message_at"].dt.tz_localize(None).dt.normalize()
    since = pd.concat([talked, here]).groupby(level=0).max()  # the later; missing where neither is
    tries = wrote[~(wrote["on"] <= since.reindex(wrote["person_id"]).set_axis(wrote.index))]

    def of_all(found: pd.Series) -> pd.Series:
        return found.reindex(judged["person_id"]).set_axis(judged.index)

    return {
        "said_wrote_on": of_all(wrote.groupby("person_id")["on"].max()).astype("datetime64[us]"),
        "said_tries": of_all(tries.groupby("person_id").size()).fillna(0).astype("Int64"),
        "said_talk_on": of_all(talked).astype("datetime64[us]"),
    }
