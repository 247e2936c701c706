"""Companies, schools and job titles under invented names that mean the same places as before.

Three things are asked of such a text, and each has the same answer afterwards: whether two mean
one place (`netquality.places`), whether two are one employer (`company_key`, which is stricter: an
accent makes another one), and whether a text names a school of the owner's, as words of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from netquality.identity import NO_COMPANY, company_key
from netquality.origins import names_it
from netquality.places import places_among
from netquality.privacy.invented import NOWHERE, accented, invent_places, invent_titles
from netquality.pseudonyms import keyed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from netquality.network import Network

__all__ = ["Spellings", "spell"]

_NO_PLACE: Final = ""


class Spellings(NamedTuple):
    """The invented text for each company or school, and for each job title."""

    places: Mapping[str, str]
    titles: Mapping[str, str]


def spell(network: Network, secret: bytes) -> Spellings:
    """Return what each company, school and job title is called now.

    Notes
    -----
    Spellings that differ in case, spaces or legal form alone become one. Where ``Smith & Co`` and
    ``Smith`` are one employer and two places, they stay so. Of two schools that differ in legal
    form alone (``Kiel``, ``Kiel e.V.``), who names the shorter is taken to name both.
    """
    schools = sorted(_known(network.education["school"]), key=lambda name: (len(name), name))
    texts = _known(
        network.people["company"], network.positions["company"], network.education["school"],
        network.contacts["company"],
    )  # fmt: skip
    kinds = _kinds(network, texts)
    names = _names(kinds, schools, keyed(secret, "places"))
    places = _spelled(kinds, names, schools, _named(schools, texts))
    positions = _known(network.people["position"], network.contacts["position"])
    told = _named(schools, positions)
    invented = invent_titles(map(_folded, positions), keyed(secret, "titles"))
    titles = {
        text: "".join([invented[_folded(text)], *(f", {places[one]}" for one in told[text])])
        for text in positions
    }
    return Spellings(places, titles)


def _known(*columns: pd.Series) -> list[str]:
    """Return the texts of some columns, each once, in order."""
    return sorted(set(pd.concat(columns).dropna().tolist()))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _named(schools: Iterable[str], texts: list[str]) -> dict[str, list[str]]:
    """Return which schools each text names."""
    said = pd.Series(texts, dtype="str")
    found: dict[str, list[str]] = {text: [] for text in texts}
    for school in schools:
        for text in said[names_it(said, school)].tolist():
            found[text].append(school)
    return found


# -- places ---------------------------------------------------------------------------------------


class _Kind(NamedTuple):
    """What a text means: a place, and an employer, which is one of its spellings."""

    place: str
    employer: str


def _kinds(network: Network, texts: list[str]) -> dict[str, _Kind]:
    table = places_among(network, network.people).table
    place = dict(zip(table["said"], table["key"], strict=True))
    employer = {text: company_key(text) for text in texts}
    seen = {employer[text]: key for text, key in place.items()}
    said = {*_known(network.people["company"]), *_known(network.positions["company"])}
    said |= set(_known(network.education["school"]))
    for text in texts:
        if text not in said and employer[text] not in NO_COMPANY:  # in an address book alone
            place[text] = seen.get(employer[text], f"= {employer[text]}")
    return {text: _Kind(place.get(text, _NO_PLACE), employer[text]) for text in texts}


class _Names(NamedTuple):
    """How places are called, and the numbers of the spellings."""

    base: Mapping[str, str]
    """The name by place; of places that share an employer's spelling, one name."""
    turn: Mapping[str, int]
    """By place: which of those of one name it is."""
    number: Mapping[tuple[str, str], int]
    """By name and employer: which of the spellings it is."""


def _names(kinds: Mapping[str, _Kind], schools: Collection[str], secret: bytes) -> _Names:
    pairs = sorted(set(kinds.values()))
    group = _joined([pair for pair in pairs if pair.place])
    of_schools = {group[kinds[one].place] for one in schools if kinds[one].place}
    invented = invent_places(group.values(), secret, of_schools)
    base = {place: invented[name] for place, name in group.items()} | {_NO_PLACE: NOWHERE}
    turn: dict[str, int] = {_NO_PLACE: 0}
    counts: dict[str, int] = {}
    for place in sorted(group):
        turn[place] = counts.get(group[place], 0)
        counts[group[place]] = turn[place] + 1
    number: dict[tuple[str, str], int] = {}
    times: dict[str, int] = {NOWHERE: 1}  # 0 is for what is nobody's company by either measure
    order = sorted(pairs, key=lambda pair: keyed(secret, f"{pair.place}\n{pair.employer}"))
    for place, employer in order:
        name = base[place]
        if not place and employer in NO_COMPANY:
            number[name, employer] = 0
        elif (name, employer) not in number:
            number[name, employer] = times.get(name, 0)
            times[name] = number[name, employer] + 1
    return _Names(base, turn, number)


def _joined(pairs: Iterable[_Kind]) -> dict[str, str]:
    """Return one place for all that are tied by an employer's spelling, by place."""
    group: dict[str, str] = {}
    first: dict[str, str] = {}

    def root(place: str) -> str:
        while group[place] != place:
            place = group[place]
        return place

    for place, employer in pairs:
        group.setdefault(place, place)
        one, other = root(place), root(first.setdefault(employer, place))
        group[max(one, other)] = min(one, other)
    return {place: root(place) for place in group}


def _spelled(
    kinds: Mapping[str, _Kind],
    names: _Names,
    schools: list[str],
    named: Mapping[str, list[str]],
) -> dict[str, str]:
    """Return the invented spelling of each text.

    A place whose spellings name a school that is another place bears its name behind its own, with
    an accent more in the spellings that do not name it. A spelling of a school's own place that
    names the school, and is another employer, is that school's with a mark before it.
    """
    base = {text: names.base[kind.place] for text, kind in kinds.items()}
    told: dict[str, set[str]] = {NOWHERE: set()}
    for text, name in base.items():
        if name != NOWHERE:
            others = (one for one in named[text] if base[one] not in {name, NOWHERE})
            told.setdefault(name, set()).update(others)
    found: dict[str, str] = {}
    for text in [*schools, *kinds]:
        place, employer = kinds[text]
        number, turn = names.number[base[text], employer], names.turn[place]
        own = [one for one in named[text] if base[one] == base[text] != NOWHERE and one in found]
        if text in found:
            continue
        if own and kinds[own[0]].employer != employer:
            turn -= names.turn[kinds[own[0]].place]
            found[text] = f"{'·' * (number + 1)} {found[own[0]]}" + " & Co" * turn
            continue
        tails = [one for one in schools if one in told[base[text]] and one in found]
        parts = [found[one] if one in named[text] else accented(found[one], 1) for one in tails]
        found[text] = ", ".join([accented(base[text], number), *parts]) + " & Co" * turn
    return found
