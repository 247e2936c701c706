"""Every column of every public table, and the check at the door.

One place says what a table holds, so that readers, measures, charts and the docs cannot drift
apart. Suffixes carry the unit: ``_at`` UTC instant, ``_on`` calendar date, ``_days``, ``_count``,
``_share``, ``is_`` boolean, ``_id`` text key. Missing is missing: a column may hold ``NA`` only
where its description says when.
"""

from netquality.tables.graph import (
    COMMUNITIES,
    EDGE_SOURCES,
    EDGES,
    MEMBERS,
    NODES,
    PARTITIONS,
)
from netquality.tables.journal import ENTRIES, EVENTS, JOURNAL
from netquality.tables.network import (
    ADDRESSES,
    CONTACTS,
    COVERAGE,
    DOUBTS,
    EDUCATION,
    INTERACTIONS,
    MATCHES,
    PARTICIPANTS,
    PEOPLE,
    POSITIONS,
    REJECTS,
)
from netquality.tables.people import AGGREGATES, MEASURES, STATUS_COLUMNS
from netquality.tables.shape import Column, Table, build, check, empty, typed

__all__ = [
    "ADDRESSES",
    "AGGREGATES",
    "COMMUNITIES",
    "CONTACTS",
    "COVERAGE",
    "DOUBTS",
    "EDGES",
    "EDGE_SOURCES",
    "EDUCATION",
    "ENTRIES",
    "EVENTS",
    "INTERACTIONS",
    "JOURNAL",
    "MATCHES",
    "MEASURES",
    "MEMBERS",
    "NODES",
    "PARTICIPANTS",
    "PARTITIONS",
    "PEOPLE",
    "POSITIONS",
    "REJECTS",
    "STATUS_COLUMNS",
    "Column",
    "Table",
    "build",
    "check",
    "empty",
    "typed",
]
