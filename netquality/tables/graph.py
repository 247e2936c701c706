"""Nodes and edges of the graph, as tables: what `netquality.to_graph` writes on each."""

from __future__ import annotations

from typing import Final

from netquality.tables.network import PEOPLE
from netquality.tables.people import MEASURES, STATUS_COLUMNS
from netquality.tables.shape import COUNT, DATE, FLAG, MAYBE, NUMBER, TEXT, Column, Table

__all__ = ["EDGES", "NODES"]

_KEPT_BACK: Final = ("person_id", "email")
_OF_PERSON: Final = tuple(one for one in PEOPLE.columns if one.name not in _KEPT_BACK)
_KNOWN: Final = {one.name: one for one in (*MEASURES.columns, *STATUS_COLUMNS.columns)}

NODES: Final = Table(
    "nodes",
    (
        Column(
            "node_id",
            TEXT,
            "the key: a `person_id`, `owner`, or `company:`, `school:`, `event:` and a key",
        ),
        Column("kind", TEXT, "`owner`, `person`, `company`, `school` or `event`"),
        *(
            Column(one.name, MAYBE if one.dtype == FLAG else one.dtype, one.meaning)
            for one in _OF_PERSON
        ),
        Column("employer", TEXT, "of a person: the name under which all spellings of `company` go"),
        Column(
            "spellings",
            TEXT,
            "of a company or school: every spelling that was taken for it, bars between",
        ),
        Column(
            "person_count", COUNT, "of a company, school or event: how many people belong to it"
        ),
    ),
)

EDGES: Final = Table(
    "edges",
    (
        Column("one_id", TEXT, "the node that comes first among the nodes"),
        Column("other_id", TEXT, "the other"),
        Column(
            "kinds",
            TEXT,
            "why the edge is there, in alphabetical order, `,` between: `owner`, `colleague`, "
            "`school`, `group_thread`, `colleagues`, `same_company`, `same_event`, `works_at`, "
            "`at_school`, `met_at`",
        ),
        Column(
            "weight",
            NUMBER,
            "between the owner and a person the mutual contact days; between two people the sum of "
            "the weights of the kinds; missing where something is no tie. The two do not compare",
        ),
        _KNOWN["status"],
        Column("depth", TEXT, "`thin`, `some` or `deep`; missing where there was no talk"),
        _KNOWN["contact_days"],
        _KNOWN["mutual_contact_days"],
        _KNOWN["first_talk_at"],
        _KNOWN["last_talk_at"],
        Column("group_thread_count", COUNT, "group conversations with you that both were in"),
        Column(
            "group_thread_weight",
            NUMBER,
            "the sum over these of 1 / (members - 1), after Newman (2001)",
        ),
        Column(
            "colleagues_company",
            TEXT,
            "the employer that both name today and you had on the days you connected with them",
        ),
        Column("colleagues_weight", NUMBER, "1 / (people connected there then - 1)"),
        Column("company", TEXT, "the employer that both profiles name today"),
        Column("same_company_weight", NUMBER, "1 / (people there - 1)"),
        Column("event_on", DATE, "first day of the burst of connections that both belong to"),
        Column("same_event_weight", NUMBER, "1 / (people in it - 1)"),
    ),
)
