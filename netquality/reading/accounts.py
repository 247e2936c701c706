"""The smaller files of an export to records, every row of them accounted for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from netquality.errors import ExportError
from netquality.identity import HIDDEN_MEMBER, name_key
from netquality.reading import records, talk
from netquality.reading.contacts import parse_contacts
from netquality.reading.contacts.copies import without_repeated
from netquality.reading.dates import MENDED
from netquality.reading.known import MEANING_OF_ABSENCE, shown_name
from netquality.reading.ledger import Ledger
from netquality.reading.messages import BAD_DATE, REASONS
from netquality.reading.parts import REPEATED_ROW, one_file, open_files, say_empty
from netquality.tables import EDUCATION, POSITIONS, empty
from netquality.words import plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from netquality.network import Contacts
    from netquality.reading.ends import Ends
    from netquality.reading.export import Export
    from netquality.reading.messages import Messages
    from netquality.reading.registry import Registry

__all__ = ["ABOUT_OTHERS", "Accounts"]

SIDES: Final = ("received", "sent")
ABOUT_OTHERS: Final = (
    "invitations",
    *(f"{kind} {side}" for kind in ("endorsement", "recommendation") for side in SIDES),
)
"""Files whose rows are interactions and show a profile or a name."""

FOLLOWING: Final = "follow"
"""The kind of interaction that says little: it makes nobody one, and no export speaks up to it."""

CONNECTION: Final = "connection"
UNDATED: Final = "connection without a readable date"
UNDATED_POSITION: Final = "position without a readable date"
UNDATED_SCHOOL: Final = "school without a readable date"
HIDDEN_CONNECTION: Final = "hidden member: nothing but a date"
NAMELESS: Final = "neither a name nor a profile URL"
EMPTY: Final = "empty row"
REPEATED: Final = "the same profile a second time"
UNREADABLE_DATE: Final = "date is not in LinkedIn's form"
UNCLEAR_DIRECTION: Final = "DIRECTION is neither OUTGOING nor INCOMING"
NOT_ACCEPTED: Final = "endorsement that was turned down"
FOLLOW: Final = "somebody you follow"
UNFOLLOWED: Final = "somebody you no longer follow"
NOBODY_HERE: Final = "a name that nobody among your people has, or several have"
NOTE: Final = "your note on a person, its text not read"
USED: Final = frozenset(
    (
        CONNECTION, UNDATED, talk.ONE_TO_ONE, talk.IN_GROUP, "invitation", "recommendation",
        "endorsement", "position", UNDATED_POSITION, "school", UNDATED_SCHOOL, FOLLOW, NOTE,
        "your own profile",
    )
)  # fmt: skip
REJECTED: Final = frozenset((BAD_DATE, UNREADABLE_DATE, UNCLEAR_DIRECTION))
_NO_CONNECTION: Final = (
    "has no connection. If you have any on LinkedIn, download the export again: nobody can be "
    "counted as connected until then."
)
_READ_ALONE: Final = (
    "To read it all the same, unpack it, say in nq.read_contacts(..., columns=...) which column "
    "holds what, and join it with nq.combine."
)
_PARSERS: Final = {
    "invitations": records.parse_invitations,
    "endorsement": records.parse_endorsements,
    "recommendation": records.parse_recommendations,
    "follows": records.parse_follows,
    "notes": records.parse_notes,
}


class Accounts:
    """The files of one export, read while every row is counted.

    Parameters
    ----------
    export : Export

    Attributes
    ----------
    files : dict of str to File
        By kind, as in `netquality.reading.known.READ`.
    ledger : Ledger
    warnings : list of str
    shared : dict of str to pandas.DataFrame
        Of each kind the records that bear a name that several people have.
    """

    def __init__(self, export: Export) -> None:
        self.export = export
        self.ledger = Ledger()
        self.files, self.warnings = open_files(export, records.NEEDED, self.ledger)
        self.shared: dict[str, pd.DataFrame] = {}

    def name(self, kind: str) -> str:
        """Return the path of a file's first part."""
        return self.files[kind].name

    def count(self, kind: str, reasons: pd.Series, dates: pd.Series | None = None) -> None:
        """Note what every row of a file is."""
        file = self.files[kind]
        for part, said, when in file.by_part(reasons, dates):
            self.ledger.rows(part.member, part.text, said, used=USED, rejected=REJECTED, dates=when)
        bad = int(reasons.isin(list(REJECTED)).sum())
        bad += sum(len(part.text.rejected) for part in file.parts)
        shared = int((reasons == talk.SHARED_NAME).sum())
        if bad:
            rows = plural(bad, "row")
            self.warnings.append(f"{file.name}: {rows} could not be read; see `rejects`.")
        if shared:
            rows = plural(shared, "row counts", "rows count")
            self.warnings.append(
                f"{file.name}: {rows} for nobody, for several people have the name. "
                "Say whose it is in Python: nq.keep_decisions."
            )

    def say(self, kind: str, notes: tuple[str, ...]) -> None:
        """Warn of what was mended; rows without their date are warned of as rejected."""
        kept = kind in {"connections", "positions", "education"}
        said = [note for note in notes if kept or MENDED in note]
        self.warnings += [f"{self.name(kind)}: {note}" for note in said]

    def say_unclear(self, count: int) -> None:
        """Warn of connections of which nobody can tell which profile is theirs."""
        if count:
            self.warnings.append(
                f"{self.name('connections')}: {plural(count, 'connection')} without a profile URL "
                "may be any of several people of that name, so nothing counts for them. "
                "Say who it is in Python: nq.keep_decisions."
            )

    def parsed(self, kind: str, parse: Callable[[pd.DataFrame], records.Parsed]) -> pd.DataFrame:
        """Return the records of a file, and say what its dates were like."""
        rows, notes = parse(self.files[kind].rows)
        self.say(kind, notes)
        return rows

    def connections(self) -> pd.DataFrame:
        """Return the connections that name somebody, each profile once."""
        if "connections" not in self.files:
            self.warnings.append("Connections.csv is missing: nobody can be counted as connected.")
            nothing = pd.DataFrame(columns=[*records.NEEDED["connections"]], dtype="str")
            return records.parse_connections(nothing).rows
        rows = self.parsed("connections", records.parse_connections)
        reasons = pd.Series(CONNECTION, index=rows.index, dtype="str")
        reasons = reasons.mask(rows["connected_on"].isna(), UNDATED)
        # of a repeated profile the earliest row counts, wherever it stands
        several = rows[rows["profile_key"].notna() & rows["profile_key"].duplicated(keep=False)]
        several = several.sort_values(
            ["connected_on", "name", "company", "position"], kind="stable"
        )
        reasons[several.index[several["profile_key"].duplicated()]] = REPEATED
        reasons = reasons.mask(rows["is_hidden"], HIDDEN_CONNECTION)
        reasons = reasons.mask(rows["is_nameless"], NAMELESS).mask(rows["is_empty"], EMPTY)
        self.count("connections", reasons, rows["connected_on"])
        named = rows[reasons.isin([CONNECTION, UNDATED])]
        if named.empty and not rows["is_hidden"].any():
            say_empty(self.files["connections"].parts, self.warnings, _NO_CONNECTION)
        return named

    def records(self, kind: str) -> pd.DataFrame:
        """Return the records of a file, with the reason why each is not used, or ``""``."""
        if kind not in self.files:
            return _no_records(kind).copy()
        rows = _with_reasons(kind, self.parsed(kind, _PARSERS[_noun(kind)]))
        is_repeated = self.files[kind].rows.duplicated() & (rows["reason"] == "")
        return rows.assign(reason=rows["reason"].mask(is_repeated, REPEATED_ROW))

    def resolve(self, kind: str, rows: pd.DataFrame, registry: Registry) -> pd.DataFrame:
        """Return the records of people, each with its person; count what every row is."""
        if kind not in self.files:
            return rows.assign(person_id=rows["reason"])  # none, but with the column
        good = rows[rows["reason"] == ""]
        people = registry.resolve(
            good["other_key"].tolist(), good["other_name"].tolist(), self.name(kind)
        )
        good = good.assign(person_id=pd.Series(people, index=good.index, dtype="str"))
        nobody, hidden = good["person_id"] == "", good["other_name"].isin([HIDDEN_MEMBER, ""])
        reasons = rows["reason"].copy()
        reasons[good.index] = _noun(kind).removesuffix("s")
        reasons[good.index[nobody & hidden]] = talk.HIDDEN
        reasons[good.index[nobody & ~hidden]] = talk.SHARED_NAME
        self.shared[kind] = good[nobody & ~hidden]
        self.count(kind, reasons, rows["at"])
        return good[~nobody]

    def invited(self, invitations: pd.DataFrame, registry: Registry) -> pd.DataFrame:
        """Return whose text each invitation may be: also everybody of a name that several have.

        Such an invitation is nobody's, but its text must not become talk with any of them.
        """
        some = self.shared.get("invitations")
        if some is None or some.empty:
            return invitations
        people = pd.Series([registry.named(name) for name in some["other_name"]], some.index)
        maybe = some.assign(person_id=people).explode("person_id").dropna(subset="person_id")
        return pd.concat([invitations, maybe], ignore_index=True)

    def mentions(self, kind: str, what: str, registry: Registry) -> pd.DataFrame:
        """Return the rows of a file that is about people already known; it makes nobody one."""
        rows = self.records(kind)
        if kind not in self.files:
            return rows.assign(person_id=rows["reason"])
        keys, names = rows["other_key"].tolist(), rows["other_name"].tolist()
        people = registry.look_up(keys, names, self.name(kind))
        rows = rows.assign(person_id=pd.Series(people, index=rows.index, dtype="str"))
        reasons = rows["reason"].mask(rows["person_id"] == "", NOBODY_HERE)
        if "is_active" in rows:
            reasons = reasons.mask(~rows["is_active"].fillna(value=True), UNFOLLOWED)
        reasons = reasons.mask(rows["reason"] != "", rows["reason"])
        reasons = reasons.mask(reasons == "", what)
        self.count(kind, reasons, rows["at"])
        return rows[reasons == what]

    def positions(self) -> pd.DataFrame:
        """Return the owner's own jobs."""
        if "positions" not in self.files:
            return empty(POSITIONS)
        table = self.parsed("positions", records.parse_positions)
        reasons = pd.Series("position", index=self.files["positions"].rows.index, dtype="str")
        ended = table["is_current"] | table["finished_on"].notna()
        self.count("positions", reasons.mask(table["started_on"].isna() | ~ended, UNDATED_POSITION))
        return table

    def education(self) -> pd.DataFrame:
        """Return the owner's own schools."""
        if "education" not in self.files:
            return empty(EDUCATION)
        table = self.parsed("education", records.parse_education)
        reasons = pd.Series("school", index=self.files["education"].rows.index, dtype="str")
        undated = table["started_on"].isna() & table["finished_on"].isna()
        self.count("education", reasons.mask(undated, UNDATED_SCHOOL))
        return table

    def own_name(self) -> str | None:
        """Return the owner's name as `Profile.csv` has it."""
        if "profile" not in self.files:
            return None
        rows = self.files["profile"].rows
        names = [records.parse_profile_name(rows.iloc[[row]]) for row in range(len(rows))]
        people = {name_key(name) for name in names if name}
        if len(people) > 1 and self.export.part_count > 1:
            raise ExportError(
                f"{self.export.name}: these are exports of different people. "
                "Give the parts of one export, or one export alone."
            )
        self.count("profile", pd.Series("your own profile", index=rows.index, dtype="str"))
        return names[0] if names else None

    def count_messages(self, messages: Messages, ends: Ends, links: talk.Links) -> None:
        """Count what every row of the messages file is."""
        every = messages.rows.reason.astype(np.int8)
        every[ends.row] = links.what + len(REASONS)
        names = pd.Index([*REASONS, *talk.WHAT])
        reasons = pd.Series(pd.Categorical.from_codes(every, names, validate=False))
        self.count("messages", reasons, pd.Series(messages.rows.when))

    def books(self) -> list[Contacts]:
        """Return the address books that LinkedIn keeps of the owner's."""
        read = []
        for shard in self.export.found.kinds.get("contacts", ()):
            for member in one_file(self.export, shard, self.ledger, self.warnings):
                try:
                    data = self.export.read(member)
                    read.append(parse_contacts(data, source=member, remedy=_READ_ALONE))
                except ExportError as error:
                    self.ledger.file(member, "cannot be read", "rejected")
                    self.warnings.append(str(error))
        return without_repeated(read)

    def close(self) -> None:
        """Note which files are not there, and what that means."""
        there = self.export.found.kinds
        for kind, meaning in MEANING_OF_ABSENCE.items():
            if kind not in there:
                self.ledger.absent(shown_name(kind), meaning)


def _noun(kind: str) -> str:
    """Return what a file of two sides is about."""
    return kind.split(maxsplit=1)[0]


@cache
def _no_records(kind: str) -> pd.DataFrame:
    """Return the records of a file that is not there."""
    noun = _noun(kind)
    nothing = pd.DataFrame(columns=[*records.NEEDED[noun]], dtype="str")
    return _with_reasons(kind, _PARSERS[noun](nothing).rows)


def _with_reasons(kind: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return records with their direction, and with the reason why each is not used, or ``""``."""
    if kind != "invitations":
        side = [*kind.split(), "sent"][1]
        rows["direction"] = pd.Series(side, index=rows.index, dtype="str")
    reasons = pd.Series("", index=rows.index, dtype="str")
    if "is_rejected" in rows:
        reasons = reasons.mask(rows["is_rejected"], NOT_ACCEPTED)
    reasons = reasons.mask(rows["direction"].isna(), UNCLEAR_DIRECTION)
    return rows.assign(reason=reasons.mask(rows["at"].isna(), UNREADABLE_DATE))
