"""Files that an export also has, and that say nothing about relationships."""

from __future__ import annotations

from netquality._sample.archive import quoted_line, table
from netquality._sample.dates import DAY, clock, iso_day, message_stamp, slashed_stamp
from netquality._sample.dice import Dice
from netquality._sample.inboxfile import HEADER
from netquality._sample.messages import conversation_id, time_of_day
from netquality._sample.tables import SKILLS
from netquality._sample.world import MEMBER_ID, OWNER, World, any_company

_COACHES = {
    "coach_messages.csv": ("LinkedIn Coach", "Here are three ways to make your headline clearer."),
    "guide_messages.csv": (
        "LinkedIn Guide",
        "You asked how to follow a company. Open its page first.",
    ),
    "learning_coach_messages.csv": (
        "Learning Coach",
        "This course on forecasting takes two hours.",
    ),
    "learning_role_play_messages.csv": (
        "Role Play",
        "I am a supplier who is late. What do you say?",
    ),
}


def decoys(world: World) -> dict[str, str]:
    """Return the files, by name, that a reader should know and leave alone."""
    files = {name: _coach(world, name, *said) for name, said in _COACHES.items()}
    files["LearningCoachMessages.csv"] = "No conversations found"
    files["Skills.csv"] = table("Name", [(skill,) for skill in SKILLS])
    files["Languages.csv"] = table(
        "Name,Proficiency",
        [("Dutch", "Native or bilingual proficiency"), ("English", ""), ("German", "")],
    )
    files["Email Addresses.csv"] = table(
        "Email Address,Confirmed,Primary,Updated On",
        [("mira.talvenne@example.com", "Yes", "Yes", "Not Available")],
    )
    files["Company Follows.csv"] = _company_follows(world)
    files["Learning.csv"] = _learning(world)
    files[f"Reactions_{MEMBER_ID}.csv"] = _posts(world, "Date,Type,Link", "LIKE")
    files[f"Comments_{MEMBER_ID}.csv"] = _posts(world, "Date,Link,Message", "")
    files["Jobs/Job Applications.csv"] = _applications(world)
    return files


def _coach(world: World, file: str, sender: str, text: str) -> str:
    dice = Dice(world.settings.seed, file)
    rows = [quoted_line(HEADER)]
    for _ in range(3):
        at = dice.between(world.invitations_from, world.settings.last_day) * DAY + time_of_day(dice)
        start = (conversation_id(dice), "", sender, "", OWNER.name, OWNER.url, message_stamp(at))
        rows.append(quoted_line((*start, "", text, "INBOX", "", "No", "No")))
    return "".join(rows)


def _days(world: World, label: str, n: int) -> list[int]:
    dice = Dice(world.settings.seed, label)
    first, last = world.settings.first_day, world.settings.last_day
    return sorted(
        (dice.between(first, last) * DAY + time_of_day(dice) for _ in range(n)), reverse=True
    )


def _company_follows(world: World) -> str:
    dice = Dice(world.settings.seed, "companies")
    days = _days(world, "company follows", 25)
    return table(
        "Organization,Followed On", [(any_company(dice), slashed_stamp(at)) for at in days]
    )


def _learning(world: World) -> str:
    header = "Content Title,Content Description,Content Type,Content Last Watched Date (if viewed)"
    days = _days(world, "learning", 6)
    return table(
        header,
        [
            (f"Planning for beginners, part {n}", "", "Course", iso_day(at // DAY))
            for n, at in enumerate(days)
        ],
    )


def _posts(world: World, header: str, kind: str) -> str:
    dice = Dice(world.settings.seed, "posts", kind)
    rows = []
    for at in _days(world, f"posts {kind}", 40):
        link = (
            f"https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A{dice.below(10**9):019d}"
        )
        stamp = f"{iso_day(at // DAY)} {clock(at)}"
        rows.append(
            (stamp, kind, link) if kind else (stamp, link, "Well put, I learned something.")
        )
    return table(header, rows)


def _applications(world: World) -> str:
    dice = Dice(world.settings.seed, "applications")
    header = (
        "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,"
        "Resume Name"
    )
    rows = [
        (
            slashed_stamp(at),
            "mira.talvenne@example.com",
            "",
            any_company(dice),
            "Head of Planning",
            "",
            "cv.pdf",
        )
        for at in _days(world, "applications", 5)
    ]
    return table(header, rows)
