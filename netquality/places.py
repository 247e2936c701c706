"""Companies and schools by name: which spellings mean the same place, and why.

Names are never matched because they are alike in part: Delta Air Lines and Delta Dental are two.
Every spelling that was taken for another says how, and the owner's own word goes before all.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from netquality.errors import SettingError
from netquality.identity import NO_COMPANY, company_key
from netquality.names.letters import plain
from netquality.network import need_network
from netquality.tables import PEOPLE, check

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["Places", "find_places", "place_names", "places_among"]

OFTEN: Final = 3
"""A choice: a slip of the pen is rare beside the name it is meant for. One person's spelling is
taken for a slip of what at least so many others write."""
LONG: Final = 7
"""A choice: in a shorter word one letter makes another word (Marsh and March, Intel and Inter)."""

_NO_WORD: Final = re.compile(r"[\W_]+")
_NO_SIGN: Final = re.compile(r"(?<=\w)['.](?=\w)")  # within L'Oréal and A.B.C. there are no words
_NOWHERE: Final = frozenset("".join(_NO_WORD.split(name)) for name in NO_COMPANY) - {""}
_AND: Final = re.compile(r"(?<=\w)\s*[&+]\s*(?=\w)")


class Places(NamedTuple):
    """Which place each spelling means; what names no place ("Freelance") is none of them.

    Attributes
    ----------
    table : pandas.DataFrame
        A row per spelling: `said`, `key` (of the place), `place` (its most frequent spelling; of
        two, not the one in capitals or small letters alone) and `matched_by`, as `place_names`
        says.
    counts : mapping of str to int
        How many people use each spelling.
    words : mapping of str to str
        The owner's own word.
    """

    table: pd.DataFrame
    counts: Mapping[str, int]
    words: Mapping[str, str]

    def key_of(self, name: str) -> str | None:
        """Return the key of the place that a name means, whether anybody spells it so or not."""
        known = dict(zip(self.table["said"], self.table["key"], strict=True))
        if name in known:
            return str(known[name])
        base = _key(name)
        bases = {_key(said): key for said, key in reversed(known.items())}  # the most used counts
        if base in bases:
            return str(bases[base])
        free = {said: _key(said) for said in known if said not in self.words}
        return _slips({**free, name: base}, {**self.counts, name: 1}).get(base)

    def of(self, said: pd.Series) -> pd.DataFrame:
        """Return `key` and `place` of each text, missing where it names none."""
        known = self.table.drop_duplicates("said").set_index("said")[["key", "place"]]
        return known.reindex(pd.Index(said)).set_axis(said.index)


def place_names(
    network: Network, people: pd.DataFrame, *, called: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Show which spellings of companies and schools were taken for one, and why.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        With the columns of `netquality.tables.PEOPLE`.
    called : mapping of str to str, optional
        Your own word on a spelling: the name that it goes under. ``{"Facebook": "Meta"}`` joins
        two; a spelling that goes under itself, ``{"Acme GmbH": "Acme GmbH"}``, stands alone.

    Returns
    -------
    pandas.DataFrame
        A row per spelling, by place:

        - `place` : the spelling most people use, under which all of them go;
        - `said` : the spelling;
        - `matched_by` : ``as written`` for the first of a place; ``letters`` where only case,
          accents, spaces and signs differ, ``legal form`` where ``Inc.`` and the like do too,
          ``one letter`` where one person's spelling is a letter away from what three or more
          write; ``your word``;
        - `person_count` : people whose profile names it (int64);
        - `is_own` : whether it stands in the owner's own positions or schools.

    Raises
    ------
    TableError
        When `people` is no such table.
    SettingError
        When `called` is no mapping of names to names.

    Notes
    -----
    Legal forms are those of the library cleanco; a name that is nothing but one (``AG``) keeps it.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> names = nq.place_names(network, network.people)
    >>> names[names["place"] == "Tessel & Pine"].set_index("said")["matched_by"].to_dict()
    {'Tessel & Pine': 'as written', 'Tessel & Pine B.V.': 'legal form', 'tessel & pine': 'letters'}
    """
    need_network(network)
    check(people, PEOPLE)
    places = places_among(network, people, called)
    counts = people["company"].value_counts()
    own = {*network.positions["company"].dropna(), *network.education["school"].dropna()}
    table = places.table.assign(
        person_count=places.table["said"].map(counts).fillna(0).astype("int64"),
        is_own=places.table["said"].isin(own),
        is_first=places.table["said"] == places.table["place"],
    )
    order = table.sort_values(
        ["place", "key", "is_first", "person_count", "said"],
        ascending=[True, True, False, False, True],
    )
    columns = ["place", "said", "matched_by", "person_count", "is_own"]
    return order[columns].reset_index(drop=True)


def places_among(
    network: Network, people: pd.DataFrame, called: Mapping[str, str] | None = None
) -> Places:
    """Return which place each company and school means that people or the owner name."""
    owns = [network.positions["company"], network.education["school"]]
    counts = Counter(pd.concat([people["company"], *owns]).dropna().tolist())
    return find_places(counts, called)


