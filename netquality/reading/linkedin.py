"""LinkedIn's export to a `Network`: in which order files are read, and who is who in them."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from os import PathLike
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from netquality.combining import combine
from netquality.decisions import Decisions, as_decisions
from netquality.errors import ExportError
from netquality.garbage import seldom_looked_for
from netquality.identity import Owner, find_owner
from netquality.interactions import mark_real
from netquality.network import Network, end_of_day, instant
from netquality.reading import accounts, talk
from netquality.reading.accounts import ABOUT_OTHERS, Accounts
from netquality.reading.archive import open_archive, open_archives
from netquality.reading.csvtext import gathered
from netquality.reading.ends import (
    NOBODY_SEEN,
    Ends,
    Seen,
    ends_of,
    outgoing_name,
    presence,
)
from netquality.reading.evidence import Ordered, as_interactions, in_order
from netquality.reading.export import Export, join_archives
from netquality.reading.inbox import read_inbox
from netquality.reading.ledger import Ledger
from netquality.reading.registry import Registry
from netquality.tables import PARTICIPANTS, build, empty
from netquality.words import day_text, plural

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from netquality.reading.messages import Messages

__all__ = ["read_linkedin"]

_THREADS: Final = 2

Path = str | PathLike[str]


def read_linkedin(
    path: Path | Sequence[Path],
    *,
    me: str | None = None,
    as_of: str | date | pd.Timestamp | None = None,
    keep_text: bool = False,
    decisions: Path | Decisions | None = None,
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
    decisions : str, path-like or Decisions, optional
        What you said about who is who: a file that `netquality.keep_decisions` wrote. It undoes
        or confirms what `network.matches` and `network.doubts` show.

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
    moment = None if as_of is None else instant(as_of)
    said = as_decisions(decisions)
    with seldom_looked_for(), ExitStack() as opened:
        # anything else that is no path gets its sentence from open_archive
        if isinstance(path, Sequence) and not isinstance(path, str | bytes):
            archives = open_archives(path)
        else:
            archives = [open_archive(path)]
        for archive in archives:
            opened.enter_context(archive)
        reader = _Reader(join_archives(archives), said)
        return reader.network(me, moment, keep_text=keep_text)


class _Inbox:
    """The messages, read while other files are: with a ledger and warnings of their own."""

    def __init__(
        self, export: Export, numbers: Callable[[], dict[str, int]], *, keep_text: bool
    ) -> None:
        self.ledger = Ledger()
        self.warnings: list[str] = []
        self.read = read_inbox(export, self.ledger, self.warnings, numbers, keep_text=keep_text)


class _Reader:
    """Brings the files of one export together."""

    def __init__(self, export: Export, decisions: Decisions | None) -> None:
        self.export = export
        self.decisions = decisions
        self.accounts = Accounts(export)

    def network(self, me: str | None, as_of: pd.Timestamp | None, *, keep_text: bool) -> Network:
        """Read all files, first those that tell who is who."""
        files = self.accounts
        with ThreadPoolExecutor(1) as aside:  # most of the messages is Arrow's work
            small = aside.submit(self._records)
            known = aside.submit(self._connections)
            try:
                inbox = _Inbox(self.export, lambda: small.result()[1], keep_text=keep_text)
            finally:  # where several files are damaged, it is always the same that is named
                found, numbers = small.result()
            connections, registry, source = known.result()
        messages = self._messages(inbox)
        ends = None if messages is None else ends_of(messages)
        seen = NOBODY_SEEN if ends is None else presence(ends)
        owner = self._owner(ends, seen, found["invitations"], connections, me)
        self._meet_everybody(registry, seen, found, owner)
        links = None if ends is None else talk.link(ends, owner, registry, files.name("messages"))
        participants = self._groups(messages, ends, links, seen, owner, registry)
        found = {kind: files.resolve(kind, rows, registry) for kind, rows in found.items()}
        found[accounts.FOLLOWING] = files.mentions("follows", accounts.FOLLOW, registry)
        tables = [as_interactions(kind, rows) for kind, rows in found.items()]
        if messages is not None and links is not None:
            is_note = talk.mark_notes(
                messages, links, files.invited(found["invitations"], registry), numbers
            )
            tables.append(talk.as_table(messages, links, is_note))
        with ThreadPoolExecutor(_THREADS + 1) as pool:  # Arrow's work; this goes on beside it
            ordering = pool.submit(in_order, tables, pool)
            noted = files.mentions("notes", accounts.NOTE, registry)
            people = _with_notes(registry.people(source), noted)
            return self._finish(ordering.result(), people, participants, registry, owner, as_of)

    def _finish(
        self,
        ordered: Ordered,
        people: pd.DataFrame,
        participants: pd.DataFrame,
        registry: Registry,
        owner: Owner,
        as_of: pd.Timestamp | None,
    ) -> Network:
        files, interactions = self.accounts, ordered.coded
        as_of, as_of_source = self._as_of(as_of, interactions, people)
        self._warn_of_later(interactions, people, as_of)
        positions, education, books = files.positions(), files.education(), files.books()
        files.close()
        judged = mark_real(interactions, people, as_of)
        network = Network(
            people=people,
            interactions=ordered.written(judged),
            participants=participants,
            positions=positions,
            education=education,
            coverage=files.ledger.coverage(),
            rejects=files.ledger.rejects(),
            matches=registry.matches(),
            doubts=registry.doubts(people),
            owner=owner,
            as_of=as_of,
            as_of_source=as_of_source,
            kinds=frozenset(files.files),
            source=self.export.name,
            warnings=tuple(files.warnings),
            decisions=self.decisions,
        )
        network = combine(network, *books) if books else network
        said = tuple(gathered(network.warnings))
        return network if said == network.warnings else replace(network, warnings=said)

    def _records(self) -> tuple[dict[str, pd.DataFrame], dict[str, int]]:
        """Return the records of each file about others, and a number for each invitation's text."""
        found = {kind: self.accounts.records(kind) for kind in ABOUT_OTHERS}
        return found, talk.numbered(found["invitations"]["text"])

    def _connections(self) -> tuple[pd.DataFrame, Registry, str]:
        """Return the connections, the registry of them, and the file that they are from."""
        connections = self.accounts.connections()
        source = self.accounts.name("connections") if connections.size else ""
        return connections, Registry(connections, self.decisions, source), source

    def _messages(self, inbox: _Inbox) -> Messages | None:
        files = self.accounts
        files.ledger.add(inbox.ledger)
        files.warnings += inbox.warnings
        if inbox.read is None:
            files.warnings.append(
                "messages.csv is missing, so silence tells nothing about anybody."
            )
            return None
        files.files["messages"], messages = inbox.read
        files.say("messages", messages.notes)
        return messages

    def _meet_everybody(
        self, registry: Registry, seen: Seen, found: dict[str, pd.DataFrame], owner: Owner
    ) -> None:
        """Enter every profile key of every file before any name is looked up."""
        pairs = {(key, name) for key, name in seen.people if key}
        sources = [(self.accounts.name("messages"), pairs)] if pairs else []
        for kind, rows in found.items():
            keyed = rows[(rows["reason"] == "") & rows["other_key"].notna()]
            if kind in self.accounts.files:
                both = (keyed["other_key"].tolist(), keyed["other_name"].tolist())
                sources.append((self.accounts.name(kind), set(zip(*both, strict=True))))
        registry.meet(
            *((file, [pair for pair in pairs if pair[0] != owner.profile_key])
              for file, pairs in sources)
        )  # fmt: skip
        self.accounts.say_unclear(registry.unclear_count())

    def _owner(
        self,
        ends: Ends | None,
        seen: Seen,
        invitations: pd.DataFrame,
        connections: pd.DataFrame,
        me: str | None,
    ) -> Owner:
        name = self.accounts.own_name()
        if name is None and ends is not None:
            name = outgoing_name(ends)
        return find_owner(
            name=name,
            invited=invitations["own_key"].dropna(),
            seen=seen.triples(),
            connections=frozenset(connections["profile_key"].dropna().tolist()),
            me=me,
        )

    def _groups(
        self,
        messages: Messages | None,
        ends: Ends | None,
        links: talk.Links | None,
        seen: Seen,
        owner: Owner,
        registry: Registry,
    ) -> pd.DataFrame:
        """Return who was in which group conversation; count what every message is."""
        if messages is None or ends is None or links is None:
            return empty(PARTICIPANTS)
        self.accounts.count_messages(messages, ends, links)
        with_group = np.unique(ends.thread[links.what == talk.WHAT.index(talk.IN_GROUP)])
        members = talk.group_participants(
            messages,
            seen,
            with_group,
            owner,
            registry,
            self.accounts.name("messages"),
        )
        return build(PARTICIPANTS, dict(members.items()))

    def _as_of(
        self, given: pd.Timestamp | None, interactions: pd.DataFrame, people: pd.DataFrame
    ) -> tuple[pd.Timestamp, str]:
        """Return the instant up to which the export speaks, and what it comes from."""
        day = self.export.day or _newest_day(interactions, people)
        if given is not None:
            if day is not None and given > end_of_day(day):
                self.accounts.warnings.append(
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
        is_later = interactions["at"] > as_of
        later = int((people["connected_on"] > as_of.tz_localize(None)).sum())
        one_row = ["kind", "at", "thread_id", "direction"]  # a message to a group is one row
        if is_later.any():
            rows = interactions[is_later]
            messages = rows["kind"] == "message"
            later += len(rows[messages].drop_duplicates(one_row)) + int((~messages).sum())
        if later:
            self.accounts.warnings.append(
                f"{plural(later, 'interaction or connection', 'interactions or connections')} "
                f"dated after {as_of:%Y-%m-%d}: left out of every figure."
            )


def _newest_day(interactions: pd.DataFrame, people: pd.DataFrame) -> date | None:
    """Return the day of the newest row that says how far an export goes, None without any."""
    told = interactions.loc[interactions["kind"] != accounts.FOLLOWING, "at"]
    newest = [told.max().tz_localize(None), people["connected_on"].max()]
    days = [stamp.date() for stamp in newest if stamp is not pd.NaT]
    return max(days, default=None)


def _with_notes(people: pd.DataFrame, noted: pd.DataFrame) -> pd.DataFrame:
    """Return the people with the day of the owner's last note on each."""
    if noted.empty:
        return people
    days = noted.groupby("person_id")["at"].max().dt.tz_localize(None).dt.normalize()
    return people.assign(noted_on=days.reindex(people["person_id"]).to_numpy("datetime64[us]"))
