"""Closeness from the owner's labels: given only where it ranks better than single counts do."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score
from stories import network_of, rows_of

import netquality as nq
from netquality.closeness.agreement import agreement_of, no_agreement
from netquality.tables import JOURNAL, MEASURES, build

SIGNS = (
    "recommendation_given_count", "recommendation_received_count", "endorsement_given_count",
    "endorsement_received_count", "greeting_count", "group_thread_count", "address_count",
)  # fmt: skip
COLUMNS = ("mutual_contact_days", "silent_days", "talk_years_count", *SIGNS)


def invented(
    seed: int, count: int = 120, *, signal: float = 1.2
) -> tuple[pd.DataFrame, np.ndarray]:
    """Return people whose closeness shows in the signs beside messages, and that closeness."""
    dice = np.random.default_rng(seed)
    close = dice.normal(size=count)
    days = dice.poisson(np.exp(dice.normal(0, 1.3, count)))
    silent = pd.array(dice.integers(1, 4000, count), "Int64")
    silent[(days == 0) & (dice.random(count) < 0.8)] = pd.NA
    counts = {"mutual_contact_days": days, "talk_years_count": np.minimum(days, 3)}
    counts |= {name: dice.poisson(np.exp(signal * close - 0.7)) for name in SIGNS}
    people = pd.DataFrame({"person_id": pd.Series([f"p{i:03}" for i in range(count)], dtype="str")})
    whole = {name: pd.array(values, "Int64") for name, values in counts.items()}
    return people.assign(silent_days=silent, **whole), close


def labelled(
    people: pd.DataFrame, close: np.ndarray, count: int = 60, words: tuple = ("know", "close")
) -> pd.Series:
    """Return labels of the first people with anything on file, by whether they are close."""
    said = np.where(close > 0, words[1], words[0])
    labels = pd.Series(said, people["person_id"].to_numpy())
    some = people[list(COLUMNS)].fillna(0).sum(axis=1).gt(0).to_numpy()
    return labels[some].head(count)


PEOPLE, CLOSE = invented(1)
LABELS = labelled(PEOPLE, CLOSE)


@pytest.fixture(scope="module")
def planted() -> nq.ClosenessFit:
    return nq.fit_closeness(PEOPLE, LABELS)


def same(one: nq.ClosenessFit, other: nq.ClosenessFit) -> None:
    pd.testing.assert_series_equal(one.closeness.sort_index(), other.closeness.sort_index(), rtol=0)
    pd.testing.assert_frame_equal(one.agreement, other.agreement, rtol=0, atol=0)


# -- given ----------------------------------------------------------------------------------------


def test_closeness_that_other_signs_carry_is_found(planted: nq.ClosenessFit) -> None:
    agreement = planted.agreement
    assert agreement.index.tolist() == ["closeness", "mutual contact days", "silence"]
    assert (agreement["gain_low"].iloc[1:] > 0).all()
    assert planted.sentence.startswith("Closeness is given for ")
    rest = ~PEOPLE["person_id"].isin(LABELS.index).to_numpy()
    given = planted.closeness.notna().to_numpy()
    assert given[rest].sum() > 30
    # it holds for people without a label, whom no fold ever saw
    unseen = rest & given
    found = planted.closeness.to_numpy(float, na_value=np.nan)[unseen]
    assert roc_auc_score(CLOSE[unseen] > 0, found) > 0.8


def test_the_form_of_what_is_given(planted: nq.ClosenessFit) -> None:
    closeness = planted.closeness
    assert (closeness.name, str(closeness.dtype)) == ("closeness", "Float64")
    assert closeness.index.name == "person_id"
    assert closeness.index.tolist() == PEOPLE["person_id"].tolist()
    assert closeness.dropna().between(0, 1).all()
    figures = ["auc", "low", "high", "gain", "gain_low", "gain_high"]
    assert planted.agreement.columns.tolist() == figures
    assert (planted.agreement.dtypes == "Float64").all()
    assert planted.agreement.loc["closeness", figures[3:]].isna().all()
    assert planted.agreement.drop("closeness").notna().all(axis=None)


def test_closeness_is_missing_where_nothing_is_on_file(planted: nq.ClosenessFit) -> None:
    nothing = PEOPLE[list(COLUMNS)].fillna(0).sum(axis=1).eq(0).to_numpy()
    assert 0 < nothing.sum() < len(PEOPLE)
    assert (planted.closeness.isna().to_numpy() == nothing).all()


def test_the_single_measures_are_judged_as_they_stand(planted: nq.ClosenessFit) -> None:
    of = PEOPLE.set_index("person_id").loc[LABELS.index]
    high = LABELS == "close"
    days = of["mutual_contact_days"].astype(float)
    silence = of["silent_days"].astype(float).fillna(99_999)
    assert planted.agreement.loc["mutual contact days", "auc"] == pytest.approx(
        roc_auc_score(high, days)
    )
    assert planted.agreement.loc["silence", "auc"] == pytest.approx(roc_auc_score(high, -silence))


def test_the_gain_is_the_difference_and_its_interval_is_paired(planted: nq.ClosenessFit) -> None:
    table = planted.agreement
    own = table.loc["closeness"]
    for name in ("mutual contact days", "silence"):
        row = table.loc[name]
        assert row["gain"] == pytest.approx(own["auc"] - row["auc"])
        assert row["low"] < row["auc"] < row["high"]
        assert row["gain_low"] < row["gain"] < row["gain_high"]
    days = np.random.default_rng(3).normal(size=40) + (np.arange(40) > 20)
    alike = agreement_of(np.column_stack([days, -days]), np.arange(40) > 20)
    # all three are nearly one measure: drawn together, they differ by less than each varies
    row = alike.loc["silence"]
    assert row["gain_high"] - row["gain_low"] < (row["high"] - row["low"]) / 3


def test_the_sentence_has_the_figures_and_names_nobody(planted: nq.ClosenessFit) -> None:
    for name in planted.agreement.index:
        row = (planted.agreement.loc[name] * 100).round().astype(int, errors="ignore")
        assert f"{row['auc']:.0f} ({row['low']:.0f} to {row['high']:.0f})" in planted.sentence
    said = repr(planted) + planted.sentence
    assert not any(person in said for person in PEOPLE["person_id"])
    assert repr(planted) == (
        f"ClosenessFit(given for {planted.closeness.count()} of 120 people, from 60 labels)"
    )


# -- not given ------------------------------------------------------------------------------------


def test_random_labels_give_nothing() -> None:
    given, areas = [], []
    for seed in range(20):
        people, close = invented(100 + seed)
        labels = labelled(people, np.random.default_rng(seed).permutation(close), 40)
        fit = nq.fit_closeness(people, labels)
        given.append(bool(fit.closeness.notna().any()))
        assert given[-1] == fit.sentence.startswith("Closeness is given")
        areas.append(fit.agreement.loc["closeness", "auc"])
    assert sum(given) <= 2  # by chance in about 2 of 100 (docs/your-word.md)
    assert np.mean(areas) < 0.55  # whoever is judged was not fitted on: else about 0.7


def test_what_contact_days_know_as_well_is_not_given() -> None:
    people, _ = invented(5, signal=0)
    order = people["mutual_contact_days"].to_numpy(float)
    fit = nq.fit_closeness(people, labelled(people, order - np.median(order[:90]) - 0.5))
    assert fit.agreement.loc["mutual contact days", "auc"] == 1
    assert fit.closeness.isna().all()
    assert "it is not better than both" in fit.sentence


def test_it_has_to_beat_both_and_a_coin() -> None:
    table = no_agreement()
    table["low"], table["gain_low"] = [0.55, 0.1, 0.1], [np.nan, 0.2, 0.2]
    assert nq.closeness._is_better(table)
    # where the labels happen to run against days and silence, knowing nothing beats these two
    assert not nq.closeness._is_better(table.assign(low=[0.45, 0.1, 0.1]))
    assert not nq.closeness._is_better(table.assign(gain_low=[np.nan, 0.2, 0.0]))
    assert not nq.closeness._is_better(table.assign(gain_low=[np.nan, -0.1, 0.2]))


@pytest.mark.parametrize(("count", "enough"), [(19, False), (20, True)])
def test_twenty_labels_are_needed(count: int, enough: bool) -> None:
    fit = nq.fit_closeness(PEOPLE, LABELS.head(count))
    assert fit.agreement["auc"].notna().all() == enough
    assert ("19 of your labels can be used, and 20 are needed." in fit.sentence) != enough
    if not enough:
        assert fit.closeness.isna().all()
        assert len(fit.closeness) == len(PEOPLE)
        assert fit.agreement.shape == (3, 6)


def test_one_class_is_not_enough() -> None:
    fit = nq.fit_closeness(PEOPLE, LABELS.replace("know", "close"))
    assert fit.closeness.isna().all()
    assert fit.agreement.isna().all(axis=None)
    assert "you gave 60 close, 0 know, 0 stranger. At least 5 are needed" in fit.sentence
    few = LABELS.replace("know", "close")
    few.iloc[:4] = "stranger"
    assert nq.fit_closeness(PEOPLE, few).agreement.isna().all(axis=None)


def test_where_few_are_close_strangers_are_told_from_the_rest() -> None:
    labels = labelled(PEOPLE, CLOSE, words=("stranger", "know"))
    labels[labels[labels == "know"].index[:4]] = "close"
    fit = nq.fit_closeness(PEOPLE, labels)
    assert "one you call close or know above one you call a stranger" in fit.sentence
    same(fit, nq.fit_closeness(PEOPLE, LABELS))  # the same two sides by other words
    labels[labels[labels == "know"].index[:1]] = "close"  # five: close against the rest
    assert "above one you know or call a stranger" in nq.fit_closeness(PEOPLE, labels).sentence


# -- which labels count ---------------------------------------------------------------------------


def test_labels_that_say_nothing_of_it_are_left_out_and_counted(planted: nq.ClosenessFit) -> None:
    used = set(LABELS.index)
    nothing = planted.closeness[planted.closeness.isna()].index[:4].tolist()
    others = [one for one in planted.closeness.dropna().index if one not in used][:3]
    more = pd.concat([
        LABELS,
        pd.Series("not interested", [*others, nothing[2]]),
        pd.Series("close", ["elsewhere", *nothing[:2]]),
        pd.Series(None, [nothing[3]], dtype="object"),
    ])  # fmt: skip
    fit = nq.fit_closeness(PEOPLE, more)
    same(fit, planted)
    expected = {
        "close": int((LABELS == "close").sum()), "know": int((LABELS == "know").sum()),
        "stranger": 0, "not interested": 4, "not in the table": 1, "nothing on file": 2,
    }  # fmt: skip
    assert fit.label_counts.to_dict() == expected
    aside = "Labels set aside: 4 not interested, 1 not in the table, 2 nothing on file."
    assert fit.sentence.endswith(aside)
    assert "set aside" not in planted.sentence


def test_a_journal_says_the_same_as_its_labels(planted: nq.ClosenessFit) -> None:
    words = {
        "person_id": [*LABELS.index, "p119"], "owner_label": [*LABELS, None],
        "is_off_platform": [False] * 60 + [True], "off_platform": [None] * 60 + ["by phone"],
        "is_hidden": False, "owner_note": None, "snoozed_until": None,
    }  # fmt: skip
    fit = nq.fit_closeness(PEOPLE, nq.Journal(build(JOURNAL, words)))
    same(fit, planted)
    assert fit.sentence == planted.sentence


@pytest.mark.parametrize(
    ("labels", "fault"),
    [
        (pd.Series(["friend"], ["p001"]), "1 label other than close, know, stranger, not"),
        (pd.Series(["close", "know"], ["p001", "p001"]), "a person has several labels"),
        (pd.Series(["close"]), "the index holds something that is no person_id"),
        ({"p001": "close"}, "is dict, expected a Series or a Journal"),
    ],
)
def test_labels_that_cannot_be_used_are_refused(labels: object, fault: str) -> None:
    with pytest.raises(nq.NetQualityError, match=fault) as caught:
        nq.fit_closeness(PEOPLE, labels)
    assert "p001" not in str(caught.value)


# -- the table ------------------------------------------------------------------------------------


def test_the_order_of_rows_changes_nothing(planted: nq.ClosenessFit) -> None:
    mixed = PEOPLE.sample(frac=1, random_state=4).set_index(np.arange(120) * 3)
    fit = nq.fit_closeness(mixed, LABELS.sample(frac=1, random_state=5))
    same(fit, planted)
    assert fit.closeness.index.tolist() == mixed["person_id"].tolist()


def test_the_people_are_not_changed() -> None:
    people, labels = PEOPLE.copy(), LABELS.copy()
    nq.fit_closeness(people, labels)
    pd.testing.assert_frame_equal(people, PEOPLE)
    pd.testing.assert_series_equal(labels, LABELS)


def test_missing_measures_say_nothing() -> None:
    # without a messages file all that rests on messages is missing
    lost = ["mutual_contact_days", "silent_days", "talk_years_count", "greeting_count"]
    gone = PEOPLE.assign(**{name: pd.array([pd.NA] * 120, "Int64") for name in lost})
    fit = nq.fit_closeness(gone, LABELS)
    assert fit.agreement.loc[["mutual contact days", "silence"], "auc"].tolist() == [0.5, 0.5]
    assert fit.closeness.notna().any()
    none_at_all = PEOPLE.assign(**{name: pd.array([pd.NA] * 120, "Int64") for name in COLUMNS})
    assert nq.fit_closeness(none_at_all, LABELS).label_counts["nothing on file"] == 60


def test_no_message_is_the_longest_silence() -> None:
    figures = nq.closeness._figures(PEOPLE.set_index("person_id"))
    never = PEOPLE["silent_days"].isna().to_numpy()
    assert 0 < never.sum() < 120
    assert figures[never, 1].min() > figures[~never, 1].max()


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(nq.NetQualityError, match="'greeting_count' is missing; 'address_count' is"):
        nq.fit_closeness(PEOPLE.drop(columns=["greeting_count", "address_count"]), LABELS)
    with pytest.raises(nq.NetQualityError, match="a person has several rows"):
        nq.fit_closeness(pd.concat([PEOPLE, PEOPLE]), LABELS)


def test_what_assess_gives_can_be_used() -> None:
    assert set(COLUMNS) <= set(MEASURES.dtypes)
    rows = [
        row for i in range(24) for row in rows_of("SR" * (1 + i % 3) + "c" * (i // 8), f"q{i:02}")
    ]
    people = nq.assess(network_of(rows))
    words = ["close" if i >= 12 else "stranger" for i in range(24)]
    fit = nq.fit_closeness(people, pd.Series(words, people["person_id"].to_numpy()))
    assert fit.agreement["auc"].notna().all()
    assert fit.label_counts[["close", "stranger"]].tolist() == [12, 12]


def test_naming_it_loads_no_learning() -> None:
    code = "import sys, netquality as nq; nq.fit_closeness; assert 'sklearn' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
