"""Counts only, for a class or a coach's comparison: nobody's row, and no count of one to four."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from netquality.errors import TableError
from netquality.habits.telling import need_assessed
from netquality.network import end_of_day, need_network
from netquality.origins import ORIGINS
from netquality.privacy.hiding import FEWEST, Question, hide
from netquality.status import LABELS, STATUSES, assess
from netquality.tables import AGGREGATES, build, empty
from netquality.timeline import statuses_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netquality.network import Network

__all__ = ["aggregate"]

SCHEMA_VERSION: Final = 1
RULE: Final = (
    f"No count of 1 to {FEWEST - 1} is shown, and none follows from those shown: answers of so few "
    "are merged with others, or their count is missing."
)
TOO_FEW: Final = f"There are fewer than {FEWEST} connections, so nothing can be shown. "
_YEAR: Final = pd.Timedelta(days=365)
_DEPTHS: Final = ("thin", "some", "deep")


def aggregate(network: Network, people: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count the connections by status, year, depth and origin, so that nobody stands alone.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame, optional
        As `netquality.assess` returns it, as of the network's date, with every connection that
        there was by then; judged anew by default.

    Returns
    -------
    pandas.DataFrame
        As `netquality.tables.AGGREGATES`, a row per answer to each question:

        - ``connections`` : all;
        - ``status`` : as in `assess`;
        - ``connected`` : the year in which each was connected;
        - ``depth`` : of what was written, ``no talk`` where there was none;
        - ``origin`` : how the tie began;
        - ``first year`` : whether there was talk within a year of connecting;
        - ``in touch`` : how many were in touch at the end of each past year, as judged then.

        Answers of fewer than five are merged with others of the same question (years with their
        neighbours, depth too), and `is_merged` says so. Of ``in touch``, which cannot be merged,
        the count is missing. In ``attrs``: `schema_version`, `as_of` (a month), `fewest` and
        `rule`. Of fewer than five connections there is no row at all.

    Raises
    ------
    TableError
        When `network` is no network, or `people` no such table, or not of all its connections:
        the counts of two choices of people could be subtracted, and give one person away.

    Notes
    -----
    Five is the threshold that some statistics offices require (Glossary of Statistical Disclosure
    Control, Joint UNECE/Eurostat work session 2005, "threshold rule"); combining categories is
    one of the ways to meet it that are named there. A small count must not follow from others
    either. All questions are about the same connections, so ``One short exchange`` is what those
    who talked leave beside ``In touch`` and ``Resting``; and of those with ``thin``
    talk, a few may be left beside them. So answers are merged further until no group of one to four
    people that these answers tell from the others is a sum or difference of what is shown. Where
    there are more than 3,000 kinds of so few people (all whose answers are the same are one kind),
    groups made of three kinds or four are not looked for.

    It holds for one table. Two of them, before and after somebody was added, differ by that one:
    also two of one export, as of two days.

    Examples
    --------
    >>> import netquality as nq
    >>> table = nq.aggregate(nq.load_sample())
    >>> bool((table["person_count"].dropna().between(1, 4)).any())
    False
    >>> table.attrs["as_of"]
    '2026-11'
    """
    need_network(network)
    if people is None:
        people = assess(network)
    need_assessed(network, people)
    own = people[people["is_connection"]].reset_index(drop=True)
    _need_all(network, own)
    if len(own) < FEWEST:
        return _told(empty(AGGREGATES), network, (TOO_FEW if len(own) else "") + RULE)
    questions = _questions(network, own)
    hide(questions, len(own))
    rows: list[dict[str, Any]] = [_row("connections", "all", len(own))]
    for asked in questions:
        rows += _rows(asked)
    columns = {name: [row[name] for row in rows] for name in AGGREGATES.dtypes}
    return _told(build(AGGREGATES, columns), network, RULE)


def _need_all(network: Network, own: pd.DataFrame) -> None:
    """Raise `TableError` unless these are all connections of a network by its date, each once."""
    people = network.people
    later = people["connected_on"] > network.as_of.tz_localize(None)
    ours = people.loc[people["is_connection"] & ~later, "person_id"]
    if sorted(own["person_id"]) != sorted(ours):
        raise TableError(
            "people: are not all connections of this network, each once. Counts of a choice of "
            "people could give one of them away: leave people out, and all are counted."
        )


