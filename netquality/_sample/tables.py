"""The small files of the export that say something about people."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from netquality._sample.archive import line, table
from netquality._sample.dates import (
    DAY,
    connected_on,
    invitation_stamp,
    month_year,
    recommendation_stamp,
    slashed_stamp,
)
from netquality._sample.dice import Dice
from netquality._sample.messages import time_of_day
from netquality._sample.names import invent
from netquality._sample.phrases import phrasebook
from netquality._sample.world import OWNER, OWNER_GIVEN, SCHOOLS, World

if TYPE_CHECKING:
    from netquality._sample.people import Person

_CONNECTIONS_PREAMBLE = (
    "Notes:\n"
    '"When exporting your connection data, you may notice that some of the email addresses are '
    "missing. You will only see email addresses for connections who have allowed their connections "
    "to see or download their email address using this setting "
    "https://www.linkedin.com/psettings/privacy/email. You can learn more here "
    'https://www.linkedin.com/help/linkedin/answer/261"\n'
    "\n"
)
_CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
_INVITATIONS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"
_ENDORSEMENT = (
    "Endorsement Date,Skill Name,{0} First Name,{0} Last Name,{0} Public Url,Endorsement Status"
)
_RECOMMENDATIONS = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"
SKILLS = (
    "Logistics", "Supply Chain Management", "Data Analysis", "Forecasting", "Negotiation",
    "Project Planning", "Public Speaking", "Spreadsheets", "Team Leadership", "Purchasing",
)  # fmt: skip
_PRAISE = (
    "{given} is one of the calmest people I know. When our warehouse moved and nothing was where it"
    " should be, {given} drew a plan on a napkin, and we still use it.|"
    "I had the pleasure of working with {given} for several years. Clear, kind and exact, and never"
    " too busy to explain a figure twice.|"
    "What I value most in {given} is the patience to ask one more question before deciding."
    " Our suppliers noticed it, and so did the whole team.|"
    "{given} taught me how to plan for the week in which everything goes wrong."
    " I would work together again at any time."
)
_PENDING_PER = 22


def connections_csv(world: World, people: list[Person]) -> str:
    """Write Connections.csv: newest first, slugs percent-encoded, no newline at the end."""
    dice = Dice(world.settings.seed, "connections file")
    mixed = dice.shuffled(people)
    mixed.sort(key=lambda person: person.connected or 0, reverse=True)
    rows = []
    for person in mixed:
        when = connected_on(person.connected or 0)
        name, url = person.name, f"https://www.linkedin.com/in/{quote(person.name.slug)}"
        row = (name.first, name.last, url, person.email, person.company, person.position, when)
        rows.append(line(("",) * 6 + (when,) if person.is_hidden else row))
    return (_CONNECTIONS_PREAMBLE + _CONNECTIONS + "\n" + "".join(rows)).removesuffix("\n")


def invitations_csv(world: World, people: list[Person]) -> str:
    """Write Invitations.csv: those of the last ten months, accepted and pending, newest first."""
    known = [
        (person.invited_at, person.shown, person.party.url, person.note, person.owner_invited)
        for person in people
        if not person.is_hidden and person.invited_at // DAY >= world.invitations_from
    ]
    pending = max(4, world.settings.connections // _PENDING_PER)
    known += [_pending(world, number) for number in range(pending)]
    known.sort(reverse=True)
    rows = []
    for sent_at, name, url, note, by_owner in known:
        sides = [(OWNER.name, OWNER.url), (name, url)]
        (who, who_url), (whom, whom_url) = sides if by_owner else sides[::-1]
        way = "OUTGOING" if by_owner else "INCOMING"
        rows.append((who, whom, invitation_stamp(sent_at), note, way, who_url, whom_url))
    return table(_INVITATIONS, rows)


def _pending(world: World, number: int) -> tuple[int, str, str, str, bool]:
    dice = Dice(world.settings.seed, "pending", number)
    name = invent(dice)
    at = dice.between(world.invitations_from, world.settings.last_day - 1) * DAY + time_of_day(dice)
    by_owner = dice.chance(0.5)
    note = ""
    if dice.chance(0.3):
        note = phrasebook("en").say("note", dice, name.given if by_owner else OWNER_GIVEN)
    url = f"https://www.linkedin.com/in/{name.slug}"
    return at, f"{name.first} {name.last}", url, note, by_owner


def endorsements_csv(world: World, people: list[Person], *, received: bool) -> str:
    """Write one of the two endorsement files; URLs have no scheme, slugs are as they are."""
    last = world.settings.last_day
    rows = []
    for person in people:
        dice = Dice(world.settings.seed, "endorsement", int(received), person.number)
        share = 0.35 if person.spans else 0.06 if received else 0.03
        if person.is_hidden or not dice.chance(share):
            continue
        for skill in dice.some(SKILLS, 1 + int(dice.skewed(0.7, 4))):
            day = dice.between(person.connected or 0, last)
            stamp = slashed_stamp(day * DAY + time_of_day(dice))
            status = dice.weighted({"ACCEPTED": 0.93, "PENDING": 0.05, "REJECTED": 0.02})
            url = person.party.url.removeprefix("https://")
            rows.append((stamp, skill, person.name.first, person.name.last, url, status))
    rows.sort(reverse=True)
    return table(_ENDORSEMENT.format("Endorser" if received else "Endorsee"), rows)


def recommendations_csv(world: World, people: list[Person], *, received: bool) -> str:
    """Write one of the two recommendation files; who it is, only the name says."""
    rows = []
    for person in people:
        has_one = person.recommended_owner if received else person.owner_recommended
        if not has_one:
            continue
        dice = Dice(world.settings.seed, "recommendation", int(received), person.number)
        first = person.connected or 0
        day = dice.between(first, min(world.settings.last_day, first + 1_500))
        text = dice.pick(_PRAISE.split("|")).format(
            given=OWNER_GIVEN if received else person.name.given
        )
        stamp = recommendation_stamp(day * DAY + time_of_day(dice))
        name = person.name
        row = (name.first, name.last, person.company, person.position, text, stamp, "VISIBLE")
        rows.append((day, row))
    rows.sort(reverse=True)
    return table(_RECOMMENDATIONS, [row for _, row in rows])


def positions_csv(world: World) -> str:
    """Write Positions.csv: the present job first; of a student job only the years are left."""
    rows = []
    for job in reversed(world.jobs):
        ends = [start - 1 for _, start in job.titles[1:]] + [job.end]
        for (title, start), end in reversed(list(zip(job.titles, ends, strict=True))):
            over = month_year(end) if end else ""
            rows.append((job.company, title, "", "Utrecht", month_year(start), over))
    year = int(month_year(world.settings.first_day)[-4:])
    rows.append(("Pebbleworth Foods", "Student assistant", "", "", str(year - 3), str(year - 2)))
    return table("Company Name,Title,Description,Location,Started On,Finished On", rows)


def education_csv(world: World) -> str:
    """Write Education.csv."""
    year = int(month_year(world.settings.first_day)[-4:])
    spans = ((year - 2, year, "MSc, Operations"), (year - 6, year - 3, "BSc, Economics"))
    rows = [
        (school, str(start), str(end), "", degree, "Choir" if start == year - 6 else "")
        for school, (start, end, degree) in zip(SCHOOLS, spans, strict=True)
    ]
    return table("School Name,Start Date,End Date,Notes,Degree Name,Activities", rows)


def profile_csv() -> str:
    """Write Profile.csv: it has no URL of its own."""
    header = (
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
        "Geo Location,Twitter Handles,Websites,Instant Messengers"
    )
    first, last = OWNER.name.split()
    summary = "I plan how things get from where they are to where they are needed."
    headline = "Director of Operations at Tessel & Pine"
    row = (first, last, "", "", "", headline, summary, "Logistics", "", "Utrecht", "", "", "")
    return table(header, [row])


def follows_csv(world: World, people: list[Person]) -> str:
    """Write Member_Follows: names only; LinkedIn follows for everybody who connects."""
    dice = Dice(world.settings.seed, "follows")
    rows = []
    for person in people:
        if not person.is_hidden and dice.chance(0.12):
            at = (person.connected or 0) * DAY + time_of_day(dice)
            status = "Active" if dice.chance(0.9) else "Unfollowed"
            rows.append((at, (slashed_stamp(at), status, person.shown)))
    rows.sort(reverse=True)
    return table("Date,Status,FullName", [row for _, row in rows])
