"""A message as the export shows it, with its true nature; threads of them."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from netquality._sample.dates import DAY
from netquality._sample.world import Party

if TYPE_CHECKING:
    from netquality._sample.dice import Dice


class Message(NamedTuple):
    """One row of messages.csv; what stands below `text` is not all visible there."""

    at: int
    sender: Party
    recipients: tuple[Party, ...]
    text: str
    what: str = "real"
    set_phrase: str = ""  # "canned", "default note" or nothing
    subject: str = ""
    folder: str = "INBOX"
    attachment: str = ""
    in_invitations: bool = False


NOBODY = Party("", "", "")


@dataclass
class Thread:
    """A conversation: its messages, oldest first, and drafts that were never sent."""

    conversation_id: str
    title: str = ""
    messages: list[Message] = field(default_factory=list)
    drafts: list[Message] = field(default_factory=list)

    @property
    def rows(self) -> list[Message]:
        """The messages as the file has them: newest first, drafts after the oldest."""
        newest_first = sorted(self.messages, key=lambda message: message.at, reverse=True)
        return newest_first + self.drafts


def conversation_id(dice: Dice) -> str:
    """Invent an id in LinkedIn's form."""
    digits = "".join(f"{dice.below(0x1_0000_0000):08x}" for _ in range(4))
    parts = (digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])
    return (
        "2-" + b64encode(f"{'-'.join(parts)}_{dice.pick(('010', '100', '500'))}".encode()).decode()
    )


def by_day(at: int) -> int:
    """Return the time, or for an answer in the small hours a time that morning."""
    return at + 18_000 if at % DAY < 18_000 else at  # noqa: PLR2004 - five in the morning


def time_of_day(dice: Dice) -> int:
    """Return a second of the day between six in the morning and ten at night."""
    return 21_600 + dice.below(57_600)
