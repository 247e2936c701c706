"""The tables of a `Network`: what the files say, row by row."""

from __future__ import annotations

from typing import Final

from netquality.tables.shape import COUNT, DATE, FLAG, INSTANT, MAYBE, TEXT, Column, Table

__all__ = [
    "ADDRESSES",
    "CONTACTS",
    "COVERAGE",
    "DOUBTS",
    "EDUCATION",
    "INTERACTIONS",
    "MATCHES",
    "PARTICIPANTS",
    "PEOPLE",
    "POSITIONS",
    "REJECTS",
]

PEOPLE: Final = Table(
    "people",
    (
        Column("person_id", TEXT, "the key; as a rule the profile key where one is known"),
        Column("profile_key", TEXT, "the normalised profile slug; missing where no URL is known"),
        Column("name", TEXT, "the name as the export shows it"),
        Column(
            "given_name",
            TEXT,
            "first name without titles and emoji; missing where only one name is known",
        ),
        Column(
            "family_name",
            TEXT,
            "last name without degrees, maiden name and emoji; missing where only one is known",
        ),
        Column(
            "maiden_name",
            TEXT,
            "a former family name, as in brackets or after née; missing where none is shown",
        ),
        Column(
            "credentials",
            TEXT,
            "titles and degrees that stand with the name, joined by `, `; missing without any",
        ),
        Column("company", TEXT, "employer at the time of the export; missing where empty"),
        Column("position", TEXT, "job title at the time of the export; missing where empty"),
        Column("email", TEXT, "e-mail, which most connections do not share; missing where empty"),
        Column(
            "connected_on",
            DATE,
            "UTC calendar date of the connection; missing for who is none, or unreadable",
        ),
        Column(
            "noted_on",
            DATE,
            "when you last wrote a note on this person (UTC); missing where there is none. The "
            "note's text is not read",
        ),
        Column(
            "is_connection",
            FLAG,
            "named in Connections.csv; after `assess` at an earlier date, connected by then",
        ),
        Column(
            "is_ambiguous",
            FLAG,
            "several people have this name, and some evidence, of whatever date, bears only it",
        ),
        Column("source", TEXT, "the file in which this person was first found"),
        Column(
            "matched_by",
            TEXT,
            "how rows were joined to this person: `profile`, `name`, or `address book` for who is "
            "only there",
        ),
    ),
)

INTERACTIONS: Final = Table(
    "interactions",
    (
        Column("person_id", TEXT, "the counterpart"),
        Column("at", INSTANT, "when it was sent"),
        Column("direction", TEXT, "`sent` by the owner or `received`"),
        Column(
            "kind",
            TEXT,
            "`message`, `invitation`, `endorsement`, `recommendation` or `follow` (the owner "
            "follows them)",
        ),
        Column("thread_id", TEXT, "the conversation; missing for what is no message"),
        Column(
            "recipient_count",
            COUNT,
            "how many people this message was addressed to; missing for what is no message",
        ),
        Column(
            "character_count",
            COUNT,
            "characters of the text after trimming; missing where the kind has no text, and of an "
            "invitation where its file has no such column",
        ),
        Column(
            "question_count",
            COUNT,
            "runs of question marks outside of links; missing where the former is",
        ),
        Column("is_group", FLAG, "the message had more than one recipient"),
        Column("is_canned", FLAG, "a set phrase that needs no relationship"),
        Column("is_note", FLAG, "the text of an invitation on file, come back as a message"),
        Column(
            "is_possible_note",
            FLAG,
            "a lone unanswered first message on the connect day, judged at `as_of`",
        ),
        Column(
            "is_real",
            FLAG,
            "no set phrase, no unanswered or possible note, judged at `as_of`; group messages too",
        ),
    ),
)

PARTICIPANTS: Final = Table(
    "participants",
    (
        Column("thread_id", TEXT, "a conversation with more than one counterpart"),
        Column("person_id", TEXT, "somebody who wrote or was written to in it"),
    ),
)

