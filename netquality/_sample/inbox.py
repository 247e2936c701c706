"""All threads of the inbox, one after another: people, groups, oddments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality._sample.dates import DAY
from netquality._sample.dice import Dice
from netquality._sample.groups import group_threads
from netquality._sample.messages import Thread
from netquality._sample.oddments import oddments
from netquality._sample.stories import one_to_one

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netquality._sample.messages import Message
    from netquality._sample.people import Person
    from netquality._sample.world import World

_TWICE = 9  # rows that the file has twice
_DISORDER = 240  # days by which threads stray from newest first


def inbox(world: World, people: list[Person], others: list[Person]) -> Iterator[Thread]:
    """Yield the threads, the newer ones roughly first."""
    if world.settings.messages == 0:
        return
    dice = Dice(world.settings.seed, "order")
    small = group_threads(world, people, others) + oddments(world, people)
    order: list[tuple[int, int, Thread | Person]] = []
    for thread in small:
        rows = thread.rows
        if rows:
            order.append((rows[0].at // DAY + dice.below(_DISORDER), len(order), thread))
    for person in people + others:
        day = person.spans[-1].end if person.spans else person.talk_day
        order.append((day + dice.below(_DISORDER), len(order), person))
    order.sort(key=lambda place: place[:2], reverse=True)
    for _, _, item in order:
        thread = item if isinstance(item, Thread) else one_to_one(world, item)
        if thread.messages or thread.drafts:
            yield thread


def with_doubles(world: World, threads: Iterator[Thread]) -> Iterator[tuple[Thread, Message, bool]]:
    """Yield each row of the file, a few of them twice in a row: (thread, message, is the copy)."""
    dice = Dice(world.settings.seed, "doubles")
    left, wait = _TWICE, dice.between(20, 60)
    for thread in threads:
        for message in thread.rows:
            yield thread, message, False
            wait -= 1
            if left and wait <= 0 and message.what in {"real", "canned"}:
                yield thread, message, True
                left, wait = left - 1, dice.between(100, 900)
