"""Group threads: the communities, and what little of them an export shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality._sample.dates import DAY
from netquality._sample.dice import Dice
from netquality._sample.messages import NOBODY, Message, Thread, conversation_id, time_of_day
from netquality._sample.phrases import phrasebook
from netquality._sample.talking import Conversation, Manner
from netquality._sample.world import HIDDEN, OWNER, Party

if TYPE_CHECKING:
    from netquality._sample.people import Person
    from netquality._sample.world import World

_MEMBERS_PER_GROUP = 18
_CLOSE_KNIT = ("school", "outside")
_MOST = 48
_TITLES = {
    "work": ("Summer party", "Old desks, new faces", "Friday lunch", "Farewell", "Planning circle"),
    "school": ("Reunion", "Study group, ten years on", "Class of the long winter"),
    "outside": ("Saturday plans", "Who has the key", "Spring weekend"),
    "event": ("After the conference", "Slides and leftovers", "Dinner on the second evening"),
}
_ASKS = 0.3


def communities(people: list[Person]) -> dict[str, list[Person]]:
    """Return the named members of each community, in order of its name."""
    members: dict[str, list[Person]] = {}
    for person in people:
        for home in (person.community, person.also_in):
            if home and not person.is_hidden:
                members.setdefault(home, []).append(person)
    return dict(sorted(members.items()))


def group_threads(world: World, people: list[Person], others: list[Person]) -> list[Thread]:
    """Write the group threads of all communities."""
    lurkers = [person for person in others if person.story == "group_only"]
    threads: list[Thread] = []
    for home, members in communities(people).items():
        kind = home.partition(":")[0]
        count = max(1, len(members) // _MEMBERS_PER_GROUP) + (2 if kind in _CLOSE_KNIT else 0)
        if len(members) < 3:  # noqa: PLR2004 - a group is the owner and three
            continue
        if kind == "event":
            count = 1
        for number in range(count):
            dice = Dice(world.settings.seed, "group", home, number)
            guests = _guests(dice, members, kind, is_first=number == 0)
            if lurkers and (dice.chance(0.2) or not threads):
                guests += dice.some(lurkers, 2)
            threads.append(_write(world, dice, home, guests))
    return threads


def _guests(dice: Dice, members: list[Person], kind: str, *, is_first: bool) -> list[Person]:
    if kind in _CLOSE_KNIT:
        size = int(len(members) * (0.5 + 0.3 * dice.random()))
    else:
        size = 3 + int(dice.skewed(6, _MOST))
    guests = dice.some(members, max(3, min(_MOST - 4, size)))
    if is_first:  # brokers are seen in both of their communities
        guests += [p for p in members if p.also_in and p not in guests][:4]
    return guests


def _write(world: World, dice: Dice, home: str, guests: list[Person]) -> Thread:
    title = dice.pick(_TITLES[home.partition(":")[0]]) if dice.chance(0.7) else ""
    parties = [guest.party for guest in guests]
    if dice.chance(0.15):
        parties.append(HIDDEN)
    everyone = [OWNER, *parties]
    first = _first_day(world, dice, home, guests)
    at = first * DAY + time_of_day(dice)
    end = (world.settings.last_day + 1) * DAY
    thread = Thread(conversation_id(dice), title)
    for sender, text in _talk(dice, everyone):
        if at >= end:
            break
        readers = tuple(party for party in everyone if party is not sender)
        what = "hidden" if sender is HIDDEN else "real"
        thread.messages.append(Message(at, sender, readers, text, what))
        at += 300 + int(dice.skewed(DAY / 3, 30 * DAY))
    _add_system_rows(dice, thread, parties)
    return thread


def _talk(dice: Dice, everyone: list[Party]) -> list[tuple[Party, str]]:
    """Let several people talk; the first word is one's, every answer is another's."""
    length = 2 + int(dice.skewed(4, max(3, 90 // len(everyone))))
    manner = Manner(("all", "all"), (_ASKS, _ASKS), 1.0, 0.2, ("group", "group"), is_warm=False)
    talk = Conversation(dice, phrasebook("en"), manner).messages(length)
    opener = everyone[dice.below(len(everyone) - 1)]
    rest = [party for party in everyone if party is not opener]
    said = []
    for turn, text in talk:
        said.append((opener if turn == 0 else dice.pick(rest), text))
    return said


def _first_day(world: World, dice: Dice, home: str, guests: list[Person]) -> int:
    settings = world.settings
    known = sorted(guest.connected or settings.first_day for guest in guests)
    begin = known[len(known) // 2]
    if home.startswith("event"):
        return min(settings.last_day - 2, begin + dice.between(1, 12))
    end = world.quiet.get(home, settings.last_day)
    return dice.between(min(begin, end - 60), max(begin, end - 50))


def _add_system_rows(dice: Dice, thread: Thread, parties: list[Party]) -> None:
    """Add a notice that somebody joined or left: rows that are from nobody and to nobody."""
    if thread.messages and dice.chance(0.35):
        who, did = dice.pick(parties), dice.pick(("joined", "left"))
        at = dice.pick(thread.messages).at + 30
        text = f"{who.name} has {did} the conversation."
        thread.messages.append(Message(at, NOBODY, (), text, "system"))
