"""What a community is called: by what its members share, else by the one best known."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from netquality.words import day_text, plural, span_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

__all__ = ["name_communities", "short_names"]

ENOUGH: Final = 0.25
"""A choice: a name is true of a quarter of the members at least."""
TELLING: Final = 0.3
"""A choice: the harmonic mean of the share of members that a name is true of, and the share of all
whom it is true of that are members (F1; van Rijsbergen 1979), is this at least."""
FEW: Final = 3
SOME: Final = 0.1
MOSTLY: Final = 2 / 3
"""Choices: people move on, and few may still name the employer that a circle comes from. It is
"around" it where three members and a tenth of all do, and two thirds of those who do are here."""
MOST: Final = 0.5
"""Of the members, more than this were connected within those days."""
MONTH: Final = 31
"""A choice, in days."""


def name_communities(people: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Return `community_id`, `name`, `named_by` and `named_share` of each community.

    Parameters
    ----------
    people : pandas.DataFrame
        As `netquality.graph.contents.people_of` returns it.
    members : pandas.DataFrame
        As `netquality.tables.MEMBERS`, in the same order.
    """
    community = members["community_id"]
    sizes = community.value_counts()
    told: dict[int, list[_Name]] = {number: [] for number in sorted(sizes.index)}
    for kind, said in _shared(people):
        for number, name in _names(kind, community, said, sizes):
            told[number].append(name)
    rows = []
    for number, names in told.items():
        inside = people[(community == number).fillna(value=False)]
        rows.append((number, *(_best(names) or _days(inside) or _one(inside))[:3]))
    table = pd.DataFrame(rows, columns=["community_id", "name", "named_by", "named_share"])
    return table.assign(name=_distinct(table["name"].tolist()))


class _Name(NamedTuple):
    """A name, how it came about, and how far it holds."""

    name: str
    kind: str
    share: float
    telling: float = 0.0
    is_only_here: bool = False


def _best(names: list[_Name]) -> _Name | None:
    """Return the most telling name that is true of enough; else what is found nearly only here."""
    good = [one for one in names if one.share >= ENOUGH and one.telling >= TELLING]
    if good:
        return max(good, key=lambda one: one.telling)  # of two as good the first
    around = [one for one in names if one.is_only_here]
    if not around:
        return None
    best = max(around, key=lambda one: one.share)
    return best._replace(name=f"Around {best.name}")


def _shared(people: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    """Return what people can share, the most telling first: of two as good, the first names it."""
    then = people["is_colleague_then"].fillna(value=False).astype(bool)
    yield "colleagues", people["employer"].where(then)
    yield "event", people["event_on"].map(_event, na_action="ignore")
    yield "employer", people["employer"]
    yield "school", people["is_school_then"].map({True: "A school of yours"})


def _event(day: str) -> str:
    return f"Met around {day_text(pd.Timestamp(day))}"


def _names(
    kind: str, community: pd.Series, said: pd.Series, sizes: pd.Series
) -> Iterator[tuple[int, _Name]]:
    """Return of each community what some of it share, how far it holds and how telling it is."""
    known = pd.DataFrame({"community": community, "said": said}).dropna()
    everywhere = said.value_counts()
    inside = known.groupby(["community", "said"]).size().sort_index()
    pairs: Iterable[Any] = inside.items()
    for (number, name), count in pairs:
        share, telling = count / sizes[number], 2 * count / (sizes[number] + everywhere[name])
        is_only_here = count >= FEW and share >= SOME and count / everywhere[name] >= MOSTLY
        yield int(number), _Name(str(name), kind, float(share), float(telling), is_only_here)


def _days(members: pd.DataFrame) -> _Name | None:
    """Name the days within which most were connected, where these are few."""
    days = members["connected_on"].dropna()
    if len(days) < 2:  # noqa: PLR2004 - a day and another
        return None
    ends: list[Any] = [days.quantile(part, interpolation="nearest") for part in (0.1, 0.9)]
    first, last = ends
    if (last - first).days > MONTH:
        return None
    share = float(days.between(first, last).sum() / len(members))
    if share <= MOST:
        return None
    return _Name(f"Connected {span_text(first, last)}", "days", share)


def _one(members: pd.DataFrame) -> _Name:
    """Name the member with most contact, but nobody whom the owner hides."""
    shown = members[~members["is_hidden"].fillna(value=False).astype(bool)]
    if not len(shown):
        return _Name(plural(len(members), "person", "people"), "members", float("nan"))
    order = shown.assign(days=members["mutual_contact_days"].fillna(0)).sort_values(
        ["days", "node_id"], ascending=[False, True]
    )
    first = order.iloc[0]
    parts = [part for part in (first["given_name"], first["family_name"]) if pd.notna(part)]
    name = " ".join(parts) or (first["name"] if pd.notna(first["name"]) else "somebody")
    return _Name(f"{name} and {plural(len(members) - 1, 'other')}", "members", float("nan"))


def _distinct(names: list[str]) -> list[str]:
    """Return the names, the later ones of one name with a number."""
    times: dict[str, int] = {}
    told = []
    for name in names:
        times[name] = times.get(name, 0) + 1
        told.append(name if times[name] == 1 else f"{name} ({times[name]})")
    return told


# -- where there is little room -------------------------------------------------------------------

_DAY_NUMBERS: Final = re.compile(r"^\d{1,2} to \d{1,2} (?=[^\W\d])|\b\d{1,2} (?=[^\W\d])")
_OTHERS: Final = re.compile(r" and ([\d,]+) others?(?= \(\d+\)$|$)")


def short_names(
    names: Sequence[str], named_by: Sequence[str], places: Collection[str] = ()
) -> list[str]:
    """Return what of each name tells it from the others, for a picture with little room.

    Parameters
    ----------
    names : sequence of str
        Of communities, all different, as `name_communities` gives them.
    named_by : sequence of str
        How each came about.
    places : collection of str
        What employers are called, so that one called "Around the Corner" keeps its name.

    Returns
    -------
    list of str
        As many as there are names, as different as these.

    Examples
    --------
    >>> names = ["Met around 4 May 2015", "Met around 3 July 2023", "Ana Muster and 9 others"]
    >>> short_names(names, ["event", "event", "members"])
    ['May 2015', 'July 2023', 'Ana Muster + 9']
    >>> short_names(["Met around 3 July 2023", "Connected 6 to 15 July 2023"], ["event", "days"])
    ['3 July 2023', '6 to 15 July 2023']
    """
    steps = [_shorter(name, kind, places) for name, kind in zip(names, named_by, strict=True)]
    at = [0] * len(steps)
    while True:
        told = [forms[step] for forms, step in zip(steps, at, strict=True)]
        # "(2)" tells apart what has one name, not what has one short form
        pairs = {(_bare(one), _bare(name)) for one, name in zip(told, names, strict=True)}
        times = Counter(one for one, _ in pairs)
        again = [
            number
            for number, name in enumerate(told)
            if times[_bare(name)] > 1 and at[number] + 1 < len(steps[number])
        ]
        if not again:
            return told
        for number in again:
            at[number] += 1


def _bare(name: str) -> str:
    return re.sub(r" \(\d+\)$", "", name)


def _shorter(name: str, kind: str, places: Collection[str]) -> list[str]:
    """Return the forms of a name, the shortest first, itself last."""
    if kind in {"event", "days"}:
        days = name.removeprefix("Met around ").removeprefix("Connected ")
        return [_DAY_NUMBERS.sub("", days), days, name]
    if kind == "members":
        return [_OTHERS.sub(r" + \1", name), name]
    return [name if name in places else name.removeprefix("Around "), name]
