"""LinkedIn's export to a `Network`: in which order files are read, and what becomes of each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from netquality.errors import ExportError
from netquality.identity import HIDDEN_MEMBER, Owner, find_owner
from netquality.interactions import mark_real
from netquality.network import Network, end_of_day, instant
from netquality.reading import messages as chat
from netquality.reading import records, talk
from netquality.reading.archive import Archive, date_in_name, open_archive
from netquality.reading.csvtext import Text, parse_csv
from netquality.reading.evidence import as_interactions, in_order, resolve
from netquality.reading.known import ESSENTIAL, kind_of, why_not_opened
from netquality.reading.ledger import Ledger
from netquality.reading.registry import Registry
from netquality.tables import INTERACTIONS, PARTICIPANTS, POSITIONS, build, empty
from netquality.words import plural

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
_ESTEEM: Final = {
    "endorsement": records.parse_endorsements,
    "recommendation": records.parse_recommendations,
}
REJECTED: Final = frozenset((chat.BAD_DATE, UNREADABLE_DATE, UNCLEAR_DIRECTION))


def read_linkedin(
    path: str | os.PathLike[str],
    *,
    me: str | None = None,
    as_of: str | date | pd.Timestamp | None = None,
    keep_text: bool = False,
) -> Network:
    """Read a LinkedIn export.

    Parameters
    ----------
    path : str or path-like
        The ZIP as LinkedIn sent it, the folder unpacked from it, or its `Connections.csv`.
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
    with open_archive(path) as archive:
        reader = _Reader(archive)
    moment = None if as_of is None else instant(as_of)
    return reader.network(me, moment, keep_text=keep_text)


