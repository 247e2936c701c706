"""Nodes and edges of the graph, as tables: what `netquality.to_graph` writes on each."""

from __future__ import annotations

from typing import Final

from netquality.tables.network import PEOPLE
from netquality.tables.people import MEASURES, STATUS_COLUMNS
from netquality.tables.shape import COUNT, DATE, FLAG, MAYBE, NUMBER, TEXT, Column, Table

__all__ = ["COMMUNITIES", "EDGES", "EDGE_SOURCES", "MEMBERS", "NODES", "PARTITIONS"]

_KEPT_BACK: Final = ("person_id", "email")
_OF_PERSON: Final = tuple(one for one in PEOPLE.columns if one.name not in _KEPT_BACK)
_KNOWN: Final = {one.name: one for one in (*MEASURES.columns, *STATUS_COLUMNS.columns)}
_DEPTH: Final = Column("depth", TEXT, "`thin`, `some` or `deep`; missing where there was no talk")
_JUDGED: Final = (
    "status", "status_shown", "status_reason", "mutual_contact_days", "last_talk_at", "event_on",
    "is_colleague_then", "is_hidden",
)  # fmt: skip

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
        *(
            Column(
                name,
                MAYBE if _KNOWN[name].dtype == FLAG else _KNOWN[name].dtype,
                _KNOWN[name].meaning,
            )
            for name in _JUDGED
        ),
        _DEPTH,
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
        _KNOWN["status_shown"],
        _DEPTH,
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

MEMBERS: Final = Table(
    "members",
    (
        Column("node_id", TEXT, "the person's node"),
        Column(
            "community_id", COUNT, "the community they were found in; missing where there is none"
        ),
        Column(
            "tie_count",
            COUNT,
            "other people that the evidence used here ties them to one by one; who is in a group "
            "too large for that is not counted",
        ),
        Column(
            "participation",
            NUMBER,
            "0 where all their ties lie in one community, nearer 1 the more evenly they are spread "
            "(Guimera and Amaral 2005); missing without ties",
        ),
        Column(
            "other_community_id",
            COUNT,
            "the community besides their own to which most ties lead; missing where none do",
        ),
        Column("other_share", NUMBER, "the share of the weight of their ties that leads there"),
        Column("other_tie_count", COUNT, "of these, people of that other community"),
        Column(
            "is_broker",
            FLAG,
            "whether they stand between two communities: a fifth or more of the weight of their "
            "ties leads to another, and to two people or more there; who does so with more than "
            "half of their own community does not stand out, and is none",
        ),
        Column("group_thread_tie_count", COUNT, "others they were in group conversations with"),
        Column(
            "constraint",
            NUMBER,
            "Burt's constraint (1992) on ties from group conversations alone; missing without any, "
            "and where these cover too few people",
        ),
        Column(
            "effective_size",
            NUMBER,
            "Burt's effective size of the same ties, as Borgatti (1997) reckons it; missing alike",
        ),
    ),
)

COMMUNITIES: Final = Table(
    "communities",
    (
        Column("community_id", COUNT, "1 for the largest"),
        Column(
            "name",
            TEXT,
            "what most of its members share; `Around` an employer of some; the days on which most "
            "were connected; or one of them and how many others",
        ),
        Column(
            "named_by",
            TEXT,
            "`colleagues`, `event`, `employer`, `school`; `days` where most, and fewer others, "
            "were connected in one month; `members` where nothing is shared that is known",
        ),
        Column(
            "named_share",
            NUMBER,
            "share of the members that the name is true of; missing for `members`",
        ),
        Column("person_count", COUNT, "people in it"),
        Column("connection_count", COUNT, "of them, connections"),
        Column("first_connected_on", DATE, "a tenth of its connections were made before this day"),
        Column("last_connected_on", DATE, "and a tenth after this one"),
        Column("in_touch_count", COUNT, "people in touch, by what is on record"),
        Column("in_touch_share", NUMBER, "of its people; the share of it in touch"),
        Column("in_touch_low", NUMBER, "the lower end of its 95 % interval (Wilson 1927)"),
        Column("in_touch_high", NUMBER, "the upper end"),
        Column("resting_count", COUNT, "relationships that rest"),
        Column(
            "inner_in_touch_count",
            COUNT,
            "in touch, those left out who stand between it and another community: talk with them "
            "may come from there",
        ),
        Column(
            "one_step_count",
            COUNT,
            "people who are not in touch, but were in a group conversation with one of it who is",
        ),
        Column("last_talk_at", "datetime64[us, UTC]", "the last talk with any of them"),
        Column(
            "is_quiet",
            FLAG,
            "a world gone quiet: three or more relationships that rest, and nobody in touch, by "
            "the rule or by your own word, but for those who stand between it and another",
        ),
        Column(
            "quiet_chance",
            NUMBER,
            "how likely it is that all of them rest if it were the same chance for each of your "
            "relationships (hypergeometric); missing where it is not quiet",
        ),
        Column("broker_count", COUNT, "members who stand between it and another community"),
        Column(
            "stability",
            NUMBER,
            "how much of it comes out again with other seeds: the mean Jaccard overlap with the "
            "community most alike (Hennig 2007, who holds 0.75 for stable and below 0.6 for not)",
        ),
    ),
)

EDGE_SOURCES: Final = Table(
    "edge_sources",
    (
        Column("kind", TEXT, "the evidence"),
        Column("is_used", FLAG, "whether communities were looked for with it"),
        Column("edge_count", COUNT, "pairs of people it ties"),
        Column("only_here_count", COUNT, "of them, pairs that nothing else ties"),
        Column("person_count", COUNT, "people with such a tie, or in a larger group of that kind"),
        Column("person_share", NUMBER, "of all people"),
        Column(
            "too_large_count",
            COUNT,
            "groups too large to tie each two of their people; missing like all figures of a kind "
            "that the graph was not asked for",
        ),
        Column("too_large_person_count", COUNT, "people in these"),
    ),
)

PARTITIONS: Final = Table(
    "partitions",
    (
        Column("kinds", TEXT, "the evidence used, `,` between"),
        Column("community_count", COUNT, "communities found"),
        Column("person_count", COUNT, "people in one"),
        Column(
            "modularity",
            NUMBER,
            "how much more of the ties lies within communities than chance would put there (Newman "
            "and Girvan 2004); missing without ties",
        ),
        Column("both_count", COUNT, "people in a community here and in the partition given"),
        Column(
            "adjusted_rand",
            NUMBER,
            "how alike the two are on these people: 1 the same, 0 as chance (Hubert and Arabie "
            "1985); missing where there are none",
        ),
    ),
)
