"""The messages of an export, whether they fit into memory or not."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from netquality.errors import ExportError
from netquality.reading.csvtext import Text, parse_csv
from netquality.reading.messages import BAD_DATE, LONG, NEEDED, REASONS, Gatherer
from netquality.reading.parts import File, Part, one_file, read_shard, say_empty
from netquality.reading.progress import progress
from netquality.reading.stream import Block, NotPlainError, Streamed, blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from netquality.reading.export import Export
    from netquality.reading.ledger import Ledger
    from netquality.reading.messages import Messages

__all__ = ["read_inbox"]

_ROWS_AT_ONCE: Final = 1 << 14
_NO_MESSAGE: Final = (
    "has no message. If you ever wrote on LinkedIn, download the export again: silence tells "
    "nothing about anybody until then."
)


def read_inbox(
    export: Export,
    ledger: Ledger,
    warnings: list[str],
    invitations: Callable[[], Mapping[str, int]],
    *,
    keep_text: bool = False,
) -> tuple[File, Messages] | None:
    """Read the messages file, its shards and copies; None where there is none.

    Parameters
    ----------
    export : Export
    ledger : Ledger
        Where copies that are not opened, or cannot be read, are noted.
    warnings : list of str
        What is to be said is added to it.
    invitations : callable
        Gives, once messages are there to be compared, what `netquality.reading.talk.numbered` does.
    keep_text : bool

    Raises
    ------
    ExportError
        When the file cannot be understood, or no row has a date that can be read.
    """
    shards = export.found.kinds.get("messages", ())
    if not shards:
        return None
    parts: list[Part] = []
    gatherer = Gatherer(invitations, keep_text=keep_text)
    for shard in shards:
        members = one_file(export, shard, ledger, warnings)
        streamed = _stream(export, members, gatherer)
        if streamed is not None:
            parts.append(streamed)
        else:
            read = read_shard(export, "messages", tuple(members), NEEDED, ledger, warnings)
            for part in read:
                gatherer.gather(_batches(part))
            parts += read
    messages = gatherer.messages(lambda: _again(export, parts))
    if not len(messages.rows.reason):
        say_empty(parts, warnings, _NO_MESSAGE)
    elif (messages.rows.reason == REASONS.index(BAD_DATE)).all():
        raise ExportError(
            f"{parts[0].member}: DATE is in no known form in any row. "
            "Give the file as LinkedIn wrote it."
        )
    return File(tuple(parts)), messages


def _stream(export: Export, members: list[str], gatherer: Gatherer) -> Part | None:
    """Read a member piece by piece, with a bar; None where it has to be read as a whole."""
    if len(members) > 1:  # a copy's rows are compared one by one
        return None
    (member,) = members
    start = gatherer.row_count
    try:
        with progress(export.size(member)) as show:
            gatherer.gather(_blocks(export, member, show), Block.parse)
    except NotPlainError:
        return None
    row_count = gatherer.row_count - start
    if not row_count:
        return None
    text = Streamed(row_count, partial(_whole, export, member))
    return Part(member, text, np.arange(row_count))


def _again(export: Export, parts: list[Part]) -> Iterator[pa.RecordBatch]:
    for part in parts:
        if isinstance(part.text, Streamed):
            yield from map(Block.parse, _blocks(export, part.member))
        else:
            yield from _batches(part)


def _blocks(export: Export, member: str, tell: Callable[[int], object] = bool) -> Iterator[Block]:
    with export.open(member) as stream:
        yield from blocks(stream, source=member, needed=NEEDED, long=LONG, tell=tell)


def _batches(part: Part) -> Iterator[pa.RecordBatch]:
    table = pa.Table.from_pandas(part.rows, preserve_index=False)
    short = [name for name in table.column_names if name not in LONG]
    for batch in table.to_batches(_ROWS_AT_ONCE):
        yield pa.RecordBatch.from_arrays(
            [
                batch.column(name).cast(pa.string()).dictionary_encode()
                if name in short
                else batch.column(name).cast(pa.string())
                for name in table.column_names
            ],
            names=table.column_names,
        )


def _whole(export: Export, member: str) -> Text:
    return parse_csv(export.read(member), source=member, needed=NEEDED)
