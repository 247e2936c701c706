"""Which pairs are worth a question: those that may be one human, found without comparing all.

Two records are compared when they have a profile, an address or a full name in common, or when
their names may be alike and a company or an e-mail address speaks for it. Comparing everybody with
everybody would be 150 million comparisons for 30,000 people and 5,000 contacts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations, product
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from netquality.combining.evidence import (
    Facts,
    compare,
    domain_words,
    is_doubtful,
    mail_forms,
    name_forms,
    squeezed,
    strength,
)
from netquality.combining.joining import SHARED_BY, having
from netquality.combining.records import ALIKE, Record, fold, is_full, phone_ends
from netquality.decisions import pair_of
from netquality.identity import NO_COMPANY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from netquality.combining.joining import Groups

__all__ = ["Question", "find_questions"]

MOST_PAIRS: Final = 100
"""A name that makes more pairs than this is everybody's: it asks nothing, and is counted."""
MOST_IN_BLOCK: Final = 250_000


class Question(NamedTuple):
    """Two groups that may be one human, and why."""

    one: str
    other: str
    facts: Facts


class Questions(NamedTuple):
    """The pairs, the strongest first, and how many witnesses were too common to ask about."""

    pairs: list[Question]
    crowded: int


def find_questions(groups: Groups, *, aside: frozenset[str] = frozenset()) -> Questions:
    """Return the doubtful pairs of groups, of which one at least is no person of the export.

    Parameters
    ----------
    groups : Groups
    aside : frozenset of str
        Keys of groups about which nothing is asked.

    Returns
    -------
    Questions
        Without the pairs that the owner has answered.
    """
    records = {key: record for key, record in groups.records.items() if key not in aside}
    exact, crowded = _exact_pairs(records)
    alike, full_blocks = _alike_pairs(records)
    read, full_forms = _read_pairs(records)
    named = Counter(name for record in records.values() for name in record.names)
    known = Counter(each for r in records.values() for each in r.emails | r.phones)
    common = frozenset(address for address, count in known.items() if count > SHARED_BY)
    found = []
    for one, other in sorted(exact | alike | read):
        if groups.is_forbidden(records[one].ids | records[other].ids):
            continue
        ours, theirs = records[one], records[other]
        facts = compare(
            ours,
            theirs,
            crowded=common,
            shared=any(known[mail] > _PAIR for mail in ours.emails & theirs.emails),
            namesakes=any(named[name] > _PAIR for name in ours.names & theirs.names),
        )
        if is_doubtful(facts):
            found.append(Question(one, other, facts))
    kept = sorted(_worth_asking(found, records), key=lambda asked: -strength(asked.facts))
    return Questions(kept, crowded + full_blocks + full_forms)


_PAIR: Final = 2


def _worth_asking(found: list[Question], records: Mapping[str, Record]) -> list[Question]:
    """Leave out a part of a name that fits several: "Anna" at a company of three Annas."""
    weak = {number for number, pair in enumerate(found) if _is_weak(pair.facts)}
    fits = Counter(
        key for n in weak for key in found[n][:_PAIR] if not records[key].people
    )  # of each card, how many it may be a part of
    return [
        pair
        for number, pair in enumerate(found)
        if number not in weak
        or all(fits[key] == 1 for key in (pair.one, pair.other) if not records[key].people)
    ]


def _is_weak(facts: Facts) -> bool:
    return facts.name == "part" and not (
        facts.profile or facts.email or facts.phone or facts.reads_whole
    )


def _exact_pairs(records: Mapping[str, Record]) -> tuple[set[tuple[str, str]], int]:
    """Return who has a profile, an address or a full name in common, and what is too common."""
    pairs: set[tuple[str, str]] = set()
    crowded = 0
    witnesses: tuple[tuple[Callable[[Record], Iterable[str]], int], ...] = (
        (lambda r: r.profiles, MOST_PAIRS),
        (lambda r: r.emails, SHARED_BY * (SHARED_BY - 1) // 2),
        (lambda r: phone_ends(r.phones), SHARED_BY * (SHARED_BY - 1) // 2),
        (lambda r: filter(is_full, r.names), MOST_PAIRS),
    )
    for values, most in witnesses:
        for keys in having(records, values).values():
            cards = sum(not records[key].people for key in keys)
            if cards * (len(keys) - cards) + cards * (cards - 1) // 2 > most:
                crowded += 1
                continue
            pairs |= {pair for pair in combinations(sorted(keys), 2) if _may_ask(records, *pair)}
    return pairs, crowded


def _may_ask(records: Mapping[str, Record], one: str, other: str) -> bool:
    """Return whether one of two groups at least is no person of the export."""
    return not (records[one].people and records[other].people)


def _alike_pairs(records: Mapping[str, Record]) -> tuple[set[tuple[str, str]], int]:
    """Return who has much alike names and a company in common, by blocks of names that may be."""
    blocks: dict[tuple[str, str], tuple[list[tuple[str, str]], list[tuple[str, str]]]] = {}
    ordered = sorted(records.items(), key=lambda item: bool(item[1].people))
    for key, record in ordered:  # cards first: a block without any is not opened
        works = set(map(squeezed, record.companies - NO_COMPANY)) | domain_words(record.emails)
        for name in record.names:
            for part in _name_blocks(name):
                for work in works - {""}:
                    if not record.people:
                        blocks.setdefault((work, part), ([], []))[0].append((key, name))
                    elif (work, part) in blocks:
                        blocks[work, part][1].append((key, name))
    pairs: set[tuple[str, str]] = set()
    crowded = 0
    for cards, people in blocks.values():
        if len(cards) * (len(people) + len(cards) // 2) > MOST_IN_BLOCK:
            crowded += 1
        elif len(cards) + len(people) > 1:
            pairs |= _alike_within(cards, people)
    return pairs, crowded


def _name_blocks(name: str) -> set[str]:
    """Return each word of a name, and its first letters: one of them two alike names share."""
    words = fold(name).split()
    return {*words, "*" + "".join(sorted(word[0] for word in words))}


def _alike_within(
    cards: list[tuple[str, str]], people: list[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Return the pairs of a block whose names are alike, or one a part of the other."""
    everybody = [*cards, *people]
    scores = process.cdist(
        [fold(name) for _, name in cards],
        [fold(name) for _, name in everybody],
        scorer=fuzz.token_set_ratio,
        score_cutoff=ALIKE - 1,  # float32; `compare` decides
    )
    return {
        pair_of(cards[row][0], everybody[column][0])
        for row, column in zip(*np.nonzero(scores), strict=True)
        if cards[row][0] != everybody[column][0]
    }


def _read_pairs(records: Mapping[str, Record]) -> tuple[set[tuple[str, str]], int]:
    """Return who has a name that another's e-mail address reads like."""
    spelt: dict[str, set[str]] = defaultdict(set)
    called: dict[str, set[str]] = defaultdict(set)
    for key, record in records.items():
        for form in mail_forms(record.emails):
            spelt[form].add(key)
    for key, record in records.items():
        for name in record.names:
            for form in name_forms(name).keys() & spelt.keys():
                called[form].add(key)
    pairs: set[tuple[str, str]] = set()
    crowded = 0
    for form, keys in called.items():
        if len(keys) * len(spelt[form]) > MOST_IN_BLOCK:
            crowded += 1
            continue
        pairs |= {pair_of(one, other) for one, other in product(keys, spelt[form]) if one != other}
    return {pair for pair in pairs if _may_ask(records, *pair)}, crowded
