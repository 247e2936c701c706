"""The owner's world: jobs, schools, clubs, conferences, companies. All of it invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from netquality._sample.dates import iso_day, month_start
from netquality._sample.dice import Dice

if TYPE_CHECKING:
    from netquality._sample.settings import SampleSettings

CHANGE_WINDOW = 90  # days on either side of a job change
_EVENT_SIZE = 22
_MOST_EVENTS = 60
_DRIFT = 3.0  # how much faster people connect at the end than at the beginning
_WEEK = (1.0, 1.0, 1.0, 1.0, 0.8, 0.3, 0.35)
_SITTINGS_PER_YEAR = 45
_INVITATION_DAYS = 304


class Party(NamedTuple):
    """Somebody as a message shows them."""

    name: str
    url: str
    key: str


HIDDEN = Party("LinkedIn Member", "", "?")


class Job(NamedTuple):
    """An employer of the owner; `end` is missing for the present one."""

    company: str
    titles: tuple[tuple[str, int], ...]  # title, first day
    start: int
    end: int | None
    spellings: tuple[str, ...]


class Event(NamedTuple):
    """A conference after which the owner came home with a stack of cards."""

    name: str
    day: int
    weight: float

    @property
    def community(self) -> str:
        """The key of those met there."""
        return f"event: {self.name}"


OWNER = Party(
    "Mira Talvenne", "https://www.linkedin.com/in/mira-talvenne-7c41b09", "mira-talvenne-7c41b09"
)
OWNER_GIVEN = "Mira"
OWNER_BIRTHDAY = 72  # days after New Year
MEMBER_ID = "804400155"

SCHOOLS = ("Kestrel Hill University", "Brunnelstadt School of Economics")
CLUBS = ("the Ridge Walkers", "the Tuesday Choir")

_JOBS = (
    (
        "Larkfield Instruments", 0.06, 0.335, ("Analyst",),
        ("Larkfield Instruments", "Larkfield Instruments Ltd", "LARKFIELD INSTRUMENTS"),
    ),
    (
        "Norrbeck Logistics", 0.335, 0.64, ("Senior Analyst", "Head of Planning"),
        ("Norrbeck Logistics", "Norrbeck Logistics GmbH", "Norrbeck Logistics, Inc."),
    ),
    (
        "Tessel & Pine", 0.64, None, ("Director of Operations",),
        ("Tessel & Pine", "Tessel & Pine B.V.", "tessel & pine"),
    ),
)  # fmt: skip
_EVENT_HEADS = (
    "Northlight", "Harbour", "Open Crate", "Blue Ledger", "Tramline", "Long Table", "Paper Crane",
    "Second Shift", "Copper Bell", "High Tide",
)  # fmt: skip
_EVENT_TAILS = (
    "Data Days", "Logistics Forum", "Makers' Mixer", "Operations Summit", "Supply Week",
    "Analysts' Day",
)  # fmt: skip
_COMPANY_HEADS = (
    "Quillhaven", "Aldermoor", "Brightsedge", "Cobaltine", "Dovetrail", "Emberwick", "Fernhollow",
    "Glasswharf", "Hollowreed", "Inkstone Row", "Junipero Vale", "Kitebridge", "Lumenfold",
    "Marrowgate", "Nettleforge", "Oakhurstine", "Pebbleworth", "Quernstone", "Rivenlake",
    "Saltmarch", "Thornquay", "Umberfield", "Velloway", "Wrenhaven", "Yarrowby", "Zephyrine",
)  # fmt: skip
_COMPANY_TAILS = (
    "Systems", "Logistics", "Foods", "& Partners", "Software", "Health", "Labs", "Consulting",
    "GmbH", "Textiles", "Energy", "Bank", "Studio", "S.A.", "Insurance", "Media",
)  # fmt: skip
TITLES = (
    "Analyst", "Senior Analyst", "Project Manager", "Product Manager", "Software Engineer",
    "Account Manager", "Head of Purchasing", "Operations Manager", "Consultant", "Founder",
    "Marketing Manager", "Data Engineer", "Controller", "Designer", "Partner", "Team Lead",
    "Managing Director", "Leiter Einkauf", "Chef de projet", "Jefa de producto",
    "Responsabile vendite",
    "Supply Chain Planner", "VP, Operations", "Lecturer", "Nurse Manager", "Student",
)  # fmt: skip


@dataclass(frozen=True)
class World:
    """What holds for everybody in the sample."""

    settings: SampleSettings
    jobs: tuple[Job, ...]
    events: tuple[Event, ...]
    sittings: tuple[int, ...] = field(repr=False)  # days on which the owner tends the network

    @property
    def changes(self) -> tuple[int, ...]:
        """The days on which the owner began a job."""
        return tuple(job.start for job in self.jobs)

    @property
    def invitations_from(self) -> int:
        """The first day that Invitations.csv still knows: about ten months back."""
        return self.settings.last_day - _INVITATION_DAYS

    def in_change(self, day: int) -> bool:
        """Tell whether the day lies within 90 days of a job change."""
        return any(abs(day - change) <= CHANGE_WINDOW for change in self.changes)

    @property
    def quiet(self) -> dict[str, int]:
        """The worlds gone quiet, and the day by which the last talk there was over."""
        if not self.settings.quiet_worlds:
            return {}
        return {
            work_community(self.jobs[0]): self.settings.day_at(0.47),
            f"outside: {CLUBS[1]}": self.settings.day_at(0.72),
        }

    def on_a_sitting(self, day: int) -> int:
        """Return the first sitting on or after the day."""
        low, high = 0, len(self.sittings) - 1
        while low < high:
            middle = (low + high) // 2
            if self.sittings[middle] < day:
                low = middle + 1
            else:
                high = middle
        return max(day, self.sittings[low])

    def any_day(self, dice: Dice, first: int, last: int) -> int:
        """Draw a day of connecting: the pace drifts up, follows the week, comes in sittings."""
        begin, whole = self.settings.first_day, self.settings.last_day - self.settings.first_day
        for _ in range(50):
            day = dice.between(first, last)
            pace = (1 + _DRIFT * (day - begin) / whole) / (1 + _DRIFT)
            if dice.chance(pace * _WEEK[(day - 1) % 7]):
                break
        return min(last, self.on_a_sitting(day)) if dice.chance(0.5) else day


def work_community(job: Job) -> str:
    """Return the key of an employer's people."""
    return f"work: {job.company}"


