"""Counts only: nobody stands alone in what is shown, nor in any sum or difference of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

import leaks
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import network_of, row, rows_of

import netquality as nq
from netquality.errors import TableError
from netquality.privacy import counting, hiding, sums
from netquality.privacy.hiding import FEWEST, Question, hide
from netquality.privacy.sums import small_sum
from netquality.status import LABELS
from netquality.tables import AGGREGATES, check

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def sample() -> tuple[nq.Network, pd.DataFrame]:
    network = nq.load_sample()
    return network, nq.assess(network)


def count_of(table: pd.DataFrame, question: str) -> dict[str, int]:
    rows = table[(table["question"] == question) & table["person_count"].notna()]
    return dict(zip(rows["answer"], rows["person_count"].astype(int), strict=True))


# -- what is counted ------------------------------------------------------------------------------


def test_the_counts_are_those_of_the_tables(sample) -> None:
    network, people = sample
    table = nq.aggregate(network, people)
    check(table, AGGREGATES)
    own = people[people["is_connection"]]
    assert count_of(table, "connections") == {"all": len(own)}
    for question in ("status", "connected", "origin", "depth", "first year"):
        assert sum(count_of(table, question).values()) == len(own)
    counts = own["status"].map(LABELS).value_counts()
    plain = {name: count for name, count in count_of(table, "status").items() if name in counts}
    assert len(plain) > 4
    assert plain == {name: int(counts[name]) for name in plain}
    years = own["connected_on"].dt.year
    assert count_of(table, "connected")["2014 to 2015"] == (years <= 2015).sum()
    assert count_of(table, "connected")["2019"] == (years == 2019).sum()
    then = nq.status_over_time(network, "YE-DEC")["active"]
    assert count_of(table, "in touch") == {
        str(day.year): int(count) for day, count in then.items() if day.year < 2026
    }
    rate = nq.habits.conversation_rate(network, people).iloc[-1]
    first = count_of(table, "first year")
    assert (first["talk"], first["talk"] + first["no talk"]) == (
        rate["talk_count"], rate["person_count"],
    )  # fmt: skip


def test_it_says_what_it_is_and_can_be_written(sample, tmp_path) -> None:
    network, people = sample
    table = nq.aggregate(network)
    pd.testing.assert_frame_equal(table, nq.aggregate(network, people))
    assert table.attrs == {
        "schema_version": 1, "as_of": "2026-11", "fewest": 5, "rule": counting.RULE,
    }  # fmt: skip
    table.to_csv(tmp_path / "counts.csv", index=False)
    table.to_parquet(tmp_path / "counts.parquet")
    again = pd.read_parquet(tmp_path / "counts.parquet")
    assert again.attrs == table.attrs
    assert again["person_count"].tolist() == table["person_count"].tolist()


def test_no_name_no_employer_and_no_day_is_in_it(sample) -> None:
    network, people = sample
    said = leaks.shown_table(nq.aggregate(network, people))
    assert leaks.found(leaks.originals(network), said) == []
    assert leaks.found(leaks.originals(network), leaks.shown_table(people)) != []
    assert "-20" not in said  # a day of a month; the month is 2026-11


def test_invented_names_and_row_order_change_nothing(sample) -> None:
    network, people = sample
    table = nq.aggregate(network, people)
    pd.testing.assert_frame_equal(table, nq.aggregate(nq.pseudonymise(network, seed=1)))
    mixed = people.sample(frac=1, random_state=1, ignore_index=True)
    pd.testing.assert_frame_equal(table, nq.aggregate(network, mixed))


def test_tiny_and_empty_networks_give_no_row() -> None:
    for size in range(FEWEST):
        table = nq.aggregate(network_of([], people={f"p{one}": {} for one in range(size)}))
        check(table, AGGREGATES)
        assert len(table) == 0
        assert table.attrs["rule"].startswith("There are fewer than 5" if size else "No count")
    table = nq.aggregate(network_of([], people={f"p{one}": {} for one in range(FEWEST)}))
    assert count_of(table, "connections") == {"all": 5}
    assert count_of(table, "status")["No conversation on record"] == 5


def test_without_messages_nothing_is_said_of_talk() -> None:
    network = network_of([], people={f"p{one}": {} for one in range(9)})
    network = nq.Network(**(vars(network) | {"kinds": frozenset(["connections"])}))
    table = nq.aggregate(network)
    assert set(table["question"]) == {"connections", "status", "connected", "origin"}
    assert count_of(table, "status")["Can't tell"] == 9


def test_mistakes_are_named(sample) -> None:
    network, people = sample
    with pytest.raises(TableError):
        nq.aggregate(people)
    with pytest.raises(TableError):
        nq.aggregate(network, network.people)
    with pytest.raises(TableError, match="another date"):
        nq.aggregate(network, nq.assess(network, "2024-01-01"))


def test_a_choice_of_people_is_refused(sample) -> None:
    """Two calls, of all and of all but one, would give that one away."""
    network, people = sample
    one = people.index[people["is_connection"]][7]
    counted = people["is_connection"].copy()
    counted[one] = False
    for some in (
        people.drop(index=one),
        people.head(100),
        people.head(0),
        people.assign(is_connection=counted),
        people.assign(is_connection=True),  # more than are connected
        pd.concat([people, people.loc[[one]]]),
        nq.assess(nq.pseudonymise(network, seed=1)),
    ):
        with pytest.raises(TableError, match="not all connections of this network") as error:
            nq.aggregate(network, some)
        assert people.loc[one, "person_id"] not in str(error.value)
    # who is no connection is not counted anyway
    told = nq.aggregate(network, people[people["is_connection"]])
    pd.testing.assert_frame_equal(told, nq.aggregate(network, people))


def test_as_of_an_earlier_day_those_connected_by_then_are_all(sample) -> None:
    """As the command line has it: the export is read as of that day."""
    network, _ = sample
    earlier = replace(network, as_of=pd.Timestamp("2019-12-31 23:59:59.999999", tz="UTC"))
    people = nq.assess(earlier)
    table = nq.aggregate(earlier, people)
    made = network.people["connected_on"] <= pd.Timestamp("2019-12-31")
    assert count_of(table, "connections") == {"all": int(made.sum())}
    assert table.attrs["as_of"] == "2019-12"
    said = " ".join(table["answer"])
    assert "2019" in said
    assert not any(str(year) in said for year in range(2020, 2027))
    assert not table["person_count"].dropna().between(1, FEWEST - 1).any()
    one = people.index[people["is_connection"]][7]
    with pytest.raises(TableError, match="not all connections of this network"):
        nq.aggregate(earlier, people.drop(index=one))


def test_of_very_many_kinds_groups_of_one_or_two_are_looked_for(monkeypatch) -> None:
    """As the docs say; of three kinds and four they are not."""
    monkeypatch.setattr(sums, "_MOST", 2)
    sizes = np.array([1, 1, 1, 9])
    for count in range(1, 4):
        wanted = np.array([1] * count + [0] * (3 - count) + [0])
        found = small_sum(np.array([[1, 1, 1, 1], wanted]), sizes, 4)
        assert (found is None) == (count == 3)
    monkeypatch.setattr(sums, "_MOST", 3)
    found = small_sum(np.array([[1, 1, 1, 1], [1, 1, 1, 0]]), sizes, 4)
    assert found is not None
    assert found.tolist() == [1, 1, 1, 0]
    for text in (nq.aggregate.__doc__, (ROOT / "docs" / "privacy.md").read_text("utf-8")):
        assert "3,000 kinds" in text


# -- what may not be known ------------------------------------------------------------------------

QUESTIONS = st.lists(
    st.tuples(st.booleans(), st.booleans(), st.integers(2, 5), st.integers(0, 2**32 - 1)),
    min_size=1, max_size=3,
)  # fmt: skip


def asked_of(size: int, about: list[tuple[bool, bool, int, int]]) -> list[Question]:
    """Return questions with answers at random, some of them rare."""
    made = []
    for number, (is_ordered, is_partition, answers, seed) in enumerate(about):
        random = np.random.default_rng(seed)
        share = random.dirichlet(np.full(answers, 0.5))
        said = random.choice(answers, size, p=share)
        cells = [(f"{at}", said == at) for at in range(answers)]
        if not is_partition:
            cells = [(name, mask | (said == 0)) for name, mask in cells]
        made.append(Question(f"q{number}", cells, is_ordered=is_ordered, is_partition=is_partition))
    return made


def shown_masks(questions: list[Question], size: int) -> list[np.ndarray]:
    return [np.ones(size, bool), *(asked.mask(group) for asked in questions
                                   for group in asked.groups)]  # fmt: skip


def recomputed(shown: list[np.ndarray], wanted: np.ndarray) -> bool:
    """Return whether a count is a linear combination of others, by their rank in real numbers."""
    rows = np.array(shown, float)
    rank = np.linalg.matrix_rank
    return bool(rank(np.vstack([rows, wanted])) == rank(rows))


def small_groups(questions: list[Question], size: int) -> list[np.ndarray]:
    """Return every group of one to four that answers tell from the others, by trying all."""
    every = np.array([mask for asked in questions for _, mask in asked.cells])
    _, kind = np.unique(every, axis=1, return_inverse=True)
    sizes = np.bincount(kind.ravel())
    few = np.flatnonzero(sizes < FEWEST)
    return [
        np.isin(kind.ravel(), group)
        for number in range(1, FEWEST)
        for group in combinations(few, number)
        if sizes[list(group)].sum() < FEWEST
    ]


@settings(max_examples=60)
@given(st.integers(5, 40), QUESTIONS)
def test_no_small_count_is_shown_nor_follows_from_those_shown(size, about) -> None:
    questions = asked_of(size, about)
    hide(questions, size)
    shown = shown_masks(questions, size)
    assert not any(0 < mask.sum() < FEWEST for mask in shown)
    for wanted in small_groups(questions, size)[:400]:
        assert not recomputed(shown, wanted)
    for asked in questions:
        held = sorted(place for group in asked.groups for place in group)
        assert len(set(held)) == len(held)
        if asked.is_partition:  # nothing is lost: it only stands with others
            assert held == list(range(len(asked.cells)))


def test_merging_small_cells_alone_would_give_some_back(monkeypatch) -> None:
    """The law above can fail: three are what two linked questions leave beside each other."""
    who = np.arange(60)
    status = [who < 20, (who >= 20) & (who < 37), (who >= 37) & (who < 40), who >= 40]
    talk = [who < 40, who >= 40]

    def asked() -> list[Question]:
        return [
            Question("status", [(str(at), mask) for at, mask in enumerate(status)]),
            Question("talk", [(str(at), mask) for at, mask in enumerate(talk)]),
        ]

    honest = asked()
    hide(honest, 60)
    assert not recomputed(shown_masks(honest, 60), status[2])
    monkeypatch.setattr(hiding, "small_sum", lambda *_: None)
    naive = asked()
    naive[0].groups = [[0], [1], [2, 3]]  # each is large enough
    hide(naive, 60)
    assert not any(0 < mask.sum() < FEWEST for mask in shown_masks(naive, 60))
    assert recomputed(shown_masks(naive, 60), status[2])


def test_small_sums_are_found_by_hand() -> None:
    rows = np.array([[1, 1, 1, 1], [1, 1, 0, 0], [0, 1, 1, 0]])
    # the first less the second leaves the last two together, and neither by itself
    found = small_sum(rows, np.array([9, 9, 2, 2]), 4)
    assert found is not None
    assert found.tolist() == [0, 0, 1, 1]
    assert small_sum(rows, np.array([9, 9, 3, 2]), 4) is None
    for counts in product([1, 9], repeat=4):
        sizes = np.array(counts)
        few = [
            g for n in range(1, 5) for g in combinations(range(4), n) if sizes[list(g)].sum() < 5
        ]
        there = [g for g in few if recomputed(list(rows), np.isin(np.arange(4), g))]
        assert (small_sum(rows, sizes, 4) is None) == (not there)


story = st.tuples(
    st.sampled_from(["", "S", "R", "S R", "S R | S R", "S R || S R", "c c", "G g", "R S R"]),
    st.sampled_from(["2019-06-01", "2020-02-01", "2026-10-01", None]),
    st.sampled_from(["2020-01-02 10:00", "2024-05-06 09:00", "2026-06-07 08:00"]),
)


@settings(max_examples=25)
@given(st.lists(story, min_size=5, max_size=30))
def test_no_network_gives_away_one_to_four(stories) -> None:
    connected = {f"p{number:02}": on for number, (_, on, _) in enumerate(stories)}
    rows = [
        made
        for who, (text, _, begin) in zip(connected, stories, strict=True)
        for made in rows_of(text, who, begin)
    ]
    network = network_of(rows, connected, people={who: {} for who in connected})
    table = nq.aggregate(network)
    counts = table["person_count"].dropna()
    assert not counts.between(1, 4).any()
    people = nq.assess(network)
    questions = counting._questions(network, people)
    hide(questions, len(people))
    shown = shown_masks(questions, len(people))
    assert sorted(counts) == sorted(int(mask.sum()) for mask in shown)
    for wanted in small_groups(questions, len(people))[:200]:
        assert not recomputed(shown, wanted)


def test_a_merged_row_says_what_is_in_it() -> None:
    at = pd.Timestamp("2024-01-05 10:00", tz="UTC").as_unit("us")
    connected = {f"p{number:02}": f"20{10 + number // 4}-01-01" for number in range(16)}
    network = network_of([row("S", at, "p00")], connected, people={who: {} for who in connected})
    table = nq.aggregate(network)
    merged = table[table["question"] == "connected"]
    assert merged["answer"].tolist() == ["2010 to 2011", "2012 to 2013", "no date"]
    assert merged["person_count"].tolist() == [8, 8, 0]
    assert merged["is_merged"].tolist() == [True, True, False]
    # one person was written to, and stands with others
    assert count_of(table, "status")["One-sided or No conversation on record"] == 16
