"""Who the rows are about: every key and every name to one person, or to nobody.

A profile key decides. A name without one decides only where it belongs to a single person; where
it belongs to several, the row goes to none of them and they are marked as ambiguous.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from netquality.identity import HIDDEN_MEMBER
from netquality.names import name_key, name_keys
from netquality.tables import DOUBTS, MATCHES, PEOPLE, build, empty

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from netquality.decisions import Decisions

__all__ = ["Registry"]

NOBODY: Final = ""
_BY_NAME: Final = "name:"
"""How the id of somebody begins who has no profile key."""
_SHOWN: Final = (
    "person_id", "profile_key", "name", "given_name", "family_name", "maiden_name", "credentials",
    "company", "position", "email", "connected_on",
)  # fmt: skip
_ONE_OF_NAME: Final = (
    "The name is the same, nobody else here has it, and there is no profile URL to tell by."
)
_SEVERAL_OF_NAME: Final = (
    "The name is the same, but more than one person here has it, and there is no profile URL to "
    "tell by."
)
_YOU_SAID: Final = "You said so."


class Registry:
    """All people of an export but its owner.

    First all profile keys are met, from whatever file; then names are looked up. So neither the
    order of the files nor that of their rows decides who is who.

    Parameters
    ----------
    connections : pandas.DataFrame
        As `parse_connections` returns it, without hidden members and repetitions.
    decisions : Decisions, optional
        What the user said about names: it outranks what is done here.
    file : str
        The file they are from.

    Examples
    --------
    >>> registry = Registry(pd.DataFrame(columns=["profile_key", "name"], dtype="str"))
    >>> registry.meet(("messages.csv", [("ana-1", "Ana Ficticia")]))
    >>> registry.resolve([None, "ana-1"], ["ANA ficticia", ""], "Recommendations_Given.csv")
    ['ana-1', 'ana-1']
    """

    def __init__(
        self, connections: pd.DataFrame, decisions: Decisions | None = None, file: str = ""
    ) -> None:
        self._decisions = decisions
        self._file = file
        self._matches: set[tuple[str, str, str, str, str]] = set()
        self._doubts: set[tuple[str, str, str]] = set()
        self._ids: set[str] = set()
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._source: dict[str, str] = {}
        self._names: dict[str, Counter[str]] = defaultdict(Counter)
        self._ambiguous: set[str] = set()
        self._joined: set[str] = set()
        self._keys: dict[str, str] = {}
        self._met: set[tuple[str, str]] = set()
        if connections["profile_key"].isna().any():
            # the file's order must not decide which of two namesakes without a URL is the second
            by = [name for name in ("connected_on", "company", "position") if name in connections]
            connections = connections.sort_values(["name", *by], kind="stable")
        keys, names = connections["profile_key"].tolist(), connections["name"].tolist()
        self._know(name for name in names if isinstance(name, str))
        self._connections = connections.assign(person_id=list(map(self._add, keys, names)))

    def _add(self, key: object, name: object) -> str:
        """Enter a connection."""
        called = self._keys[name] if isinstance(name, str) else NOBODY
        person = key if isinstance(key, str) else self._fresh(f"name:{called}")
        self._ids.add(person)
        if called:
            self._by_name[called].add(person)
            self._met.add((person, str(name)))
        return person

    def _know(self, names: Iterable[str]) -> None:
        """Make the keys of names; the files show most names many times."""
        new = set(names).difference(self._keys)
        self._keys |= {name: key or _as_it_stands(name) for name, key in name_keys(new).items()}

    def _called(self, name: str) -> str:
        """Return the key of a name."""
        if name not in self._keys:
            self._keys[name] = name_key(name) or _as_it_stands(name)
        return self._keys[name]

    def _fresh(self, wanted: str) -> str:
        person, number = wanted, 1
        while person in self._ids:
            number += 1
            person = f"{wanted}#{number}"
        return person

    def meet(self, *seen: tuple[str, Iterable[tuple[str, str]]]) -> None:
        """Enter people by profile key and name; a connection without a URL may be one of them.

        It is, if it alone has the name, and a single key of all files goes with that name. Where
        it could be several, it is none of them, and the user is asked.

        Parameters
        ----------
        *seen : (str, iterable of (str, str))
            A file, and the pairs of key and name in it.
        """
        new: dict[str, dict[str, str]] = defaultdict(dict)
        unmet = [(source, set(pairs) - self._met) for source, pairs in seen]
        self._know(name for _, pairs in unmet for _, name in pairs)
        for source, pairs in unmet:
            for key, name in pairs:  # in any order: it is all sets and counts
                called = self._called(name) if name != HIDDEN_MEMBER else NOBODY
                if called:
                    self._names[key][name] += 1
                if key not in self._ids:
                    new[called].setdefault(key, source)
                elif called:
                    self._by_name[called].add(key)
        for called, keys in sorted(new.items()):
            if called:
                self._tell_apart(called, keys)
                self._by_name[called] |= keys.keys()
            for key in keys.keys() - self._ids:
                self._ids.add(key)
                self._source[key] = keys[key]

    def _tell_apart(self, called: str, keys: Collection[str]) -> None:
        """Find the profile of each connection of a name that the file has no URL of."""
        known = frozenset(self._by_name[called])
        for person in sorted(one for one in known if _is_name(one) and one not in self._source):
            said = None if self._decisions is None else self._decisions.joins(person)
            maybe = {key for key in keys if not self._forbids(key, person)} - self._joined
            if said in maybe:
                self._join(called, person, str(said), "your own word", _YOU_SAID)
            elif len(maybe) == len(keys) == len(known) == 1:
                self._join(called, person, maybe.pop(), "name", _ONE_OF_NAME)
            elif maybe:
                self._ambiguous |= maybe | {person}
                self._doubts |= {(key, person, self._file) for key in maybe}

    def _join(self, called: str, person: str, key: str, by: str, evidence: str) -> None:
        self._by_name[called].remove(person)
        self._rename(person, key)
        self._matches.add((key, person, self._file, by, evidence))

    def connected(self) -> frozenset[str]:
        """Return the profile keys of connections."""
        return frozenset(self._connections["profile_key"].dropna().tolist())

    def unclear_count(self) -> int:
        """Return how many connections have no URL, and a name that several profiles have."""
        return len({record for _, record, file in self._doubts if file == self._file})

    def _rename(self, person: str, key: str) -> None:
        """Give a connection that had only a name its profile key."""
        self._ids = (self._ids - {person}) | {key}
        mine = self._connections["person_id"] == person
        renamed = self._connections["person_id"].mask(mine, key)
        keys = self._connections["profile_key"].mask(mine, key)
        self._connections = self._connections.assign(person_id=renamed, profile_key=keys)
        self._joined.add(key)

    def resolve(self, keys: Iterable[object], names: Iterable[str], source: str) -> list[str]:
        """Return the person of each row by key, else by name; ``""`` where it is nobody.

        Keys not met before are met now, before any name is looked up.
        """
        pairs = [
            (key if isinstance(key, str) else None, name)
            for key, name in zip(keys, names, strict=True)
        ]
        self.meet((source, [(key, name) for key, name in pairs if key is not None]))
        called = {
            name: self._named(name, source) for name in sorted({n for k, n in pairs if k is None})
        }
        return [called[name] if key is None else key for key, name in pairs]

    def _named(self, name: str, source: str) -> str:
        """Return the only person of this name, a new one if there is none, or ``""``.

        Unless the user said whom a name means, or whom it does not.
        """
        called = self._called(name)
        if not called or name == HIDDEN_MEMBER:
            return NOBODY
        record = f"name:{called}"
        said = None if self._decisions is None else self._decisions.joins(record)
        if said is not None and said in self._ids:
            self._matches.add((said, record, source, "your own word", _YOU_SAID))
            return said
        people = {one for one in self._by_name[called] if not self._forbids(one, record)}
        if len(people) > 1:
            self._ambiguous |= people
            self._doubts |= {(person, record, source) for person in people}
            return NOBODY
        if not people:
            person = self._fresh(record)
            self._ids.add(person)
            self._source[person] = source
            self._by_name[called].add(person)
            people.add(person)
        person = next(iter(people))
        self._names[person][name] += 1
        if self._source.get(person) != source or not _is_name(person):
            self._matches.add((person, record, source, "name", _ONE_OF_NAME))
        return person

    def look_up(self, keys: Iterable[object], names: Iterable[str], source: str) -> list[str]:
        """Return the person of each row by key, else the only one of its name, or ``""``.

        It enters nobody and doubts nobody: for what says little about a tie, such as whom the
        owner follows.
        """
        return [
            (key if key in self._ids else NOBODY)
            if isinstance(key, str)
            else self._only(name, source)
            for key, name in zip(keys, names, strict=True)
        ]

    def _known(self, key: str) -> str:
        return key if key in self._ids else NOBODY

    def _only(self, name: str, source: str) -> str:
        record = f"name:{self._called(name)}"
        said = None if self._decisions is None else self._decisions.joins(record)
        if said is not None and said in self._ids:
            self._matches.add((said, record, source, "your own word", _YOU_SAID))
            return said
        people = [one for one in self.named(name) if not self._forbids(one, record)]
        if len(people) != 1:
            return NOBODY
        self._matches.add((people[0], record, source, "name", _ONE_OF_NAME))
        return people[0]

    def named(self, name: str) -> list[str]:
        """Return everybody of a name."""
        return sorted(self._by_name.get(self._called(name), set()))

    def _forbids(self, person: str, record: str) -> bool:
        return self._decisions is not None and self._decisions.forbids(person, record)

    def matches(self) -> pd.DataFrame:
        """Return the table `netquality.tables.MATCHES`: what was joined by name alone."""
        rows = sorted(self._matches)
        columns = {name: [row[at] for row in rows] for at, name in enumerate(MATCHES.dtypes)}
        return build(MATCHES, columns)

    def doubts(self, people: pd.DataFrame) -> pd.DataFrame:
        """Return the table `netquality.tables.DOUBTS`: names that several people have."""
        rows = sorted(self._doubts)
        if not rows:
            return empty(DOUBTS)
        named = people[["person_id", "name"]]
        named = named[named["person_id"].isin({person for person, *_ in rows})]
        called = dict(zip(named["person_id"].tolist(), named["name"].tolist(), strict=True))
        columns = {
            "person_id": [person for person, *_ in rows],
            "record_id": [record for _, record, _ in rows],
            "source": [source for *_, source in rows],
            "name": [called[person] for person, *_ in rows],
            "record_name": [called[person] for person, *_ in rows],
            "evidence": [_SEVERAL_OF_NAME] * len(rows),
            "is_same": [None] * len(rows),
        }
        return build(DOUBTS, columns)

    def people(self, file: str) -> pd.DataFrame:
        """Return the table `netquality.tables.PEOPLE`, connections first, each part by key."""
        own = self._connections.sort_values(["connected_on", "person_id"], kind="stable")
        others = sorted(self._source)
        named = [self._names[person].most_common() for person in others]
        names = [min(n for n, c in some if c == some[0][1]) if some else None for some in named]
        keys = [None if _is_name(person) else person for person in others]
        met = pd.DataFrame({"person_id": others, "profile_key": keys, "name": names}, dtype="str")
        people = pd.concat([own, met], ignore_index=True)  # of the others the file says no more
        ids = people["person_id"]
        by_name = ids.str.startswith(_BY_NAME) | ids.isin(self._joined)
        return build(
            PEOPLE,
            {
                **{column: people[column] for column in _SHOWN},
                "noted_on": pd.Series(pd.NaT, index=people.index, dtype="datetime64[us]"),
                "is_connection": people.index < len(own),
                "is_ambiguous": ids.isin(self._ambiguous),
                "source": [file] * len(own) + [self._source[person] for person in others],
                "matched_by": np.where(by_name, "name", "profile"),
            },
        )


def _as_it_stands(name: str) -> str:
    """Return the key of a name that is nothing but signs: people are called so here."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def _is_name(person_id: str) -> bool:
    return person_id.startswith(_BY_NAME)
