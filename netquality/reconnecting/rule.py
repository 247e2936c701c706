"""Who is not proposed, and what weighs how much: a setting that anybody can read and change."""

from __future__ import annotations

from dataclasses import dataclass

from netquality.rules import need_whole_numbers

__all__ = ["ReconnectRule"]

_WEIGHTS = ("depth", "esteem", "now", "elsewhere", "variety")


@dataclass(frozen=True)
class ReconnectRule:
    """Who is not proposed, and what brings somebody further up.

    The order follows from parts between 0 and 1, each in the list beside its person, times these
    weights. They are judgements and were fitted on nothing; with other weights other people come
    first.

    Attributes
    ----------
    wait_days : int
        Nobody to whom the owner wrote within so many days, without an answer.
    tries : int
        Nobody to whom the owner wrote on so many days in a row without an answer.
    talked_days : int
        Nobody who, by the owner's own word, answered or was met within so many days: as long as a
        relationship is in touch after its last talk.
    long_dormant_days : int
        From then on the findings of Levin, Walter and Murnighan (2011) are about this tie: they
        studied ties of 3 years and more.
    per_week : int
        How many fall into one week of the list.
    near_days : int
        An anniversary or a birthday so many days away is a reason to write now.
    depth : float
        Weight of what was written: the share of the others who have fewer mutual contact days,
        those with as many counted half; with ``aim="fresh"`` of those who have more.
    esteem : float
        Weight of recommendations and endorsements.
    now : float
        Weight of reasons to write now.
    elsewhere : float
        Weight, with ``aim="fresh"`` only, of being from where nobody is with whom one is in touch.
    variety : float
        What is taken off for who shares an employer, a circle or the year of the last talk with
        those who stand before.

    Examples
    --------
    >>> ReconnectRule(variety=0).variety
    0.0
    """

    wait_days: int = 180
    tries: int = 2
    talked_days: int = 395
    long_dormant_days: int = 1096
    per_week: int = 3
    near_days: int = 30
    depth: float = 2.0
    esteem: float = 0.5
    now: float = 0.5
    elsewhere: float = 1.0
    variety: float = 1.0

    def __post_init__(self) -> None:
        """Refuse what cannot be meant, all at once."""
        need_whole_numbers(self, weights=_WEIGHTS)