class _Reader:
    """Reads one export, keeping count of every row on the way."""

    def __init__(self, archive: Archive) -> None:
        self.name = archive.name
        self.ledger = Ledger()
        self.warnings: list[str] = []
        self.files: dict[str, tuple[str, Text]] = {}
        for member in sorted(archive.members, key=lambda path: (path.count("/"), path)):
            self._open(archive, member)
        if not {"connections", "messages"} & set(self.files):
            raise ExportError(
                f"{self.name}: has neither Connections.csv nor messages.csv. LinkedIn sends its "
                "archive in parts: wait for the second mail, or give the larger archive."
            )

    def _open(self, archive: Archive, member: str) -> None:
        kind = kind_of(member)
        if kind is None:
            self.ledger.file(member, why_not_opened(member))
        elif kind in self.files:
            self.ledger.file(member, "second file of this name, not opened")
            self.warnings.append(f"{member}: a second file of this name was left out.")
        else:
            needed = chat.NEEDED if kind == "messages" else records.NEEDED[kind.split()[0]]
            try:
                text = parse_csv(archive.read(member), source=member, needed=needed)
            except ExportError as error:
                if kind in ESSENTIAL:
                    raise
                self.ledger.file(member, "cannot be read", "rejected")
                self.warnings.append(str(error))
            else:
                self.files[kind] = (member, text)

    def network(self, me: str | None, as_of: pd.Timestamp | None, *, keep_text: bool) -> Network:
        """Bring the files together."""
        connections = self._connections()
        registry = Registry(connections)
        messages = self._messages()
        ends = None if messages is None else talk.ends_of(messages.rows)
        owner = self._owner(ends, me)
        talked, participants = self._talk(messages, ends, owner, registry)
        invitations = self._records("invitations", records.parse_invitations, registry)
        talked["is_note"] = talk.mark_notes(talked, invitations)
        text = talked["text"].astype("str")
        talked = build(INTERACTIONS, dict(talked.items()))
        talked = talked.assign(text=text) if keep_text else talked
        esteem = [
            as_interactions(kind, self._records(f"{kind} {side}", parse, registry, side))
            for kind, parse in _ESTEEM.items()
            for side in ("received", "sent")
        ]
        interactions = in_order([talked, as_interactions("invitation", invitations), *esteem])
        people = registry.people(self.files["connections"][0] if connections.size else "")
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
            source=self.name,
            warnings=tuple(self.warnings),
        )

    def _count(self, kind: str, reasons: pd.Series, dates: pd.Series | None = None) -> None:
        member, text = self.files[kind]
        self.ledger.rows(member, text, reasons, used=USED, rejected=REJECTED, dates=dates)
        bad = int(reasons.isin(list(REJECTED)).sum()) + len(text.rejected)
        shared = int((reasons == talk.SHARED_NAME).sum())
        undated = int(reasons.isin([UNDATED, UNDATED_POSITION]).sum())
        if bad:
            self.warnings.append(
                f"{member}: {plural(bad, 'row')} could not be read; see `rejects`."
            )
        if undated:
            self.warnings.append(
                f"{member}: the date of {plural(undated, 'row')} could not be read."
            )
        if shared:
            rows = plural(shared, "row bears", "rows bear")
            self.warnings.append(f"{member}: {rows} a name that several people have.")

    def _connections(self) -> pd.DataFrame:
        if "connections" not in self.files:
            self.warnings.append("Connections.csv is missing: nobody can be counted as connected.")
            return records.parse_connections(
                pd.DataFrame(columns=[*records.NEEDED["connections"]], dtype="str")
            )
        rows = records.parse_connections(self.files["connections"][1].rows)
        reasons = pd.Series(CONNECTION, index=rows.index, dtype="str")
        reasons = reasons.mask(rows["connected_on"].isna(), UNDATED)
        known = rows["profile_key"].notna()
        reasons = reasons.mask(known & rows["profile_key"].duplicated(), REPEATED)
        reasons = reasons.mask(rows["is_hidden"], HIDDEN_CONNECTION)
        self._count("connections", reasons, rows["connected_on"])
        return rows[reasons.isin([CONNECTION, UNDATED])]

    def _messages(self) -> chat.Messages | None:
        if "messages" not in self.files:
            self.warnings.append("messages.csv is missing: nobody's silence means anything.")
            return None
        return chat.parse_messages(self.files["messages"][1].rows)

    def _records(
        self,
        kind: str,
        parse: Callable[[pd.DataFrame], pd.DataFrame],
        registry: Registry,
        direction: str | None = None,
    ) -> pd.DataFrame:
        """Return the records of a file that have a date, a direction and a person."""
        noun = kind.split(maxsplit=1)[0]
        if kind not in self.files:
            rows = parse(pd.DataFrame(columns=[*records.NEEDED[noun]], dtype="str"))
            return rows.assign(person_id=rows["other_name"], direction=rows["other_name"])
        member, text = self.files[kind]
        rows = parse(text.rows)
        if direction is not None:
            rows["direction"] = pd.Series(direction, index=rows.index, dtype="str")
        reasons = pd.Series(noun.removesuffix("s"), index=rows.index, dtype="str")
        rows["person_id"] = resolve(registry, rows, member)
        nobody, hidden = rows["person_id"] == "", rows["other_name"].isin([HIDDEN_MEMBER, ""])
        for reason, mask in (  # the last that holds is the reason
            (talk.SHARED_NAME, nobody & ~hidden),
            (talk.HIDDEN, nobody & hidden),
            (NOT_ACCEPTED, rows["is_rejected"] if "is_rejected" in rows else nobody & ~nobody),
            (UNCLEAR_DIRECTION, rows["direction"].isna()),
            (UNREADABLE_DATE, rows["at"].isna()),
        ):
            reasons = reasons.mask(mask, reason)
        self._count(kind, reasons, rows["at"])
        return rows[reasons.isin(list(USED))]

    def _owner(self, ends: talk.Ends | None, me: str | None) -> Owner:
        name, invited = None, []
        if "invitations" in self.files:
            rows = records.parse_invitations(self.files["invitations"][1].rows)
            invited = rows["own_key"].dropna().tolist()
        if "profile" in self.files:
            rows = self.files["profile"][1].rows
            name = records.parse_profile_name(rows)
            self._count("profile", pd.Series("your own profile", index=rows.index, dtype="str"))
        seen = set() if ends is None else talk.presence(ends)
        threads: dict[str, set[str]] = {}
        for thread, key, _ in seen:
            threads.setdefault(thread, set()).add(key)
        names = {key: called for _, key, called in sorted(seen) if called}
        if name is None and ends is not None:
            name = talk.outgoing_name(ends)
        return find_owner(name=name, invited=invited, threads=threads.values(), names=names, me=me)

    def _talk(
        self,
        messages: chat.Messages | None,
        ends: talk.Ends | None,
        owner: Owner,
        registry: Registry,
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return messages with their text, one row per counterpart, and who was in which group."""
        if messages is None or ends is None:
            nothing = pd.Series(dtype="str")
            return empty(INTERACTIONS).assign(text=nothing), empty(PARTICIPANTS)
        rows, file = messages.rows, self.files["messages"][0]
        links, placed = talk.between(ends, owner, registry, file)
        reasons = messages.reasons.copy()
        reasons[placed.index] = placed
        self._count("messages", reasons, messages.at)
        participants = talk.group_participants(ends, placed, owner, registry, file)
        linked = links.join(rows[["at", "thread_id", "text"]], on="row")
        linked = linked.join(talk.measure_text(rows["text"]), on="row").reset_index(drop=True)
        linked["is_group"] = linked["recipient_count"] > 1
        linked = linked.assign(kind="message", is_possible_note=False, is_real=False)
        return linked, build(PARTICIPANTS, dict(participants.items()))

    def _positions(self) -> pd.DataFrame:
        if "positions" not in self.files:
            return empty(POSITIONS)
        rows = self.files["positions"][1].rows
        table = records.parse_positions(rows)
        reasons = pd.Series("position", index=rows.index, dtype="str")
        ended = table["is_current"] | table["finished_on"].notna()
        self._count(
            "positions", reasons.mask(table["started_on"].isna() | ~ended, UNDATED_POSITION)
        )
        return table

    def _as_of(
        self, given: pd.Timestamp | None, interactions: pd.DataFrame, people: pd.DataFrame
    ) -> tuple[pd.Timestamp, str]:
        if given is not None:
            return given, "caller"
        day = date_in_name(self.name)
        if day is not None:
            return end_of_day(day), "date in the archive's name"
        newest = [interactions["at"].max().tz_localize(None), people["connected_on"].max()]
        newest = [stamp for stamp in newest if stamp is not pd.NaT]
        if not newest:
            raise ExportError(
                f"{self.name}: bears no date, and no row of it does. Give as_of='2026-11-20'."
            )
        return end_of_day(max(newest).date()), "newest row"

    def _warn_of_later(
        self, interactions: pd.DataFrame, people: pd.DataFrame, as_of: pd.Timestamp
    ) -> None:
        later = int((interactions["at"] > as_of).sum())
        later += int((people["connected_on"] > as_of.tz_localize(None)).sum())
        if later:
            self.warnings.append(
                f"{plural(later, 'interaction or connection', 'interactions or connections')} "
                f"dated after {as_of:%Y-%m-%d}: left out of every figure."
            )
