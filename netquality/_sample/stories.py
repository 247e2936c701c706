"""What two people wrote to each other, by story. Each function puts messages into one thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality._sample.dates import DAY
from netquality._sample.dice import Dice
from netquality._sample.friendship import write_relationship
from netquality._sample.messages import Message, Thread, conversation_id, time_of_day
from netquality._sample.talking import Conversation
from netquality._sample.thread import Pen
from netquality._sample.world import OWNER

if TYPE_CHECKING:
    from collections.abc import Callable

    from netquality._sample.people import Person
    from netquality._sample.world import World

_SUBJECTS = (
    "An opportunity near you",
    "Quick question",
    "Partnership?",
    "Your experience",
    "Hello again",
)
_GREETINGS = (*("birthday",) * 6, *("season",) * 3, "anniversary", "newjob", "onetap")
_TWICE_TOLD = 0.03
_DRAFT = 0.035


def one_to_one(world: World, person: Person) -> Thread:
    """Write the thread of the owner and one person."""
    dice = Dice(world.settings.seed, "thread", person.number)
    pen = Pen(world, person, dice)
    thread = Thread(conversation_id(dice))
    _write_note(pen)
    story = _STORIES.get(person.story)
    if story:
        story(pen)
    end = (world.settings.last_day + 1) * DAY
    thread.messages = sorted(m for m in pen.written if m.at < end)
    if thread.messages and dice.chance(0.05):
        thread.messages = [m._replace(folder="ARCHIVE") for m in thread.messages]
    if person.connected is None or dice.chance(_TWICE_TOLD):
        subject = dice.pick(_SUBJECTS)  # an InMail
        thread.messages[:1] = [m._replace(subject=subject) for m in thread.messages[:1]]
    if thread.messages and dice.chance(_DRAFT):
        thread.drafts.append(_draft(pen, thread.messages[-1].at))
    return thread


def _draft(pen: Pen, after: int) -> Message:
    end = (pen.world.settings.last_day + 1) * DAY
    at = min(end - 60, after + DAY * pen.dice.between(1, 30))
    start = next(Conversation(pen.dice, pen.book, pen.manner(0)).messages(1))[1]
    return Message(at, OWNER, (pen.person.party,), start[: 30 + pen.dice.below(60)], "draft")


def _write_note(pen: Pen) -> None:
    """Let the invitation's note reappear, stamped at acceptance."""
    person, dice = pen.person, pen.dice
    if person.note:
        at = (person.connected or 0) * DAY + 20_000 + dice.below(40_000)
        phrase = "default note" if person.note_is_default else ""
        in_file = person.invited_at // DAY >= pen.world.invitations_from
        side = 0 if person.owner_invited else 1
        pen.write(at, side, person.note, "note", phrase, in_invitations=in_file)


def _thanks(pen: Pen) -> None:
    """Answer a note with a pleasure-to-connect, and perhaps a thumb."""
    at = pen.written[0].at + 600 + int(pen.dice.skewed(9_000, 2 * DAY))
    answerer = 1 if pen.person.owner_invited else 0
    pen.say(at, answerer, "pleasure", "canned")
    if pen.dice.chance(0.25):
        pen.say(at + 3_000, 1 - answerer, "onetap", "canned")


def _pitch(pen: Pen) -> None:
    at = pen.person.talk_day * DAY + time_of_day(pen.dice)
    pen.say(at, 1, "pitch")
    if pen.dice.chance(0.3):
        pen.say(at + pen.dice.between(4, 20) * DAY, 1, "followup")


def _pitch_and_no(pen: Pen) -> None:
    dice = pen.dice
    at = pen.person.talk_day * DAY + time_of_day(dice)
    pen.say(at, 1, "pitch")
    days = 9 if dice.chance(0.35) else dice.below(4)
    at += days * DAY + dice.between(1_200, 20_000)
    pen.say(at, 0, "no")
    if dice.chance(0.4):
        at += dice.between(6, 120) * DAY
        pen.say(at, 1, "followup")


def _unanswered(pen: Pen, side: int) -> None:
    at = pen.person.talk_day * DAY + time_of_day(pen.dice)
    pen.say(at, side, "opener")
    if pen.dice.chance(0.15):
        pen.say(at + pen.dice.between(5, 30) * DAY, side, "followup")


def _opener_ignored(pen: Pen) -> None:
    _unanswered(pen, 0)


def _they_wrote(pen: Pen) -> None:
    _unanswered(pen, 1)


def _late_answer(pen: Pen) -> None:
    """Answer after more than 180 days: by the rule, no answer."""
    at = pen.person.talk_day * DAY + time_of_day(pen.dice)
    side = pen.opening_side(pen.person.talk_day)
    pen.say(at, side, "opener")
    pen.say(at + pen.dice.between(190, 600) * DAY, 1 - side, "late")


def _lone_hello(pen: Pen) -> None:
    """Write one real message on the day of connecting, which is no note."""
    at = (pen.person.connected or 0) * DAY + time_of_day(pen.dice)
    pen.say(at, pen.dice.below(2), "hello")


def _short_exchange(pen: Pen) -> None:
    """Write and answer within a week, and never again."""
    dice, person = pen.dice, pen.person
    at = pen.after_note(person.talk_day * DAY + time_of_day(dice))
    side = pen.opening_side(person.talk_day)
    if dice.chance(0.5):
        for use in ("opener", "reply", "close")[: dice.between(2, 3)]:
            pen.say(at, side, use)
            side, at = 1 - side, at + 900 + int(dice.skewed(DAY / 4, 2 * DAY))
        return
    talk = Conversation(dice, pen.book, pen.manner(side))
    for turn, text in talk.messages(dice.between(2, 4)):
        pen.write(at, side if turn == 0 else 1 - side, text)
        at += 900 + int(dice.skewed(DAY / 4, 1.5 * DAY))


def _greetings(pen: Pen) -> None:
    """Send set phrases over the years, and nothing else."""
    dice, person = pen.dice, pen.person
    first, last = person.connected or 0, pen.world.settings.last_day
    for _ in range(person.conversations):
        side = 1 if dice.chance(0.65) else 0
        use, day = pen.occasion(_GREETINGS, side, (first, last))
        at = day * DAY + time_of_day(dice)
        pen.say(at, side, use, "canned")
        if person.conversations > 1 and dice.chance(0.45):
            pen.say(at + 600 + dice.below(DAY), 1 - side, "thanks", "canned")


_STORIES: dict[str, Callable[[Pen], None]] = {
    "relationship": write_relationship,
    "short_exchange": _short_exchange,
    "greetings": _greetings,
    "note_and_thanks": _thanks,
    "pitch": _pitch,
    "pitch_and_no": _pitch_and_no,
    "opener_ignored": _opener_ignored,
    "they_wrote": _they_wrote,
    "late_answer": _late_answer,
    "lone_hello": _lone_hello,
}
