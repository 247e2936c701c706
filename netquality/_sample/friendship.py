"""Relationships: conversations over years, at rest in between, with greetings now and then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality._sample.dates import DAY
from netquality._sample.lives import fewest_conversations
from netquality._sample.messages import by_day, time_of_day
from netquality._sample.talking import Conversation

if TYPE_CHECKING:
    from netquality._sample.people import Span
    from netquality._sample.thread import Pen

_ANSWER_WITHIN = 9_000  # seconds, in the median
_SLOWEST_ANSWER = 3 * DAY
_UNANSWERED = 0.08
_ATTACHES = 0.025
_GREETS_PER_YEAR = 0.3
_PAUSE = 10_800


def write_relationship(pen: Pen) -> None:
    """Write all conversations of a relationship; the first answers the note, if there is one."""
    person = pen.person
    spare = person.conversations - sum(fewest_conversations(span) for span in person.spans)
    days = sum(span.end - span.start for span in person.spans)
    for span in person.spans:
        share = (span.end - span.start) / days
        starts = _starts(pen, span, int(spare * share))
        for day, is_needed in starts:
            _converse(pen, day, is_needed=is_needed)
        _greet(pen, span)


def _starts(pen: Pen, span: Span, spare: int) -> list[tuple[int, bool]]:
    """Return the days on which conversations begin, and whether each must be answered."""
    dice = pen.dice
    strata = fewest_conversations(span) - 2
    width = (span.end - span.start) / strata
    needed = [span.start]
    needed += [int(span.start + (n + 0.25 + 0.5 * dice.random()) * width) for n in range(strata)]
    needed += [span.end] if span.is_over else []
    extra = [dice.between(span.start, span.end) for _ in range(spare)]
    return sorted([(day, True) for day in needed] + [(day, False) for day in extra])


def _converse(pen: Pen, day: int, *, is_needed: bool) -> None:
    dice, person = pen.dice, pen.person
    opener = pen.opening_side(day)
    at = day * DAY + time_of_day(dice)
    if pen.written:
        at = max(at, pen.written[-1].at + _PAUSE)
        if len(pen.written) == 1 and person.note:
            opener = 1 if person.owner_invited else 0
    if not is_needed and dice.chance(_UNANSWERED):
        length = 1
    else:
        length = 2 + int(dice.skewed(1.8 if person.is_good_old_friend else 0.8, 12))
    talk = Conversation(dice, pen.book, pen.manner(opener), pen.deck)
    for turn, text in talk.messages(length):
        side = opener if turn == 0 else 1 - opener
        pen.write(at, side, text)
        if length > 1 and dice.chance(_ATTACHES):
            has_file = dice.chance(0.6)  # else a call
            link = f"https://www.linkedin.com/dms/prv/{dice.below(0x1000_0000):07x}"
            pen.write(at + 45, side, "", attachment=link if has_file else "")
        at = by_day(at + 240 + int(dice.skewed(_ANSWER_WITHIN, _SLOWEST_ANSWER)))


def _greet(pen: Pen, span: Span) -> None:
    """Add birthdays and the like, which say nothing about the relationship."""
    dice = pen.dice
    for _ in range((span.end - span.start) // 365):
        if dice.chance(_GREETS_PER_YEAR):
            side = dice.below(2)
            use, day = pen.occasion(("birthday", "newjob", "season"), side, (span.start, span.end))
            at = day * DAY + time_of_day(dice)
            pen.say(at, side, use, "canned")
            pen.say(at + 900 + dice.below(DAY), 1 - side, "thanks", "canned")
