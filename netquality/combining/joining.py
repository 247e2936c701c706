"""Who is joined to whom: witness by witness, the firmest first, in no order of rows.

Each step looks at the records as they are and joins all that its witness joins, at once. What would
put two people of the export into one, or what the owner said are two, is left apart: it becomes a
question. So the result depends on what is known only, not on which row or file came first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial
from itertools import combinations, islice
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from netquality.combining.records import Record, clash, is_full, merged, phone_ends, relation
from netquality.identity import NO_COMPANY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from netquality.decisions import Decisions

__all__ = ["OWN_WORD", "SHARED_BY", "STEPS", "Answer", "Groups", "having", "join_records"]

Value = TypeVar("Value")

OWN_WORD: Final = "your own word"
SHARED_BY: Final = 5
"""An address that more records than this have is an office's or a list's: it points to nobody."""


class Answer(NamedTuple):
    """One answer of the owner's, about two records: its place among the decisions, and what."""

    number: int
    one: str
    other: str
    same: bool


class Groups:
    """The records, joined so far.

    Attributes
    ----------
    of : dict of str to str
        For each id the key of its group.
    records : dict of str to Record
        Each group's record by its key, which is the least of its ids.
    """

    def __init__(
        self, records: Iterable[Record], forbidden: Iterable[tuple[str, str]] = ()
    ) -> None:
        self.records = {min(record.ids): record for record in records}
        self.of = {name: key for key, record in self.records.items() for name in record.ids}
        self._forbidden: dict[str, set[str]] = defaultdict(set)
        for one, other in forbidden:
            self._forbidden[one].add(other)
            self._forbidden[other].add(one)

    def is_forbidden(self, ids: Collection[str]) -> bool:
        """Return whether the owner said of two of these ids that they are not the same."""
        return any(
            not self._forbidden[one].isdisjoint(ids) for one in ids if one in self._forbidden
        )

    def foes(self, key: str) -> set[str]:
        """Return the groups that hold somebody whom the owner said this group is not."""
        return {
            self.of[foe]
            for name in self.records[key].ids
            if name in self._forbidden
            for foe in self._forbidden[name]
        }

    def may_join(self, keys: Iterable[str], *, firm: bool = False) -> bool:
        """Return whether nothing known speaks against these groups being one human.

        A firm witness holds against two birthdays, of which one may be a slip.
        """
        several = [self.records[key] for key in keys]
        return not clash(several, birthdays=not firm) and not self.is_forbidden(merged(several).ids)

    def join(self, keys: Iterable[str]) -> None:
        """Make one group of several."""
        several = set(keys)
        whole = merged([self.records.pop(key) for key in sorted(several)])
        key = min(whole.ids)
        self.records[key] = whole
        self.of |= dict.fromkeys(whole.ids, key)


Bunches = list[frozenset[str]]
"""Keys of groups that share one witness."""


def join_records(
    records: Iterable[Record],
    decisions: Decisions,
    answers: Iterable[Answer],
    steps: list[dict[str, str]],
) -> Groups:
    """Join what a firm witness or the owner's own word joins.

    Parameters
    ----------
    records : iterable of Record
        One per person and per contact.
    decisions : Decisions
        Where the answers are from, for errors.
    answers : iterable of Answer
        By ids that are among the records.
    steps : list
        Is filled with `Groups.of` as it was after the owner's word, and after each of `STEPS`.

    Raises
    ------
    ExportError
        When the owner's answers would make two people of the export one, or contradict each other.
    """
    everything = list(records)
    people = frozenset().union(*(record.people for record in everything))
    said = [
        each
        for each in answers
        # a name inside the export is its reader's business, even where somebody has it as a key
        if not (each.other.startswith("name:") and {each.one, each.other} <= people)
    ]
    groups = Groups(everything, [(each.one, each.other) for each in said if not each.same])
    _join_by_word(groups, decisions, said)
    steps.append(dict(groups.of))
    for name, witness in STEPS.items():
        may_join = partial(groups.may_join, firm=name == "profile")
        _join_people(groups, witness(groups.records), may_join)
        _join_bunches(groups, witness(groups.records), may_join)
        steps.append(dict(groups.of))
    return groups


def _join_by_word(groups: Groups, decisions: Decisions, said: list[Answer]) -> None:
    """Join what the owner said is the same; what cannot be true together is an error."""
    bunches = [
        frozenset((groups.of[each.one], groups.of[each.other])) for each in said if each.same
    ]
    for bunch in _connected(bunches):
        whole = merged([groups.records[key] for key in bunch])
        if len(whole.people) > 1 or groups.is_forbidden(whole.ids):
            rows = {each.number for each in said if {each.one, each.other} <= whole.ids}
            raise decisions.fault(
                sorted(rows),
                "cannot all be true, for together they make one human of several people",
            )
        groups.join(bunch)


