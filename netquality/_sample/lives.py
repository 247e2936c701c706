"""When the two talked: relationships that last, rest, come back, drift; and single occasions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality._sample.dice import Dice
from netquality._sample.people import FROM_BUSINESS, YEARLY_END, Person, Span

if TYPE_CHECKING:
    from netquality._sample.world import World

LONGEST_GAP = (
    245  # days: one answered conversation lies in the middle of each such stretch of a span
)
RESTS_AFTER = 395
_SHORTEST_SPAN = 40
_TIME_TO_ANSWER = {"pitch_and_no": 12, "short_exchange": 10, "late_answer": 601}  # days
_FIRST_TALK_BY = 85
_BEFORE_CONNECTING = 0.14
_COMES_BACK = 0.25
_GOOD_OLD_FRIENDS = 0.4
_MESSAGES_PER_CONVERSATION = 3.75
_OTHER_ROWS = 1.25  # rows per connection that are no talk within relationships
_BROKERS_PER = 130
_MOST_WEIGHT = 100


def fewest_conversations(span: Span) -> int:
    """Return how many conversations keep the gaps within a span short: first, last, in between."""
    return 2 + -(-(span.end - span.start) // LONGEST_GAP)


def give_lives(world: World, people: list[Person]) -> None:
    """Give every story its dates, and share out the conversations, heavy-tailed."""
    for person in people:
        dice = Dice(world.settings.seed, "life", person.number)
        person.talk_day = _first_talk(world, dice, person)
        if person.talk_day > world.settings.last_day - _TIME_TO_ANSWER.get(person.story, 0):
            person.story = "silent"
        if person.story == "relationship":
            person.spans = _spans(world, dice, person)
            if not person.spans:
                person.story = "silent"
        elif person.story == "greetings":
            person.conversations = 1 if dice.chance(0.4) else 1 + int(dice.skewed(2, 12))
        _mark_friends(world, dice, person)
    _pick_the_polite(world, people)
    _share_out(world, [person for person in people if person.spans])
    _make_brokers(world, people)


def _first_talk(world: World, dice: Dice, person: Person) -> int:
    """Draw the day of the first talk: soon after connecting, or (rarely) before."""
    connected = person.connected or 0
    talks = person.story in {"relationship", "short_exchange", "they_wrote"}
    if talks and person.origin not in {"event", "recruiter"} and dice.chance(_BEFORE_CONNECTING):
        return connected - 1 - int(dice.skewed(40, 400))
    if person.story == "opener_ignored":
        return _day_to_write(world, dice, connected)
    return connected + int(dice.skewed(6, _FIRST_TALK_BY))


def _day_to_write(world: World, dice: Dice, connected: int) -> int:
    """Draw a day on which the owner writes out of the blue: more often around a job change."""
    settings = world.settings
    while True:
        day = dice.between(connected, settings.last_day)
        if world.in_change(day) or dice.chance(1 / settings.job_change_outreach):
            return day


def _lifetime(world: World, dice: Dice, person: Person) -> int:
    """Draw days from first to last talk: each year ends it with the same chance."""
    ratio = world.settings.survival_ratio if person.origin in FROM_BUSINESS else 1.0
    ends = min(0.9, YEARLY_END * ratio)
    years = 0
    while not dice.chance(ends):
        years += 1
        if years > world.settings.years:
            break
    return years * 365 + dice.below(365)


def _spans(world: World, dice: Dice, person: Person) -> list[Span]:
    last_day = world.settings.last_day
    spans: list[Span] = []
    start = person.talk_day
    quiet_by = world.quiet.get(person.community)
    while start <= last_day - _SHORTEST_SPAN:
        end = start + max(_SHORTEST_SPAN, _lifetime(world, dice, person))
        end = _after_drift(world, dice, person, start, end)
        if quiet_by is not None:
            end = min(end, max(start + _SHORTEST_SPAN, quiet_by - dice.below(500)))
        spans.append(Span(start, min(end, last_day), is_over=end <= last_day))
        start = end + RESTS_AFTER + 30 + int(dice.skewed(400, 2_500))
        if quiet_by is not None or not dice.chance(_COMES_BACK):
            break
    return spans


def _after_drift(world: World, dice: Dice, person: Person, start: int, end: int) -> int:
    """End some relationships with colleagues when the owner leaves the company."""
    for job in world.jobs:
        is_theirs = person.community == f"work: {job.company}"
        if is_theirs and job.end is not None and start + _SHORTEST_SPAN <= job.end < end:
            drifts = dice.chance(world.settings.drift_after_job_change)
            end = min(end, job.end + 20 + dice.below(120)) if drifts else end
    return end


def _mark_friends(world: World, dice: Dice, person: Person) -> None:
    """Plant the good old friends: long close, at rest now; and signs of esteem."""
    is_relationship = bool(person.spans)
    rests = is_relationship and world.settings.last_day - person.spans[-1].end > RESTS_AFTER
    is_long = is_relationship and person.spans[0].end - person.spans[0].start > RESTS_AFTER
    person.is_good_old_friend = rests and is_long and dice.chance(_GOOD_OLD_FRIENDS)
    share = 0.3 if person.is_good_old_friend else 0.08 if is_relationship else 0.0
    if person.origin in {"colleague", "client"}:
        share += 0.015
        person.recommended_owner = dice.chance(share)
        person.owner_recommended = dice.chance(share)
    person.in_contacts = dice.chance(0.3 if is_relationship else 0.012)


def _share_out(world: World, friends: list[Person]) -> None:
    """Give each span its fewest conversations; share the rest by weights with a heavy tail."""
    settings = world.settings
    weights, fewest = [], 0
    for person in friends:
        dice = Dice(settings.seed, "weight", person.number)
        days = sum(span.end - span.start for span in person.spans)
        weight = dice.skewed(1.0, _MOST_WEIGHT) * (0.5 + days / 3650)
        weights.append(weight + (6.0 if person.is_good_old_friend else 0.0))
        least = sum(fewest_conversations(span) for span in person.spans)
        person.conversations = least
        fewest += least
    budget = settings.messages - _OTHER_ROWS * settings.connections
    spare = max(0.0, budget / _MESSAGES_PER_CONVERSATION - fewest)
    total = 0.0
    for weight in weights:
        total += weight
    for person, weight in zip(friends, weights, strict=True):
        person.conversations += int(spare * weight / total)


def _pick_the_polite(world: World, people: list[Person]) -> None:
    """Let the greeting acquaintance of longest standing send dozens over the years."""
    polite = [person for person in people if person.story == "greetings"]
    if polite:
        oldest = min(polite, key=lambda person: person.connected or 0)
        oldest.conversations = 3 * world.settings.years


def _make_brokers(world: World, people: list[Person]) -> None:
    """Let a few belong to two communities."""
    settings = world.settings
    dice = Dice(settings.seed, "brokers")
    lasting = [p for p in people if p.spans and p.community and p.origin != "event"]
    homes = sorted({p.community for p in lasting})
    for person in dice.some(lasting, max(1, settings.connections // _BROKERS_PER)):
        elsewhere = [home for home in homes if home != person.community]
        person.also_in = dice.pick(elsewhere) if elsewhere else ""