def _told(table: pd.DataFrame, network: Network, rule: str) -> pd.DataFrame:
    table.attrs |= {
        "schema_version": SCHEMA_VERSION,
        "as_of": f"{network.as_of:%Y-%m}",
        "fewest": FEWEST,
        "rule": rule,
    }
    return table


# -- what is asked --------------------------------------------------------------------------------


def _questions(network: Network, own: pd.DataFrame) -> list[Question]:
    """Return what is counted, with everybody's answer."""
    year = own["connected_on"].dt.year
    known = year.dropna().astype("int64")
    years = [*map(str, range(known.min(), known.max() + 1))] if len(known) else []
    said = year.astype("Int64").astype("str").where(year.notna(), "no date")
    asked = [
        _asked("status", own["status"].map(LABELS), [LABELS[status] for status in STATUSES]),
        _asked("connected", said, [*years, "no date"], is_ordered=True),
        _asked("origin", own["origin"].fillna("not on file"), [*ORIGINS, "not on file"]),
    ]
    if not network.has_messages:
        return asked
    depth = own["depth"].astype("str").fillna("no talk")
    return [
        *asked,
        _asked("depth", depth, ["no talk", *_DEPTHS], is_ordered=True),
        _asked("first year", _first_year(network, own), ["talk", "no talk", "not known yet"]),
        _in_touch(network, own, years),
    ]


def _asked(
    name: str, said: pd.Series, answers: Sequence[str], *, is_ordered: bool = False
) -> Question:
    cells = [(answer, (said == answer).to_numpy(bool)) for answer in answers]
    return Question(name, cells, is_ordered=is_ordered)


def _first_year(network: Network, own: pd.DataFrame) -> pd.Series:
    """Return whether there was talk within a year of connecting, of whom that can be known."""
    end = own["connected_on"] + _YEAR
    talked = own["first_talk_at"].dt.tz_localize(None) < end + pd.Timedelta(days=1)
    said = pd.Series("no talk", index=own.index).mask(talked, "talk")
    is_over = end < network.as_of.tz_localize(None).normalize()
    return said.where(is_over, "not known yet")


def _in_touch(network: Network, own: pd.DataFrame, years: Sequence[str]) -> Question:
    """Return who was in touch at the end of each year that is over."""
    ends = [pd.Timestamp(int(year), 12, 31) for year in years if int(year) < network.as_of.year]
    moments = [end_of_day(end.date()) for end in ends]
    then = statuses_at(network, moments).reindex(own["person_id"])
    cells = [
        (str(moment.year), (then[moment] == "active").to_numpy(bool, na_value=False))
        for moment in moments
    ]
    return Question("in touch", cells, is_ordered=True, is_partition=False)


# -- what is shown --------------------------------------------------------------------------------


def _rows(asked: Question) -> list[dict[str, Any]]:
    shown: list[tuple[list[int], int | None]] = [
        (group, asked.count(group)) for group in asked.groups
    ]
    held = {place for group in asked.groups for place in group}
    shown += [([place], None) for place in range(len(asked.cells)) if place not in held]
    return [
        _row(asked.name, _name(asked, group), count, is_merged=len(group) > 1)
        for group, count in sorted(shown, key=lambda pair: pair[0])
    ]


def _row(
    question: str, answer: str, count: int | None, *, is_merged: bool = False
) -> dict[str, Any]:
    number = pd.NA if count is None else count
    return {"question": question, "answer": answer, "person_count": number, "is_merged": is_merged}


def _name(asked: Question, group: Sequence[int]) -> str:
    """Say what is counted together."""
    names = [asked.cells[place][0] for place in group]
    years = [name for name in names if name.isdigit()]
    if len(years) > 1:
        names = [f"{years[0]} to {years[-1]}", *(name for name in names if not name.isdigit())]
    return " or ".join(names)