def find_places(counts: Mapping[str, int], called: Mapping[str, str] | None = None) -> Places:
    """Return which place each spelling means, given how many people use it.

    Examples
    --------
    >>> find_places({"Acme": 2, "ACME GmbH": 1, "Acme Foods": 1}).table["key"].tolist()
    ['acme', 'acme', 'acmefoods']
    """
    words = _checked(called)
    said = sorted(counts, key=lambda one: (-counts[one], one.isupper() or one.islower(), one))
    keys = {one: key for one in said if (key := _key(one))}
    slips = _slips({one: key for one, key in keys.items() if one not in words}, counts)
    ends = {one: _end(one, words) for one in words}
    under = {}
    for name in ends.values():
        key = _key(name)
        under[name] = f"={name}" if name in words or not key else slips.get(key, key)
    key_of = {one: slips.get(key, key) for one, key in keys.items()}
    key_of |= {one: under[name] for one, name in ends.items() if one in counts}
    place = {key: name for name, key in under.items() if _key(name) not in slips}
    for one in said:
        if one in key_of:
            place.setdefault(key_of[one], one)
    rows = [(one, key_of[one], place[key_of[one]]) for one in said if one in key_of]
    table = pd.DataFrame(rows, columns=["said", "key", "place"], dtype="str")
    how = [
        "your word" if one in words
        else "one letter" if keys[one] in slips
        else _how(one, name)
        for one, _, name in rows
    ]  # fmt: skip
    table = table.assign(matched_by=pd.Series(how, dtype="str"))
    return Places(table, counts, words)


def _end(name: str, words: Mapping[str, str]) -> str:
    """Return where the owner's word on a name leads to, step by step."""
    seen = {name}
    while (after := words.get(name, name)) not in seen:
        seen.add(name := after)
    return name


def _checked(called: Mapping[str, str] | None) -> dict[str, str]:
    said = {} if called is None else called
    if not isinstance(said, Mapping) or not all(
        isinstance(word, str) and word.strip() for pair in said.items() for word in pair
    ):
        raise SettingError("called: give each spelling's name, like {'Acme GmbH': 'Acme'}.")
    return dict(said)


def _how(said: str, place: str) -> str:
    """Return in what two spellings of one key differ."""
    if said == place:
        return "as written"
    alike = "".join(_words(said)) == "".join(_words(place))
    return "letters" if alike else "legal form"


def _key(said: str) -> str:
    """Return what all spellings of a place have in common; empty where it names none."""
    if company_key(_spoken(said)) in NO_COMPANY or "".join(_words(said)) in _NOWHERE:
        return ""
    return "".join(_named(said)) or "".join(_words(said))


def _named(said: str) -> list[str]:
    """Return the words of a name without its legal form."""
    return _words(company_key(_spoken(said)))


def _spoken(said: str) -> str:
    return _AND.sub(" and ", plain(said)).replace("+", " plus ")


def _words(said: str) -> list[str]:
    """Return the words of a name without signs, accents of Latin letters and a leading article."""
    text = unicodedata.normalize("NFC", _spoken(said).casefold())
    found = _NO_WORD.split(_NO_SIGN.sub("", "".join(map(_bare, text))))
    words = [word for word in found if word]
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def _bare(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)
    return (
        base[0] if len(base) > 1 and unicodedata.name(base[0], "").startswith("LATIN") else letter
    )


# -- slips of the pen -----------------------------------------------------------------------------


def _slips(keys: Mapping[str, str], counts: Mapping[str, int]) -> dict[str, str]:
    """Return the key that each key is a slip of: one letter off in one long word."""
    users: Counter[str] = Counter()
    words: dict[str, list[str]] = {}
    for said, key in keys.items():  # the most used spelling first
        users[key] += counts[said]
        words.setdefault(key, _named(said))
    by_letter: dict[str, tuple[list[str], list[str]]] = {}
    for key in sorted(users):
        if len(key) >= LONG - 1 and (users[key] == 1 or users[key] >= OFTEN):
            rare, often = by_letter.setdefault(key[0], ([], []))
            (rare if users[key] == 1 else often).append(key)
    found: dict[str, str] = {}
    for rare, often in by_letter.values():
        if rare and often:
            apart = cdist(rare, often, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
            near: dict[str, list[str]] = {}
            for one, other in np.argwhere(apart == 1):
                if _is_slip(words[rare[one]], words[often[other]]):
                    near.setdefault(rare[one], []).append(often[other])
            found |= {one: meant[0] for one, meant in near.items() if len(meant) == 1}
    return found


def _is_slip(written: list[str], meant: list[str]) -> bool:
    """Tell whether one long word, alike in its first letter and its digits, is all that differs."""
    if len(written) != len(meant):
        return False
    unlike = [pair for pair in zip(written, meant, strict=True) if pair[0] != pair[1]]
    if len(unlike) != 1:
        return False
    one, other = unlike[0]
    digits = [[letter for letter in word if letter.isdigit()] for word in (one, other)]
    return (
        min(len(one), len(other)) >= LONG - 1
        and max(len(one), len(other)) >= LONG
        and (one[0] == other[0] and digits[0] == digits[1])
    )
