"""A line of a journal as it is meant: one word about one person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Line"]


@dataclass(frozen=True)
class Line:
    """One word about one person."""

    person_id: str = field(repr=False)
    word: str
    value: str = field(repr=False)
    said_on: date | None
    number: int = 0
