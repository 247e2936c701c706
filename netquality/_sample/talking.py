"""How a conversation runs: who speaks, about what, at what length, asking or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netquality._sample.dice import Dice
    from netquality._sample.phrases import Phrase, Phrasebook, Topic

_ACKNOWLEDGE = 0.3
_KEEP_TALKING = 0.12  # chance that the same side writes twice in a row
_PARAGRAPHS = 0.3


class Manner(NamedTuple):
    """How two people write: names, the chance that a message asks, how personal and long it is."""

    names: tuple[str, str]  # of the opener and of the other: each is addressed by the other side
    asks: tuple[float, float]
    personal: float = 0.4
    depth: float = 0.3  # chance of each further sentence
    kinds: tuple[str, str] = ("personal", "work")  # of topics; the first with the chance above
    is_warm: bool = True  # with words of welcome, assent and farewell


class Deck:
    """The topics two people have: all are talked about before one comes up again."""

    def __init__(self, book: Phrasebook) -> None:
        self._topics = book.topics
        self._left: dict[str, list[Topic]] = {}

    def draw(self, dice: Dice, kind: str) -> Topic:
        """Return the next topic of this kind."""
        left = self._left.setdefault(kind, [])
        if not left:
            left += dice.shuffled(self._topics[kind])
        return left.pop()


class _Side:
    """What one of the two still has to say about the topic."""

    def __init__(self, dice: Dice, topic: Topic, role: int) -> None:
        self.says = dice.shuffled(topic.says[role])
        self.asks = dice.shuffled(topic.asks[role])


class Conversation:
    """Messages of two people about one thing, then another. Nobody repeats themselves in it."""

    def __init__(
        self, dice: Dice, book: Phrasebook, manner: Manner, deck: Deck | None = None
    ) -> None:
        self._dice, self._book, self._manner = dice, book, manner
        self._small = dice.shuffled(book.lines["small"])
        self._deck = deck or Deck(book)
        self._sides: tuple[_Side, _Side]

    def messages(self, length: int) -> Iterator[tuple[int, str]]:
        """Yield (side, text), at least one by each side; side 0 opens."""
        yield 0, self._opening()
        side = 1
        for turn in range(1, length):
            yield side, self._turn(side, turn, length)
            if turn > 1 and self._dice.chance(_KEEP_TALKING):
                continue
            side = 1 - side

    def _take_topic(self, opener: int) -> str:
        first, second = self._manner.kinds
        kind = first if self._dice.chance(self._manner.personal) else second
        topic = self._deck.draw(self._dice, kind)
        roles = (_Side(self._dice, topic, 0), _Side(self._dice, topic, 1))
        self._sides = roles if opener == 0 else roles[::-1]
        return self._say(self._dice.pick(topic.first), opener)

    def _say(self, phrase: Phrase, side: int) -> str:
        return phrase.say(self._dice, {"you": self._manner.names[1 - side]})

    def _opening(self) -> str:
        dice = self._dice
        hello = self._say(dice.pick(self._book.lines["hi"]), 0)
        said = [self._take_topic(0)]
        self._add_more(said, 0)
        self._add_question(said, 0)
        gap = "\n\n" if dice.chance(_PARAGRAPHS) else "\n"
        return hello + gap + " ".join(said)

    def _turn(self, side: int, turn: int, length: int) -> str:
        dice, lines = self._dice, self._book.lines
        said: list[str] = []
        if self._manner.is_warm and dice.chance(_ACKNOWLEDGE):
            said.append(self._say(dice.pick(lines["glad" if turn == 1 else "ack"]), side))
        if not self._sides[side].says:
            said.append(self._say(dice.pick(lines["aside"]), side))
            said.append(self._take_topic(side))
        else:
            said.append(self._say(self._sides[side].says.pop(), side))
        self._add_more(said, side)
        self._add_question(said, side)
        is_last = turn == length - 1 > 1
        if is_last and self._manner.is_warm and dice.chance(0.5):
            said.append(self._say(dice.pick(lines["bye"]), side))
        return " ".join(said)

    def _add_more(self, said: list[str], side: int) -> None:
        dice, own = self._dice, self._sides[side].says
        while own and dice.chance(self._manner.depth):
            said.append(self._say(own.pop(), side))
        if self._small and dice.chance(self._manner.depth / 4):
            said.append(self._say(self._small.pop(), side))

    def _add_question(self, said: list[str], side: int) -> None:
        """Ask, with a chance that nothing else alters: the planted balance of listening."""
        if not self._dice.chance(self._manner.asks[side]):
            return
        left = self._sides[side].asks
        if not left:
            said.append(self._say(self._dice.pick(self._book.lines["question"]), side))
        else:
            said.append(self._say(left.pop(), side))
