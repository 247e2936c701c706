"""What else lies in an inbox: sponsored text, spam, people who deleted their account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality._sample.dates import DAY
from netquality._sample.dice import Dice
from netquality._sample.messages import NOBODY, Message, Thread, conversation_id, time_of_day
from netquality._sample.names import invent
from netquality._sample.phrases import phrasebook
from netquality._sample.talking import Conversation, Manner
from netquality._sample.world import HIDDEN, OWNER, OWNER_GIVEN, Party, any_company

if TYPE_CHECKING:
    from collections.abc import Callable

    from netquality._sample.people import Person
    from netquality._sample.world import World

_SPONSORED = 1 / 30  # threads per connection
_SPAM = 1 / 90
_DELETED = 1 / 45
_NOTICES = 1 / 150
_OFFERS = (
    "Your team deserves better reports. See how {firm} turns a week of work into a morning.",
    "Seats are filling up: join {firm} for a free online session on planning with less stress.",
    "{firm} is hiring in your area. Have a look at our open positions & benefits.",
    "A master's degree beside your job: talk to an adviser of {firm} about the next intake.",
)
_SPAM_TEXTS = (
    "Dear friend, I have a business proposal of great benefit to both of us. Write to me at once.",
    "Double your savings in thirty days, guaranteed. Only {firm} members know how. Click below.",
    "You have been selected for a prize. Reply with your details to claim it from {firm}.",
)


def oddments(world: World, people: list[Person]) -> list[Thread]:
    """Write the threads that are nobody's relationship."""
    named = [person for person in people if not person.is_hidden]
    writers: list[tuple[str, float, Callable[[World, Dice, int], Thread]]] = [
        ("sponsored", _SPONSORED, _sponsored),
        ("spam", _SPAM, _spam),
        ("deleted", _DELETED, _deleted),
    ]
    threads = []
    for kind, share, write in writers:
        threads += [
            write(world, Dice(world.settings.seed, kind, number), number)
            for number in range(max(3, round(world.settings.connections * share)))
        ]
    for number in range(max(2, round(world.settings.connections * _NOTICES))):
        dice = Dice(world.settings.seed, "notice", number)
        threads.append(_notice(world, dice, dice.pick(named)) if named else _spam(world, dice, 0))
        if named and number % 2:
            threads.append(_only_a_draft(world, dice, dice.pick(named)))
    return threads


def _some_time(world: World, dice: Dice) -> int:
    days = world.settings
    return dice.between(days.first_day, days.last_day) * DAY + time_of_day(dice)


def _sponsored(world: World, dice: Dice, number: int) -> Thread:
    """Write an advertisement in one of the three forms that give it away."""
    firm = any_company(dice)
    text = dice.pick(_OFFERS).format(firm=firm)
    thread = Thread(conversation_id(dice))
    sender, subject = HIDDEN, f"A note from {firm}"
    if number % 3 == 0:
        thread.title = "Sponsored Conversation"
        sender = HIDDEN if number % 2 else Party(firm, "", "?")
    elif number % 3 == 1:
        text = f"Hi %FIRSTNAME%, {text}"
    else:
        text = f'<p class="spinmail-quill-editor__spin-break">Hi {OWNER_GIVEN},</p><p>{text}</p>'
    at = _some_time(world, dice)
    thread.messages.append(Message(at, sender, (OWNER,), text, "sponsored", "", subject))
    return thread


def _spam(world: World, dice: Dice, _number: int) -> Thread:
    name = invent(dice)
    sender = Party(
        f"{name.first} {name.last}",
        f"https://www.linkedin.com/in/{name.slug}",
        name.slug.casefold(),
    )
    text = dice.pick(_SPAM_TEXTS).format(firm=any_company(dice))
    thread = Thread(conversation_id(dice))
    at = _some_time(world, dice)
    thread.messages.append(Message(at, sender, (OWNER,), text, "spam", "", "", "SPAM"))
    return thread


def _deleted(world: World, dice: Dice, _number: int) -> Thread:
    """Write a talk with somebody who has since deleted the account."""
    at, opener = _some_time(world, dice), dice.below(2)
    end = (world.settings.last_day + 1) * DAY
    thread = Thread(conversation_id(dice))
    names = (OWNER_GIVEN, dice.pick(("Sam", "Kim", "Alex", "Robin")))
    manner = Manner(names if opener == 0 else names[::-1], (0.3, 0.3))
    talk = Conversation(dice, phrasebook("en"), manner)
    for turn, text in talk.messages(dice.between(1, 5)):
        from_owner = turn == opener
        sender, reader = (OWNER, HIDDEN) if from_owner else (HIDDEN, OWNER)
        if at < end:
            thread.messages.append(Message(at, sender, (reader,), text, "hidden"))
        at += 600 + int(dice.skewed(DAY / 4, 3 * DAY))
    return thread


def _notice(world: World, dice: Dice, person: Person) -> Thread:
    """Write a system row that stands alone."""
    text = f"{person.shown} accepted your request to chat."
    thread = Thread(conversation_id(dice))
    thread.messages.append(Message(_some_time(world, dice), NOBODY, (), text, "system"))
    return thread


def _only_a_draft(world: World, dice: Dice, person: Person) -> Thread:
    """Write a conversation of which only a draft exists."""
    text = phrasebook("en").say("opener", dice, person.name.given)[:90]
    thread = Thread(conversation_id(dice))
    at = _some_time(world, dice)
    thread.drafts.append(Message(at, OWNER, (person.party,), text, "draft"))
    return thread
