"""One invented person, and the story of the two."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from netquality._sample.world import Party

if TYPE_CHECKING:
    from netquality._sample.names import Name

# Share of each story by how the tie began; what is missing to 1 is silence. The planted truth.
STORIES: dict[str, dict[str, float]] = {
    "colleague": {
        "relationship": 0.135, "short_exchange": 0.02, "greetings": 0.035, "opener_ignored": 0.015,
        "they_wrote": 0.015, "lone_note": 0.01, "note_and_thanks": 0.005,
    },
    "school": {"relationship": 0.30, "short_exchange": 0.04, "greetings": 0.06, "lone_note": 0.02},
    "leisure": {"relationship": 0.38, "short_exchange": 0.04, "greetings": 0.03},
    "client": {
        "relationship": 0.17, "short_exchange": 0.10, "they_wrote": 0.06, "late_answer": 0.03,
        "greetings": 0.03, "lone_note": 0.03,
    },
    "event": {
        "relationship": 0.055, "short_exchange": 0.035, "lone_note": 0.07, "note_and_thanks": 0.018,
        "opener_ignored": 0.03, "they_wrote": 0.015, "lone_hello": 0.015, "late_answer": 0.008,
        "greetings": 0.01,
    },
    "recruiter": {
        "relationship": 0.02, "pitch_and_no": 0.26, "pitch": 0.22, "lone_note": 0.11,
        "note_and_thanks": 0.04,
    },
    "request": {
        "relationship": 0.02, "short_exchange": 0.025, "pitch": 0.03, "they_wrote": 0.012,
        "opener_ignored": 0.015, "lone_note": 0.065, "note_and_thanks": 0.014, "greetings": 0.02,
        "lone_hello": 0.008, "late_answer": 0.005,
    },
}  # fmt: skip

# How the ties began, as shares of all connections (conferences come on top: `event_share`).
ORIGINS = {
    "colleague": 0.385, "school": 0.10, "leisure": 0.07, "client": 0.055, "recruiter": 0.07,
    "request": 0.32,
}  # fmt: skip

FROM_BUSINESS = ("colleague", "client", "event", "recruiter", "request")
YEARLY_END = 0.08  # chance that a relationship from school or leisure ends within a year


class Span(NamedTuple):
    """A time in which the two kept talking, from first talk to last; `is_over` if it then ended."""

    start: int
    end: int
    is_over: bool


@dataclass
class Person:
    """Somebody the owner knows, with all that the files will say of them."""

    number: int
    name: Name
    company: str
    position: str
    connected: int | None  # None: no connection (any more)
    origin: str
    community: str = ""
    also_in: str = ""  # a second community: a broker
    story: str = "silent"
    is_hidden: bool = False
    note: str = ""
    note_is_default: bool = False
    owner_invited: bool = False
    invited_at: int = 0
    spans: list[Span] = field(default_factory=list)
    conversations: int = 0
    talk_day: int = 0  # of stories with a single occasion
    is_good_old_friend: bool = False
    email: str = ""
    birthday: int = 0  # days after New Year
    in_contacts: bool = False
    recommended_owner: bool = False
    owner_recommended: bool = False

    @property
    def shown(self) -> str:
        """The name as messages show it."""
        return f"{self.name.first} {self.name.last}"

    @property
    def key(self) -> str:
        """The normalised slug."""
        return normalize("NFC", self.name.slug).casefold()

    @property
    def party(self) -> Party:
        """The person as sender or recipient."""
        return Party(self.shown, f"https://www.linkedin.com/in/{self.name.slug}", self.key)

    @property
    def language(self) -> str:
        """The language the two write in."""
        return self.name.language

    @property
    def note_was_answered(self) -> bool:
        """Whether a real answer followed the invitation note."""
        return bool(self.note) and bool(self.spans or self.story == "short_exchange")
