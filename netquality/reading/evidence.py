"""Invitations, endorsements and recommendations as interactions, and all of them in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netquality.tables import INTERACTIONS, build

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["as_interactions", "in_order"]


def as_interactions(kind: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the records of a file as interactions; its kind says of which sort they are."""
    nothing = pd.Series(pd.NA, index=rows.index)
    return build(
        INTERACTIONS,
        {
            "person_id": rows["person_id"],
            "at": rows["at"],
            "direction": rows["direction"],
            "kind": pd.Series(kind.split(maxsplit=1)[0].removesuffix("s"), index=rows.index),
            "thread_id": nothing,
            "recipient_count": nothing,
            "character_count": nothing,
            "question_count": nothing,
            **dict.fromkeys(
                ("is_group", "is_canned", "is_note", "is_possible_note", "is_real"),
                pd.Series(False, index=rows.index),  # noqa: FBT003 - a Series of False
            ),
        },
    )


def in_order(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Bring interactions together by time, ties by content: the files' order changes nothing."""
    keys = ["at", "person_id", "kind", "thread_id", "direction", "character_count"]
    keys += ["question_count", "is_canned", "is_note", "is_group", "recipient_count"]
    interactions = pd.concat(tables, ignore_index=True)
    return interactions.sort_values(keys, kind="stable").reset_index(drop=True)
