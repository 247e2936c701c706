"""Invitations, endorsements and recommendations as interactions, and all of them in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netquality.tables import INTERACTIONS, build

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netquality.reading.registry import Registry

__all__ = ["as_interactions", "in_order", "resolve"]


def resolve(registry: Registry, rows: pd.DataFrame, source: str) -> list[str]:
    """Return the person of each record, by `other_key` or else `other_name`; ``""`` for nobody."""
    return [
        registry.by_key(key, name, source)
        if isinstance(key, str)
        else registry.by_name(name, source)
        for key, name in zip(rows["other_key"], rows["other_name"], strict=True)
    ]


def as_interactions(kind: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return records of one kind as interactions; those of nobody are left out."""
    rows = rows[rows["person_id"] != ""]
    nothing = pd.Series(pd.NA, index=rows.index)
    return build(
        INTERACTIONS,
        {
            "person_id": rows["person_id"],
            "at": rows["at"],
            "direction": rows["direction"],
            "kind": pd.Series(kind, index=rows.index),
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
