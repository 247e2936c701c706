"""LinkedIn's export to a `Network`: in which order files are read, and what becomes of each row."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from netquality.errors import ExportError
from netquality.identity import HIDDEN_MEMBER, Owner, find_owner
from netquality.interactions import mark_real
from netquality.network import Network, end_of_day, instant
from netquality.reading import records, talk
from netquality.reading.archive import open_archive, open_archives
from netquality.reading.dates import MENDED
from netquality.reading.ends import Ends, ends_of, outgoing_name, presence
from netquality.reading.evidence import as_interactions, in_order
from netquality.reading.export import Export, join_archives
from netquality.reading.inbox import read_inbox
from netquality.reading.ledger import Ledger
from netquality.reading.messages import BAD_DATE, REASONS, Messages
from netquality.reading.parts import open_files
from netquality.reading.registry import Registry
from netquality.tables import PARTICIPANTS, POSITIONS, build, empty
from netquality.words import day_text, plural

if TYPE_CHECKING:
    import os
    from collections.abc import Callable
    from datetime import date

__all__ = ["read_linkedin"]

CONNECTION: Final = "connection"
UNDATED: Final = "connection without a readable date"
UNDATED_POSITION: Final = "position without a readable date"
HIDDEN_CONNECTION: Final = "hidden member: nothing but a date"
REPEATED: Final = "the same profile a second time"
UNREADABLE_DATE: Final = "date is not in LinkedIn's form"
UNCLEAR_DIRECTION: Final = "DIRECTION is neither OUTGOING nor INCOMING"
NOT_ACCEPTED: Final = "endorsement that was turned down"
USED: Final = frozenset(
    (
        CONNECTION, UNDATED, talk.ONE_TO_ONE, talk.IN_GROUP,
        "invitation", "recommendation", "endorsement", "position", UNDATED_POSITION,
        "your own profile",
    )
)  # fmt: skip
SIDES: Final = ("received", "sent")
_ESTEEM: Final = ("endorsement", "recommendation")
_PARSERS: Final = {
    "invitations": records.parse_invitations,
    "endorsement": records.parse_endorsements,
    "recommendation": records.parse_recommendations,
}
NEEDED: Final = records.NEEDED
REJECTED: Final = frozenset((BAD_DATE, UNREADABLE_DATE, UNCLEAR_DIRECTION))


def read_linkedin(
    path: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    *,
    me: str | None = None,
    as_of: str | date | pd.Timestamp | None = None,
    keep_text: bool = False,
) -> Network:
    """Read a LinkedIn export.

    Parameters
    ----------
    path : str, path-like, or a sequence of them
        The ZIP as LinkedIn sent it, the folder unpacked from it, or its `Connections.csv`. Where
        LinkedIn sent an export in two parts, both, in any order.
    me : str, optional
        The owner's own profile URL; needed only where the export cannot tell.
    as_of : str, date or Timestamp, optional
        Up to when the export speaks. By default the date in its name (the end of that UTC day);
        else the day of the newest message, connection, invitation or endorsement.
    keep_text : bool
        Keep the text of messages, in a column `text` of `interactions`. Nothing needs it; think of
        those who wrote it before you store or share that table.

    Returns
    -------
    Network
        Tables of people and interactions, without the text of any message unless asked for.

    Raises
    ------
    ExportError
        When there is nothing there, it is no export, or a file in it cannot be understood.
    OwnerError
        When it cannot be decided whose export it is.

    Examples
    --------
    >>> import netquality as nq
    >>> nq.read_linkedin(nq.sample_path()).as_of_source
    "date in the archive's name"
    """
    several = isinstance(path, Sequence) and not isinstance(path, str)
    moment = None if as_of is None else instant(as_of)
    with ExitStack() as opened:
        archives = open_archives(path) if several else [open_archive(path)]
        for archive in archives:
            opened.enter_context(archive)
        return _Reader(join_archives(archives)).network(me, moment, keep_text=keep_text)


class _Reader:
    """Reads one export, keeping count of every row on the way."""

    def __init__(self, export: Export) -> None:
        self.export = export
        self.ledger = Ledger()
        self.files, self.warnings = open_files(export, NEEDED, self.ledger)

    def network(self, me: str | None, as_of: pd.Timestamp | None, *, keep_text: bool) -> Network:
        """Bring the files together."""
        connections = self._connections()
        kinds = ("invitations", *(f"{kind} {side}" for kind in _ESTEEM for side in SIDES))
        found = {kind: self._records(kind) for kind in kinds}
        numbers = talk.numbered(found["invitations"]["text"])
        messages = self._messages(numbers, keep_text=keep_text)
        ends = None if messages is None else ends_of(messages)
        seen = set() if ends is None else presence(ends)
        owner = self._owner(ends, seen, found["invitations"], connections, me)
        registry = Registry(connections)
        self._meet_everybody(registry, seen, found, owner)
        links = None if ends is None else talk.link(ends, owner, registry, self._name("messages"))
        participants = self._groups(messages, ends, links, seen, owner, registry)
        found = {kind: self._resolve(kind, rows, registry) for kind, rows in found.items()}
        tables = [as_interactions(kind, rows) for kind, rows in found.items()]
        if messages is not None and ends is not None and links is not None:
            notes = talk.mark_notes(messages, links, found["invitations"], numbers)
            tables.append(talk.as_table(messages, links, notes))
        interactions = in_order(tables)
        people = registry.people(self._name("connections") if connections.size else "")
        as_of, source = self._as_of(as_of, interactions, people)
        self._warn_of_later(interactions, people, as_of)
        return Network(
            people=people,
            interactions=mark_real(interactions, people, as_of),
            participants=participants,
            positions=self._positions(),
            coverage=self.ledger.coverage(),
            rejects=self.ledger.rejects(),
            owner=owner,
            as_of=as_of,
            as_of_source=source,
            kinds=frozenset(self.files),
            source=self.export.name,
            warnings=tuple(self.warnings),
        )

    def _name(self, kind: str) -> str:
        return self.files[kind].name

    def _count(self, kind: str, reasons: pd.Series, dates: pd.Series | None = None) -> None:
        file = self.files[kind]
        member = file.name
        for part, said, when in file.by_part(reasons, dates):
            self.ledger.rows(part.member, part.text, said, used=USED, rejected=REJECTED, dates=when)
        bad = int(reasons.isin(list(REJECTED)).sum()) + sum(
            len(p.text.rejected) for p in file.parts
        )
        shared = int((reasons == talk.SHARED_NAME).sum())
        if bad:
            self.warnings.append(
                f"{member}: {plural(bad, 'row')} could not be read; see `rejects`."
            )
        if shared:
            rows = plural(shared, "row bears", "rows bear")
            self.warnings.append(f"{member}: {rows} a name that several people have.")

    def _parsed(self, kind: str, parse: Callable[[pd.DataFrame], records.Parsed]) -> pd.DataFrame:
        """Return the records of a file, and say what its dates were like."""
        rows, notes = parse(self.files[kind].rows)
        self._say(kind, notes)
        return rows

    def _say(self, kind: str, notes: tuple[str, ...]) -> None:
        """Warn of what was mended; rows without their date are warned of as rejected."""
        said = notes if kind in {"connections", "positions"} else [n for n in notes if MENDED in n]
        self.warnings += [f"{self.files[kind].name}: {note}" for note in said]

    def _connections(self) -> pd.DataFrame:
        if "connections" not in self.files:
            self.warnings.append("Connections.csv is missing: nobody can be counted as connected.")
            nothing = pd.DataFrame(columns=[*records.NEEDED["connections"]], dtype="str")
            return records.parse_connections(nothing).rows
        rows = self._parsed("connections", records.parse_connections)
        reasons = pd.Series(CONNECTION, index=rows.index, dtype="str")
        reasons = reasons.mask(rows["connected_on"].isna(), UNDATED)
        # of a repeated profile the earliest row counts, wherever it stands
        ordered = rows.sort_values(["connected_on", "name", "company", "position"], kind="stable")
        twice = ordered["profile_key"].notna() & ordered["profile_key"].duplicated()
        reasons = reasons.mask(twice.reindex(rows.index), REPEATED)
        reasons = reasons.mask(rows["is_hidden"], HIDDEN_CONNECTION)
        self._count("connections", reasons, rows["connected_on"])
        return rows[reasons.isin([CONNECTION, UNDATED])]

    def _messages(self, numbers: dict[str, int], *, keep_text: bool) -> Messages | None:
        read = read_inbox(self.export, self.ledger, self.warnings, numbers, keep_text=keep_text)
        if read is None:
            self.warnings.append("messages.csv is missing: nobody's silence means anything.")
            return None
        self.files["messages"], messages = read
        self._say("messages", messages.notes)
        return messages

    def _count_messages(self, messages: Messages, ends: Ends, links: talk.Links) -> None:
        """Count what every row of the messages file is."""
        every = messages.reason.astype(np.intp)
        every[ends.row] = links.what + len(REASONS)
        names = pd.Index([*REASONS, *talk.WHAT])
        reasons = pd.Series(pd.Categorical.from_codes(every.tolist(), names))
        self._count("messages", reasons, pd.Series(messages.when))

    def _records(self, kind: str) -> pd.DataFrame:
        """Return the records of a file, with the reason why each is not used, or ``""``."""
        noun = kind.split(maxsplit=1)[0]
        if kind in self.files:
            rows = self._parsed(kind, _PARSERS[noun])
        else:
            rows = _PARSERS[noun](pd.DataFrame(columns=[*records.NEEDED[noun]], dtype="str")).rows
        if kind != "invitations":
            rows["direction"] = pd.Series(kind.split()[1], index=rows.index, dtype="str")
        reasons = pd.Series("", index=rows.index, dtype="str")
        if "is_rejected" in rows:
            reasons = reasons.mask(rows["is_rejected"], NOT_ACCEPTED)
        reasons = reasons.mask(rows["direction"].isna(), UNCLEAR_DIRECTION)
        return rows.assign(reason=reasons.mask(rows["at"].isna(), UNREADABLE_DATE))

    def _meet_everybody(
        self,
        registry: Registry,
        seen: set[tuple[int, str, str]],
        found: dict[str, pd.DataFrame],
        owner: Owner,
    ) -> None:
        """Enter every profile key of every file before any name is looked up."""
        pairs = {(key, name) for _, key, name in seen if key}
        sources = [(self.files["messages"].name, pairs)] if pairs else []
        for kind, rows in found.items():
            keyed = rows[(rows["reason"] == "") & rows["other_key"].notna()]
            if kind in self.files:
                pairs = set(zip(keyed["other_key"], keyed["other_name"], strict=True))
                sources.append((self.files[kind].name, pairs))
        for source, pairs in sources:
            registry.meet([pair for pair in pairs if pair[0] != owner.profile_key], source)

    def _resolve(self, kind: str, rows: pd.DataFrame, registry: Registry) -> pd.DataFrame:
        """Return the records of people, each with its person; count what every row is."""
        if kind not in self.files:
            return rows.assign(person_id=rows["reason"])
        good = rows[rows["reason"] == ""]
        people = registry.resolve(good["other_key"], good["other_name"], self.files[kind].name)
        good = good.assign(person_id=pd.Series(people, index=good.index, dtype="str"))
        nobody, hidden = good["person_id"] == "", good["other_name"].isin([HIDDEN_MEMBER, ""])
        reasons = rows["reason"].copy()
        reasons[good.index] = kind.split(maxsplit=1)[0].removesuffix("s")
        reasons[good.index[nobody & hidden]] = talk.HIDDEN
        reasons[good.index[nobody & ~hidden]] = talk.SHARED_NAME
        self._count(kind, reasons, rows["at"])
        return good[~nobody]

    def _owner(
        self,
        ends: Ends | None,
        seen: set[tuple[int, str, str]],
        invitations: pd.DataFrame,
        connections: pd.DataFrame,
        me: str | None,
    ) -> Owner:
        name = None
        if "profile" in self.files:
            rows = self.files["profile"].rows
            name = records.parse_profile_name(rows)
            self._count("profile", pd.Series("your own profile", index=rows.index, dtype="str"))
        if name is None and ends is not None:
            name = outgoing_name(ends)
        return find_owner(
            name=name,
            invited=invitations["own_key"].dropna(),
            seen=seen,
            connections=frozenset(connections["profile_key"].dropna()),
            me=me,
        )

    def _groups(
        self,
        messages: Messages | None,
        ends: Ends | None,
        links: talk.Links | None,
        seen: set[tuple[int, str, str]],
        owner: Owner,
        registry: Registry,
    ) -> pd.DataFrame:
        if messages is None or ends is None or links is None:
            return empty(PARTICIPANTS)
        self._count_messages(messages, ends, links)
        with_group = np.unique(ends.thread[links.what == talk.WHAT.index(talk.IN_GROUP)])
        members = talk.group_participants(
            messages, seen, set(with_group.tolist()), owner, registry, self._name("messages")
        )
        return build(PARTICIPANTS, dict(members.items()))

    def _positions(self) -> pd.DataFrame:
        if "positions" not in self.files:
            return empty(POSITIONS)
        rows = self.files["positions"].rows
        table = self._parsed("positions", records.parse_positions)
        reasons = pd.Series("position", index=rows.index, dtype="str")
        ended = table["is_current"] | table["finished_on"].notna()
        self._count(
            "positions", reasons.mask(table["started_on"].isna() | ~ended, UNDATED_POSITION)
        )
        return table

    def _as_of(
        self, given: pd.Timestamp | None, interactions: pd.DataFrame, people: pd.DataFrame
    ) -> tuple[pd.Timestamp, str]:
        newest = [interactions["at"].max().tz_localize(None), people["connected_on"].max()]
        newest = [stamp for stamp in newest if stamp is not pd.NaT]
        day = self.export.day or max(newest).date() if newest else self.export.day
        if given is not None:
            if day is not None and given > end_of_day(day):
                self.warnings.append(
                    f"The export speaks up to {day_text(day)}; nothing later can be known from it."
                )
            return given, "caller"
        if self.export.day is not None:
            return end_of_day(self.export.day), "date in the archive's name"
        if day is None:
            raise ExportError(
                f"{self.export.name}: bears no date, and no row of it does. "
                "Give as_of='2026-11-20'."
            )
        return end_of_day(day), "newest row"

    def _warn_of_later(
        self, interactions: pd.DataFrame, people: pd.DataFrame, as_of: pd.Timestamp
    ) -> None:
        rows = interactions[interactions["at"] > as_of]
        one_row = ["kind", "at", "thread_id", "direction"]  # a message to a group is one row
        messages = rows["kind"] == "message"
        later = len(rows[messages].drop_duplicates(one_row)) + int((~messages).sum())
        later += int((people["connected_on"] > as_of.tz_localize(None)).sum())
        if later:
            self.warnings.append(
                f"{plural(later, 'interaction or connection', 'interactions or connections')} "
                f"dated after {as_of:%Y-%m-%d}: left out of every figure."
            )
