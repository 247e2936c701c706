"""Every interaction with one person, and what each counts as."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from netquality.interactions import judge, tell

if TYPE_CHECKING:
    from netquality.network import Network
    from netquality.status import StatusRule

__all__ = ["COUNTS_AS", "rows_of"]

COUNTS_AS: Final = {
    "answer": "talk: an answer",
    "talk": "talk: answered later",
    "real": "real, not answered",
    "canned": "set phrase, set aside",
    "note": "invitation note without an answer, set aside",
    "possible": "may be an invitation note, set aside",
    "group": "message in a group, set aside",
    "invited": "invitation with a note",
}
"""What a row counts as, in words."""


def rows_of(
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
    noted = (own["kind"] == "invitation") & (own["character_count"] > 0).fillna(value=False)
    counts[noted.to_numpy(bool)] = COUNTS_AS["invited"]
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
