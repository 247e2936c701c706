"""Every column of every public table, and the check at the door.

One place says what a table holds, so that readers, measures, charts and the docs cannot drift
apart. Suffixes carry the unit: ``_at`` UTC instant, ``_on`` calendar date, ``_days``, ``_count``,
``_share``, ``is_`` boolean, ``_id`` text key. Missing is missing: a column may hold ``NA`` only
where its description says when.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from netquality.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "ADDRESSES",
    "CONTACTS",
    "COVERAGE",
    "DOUBTS",
    "EDUCATION",
    "INTERACTIONS",
    "MATCHES",
    "MEASURES",
    "PARTICIPANTS",
    "PEOPLE",
    "POSITIONS",
    "REJECTS",
    "STATUS_COLUMNS",
    "Column",
    "Table",
    "build",
    "check",
    "empty",
]

TEXT: Final = "str"
INSTANT: Final = "datetime64[us, UTC]"
DATE: Final = "datetime64[us]"
COUNT: Final = "Int64"
FLAG: Final = "bool"


@dataclass(frozen=True)
class Column:
    """One column: its name, its pandas dtype, and what it says."""

    name: str
    dtype: str
    meaning: str


@dataclass(frozen=True)
class Table:
    """A named, ordered set of columns."""

    name: str
    columns: tuple[Column, ...]

    @property
    def dtypes(self) -> dict[str, str]:
        """Column names and their dtypes, in order."""
        return {column.name: column.dtype for column in self.columns}


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
            "characters of the text after trimming; missing where the kind has no text",
        ),
        Column(
            "question_count",
            COUNT,
            "runs of question marks outside of links; missing where the kind has no text",
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
            "has it again: `email:`, `phone:`, `name:` or `profile:` and the first of these it has",
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
        Column("is_same", "boolean", "the user's answer; missing until there is one"),
    ),
)

MEASURES: Final = Table(
    "measures",
    (
        Column("contact_days", COUNT, "UTC days with at least one real one-to-one message"),
        Column(
            "mutual_contact_days",
            COUNT,
            "the lesser of the days the owner wrote and the days the other wrote",
        ),
        Column("sent_count", COUNT, "real one-to-one messages the owner wrote"),
        Column("received_count", COUNT, "real one-to-one messages the other wrote"),
        Column("answers_given_count", COUNT, "answers the owner wrote"),
        Column("answers_received_count", COUNT, "answers the other wrote"),
        Column(
            "first_message_at",
            INSTANT,
            "first real one-to-one message; missing where there is none",
        ),
        Column(
            "last_message_at", INSTANT, "last real one-to-one message; missing where there is none"
        ),
        Column("talk_days", COUNT, "UTC days with talk: an answer, or a message that was answered"),
        Column(
            "first_talk_at",
            INSTANT,
            "the first message that was answered; missing where there is no talk",
        ),
        Column("last_talk_at", INSTANT, "the latest answer; missing where there is no talk"),
        Column(
            "silent_days",
            COUNT,
            "whole days from the last real one-to-one message to `as_of`; missing without one",
        ),
        Column(
            "sent_talk_span_days",
            COUNT,
            "days between the owner's first and last day within the talk; missing without talk",
        ),
        Column(
            "received_talk_span_days",
            COUNT,
            "days between the other's first and last day within the talk; missing without talk",
        ),
        Column(
            "greeting_count",
            COUNT,
            "canned one-to-one messages (wishes, thanks, one-tap replies), either way, set aside",
        ),
        Column("greeting_years_count", COUNT, "calendar years with such a greeting"),
        Column(
            "unanswered_note_count", COUNT, "invitation notes set aside because nobody answered"
        ),
        Column(
            "possible_note_count",
            COUNT,
            "lone first messages on the connect day, set aside as possible notes",
        ),
        Column(
            "group_message_count",
            COUNT,
            "messages of the other to a group and the owner's to theirs, set aside",
        ),
        Column("recommendation_given_count", COUNT, "recommendations that the owner wrote"),
        Column("recommendation_received_count", COUNT, "recommendations that the other wrote"),
        Column("endorsement_given_count", COUNT, "skills that the owner endorsed"),
        Column("endorsement_received_count", COUNT, "skills that the other endorsed"),
        Column(
            "address_count",
            COUNT,
            "e-mail addresses and phone numbers of theirs in your address books",
        ),
        Column(
            "unanswered_days",
            COUNT,
            "UTC days on which the owner wrote after the other's last message",
        ),
        Column(
            "last_writer",
            TEXT,
            "who wrote last: `you` or `they`; missing without a real one-to-one message",
        ),
    ),
)

STATUS_COLUMNS: Final = Table(
    "status",
    (
        Column(
            "status",
            TEXT,
            "by the rule; missing for people who are no connections and never talked",
        ),
        Column("status_shown", TEXT, "the status in the words a reader sees; missing where it is"),
        Column("status_reason", TEXT, "one sentence: the evidence, and what was set aside"),
    ),
)


def empty(table: Table) -> pd.DataFrame:
    """Return the table with all its columns and no rows."""
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in table.dtypes.items()})


def build(table: Table, columns: Mapping[Any, object]) -> pd.DataFrame:
    """Make a table from columns, in its order and dtypes; a fault raises `TableError`.

    Examples
    --------
    >>> build(PARTICIPANTS, {"thread_id": ["a"], "person_id": ["b"]}).dtypes.tolist()
    [<StringDtype(na_value=nan)>, <StringDtype(na_value=nan)>]
    """
    frame = pd.DataFrame({name: columns[name] for name in table.dtypes if name in columns})
    wanted = {name: dtype for name, dtype in table.dtypes.items() if name in frame}
    frame = frame.astype(wanted).reset_index(drop=True)
    check(frame, table)
    return frame


def check(frame: pd.DataFrame, table: Table, *, only: Iterable[str] | None = None) -> None:
    """Raise `TableError` with every fault at once unless the frame has the table's columns.

    Parameters
    ----------
    frame : pandas.DataFrame
        What a caller gave.
    table : Table
        What it has to be; further columns are allowed.
    only : iterable of str, optional
        The columns that are needed; all of them by default.

    Raises
    ------
    TableError
        Naming each missing column and each column of another dtype.

    Examples
    --------
    >>> check(pd.DataFrame({"thread_id": [1]}), PARTICIPANTS)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    netquality.errors.TableError: participants: 'thread_id' is int64, expected str; 'person_id' ...
    """
    if not isinstance(frame, pd.DataFrame):
        raise TableError(f"{table.name}: is {type(frame).__name__}, expected a table.")
    needed = table.dtypes if only is None else {name: table.dtypes[name] for name in only}
    faults = []
    for name, dtype in needed.items():
        if name not in frame:
            faults.append(f"'{name}' is missing")
        elif str(frame[name].dtype) != dtype:
            faults.append(f"'{name}' is {frame[name].dtype}, expected {dtype}")
    if faults:
        raise TableError(f"{table.name}: " + "; ".join(faults))
