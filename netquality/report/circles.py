"""The owner's circles in the report: who belongs together, with whom there is contact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from markupsafe import Markup

from netquality.framed import hash_of, holder
from netquality.graph import tables_of
from netquality.graph.contents import contents_of_tables
from netquality.graph.measuring import measures_of
from netquality.graph.view import policy_sources
from netquality.viewing import view_of
from netquality.words import day_text, plural

if TYPE_CHECKING:
    from netquality.graph.findings import GraphMeasures
    from netquality.network import Network

__all__ = ["Circles", "circles_of"]

HEIGHT: Final = 860
MOST_LISTED: Final = 300
"""People between two circles that are listed at all."""
_KINDS: Final = {
    "group_thread": "were in a group conversation with you",
    "colleagues": "name an employer today that was yours when you connected with them",
    "same_company": "name the same employer today",
    "same_event": "came within one burst of connections",
}


@dataclass(frozen=True)
class Circles:
    """What the page shows of them.

    Attributes
    ----------
    sentences : list of str
        The findings, without the caveat.
    people, shown : int
        How many were looked at, and how many are in the picture.
    left_out : str
        Who is not in the picture, in words; empty where everybody is.
    caveat : str
    rows : list of dict
        A row per circle, the largest first.
    between : list of dict
        Who stands between two circles: the name and both of them, the deepest exchange first.
    between_more : str
        How many more there are, in words; empty where all of them are listed.
    sources : list of dict
        A row per kind of evidence.
    frame : Markup
        The interactive view, as an element.
    script : str
        What the page's policy must allow for it.
    holder : Markup
        The script that gives the frame its height.
    named : frozenset of str
        Whom the view names, by `person_id`.
    """

    sentences: list[str]
    people: int
    shown: int
    left_out: str
    caveat: str
    rows: list[dict[str, Any]]
    between: list[dict[str, Any]]
    between_more: str
    sources: list[dict[str, Any]]
    frame: Markup
    script: str
    holder: Markup
    named: frozenset[str]


def circles_of(network: Network, people: pd.DataFrame) -> Circles | None:
    """Return what is shown of the circles; None where there is none."""
    contents = contents_of_tables(*tables_of(network, people))
    measures = measures_of(contents)
    if not len(measures.communities):
        return None
    view = view_of(contents, measures, height=HEIGHT)
    between, more = _between(contents.people, measures)
    return Circles(
        sentences=measures.sentences()[:-1],
        people=len(measures.members),
        shown=len(view.payload["people"]["id"]),
        left_out=" ".join(view.payload["left_out"]),
        caveat=measures.caveat,
        rows=[_row(row) for row in measures.communities.to_dict("records")],
        between=between.to_dict("records"),
        between_more=more,
        sources=_sources(measures),
        frame=Markup(view.frame()),  # noqa: S704 - every text in it is escaped by netquality.framed
        script=f"{policy_sources()['script-src']} {hash_of(holder())}",
        holder=Markup(holder()),  # noqa: S704 - a file of ours
        named=frozenset(view.payload["people"]["id"]) | frozenset(between["node_id"]),
    )


def _row(row: Any) -> dict[str, Any]:
    return {
        "name": row["name"],
        "people": row["person_count"],
        "in_touch": row["in_touch_count"],
        "share": row["in_touch_share"],
        "low": row["in_touch_low"],
        "high": row["in_touch_high"],
        "resting": row["resting_count"],
        "last": day_text(row["last_talk_at"]) if pd.notna(row["last_talk_at"]) else "",
        "is_quiet": row["is_quiet"],
    }


def _between(people: pd.DataFrame, measures: GraphMeasures) -> tuple[Any, str]:
    """Return who stands between two circles, and how many more do; whom the owner hides, no name.

    Those with whom both wrote on most days come first.
    """
    circle = measures.communities.set_index("community_id")["name"]
    some = measures.members[measures.members["is_broker"]]
    told = some.merge(people, on="node_id")
    told = told.assign(
        circle=told["community_id"].map(circle), other=told["other_community_id"].map(circle)
    )
    is_hidden = told["is_hidden"].fillna(value=False).astype(bool)
    seen = told[~is_hidden].sort_values(
        ["mutual_contact_days", "name", "node_id"], ascending=[False, True, True]
    )
    said = []
    if len(seen) > MOST_LISTED:
        said.append(f"{len(seen) - MOST_LISTED:,} with whom fewer days are on record")
    if is_hidden.any():
        said.append(f"{plural(int(is_hidden.sum()), 'person', 'people')} you hide")
    shown = seen.head(MOST_LISTED)[["node_id", "name", "circle", "other"]]
    return shown.assign(name=shown["name"].fillna("No name")), " and ".join(said)


def _sources(measures: GraphMeasures) -> list[dict[str, Any]]:
    return [
        {
            "words": _KINDS[row["kind"]],
            "is_used": row["is_used"],
            "pairs": row["edge_count"],
            "people": row["person_count"],
            "too_large": row["too_large_count"],
        }
        for row in measures.coverage.dropna(subset="edge_count").to_dict("records")
    ]