def _join_people(groups: Groups, bunches: Bunches, may_join: Callable[[list[str]], bool]) -> None:
    """Join to a person of the export those records that the witness gives to this person alone."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for bunch in bunches:
        people = {key for key in bunch if groups.records[key].people}
        some = set(islice(people, 2))  # two are as many as any number: too many
        for key in bunch - people:
            foes = groups.foes(key)
            wanted[key] |= set(islice(people - foes, 2)) if foes else some
    joined: dict[str, set[str]] = defaultdict(set)
    for key, people in wanted.items():
        if len(people) == 1 and may_join([key, *people]):
            joined[min(people)].add(key)
    for person, keys in joined.items():
        if may_join([person, *keys]):
            groups.join([person, *keys])


def _join_bunches(groups: Groups, bunches: Bunches, may_join: Callable[[list[str]], bool]) -> None:
    """Join records to each other; a chain that holds a contradiction is left as it is."""
    for bunch in _connected(bunches):
        if may_join(list(bunch)):
            groups.join(bunch)


def _connected(bunches: Bunches) -> Bunches:
    """Return bunches that have no key in common, made of those that have."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for bunch in bunches:
        first, *others = sorted(bunch)
        for other in others:
            parent[root(other)] = root(first)
    found: dict[str, set[str]] = defaultdict(set)
    for key in parent:
        found[root(key)].add(key)
    return [frozenset(keys) for keys in found.values() if len(keys) > 1]


def having(
    records: Mapping[str, Record], values: Callable[[Record], Iterable[Value]]
) -> dict[Value, set[str]]:
    """Return which groups have each value, where several have it.

    Examples
    --------
    >>> one = Record(frozenset({"a"}), phones=frozenset({"+12025550143"}))
    >>> having({"a": one}, lambda record: record.phones)
    {}
    """
    found: dict[Value, set[str]] = defaultdict(set)
    for key, record in records.items():
        for value in values(record):
            found[value].add(key)
    return {value: keys for value, keys in found.items() if len(keys) > 1}


def _by_profile(records: Mapping[str, Record]) -> Bunches:
    """Bunch who has the same LinkedIn profile."""
    return [frozenset(keys) for keys in having(records, lambda r: r.profiles).values()]


def _by_email(records: Mapping[str, Record]) -> Bunches:
    """Bunch who has the same e-mail address; of a shared address, who also has the same name."""
    bunches = []
    for keys in having(records, lambda r: r.emails).values():
        if len(keys) <= SHARED_BY and all(
            _may_share(records[one], records[other]) for one, other in combinations(keys, 2)
        ):
            bunches.append(frozenset(keys))
            continue
        named = having({key: records[key] for key in keys}, _full_names)
        bunches += [frozenset(some) for some in named.values()]
    return bunches


def _may_share(one: Record, other: Record) -> bool:
    """Return whether an address in common is one human's: names that do not contradict.

    Two names in the same file that are only alike are two entries made on purpose: Jan and Jana.
    """
    kind = relation(one.names, other.names)
    return kind in {"same", "part", "none"} or (kind == "alike" and not one.sources & other.sources)


def _by_phone(records: Mapping[str, Record]) -> Bunches:
    """Bunch who has the same phone number and the same name."""
    bunches = []
    ends = having(
        records, lambda r: {(end, name) for end in phone_ends(r.phones) for name in r.names}
    )
    for (end, _), keys in ends.items():
        numbers = {n for key in keys for n in records[key].phones if phone_ends([n]) == {end}}
        if sum(number.startswith("+") for number in numbers) <= 1:
            bunches.append(frozenset(keys))
            continue  # else there are two countries: only the whole number counts
        exact = having({key: records[key] for key in keys}, lambda r: r.phones)
        bunches += [frozenset(exact[number]) for number in numbers & exact.keys()]
    return bunches


def _by_company(records: Mapping[str, Record]) -> Bunches:
    """Bunch who has the same name and company, where these single out one human per file."""
    pairs = having(
        records,
        lambda r: {(name, work) for name in _full_names(r) for work in r.companies - NO_COMPANY},
    )
    bunches = []
    for keys in pairs.values():
        people = [person for key in keys for person in records[key].people]
        places = Counter(source for key in keys for source in records[key].sources)
        if len(people) <= 1 and max(places.values(), default=0) <= 1:
            bunches.append(frozenset(keys))
    return bunches


def _full_names(record: Record) -> set[str]:
    return {name for name in record.names if is_full(name)}


STEPS: Final = {
    "profile": _by_profile,
    "email": _by_email,
    "phone and name": _by_phone,
    "name and company": _by_company,
}
"""The witnesses, the firmest first, by the words of `netquality.tables.MATCHES`."""
