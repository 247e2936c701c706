"""Everybody in the sample: who they are, how it began, what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality._sample.dates import DAY
from netquality._sample.dice import Dice
from netquality._sample.lives import give_lives
from netquality._sample.names import HARD_NAMES, Name, invent, plain
from netquality._sample.people import ORIGINS, STORIES, Person
from netquality._sample.phrases import phrasebook
from netquality._sample.world import (
    CLUBS,
    OWNER_GIVEN,
    SCHOOLS,
    TITLES,
    any_company,
    work_community,
)

if TYPE_CHECKING:
    from netquality._sample.world import Event, World

_HIDDEN_SHARE = 0.024
_EMAIL_SHARE = 0.02
_RECENT_NOTES = 0.06  # of the silent: notes have come into use again
_NOTE_SHARE = 0.13  # of those who then talk, and also wrote a note
_STILL_THERE = (0.15, 0.3, 0.6)  # colleagues who are at the company today, by job
_FIRST_MONTHS = 240
_NOTE_USES = {"event": "eventnote", "colleague": "worknote", "recruiter": "recruiternote"}
_MIN_FOR_HARD_NAMES = 200
_NAMESAKES_PER = 225


def make_cast(world: World) -> list[Person]:
    """Invent the connections (newest number last), then give each their story and its dates."""
    settings = world.settings
    people = [_person(world, number) for number in range(settings.connections)]
    give_lives(world, people)
    _use_hard_names(people)
    _hide_some(world, people)
    _make_namesakes(world, people)
    for person in people:
        _add_invitation(world, person)
    return people


def make_others(world: World, people: list[Person]) -> list[Person]:
    """Invent people who are no connections: removed since, or only ever in a thread."""
    settings = world.settings
    others = []
    for number in range(max(6, settings.connections // 40)):
        dice = Dice(settings.seed, "other", number)
        person = Person(
            len(people) + number, invent(dice), any_company(dice), dice.pick(TITLES), None, "other"
        )
        person.story = dice.weighted(
            {"pitch": 0.35, "pitch_and_no": 0.15, "short_exchange": 0.2, "group_only": 0.3}
        )
        person.talk_day = world.any_day(dice, settings.first_day + 100, settings.last_day - 30)
        others.append(person)
    return others


def _person(world: World, number: int) -> Person:
    settings = world.settings
    dice = Dice(settings.seed, "person", number)
    if world.events and dice.chance(settings.event_share):
        person = _from_event(world, dice, number)
    else:
        origin = dice.weighted(ORIGINS)
        person = _from_life(world, dice, number, origin)
    if dice.chance(_EMAIL_SHARE):
        person.email = f"{plain(person.name.given)}.{person.name.slug[-4:]}@example.com"
    person.birthday = Dice(settings.seed, "birthday", number).below(365)
    person.story = _story(world, dice, person)
    return person


def _story(world: World, dice: Dice, person: Person) -> str:
    shares = STORIES[person.origin]
    told = 0.0
    for share in shares.values():
        told += share
    story = dice.weighted({**shares, "silent": 1.0 - told})
    is_recent = (person.connected or 0) >= world.invitations_from
    if story == "silent" and is_recent and dice.chance(_RECENT_NOTES):
        return "lone_note"
    return story


def _from_event(world: World, dice: Dice, number: int) -> Person:
    event: Event = dice.weighted({event: event.weight for event in world.events})
    day = event.day + (dice.below(2) if dice.chance(0.6) else int(dice.skewed(2, 9)))
    name, company = invent(dice), any_company(dice)
    day = min(day, world.settings.last_day)
    title = dice.pick(TITLES)
    return Person(number, name, company, title, day, "event", event.community)


def _from_life(world: World, dice: Dice, number: int, origin: str) -> Person:
    settings = world.settings
    first, last = settings.first_day, settings.last_day
    name, company, community = invent(dice), any_company(dice), ""
    if origin == "colleague":
        which = dice.weighted({0: 0.28, 1: 0.38, 2: 0.34})
        job = world.jobs[which]
        community = work_community(job)
        day = _day_with_a_job(world, dice, job.start, job.end)
        if dice.chance(_STILL_THERE[which]):
            company = dice.weighted(dict(zip(job.spellings, (0.8, 0.12, 0.08), strict=True)))
    elif origin == "school":
        community = f"school: {SCHOOLS[dice.chance(0.35)]}"
        day = world.any_day(dice, first, dice.between(first + 200, last))
    elif origin == "leisure":
        community = f"outside: {CLUBS[dice.chance(0.45)]}"
        quiet_by = world.quiet.get(community, last)
        day = world.any_day(dice, first, min(last, quiet_by) - 300)
    else:
        day = world.any_day(dice, first, last)
    title = "Technical Recruiter" if origin == "recruiter" else dice.pick(TITLES)
    return Person(number, name, company, title, day, origin, community)


def _day_with_a_job(world: World, dice: Dice, start: int, end: int | None) -> int:
    """Draw a day of connecting with a colleague: more in the first months, some after the job."""
    last = world.settings.last_day
    if dice.chance(0.4):
        return world.any_day(dice, start, min(last, start + _FIRST_MONTHS))
    return world.any_day(dice, start, min(last, (end or last) + 90))


def _use_hard_names(people: list[Person]) -> None:
    """Give the names that trip parsers to friends and to strangers, in turn."""
    if len(people) < _MIN_FOR_HARD_NAMES:
        return
    friends = [person for person in people if person.spans]
    strangers = [person for person in people if not person.spans]
    for number, name in enumerate(HARD_NAMES):
        home = friends if number % 2 == 0 and number < len(friends) else strangers
        home[number].name = name
    (friends or people)[-1].company = "NA"


def _make_namesakes(world: World, people: list[Person]) -> None:
    """Give some the name of another, the first of them of somebody who recommended the owner."""
    dice = Dice(world.settings.seed, "namesakes")
    named = [p for p in people if not p.is_hidden and p.name not in HARD_NAMES]
    mixed = dice.shuffled(named)
    esteemed = [person for person in mixed if person.recommended_owner][:1]
    mixed = esteemed + [person for person in mixed if person not in esteemed]
    pairs = len(people) // _NAMESAKES_PER
    for one, other in zip(mixed[:pairs], reversed(mixed), strict=False):
        slug = f"{one.name.slug.rpartition('-')[0]}-{dice.below(0x1000_0000):07x}"
        other.name = one.name._replace(slug=slug)


def _hide_some(world: World, people: list[Person]) -> None:
    """Hide some of the silent: their row keeps nothing but the date."""
    dice = Dice(world.settings.seed, "hidden")
    silent = [
        person
        for person in people
        if person.story == "silent"
        and person.name not in HARD_NAMES
        and not (person.recommended_owner or person.owner_recommended)
    ]
    for person in dice.some(silent, round(len(people) * _HIDDEN_SHARE)):
        person.is_hidden = True
        person.name = Name("", "", "", "en", "")
        person.email = person.company = person.position = ""


def _add_invitation(world: World, person: Person) -> None:
    """Say who invited whom and when, and what the invitation said."""
    dice = Dice(world.settings.seed, "invitation", person.number)
    connected = person.connected or 0
    person.owner_invited = dice.chance(0.75 if person.origin == "event" else 0.42)
    if person.origin == "recruiter":
        person.owner_invited = False
    earlier = int(dice.skewed(0.7, 50) * DAY)
    person.invited_at = connected * DAY + dice.between(60, 20_000) - earlier
    talks_at_once = person.talk_day >= connected or (
        bool(person.spans) and person.spans[0].start >= connected
    )
    is_note_story = person.story in {"lone_note", "note_and_thanks"}
    has_talk = person.story in {"relationship", "short_exchange"} and talks_at_once
    share = 0.4 if (person.connected or 0) >= world.invitations_from else _NOTE_SHARE
    if is_note_story or (has_talk and dice.chance(share)):
        book = phrasebook(person.language)
        you = person.name.given if person.owner_invited else OWNER_GIVEN
        person.note_is_default = dice.chance(0.15)
        place = person.community.removeprefix("event: ")
        use = "defaultnote" if person.note_is_default else _note_use(person)
        person.note = book.say(use, dice, you, event=place)


def _note_use(person: Person) -> str:
    return _NOTE_USES.get(person.origin, "note")
