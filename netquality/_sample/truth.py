"""The truth beside the sample: what was planted, person by person and as a whole."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from netquality._sample.archive import line
from netquality._sample.dates import iso_day
from netquality._sample.groups import communities
from netquality._sample.lives import LONGEST_GAP, RESTS_AFTER
from netquality._sample.people import FROM_BUSINESS, STORIES, YEARLY_END
from netquality._sample.thread import MOST_OPENED, OTHERS_ASK, USUALLY_OPENED
from netquality._sample.world import CHANGE_WINDOW, OWNER, World

if TYPE_CHECKING:
    from netquality._sample.people import Person

SCHEMA_VERSION = 1
PEOPLE_HEADER = (
    "profile_key", "name", "connected_on", "is_connection", "is_hidden", "how_it_began", "story",
    "community", "also_in", "company", "language", "note", "is_default_note", "is_note_answered",
    "spans", "is_good_old_friend", "has_recommended_owner", "is_recommended_by_owner",
    "is_in_google_contacts", "is_namesake",
)  # fmt: skip


def people_csv(people: list[Person], others: list[Person]) -> str:
    """Write one row per connection (hidden ones have no key) and per other counterpart."""
    times: dict[str, int] = {}
    for person in people:
        times[person.shown] = times.get(person.shown, 0) + 1
    rows = [line(PEOPLE_HEADER)]
    for person in people + others:
        twice = not person.is_hidden and times.get(person.shown, 0) > 1
        rows.append(line(_person_cells(person, is_namesake=twice)))
    return "".join(rows)


def _person_cells(person: Person, *, is_namesake: bool) -> tuple[str, ...]:
    note = "" if not person.note else "sent" if person.owner_invited else "received"
    spans = ";".join(f"{iso_day(span.start)}/{iso_day(span.end)}" for span in person.spans)
    is_connection = person.connected is not None
    return (
        person.key,
        "" if person.is_hidden else person.shown,
        iso_day(person.connected) if person.connected is not None else "",
        str(is_connection),
        str(person.is_hidden),
        person.origin,
        person.story,
        person.community,
        person.also_in,
        person.company,
        person.language,
        note,
        str(person.note_is_default),
        str(person.note_was_answered),
        spans,
        str(person.is_good_old_friend),
        str(person.recommended_owner),
        str(person.owner_recommended),
        str(person.in_contacts and not person.is_hidden),
        str(is_namesake),
    )


def truth_json(world: World, people: list[Person], row_count: int) -> str:
    """Write the whole: settings, owner, jobs, conferences, what was planted and how strongly."""
    settings = {**asdict(world.settings), "as_of": world.settings.as_of.isoformat()}
    circles = communities(people)
    truth: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "settings": settings,
        "message_rows": row_count,
        "owner": {"name": OWNER.name, "profile_key": OWNER.key},
        "jobs": _jobs(world),
        "job_changes": [iso_day(day) for day in world.changes],
        "invitations_from": iso_day(world.invitations_from),
        "events": [
            {"name": e.name, "on": iso_day(e.day), "members": _keys(circles.get(e.community, []))}
            for e in world.events
        ],
        "planted": _planted(world),
        "communities": {home: _keys(members) for home, members in circles.items()},
        "brokers": [
            {"profile_key": p.key, "communities": [p.community, p.also_in]}
            for p in people
            if p.also_in
        ],
        "quiet_worlds": {home: iso_day(day) for home, day in world.quiet.items()},
        "good_old_friends": _keys([p for p in people if p.is_good_old_friend]),
    }
    return json.dumps(truth, ensure_ascii=False, indent=1) + "\n"


def _keys(people: list[Person]) -> list[str]:
    return [person.key for person in people]


def _jobs(world: World) -> list[dict[str, Any]]:
    return [
        {
            "company": job.company,
            "spellings": list(job.spellings),
            "started_on": iso_day(job.start),
            "finished_on": iso_day(job.end) if job.end else None,
            "titles": [{"title": title, "started_on": iso_day(day)} for title, day in job.titles],
        }
        for job in world.jobs
    ]


def _talking(shares: dict[str, float]) -> float:
    """Return the share of those with whom there is any talk."""
    stories = ("relationship", "short_exchange", "pitch_and_no")
    return round(math.fsum(shares.get(story, 0.0) for story in stories), 6)


def _planted(world: World) -> dict[str, Any]:
    settings = world.settings
    opened = min(MOST_OPENED, USUALLY_OPENED * settings.job_change_outreach)
    business = min(0.9, YEARLY_END * settings.survival_ratio)
    return {
        "stories_by_origin": STORIES,
        "conversation": {
            "share_by_origin": {origin: _talking(shares) for origin, shares in STORIES.items()},
            "of": "connections older than 130 days, the hidden (never talked with) among them",
            "talk": "a message answered, within 100 days of connecting or before it",
        },
        "job_change_outreach": {
            "rate_ratio": settings.job_change_outreach,
            "window_days_either_side": CHANGE_WINDOW,
            "owner_opens_share_within": opened,
            "owner_opens_share_outside": opened / settings.job_change_outreach,
        },
        "survival": {
            "yearly_end_chance_business": business,
            "yearly_end_chance_school_leisure": YEARLY_END,
            "business_origins": list(FROM_BUSINESS),
            "ratio": settings.survival_ratio,
            "drift_after_job_change": settings.drift_after_job_change,
            "longest_gap_within_a_span_days": LONGEST_GAP * 3 // 2 + 15,
            "rests_at_least_days": RESTS_AFTER,
        },
        "listening": {
            "owner_asks_share": OTHERS_ASK * settings.listening,
            "others_ask_share": OTHERS_ASK,
            "of": "messages with text in relationships, set phrases and notes left out",
        },
    }
