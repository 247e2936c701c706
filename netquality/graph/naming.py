"""What a community is called: by what its members share, else by the one best known."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from netquality.status import LABELS
from netquality.words import day_text, plural, span_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["name_communities", "short_names"]

MOST: Final = 0.5
"""A choice: a plain name is true of more than this share of the members, and of all of whom it is
true more than this share are members."""
ENOUGH: Final = 0.25
TELLING: Final = 0.3
"""Choices: a circle is "around" an employer of a quarter of its members, two at least, if the
harmonic mean of this share and of the share of the employer's people that are members (F1; van
Rijsbergen 1979) is so much."""
FEW: Final = 3
SOME: Final = 0.1
MOSTLY: Final = 2 / 3
"""Choices: people move on, and few may still name the employer that a circle comes from. It is
"around" it as well where three members and a tenth of all do, and two thirds of those who do are
here."""
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
    awake = _awake(people)
    inner = ~members["is_broker"].to_numpy(bool)
    lively = set(community[awake & inner].dropna())
    for kind, said in _shared(people):
        # who came after the owner had left is of the employer all the same
        whole = people["employer"] if kind == "colleagues" else said
        known = pd.DataFrame({"community": community, "said": said, "whole": whole, "awake": awake})
        for number, name in _names(kind, known, sizes):
            # nobody in touch in it: it must not bear the name of what somebody in touch is of
            if number in lively or not name.is_awake:
                told[number].append(name)
    rows = []
    for number, names in told.items():
        here = (community == number).fillna(value=False).to_numpy(bool)
        barred = awake & (number not in lively)
        name = _best(names) or _days(people, here, barred) or _one(people[here])
        rows.append((number, *name[:3]))
    table = pd.DataFrame(rows, columns=["community_id", "name", "named_by", "named_share"])
    return table.assign(name=_distinct(table["name"].tolist()))


class _Name(NamedTuple):
    """A name, how it came about, and how far it holds."""

    name: str
    kind: str
    share: float
    telling: float = 0.0
    here: float = 0.0
    """Of all of whom it is true, the share that is in the community."""
    members: int = 0
    is_awake: bool = False
    """Whether somebody of whom it is true, here or elsewhere, is in touch."""

    @property
    def is_plain(self) -> bool:
        """Whether the community is nearly what the name says."""
        return self.share > MOST and self.here > MOST

    @property
    def is_around(self) -> bool:
        """Whether the community is gathered around what the name says."""
        is_only_here = self.members >= FEW and self.share >= SOME and self.here >= MOSTLY
        is_telling = self.members > 1 and self.share >= ENOUGH and self.telling >= TELLING
        return self.kind in _PLACES and (is_only_here or is_telling)


_PLACES: Final = ("colleagues", "employer")


def _awake(people: pd.DataFrame) -> NDArray[np.bool_]:
    """Return who is in touch, on record or by the owner's word."""
    on_record = (people["status"] == "active").fillna(value=False).to_numpy(bool)
    by_word = people["status_shown"].str.startswith(LABELS["active"]).fillna(value=False)
    return on_record | by_word.to_numpy(bool)


def _best(names: list[_Name]) -> _Name | None:
    """Return the most telling plain name; else the employer that most are around, of two alike."""
    plain = [one for one in names if one.is_plain]
    if plain:
        return max(plain, key=lambda one: one.telling)  # of two as good the first
    around = [one for one in names if one.is_around]
    if not around:
        return None
    best = max(around, key=lambda one: one.telling)
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


def _names(kind: str, known: pd.DataFrame, sizes: pd.Series) -> Iterator[tuple[int, _Name]]:
    """Return of each community what some of it share, how far it holds and how telling it is."""
    everywhere = known.groupby("whole")["awake"].agg(["size", "sum"])
    inside = known.dropna(subset="said").groupby(["community", "said"]).size().sort_index()
    pairs: Any = inside.items()
    for (number, name), count in pairs:
        total, active = everywhere.loc[name]
        yield (
            int(number),
            _Name(
                name=str(name),
                kind=kind,
                share=float(count / sizes[number]),
                telling=float(2 * count / (sizes[number] + total)),
                here=float(count / total),
                members=int(count),
                is_awake=bool(active > 0),
            ),
        )


def _days(people: pd.DataFrame, here: NDArray[np.bool_], barred: NDArray[np.bool_]) -> _Name | None:
    """Name the days within which most were connected, where these are few and nearly theirs alone.

    Not where somebody who was connected in these days is barred, as who is in touch is for a circle
    in which nobody is.
    """
    days = people.loc[here, "connected_on"].dropna()
    if len(days) < 2:  # noqa: PLR2004 - a day and another
        return None
    ends: list[Any] = [days.quantile(part, interpolation="nearest") for part in (0.1, 0.9)]
    first, last = ends
    if (last - first).days > MONTH:
        return None
    within = people["connected_on"].between(first, last).to_numpy(bool)
    members = float((within & here).sum())
    name = _Name(
        f"Connected {span_text(first, last)}",
        "days",
        share=members / float(here.sum()),
        here=members / float(within.sum()),
        is_awake=bool((within & barred).any()),
    )
    return name if name.is_plain and not name.is_awake else None


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


def short_names(names: Sequence[str], named_by: Sequence[str]) -> list[str]:
    """Return what of each name tells it from the others, for a picture with little room.

    An employer "around" which a circle is keeps that word: the circle is not all of it.

    Parameters
    ----------
    names : sequence of str
        Of communities, all different, as `name_communities` gives them.
    named_by : sequence of str
        How each came about.

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
    steps = [_shorter(name, kind) for name, kind in zip(names, named_by, strict=True)]
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


def _shorter(name: str, kind: str) -> list[str]:
    """Return the forms of a name, the shortest first, itself last."""
    if kind in {"event", "days"}:
        days = name.removeprefix("Met around ").removeprefix("Connected ")
        return [_DAY_NUMBERS.sub("", days), days, name]
    if kind == "members":
        return [_OTHERS.sub(r" + \1", name), name]
    return [name]