COVERAGE: Final = Table(
    "coverage",
    (
        Column("file", TEXT, "path inside the export"),
        Column(
            "outcome",
            TEXT,
            "`used`, `set aside`, `rejected`, or `absent` for a file that is not there",
        ),
        Column(
            "reason",
            TEXT,
            "what the rows are, why they were not used, or what the file's absence means",
        ),
        Column(
            "row_count",
            COUNT,
            "source rows; missing for a file that was not opened, 0 for one that is absent",
        ),
        Column("first_on", DATE, "earliest date among these rows; missing where they bear none"),
        Column("last_on", DATE, "latest date among these rows; missing where they bear none"),
    ),
)

REJECTS: Final = Table(
    "rejects",
    (
        Column("file", TEXT, "path inside the export"),
        Column("line", COUNT, "the line on which the row begins, counted from 1"),
        Column("reason", TEXT, "what is wrong with it; never the row itself"),
    ),
)

POSITIONS: Final = Table(
    "positions",
    (
        Column("company", TEXT, "an employer of the owner"),
        Column(
            "started_on", DATE, "first day of the month or year given; missing where unreadable"
        ),
        Column(
            "finished_on", DATE, "last day of the month or year given; missing for a present job"
        ),
        Column("is_current", FLAG, "no end date is given"),
        Column("is_month_known", FLAG, "`started_on` was given with its month, not by the year"),
    ),
)

EDUCATION: Final = Table(
    "education",
    (
        Column("school", TEXT, "a school of the owner"),
        Column("degree", TEXT, "what was studied there; missing where empty"),
        Column(
            "started_on", DATE, "first day of the month or year given; missing where unreadable"
        ),
        Column(
            "finished_on", DATE, "last day of the month or year given; missing where there is none"
        ),
    ),
)

CONTACTS: Final = Table(
    "contacts",
    (
        Column(
            "contact_id",
            TEXT,
            "the key, made of what the row says, so that a new export of the same address book "
            "has it again: `email:`, `phone:`, `name:` or `profile:` and the first of these it "
            "has, with `#` and the name where several cards of a file have it",
        ),
        Column("person_id", TEXT, "who it is; missing until `combine` has decided"),
        Column("source", TEXT, "the file"),
        Column("line", COUNT, "the line on which the row or card begins, counted from 1"),
        Column("name", TEXT, "the name as the address book shows it; missing where it has none"),
        Column("given_name", TEXT, "missing where empty"),
        Column("family_name", TEXT, "missing where empty"),
        Column("company", TEXT, "missing where empty"),
        Column("position", TEXT, "missing where empty"),
        Column("birthday", TEXT, "`YYYY-MM-DD`, or `--MM-DD` without a year; missing where empty"),
        Column("labels", TEXT, "groups or categories, joined by `, `; missing without any"),
    ),
)

ADDRESSES: Final = Table(
    "addresses",
    (
        Column("contact_id", TEXT, "whose"),
        Column("kind", TEXT, "`email`, `phone` or `profile` (a LinkedIn profile)"),
        Column(
            "value",
            TEXT,
            "as compared: e-mail in lower case, digits of a phone number with a leading `+` where "
            "it is international, profile key",
        ),
    ),
)

MATCHES: Final = Table(
    "matches",
    (
        Column("person_id", TEXT, "who it was taken for"),
        Column(
            "record_id",
            TEXT,
            "what was joined: a contact's `contact_id`, or `name:` and a name without a profile",
        ),
        Column("source", TEXT, "the file in which it stands"),
        Column(
            "matched_by",
            TEXT,
            "`profile`, `email`, `phone and name`, `name and company`, `name` or `your own word`",
        ),
        Column("evidence", TEXT, "one sentence on what they have in common; it quotes no address"),
    ),
)

DOUBTS: Final = Table(
    "doubts",
    (
        Column("person_id", TEXT, "who it may be"),
        Column("record_id", TEXT, "what may be the same human, as in `matches`"),
        Column("source", TEXT, "the file in which it stands"),
        Column("name", TEXT, "the person's name"),
        Column("record_name", TEXT, "the name in that file; missing where it has none"),
        Column("evidence", TEXT, "one sentence on what speaks for it and what against"),
        Column("is_same", MAYBE, "the user's answer; missing until there is one"),
    ),
)
