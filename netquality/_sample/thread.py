"""The pen that writes one person's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality._sample.dates import year_start
from netquality._sample.messages import Message
from netquality._sample.phrases import phrasebook
from netquality._sample.talking import Deck, Manner
from netquality._sample.world import OWNER, OWNER_BIRTHDAY, OWNER_GIVEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netquality._sample.dice import Dice
    from netquality._sample.people import Person
    from netquality._sample.world import World

OTHERS_ASK = 0.36  # share of messages in relationships that ask something
MOST_OPENED = 0.9
USUALLY_OPENED = 0.3  # share of conversations that the owner opens, where no effect is planted
_PERSONAL = {"school": 0.75, "leisure": 0.85, "colleague": 0.4}
_ODD_STARTS = ("+1. ", "- ", "=> ", "@{you} ")
_ODD = 0.006
_ENTITY = 0.3


class Pen:
    """Writes messages of the owner (side 0) and one person (side 1)."""

    def __init__(self, world: World, person: Person, dice: Dice) -> None:
        self.world, self.person, self.dice = world, person, dice
        self.book = phrasebook(person.language)
        self.deck = Deck(self.book)
        self._greeted: list[tuple[str, int, int]] = []
        self.written: list[Message] = []
        self._parties = (OWNER, person.party)
        self._given = (OWNER_GIVEN, person.name.given)

    def write(
        self,
        at: int,
        side: int,
        text: str,
        what: str = "real",
        set_phrase: str = "",
        *,
        in_invitations: bool = False,
        attachment: str = "",
    ) -> None:
        """Write one message."""
        sender, reader = self._parties[side], self._parties[1 - side]
        if what == "real" and text:
            text = self._roughen(text, 1 - side)
        self.written.append(
            Message(
                at, sender, (reader,), text, what, set_phrase,
                attachment=attachment, in_invitations=in_invitations,
            )
        )  # fmt: skip

    def say(self, at: int, side: int, use: str, what: str = "real") -> None:
        """Write a phrase of this use."""
        text = self.book.say(use, self.dice, self._given[1 - side])
        self.write(at, side, text, what, "canned" if what == "canned" else "")

    def manner(self, opener: int) -> Manner:
        """Return how the two write when this side opens."""
        person = self.person
        asks = (OTHERS_ASK * self.world.settings.listening, OTHERS_ASK)
        friend = person.is_good_old_friend
        personal = 0.85 if friend else _PERSONAL.get(person.origin, 0.25)
        depth = 0.42 if friend else 0.25
        order = (opener, 1 - opener)
        return Manner(
            (self._given[order[0]], self._given[order[1]]),
            (asks[order[0]], asks[order[1]]),
            personal,
            depth,
        )

    def opening_side(self, day: int) -> int:
        """Draw who opens a conversation: the owner more often around a job change."""
        ratio = self.world.settings.job_change_outreach
        around = min(MOST_OPENED, USUALLY_OPENED * ratio)
        return 0 if self.dice.chance(around if self.world.in_change(day) else around / ratio) else 1

    def occasion(self, uses: Sequence[str], side: int, span: tuple[int, int]) -> tuple[str, int]:
        """Draw a greeting and a day for it: birthdays return, the season is the end of December."""
        dice = self.dice
        first, last = span
        for _ in range(6):
            use, day = dice.pick(uses), dice.between(first, last)
            if use in {"birthday", "season"}:
                of_reader = self.person.birthday if side == 0 else OWNER_BIRTHDAY
                after = of_reader if use == "birthday" else dice.between(353, 364)
                day = year_start(day) + after
            if first <= day <= last and (use, side, day) not in self._greeted:
                break
        else:
            use, day = "anniversary", dice.between(first, last)
        self._greeted.append((use, side, day))
        return use, day

    def after_note(self, at: int) -> int:
        """Return the time, moved after the note if there is one."""
        return max(at, self.written[0].at + 1_800) if self.written else at

    def _roughen(self, text: str, reader: int) -> str:
        """Let a few messages trip a parser: by an entity, or a formula's first character."""
        if self.dice.random() < _ODD:
            return self.dice.pick(_ODD_STARTS).replace("{you}", self._given[reader]) + text
        if "'" in text and self.dice.chance(_ENTITY):
            return text.replace("'", "&#39;")
        return text