def any_company(dice: Dice) -> str:
    """Return an invented company; some are met far more often than others."""
    head = _COMPANY_HEADS[int(dice.skewed(6, 10_000)) % len(_COMPANY_HEADS)]
    return f"{head} {_COMPANY_TAILS[int(dice.skewed(4, 10_000)) % len(_COMPANY_TAILS)]}"


def make_world(settings: SampleSettings) -> World:
    """Lay out jobs, conferences and the days of connecting for these settings."""
    return World(settings, _jobs(settings), _events(settings), _sittings(settings))


def _jobs(settings: SampleSettings) -> tuple[Job, ...]:
    jobs = []
    for company, begin, end, titles, spellings in _JOBS:
        start = month_start(settings.day_at(begin))
        step = (settings.day_at(end or 1.0) - start) // len(titles)
        steps = tuple((title, month_start(start + step * n)) for n, title in enumerate(titles))
        over = month_start(settings.day_at(end)) - 1 if end else None
        jobs.append(Job(company, steps, start, over, spellings))
    return tuple(jobs)


def _events(settings: SampleSettings) -> tuple[Event, ...]:
    guests = settings.connections * settings.event_share
    count = 0 if guests == 0 else max(1, min(_MOST_EVENTS, round(guests / _EVENT_SIZE)))
    dice = Dice(settings.seed, "events")
    names = dice.shuffled([f"{head} {tail}" for head in _EVENT_HEADS for tail in _EVENT_TAILS])
    events = []
    for number, name in enumerate(names[:count]):
        day = settings.day_at((number + 0.2 + 0.6 * dice.random()) / count)
        if number == count - 1:
            day = settings.last_day - 45  # the cards of the last one are still warm
        day -= max(0, (day - 1) % 7 - 3)  # conferences are on weekdays
        year = iso_day(day)[:4]
        events.append(Event(f"{name} {year}", day, 0.5 + 1.5 * dice.random()))
    return tuple(events)


def _sittings(settings: SampleSettings) -> tuple[int, ...]:
    dice = Dice(settings.seed, "sittings")
    share = _SITTINGS_PER_YEAR / 365
    days = range(settings.first_day, settings.last_day + 1)
    some = [day for day in days if dice.chance(share * _WEEK[(day - 1) % 7] / 0.78)]
    return (*some, settings.last_day)
