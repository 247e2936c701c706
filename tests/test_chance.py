"""The contact chance: its terms by hand, its laws, its estimator, and that it sees no future."""

from __future__ import annotations

import math
import random
import sys
import tomllib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from sklearn.metrics import average_precision_score
from sklearn.utils.estimator_checks import parametrize_with_checks
from stories import network_of, row, rows_of

import netquality as nq
from netquality.chance import backtesting
from netquality.chance.judging import Ranking, reliability_of
from netquality.chance.model import TERMS, shipped
from netquality.interactions import mark_real
from netquality.rates import wilson

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))
import chance_sample  # noqa: E402
import pages  # noqa: E402

T = pd.Timestamp("2026-07-01 12:00", tz="UTC")
DAY = pd.Timedelta(days=1)


def table(*messages: tuple[str, float, str]) -> pd.DataFrame:
    """Return a log of (person, days before T, ``s`` or ``r``)."""
    frame = pd.DataFrame(messages, columns=["person_id", "ago", "direction"])
    at = [T - pd.Timedelta(days=ago) for ago in frame.pop("ago")]
    sides = frame["direction"].map({"s": "sent", "r": "received"})
    return frame.assign(at=pd.DatetimeIndex(at, dtype="datetime64[us, UTC]"), direction=sides)


@pytest.fixture(scope="module")
def sample_test() -> nq.Backtest:
    return nq.backtest(nq.load_sample())


def logit(chance: float) -> float:
    return math.log(chance / (1 - chance))


# -- by hand --------------------------------------------------------------------------------------


def test_the_terms_of_two_people_by_hand() -> None:
    # H = 180 days, so a bin is 2 days. Ada: received 3 and 2.5 days before (bin 1, once), sent 10.5
    # days before (bin 5) and sent 100 days before (bin 50): 3 contact days, 2 with one sent and 1
    # with one received: 1 mutual. Bo: one received 270 days before, 1.5 horizons of silence.
    log = table(
        ("ada", 3, "r"), ("ada", 2.5, "r"), ("ada", 10.5, "s"), ("ada", 100, "s"), ("bo", 270, "r")
    )
    terms = nq.contact_terms(log, T)
    ada, bo = terms.loc["ada"], terms.loc["bo"]
    assert ada["silence"] == pytest.approx(math.log(2.5 / 180 + 0.1))
    assert ada["contact_days"] == pytest.approx(math.log(1 + 3))
    assert ada["mutual_contact_days"] == pytest.approx(math.log(1 + 1))
    assert bo["silence"] == pytest.approx(math.log(1.6))
    assert bo["contact_days"] == pytest.approx(math.log(2))
    assert bo["mutual_contact_days"] == 0
    # with 1 of 2 people both wrote in the last 180 days: (1 + .5) / (2 - 1 + 2.5)
    assert set(terms["people_in_contact"]) == {math.log(1.5 / 3.5)}
    # of 3 contact days in the last 90 bins, 2 are in the latest 22: (2 + 1) / (3 + 2)
    assert set(terms["latest_contact"]) == {math.log(3 / 5)}
    # 180 days before, only Bo had written, and the owner had not: nothing to hold it against
    assert set(terms["own_past"]) == {0.0}


def test_the_own_past_by_hand() -> None:
    # Both wrote 5 days before T, and 20 days before that horizon's begin. At T - 180 days: silent
    # for 20 days, 1 contact day, 1 mutual, 1 of 1 people in contact, 1 of 1 days in the latest 22
    # bins. The model without the last term expected e people; 1 came.
    log = table(("ada", 5, "s"), ("ada", 5, "r"), ("ada", 200, "s"), ("ada", 200, "r"))
    model = shipped()
    then = [
        math.log(20 / 180 + 0.1), math.log(2), math.log(2), math.log(1.5 / 2.5), math.log(2 / 3)
    ]  # fmt: skip
    odds = model.intercept + sum(w * x for w, x in zip(model.weights, then, strict=False))
    expected = 1 / (1 + math.exp(-odds))
    [own_past] = nq.contact_terms(log, T)["own_past"]
    assert own_past == pytest.approx(math.log((1 + 2) / (expected + 2)))


def test_a_chance_is_its_weighted_terms() -> None:
    log = table(("ada", 3, "r"), ("ada", 10, "s"), ("bo", 700, "s"))
    terms, chance = nq.contact_terms(log, T), nq.contact_chance(log, T)
    weights = tomllib.loads((ROOT / "netquality/chance/model.toml").read_text("utf-8"))
    assert weights["schema_version"] == 1
    weights = weights["weights"]
    for who in ("ada", "bo"):
        odds = weights["intercept"] + sum(weights[name] * terms.loc[who, name] for name in TERMS)
        assert logit(chance[who]) == pytest.approx(odds)
    effects = nq.ContactChance().effects(terms)
    assert effects.sum(axis=1).tolist() == pytest.approx([logit(one) for one in chance])
    assert chance.name == "contact_chance"
    assert chance.index.name == "person_id"
    assert chance.dtype == np.float64


def plain(log: list[tuple[str, int, bool]], hours: int) -> dict[str, list[float]]:
    """Return the terms in plain loops; ages and the horizon in whole hours."""

    def known(back: int) -> dict[str, list[tuple[int, bool]]]:
        found: dict[str, list[tuple[int, bool]]] = {}
        for who, age, sent in log:
            if age >= back * hours:
                found.setdefault(who, []).append((age - back * hours, sent))
        return found

    def days(rows: list[tuple[int, bool]], side: bool | None = None) -> set[int]:
        return {age * 90 // hours for age, sent in rows if side is None or sent == side}

    def both(rows: list[tuple[int, bool]]) -> bool:
        recent = {sent for age, sent in rows if age < hours}
        return recent == {True, False}

    def at(back: int) -> dict[str, list[float]]:
        people = known(back)
        n, b = len(people), sum(map(both, people.values()))
        recent = [day for rows in people.values() for day in days(rows) if day < 90]
        share = math.log((b + 0.5) / (n - b + 2.5))
        latest = math.log((sum(day < 22 for day in recent) + 1) / (len(recent) + 2))
        return {
            who: [
                math.log(min(min(age for age, _ in rows) / hours, 20) + 0.1),
                math.log(1 + len(days(rows))),
                math.log(1 + min(len(days(rows, True)), len(days(rows, False)))),
                share,
                latest,
            ]
            for who, rows in people.items()
        }

    model, came, expected = shipped(), 2.0, 2.0
    for back in range(1, 5):
        people = known(back)
        if any(sent and age < hours for rows in people.values() for age, sent in rows):
            after = known(back - 1)
            for who, terms in at(back).items():
                odds = model.intercept + sum(
                    w * x for w, x in zip(model.weights, terms, strict=False)
                )
                expected += 1 / (1 + math.exp(-odds))
                came += both(after[who])
    return {who: [*terms, math.log(came / expected)] for who, terms in at(0).items()}


LOGS = st.lists(
    st.tuples(st.sampled_from("abcde"), st.integers(0, 3000), st.booleans()),
    min_size=1,
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(log=LOGS, days=st.sampled_from([5, 15, 30]))
def test_the_terms_equal_plain_loops(log: list[tuple[str, int, bool]], days: int) -> None:
    frame = table(*((who, age / 24, "s" if sent else "r") for who, age, sent in log))
    terms = nq.contact_terms(frame, T, days)
    wanted = plain(log, days * 24)
    assert terms.index.tolist() == sorted(wanted)
    for who, expected in wanted.items():
        assert terms.loc[who].tolist() == pytest.approx(expected)


# -- laws -----------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(log=LOGS, seed=st.integers(0, 9), days=st.integers(-5000, 1000))
def test_order_units_and_the_calendar_change_nothing(
    log: list[tuple[str, int, bool]], seed: int, days: int
) -> None:
    frame = table(*((who, age / 24, "s" if sent else "r") for who, age, sent in log))
    chance = nq.contact_chance(frame, T, 30)
    assert chance.between(0, 1, inclusive="neither").all()
    shuffled = frame.sample(frac=1, random_state=seed)
    pd.testing.assert_series_equal(nq.contact_chance(shuffled, T, 30), chance, check_exact=True)
    for unit in ("s", "ms", "ns"):
        other = frame.assign(at=frame["at"].dt.round("s").dt.as_unit(unit))
        same = frame.assign(at=frame["at"].dt.round("s"))
        pd.testing.assert_series_equal(
            nq.contact_chance(other, T, 30), nq.contact_chance(same, T, 30), check_exact=True
        )
    shift = pd.Timedelta(days=days)
    moved = frame.assign(at=frame["at"] + shift)
    pd.testing.assert_series_equal(
        nq.contact_chance(moved, T + shift, 30), chance, check_exact=True
    )
    for zoned in (frame["at"].dt.tz_convert("Asia/Kolkata"), frame["at"].dt.tz_localize(None)):
        again = nq.contact_chance(frame.assign(at=zoned), T, 30)
        pd.testing.assert_series_equal(again, chance, check_exact=True)


@settings(max_examples=40, deadline=None)
@given(log=LOGS, later=LOGS)
def test_what_comes_later_or_is_not_real_changes_nothing(
    log: list[tuple[str, int, bool]], later: list[tuple[str, int, bool]]
) -> None:
    past = table(*((who, age / 24, "s" if sent else "r") for who, age, sent in log))
    future = table(*((who, -(age + 1) / 24, "s" if sent else "r") for who, age, sent in later))
    chance = nq.contact_chance(past, T, 30)
    both = pd.concat([future, past])
    pd.testing.assert_series_equal(nq.contact_chance(both, T, 30), chance, check_exact=True)
    spam = future.assign(at=future["at"] - 100 * DAY, is_real=False)
    marked = pd.concat([spam, past.assign(is_real=True)])
    pd.testing.assert_series_equal(nq.contact_chance(marked, T, 30), chance, check_exact=True)
    pd.testing.assert_series_equal(
        nq.contact_chance(marked), nq.contact_chance(past), check_exact=True
    )
    group = spam.assign(is_real=True, is_group=True)
    marked = pd.concat([group, past.assign(is_real=True, is_group=False)])
    pd.testing.assert_series_equal(nq.contact_chance(marked, T, 30), chance, check_exact=True)


def test_an_instant_less_than_a_microsecond_later_is_later() -> None:
    log = table(("ada", 10, "s"), ("bo", 5, "r"))
    log["at"] = log["at"].dt.as_unit("ns")
    log.loc[1, "at"] = T.as_unit("ns") + pd.Timedelta(1, "ns")
    assert nq.contact_chance(log, T).index.tolist() == ["ada"]


def test_more_contact_and_less_silence_are_likelier() -> None:
    base = [("ada", 100, "s"), ("ada", 101, "r"), ("bo", 9, "s"), ("cy", 10, "r")]
    chance = nq.contact_chance(table(*base), T)
    assert chance["ada"] < nq.contact_chance(table(*base, ("ada", 20, "r")), T)["ada"]
    assert chance["bo"] < nq.contact_chance(table(*base, ("bo", 300, "r")), T)["bo"]


def test_who_is_a_number_stays_a_number_and_nobody_is_nobody() -> None:
    log = table(("1", 3, "s"), ("2", 4, "r")).assign(person_id=[20, 3])
    assert nq.contact_chance(log, T).index.tolist() == [3, 20]
    for empty in (log.iloc[:0], log.assign(at=log["at"] + 400 * DAY)):
        nobody = nq.contact_chance(empty, T)
        assert nobody.empty
        assert nobody.name == "contact_chance"
    assert nq.contact_chance(log.iloc[:0]).empty


def test_ids_that_are_none_are_refused_and_mixed_ones_are_in_order() -> None:
    log = table(("1", 3, "s"), ("2", 4, "r"))
    assert nq.contact_chance(log.assign(person_id=["b", 3]), T).index.tolist() == [3, "b"]
    with pytest.raises(nq.NetQualityError, match="'person_id' holds something that is no id"):
        nq.contact_chance(log.assign(person_id=[["a"], ["b"]]), T)


def test_a_column_that_is_there_twice_is_refused() -> None:
    log = table(("ada", 3, "s"))
    for name in ("at", "person_id", "direction"):
        with pytest.raises(nq.NetQualityError, match=f"'{name}' is there twice"):
            nq.contact_chance(pd.concat([log, log[[name]]], axis=1), T)


def test_columns_of_arrow_and_thousands_of_years_do() -> None:
    log = table(("ada", 3, "s"), ("bo", 40, "r"))
    arrow = log.convert_dtypes(dtype_backend="pyarrow")
    naive = log.assign(at=log["at"].dt.tz_localize(None)).convert_dtypes(dtype_backend="pyarrow")
    for one in (arrow, naive):
        pd.testing.assert_series_equal(
            nq.contact_chance(one, T), nq.contact_chance(log, T), check_index_type=False
        )
    old = log.assign(at=[T, pd.Timestamp("0001-01-01", tz="UTC").as_unit("us")])
    assert nq.contact_chance(old, "9999-12-31").between(0, 1, inclusive="neither").all()


def test_one_date_of_a_day_means_its_end() -> None:
    log = table(("ada", 3, "s"))
    end = pd.Timestamp("2026-07-01 23:59:59.999999", tz="UTC")
    assert nq.contact_chance(log, "2026-07-01")["ada"] == nq.contact_chance(log, end)["ada"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"at": None}, "'at' is missing"),
        ({"at": "2026-01-01"}, "'at' is str, expected instants"),
        ({"direction": "out"}, "'direction' holds something else than sent and received"),
        ({"person_id": None}, "'person_id' is missing"),
        ({"is_real": "yes"}, "'is_real' is str, expected bool"),
        ({"is_real": pd.array([True, None], dtype="boolean")}, "'is_real' is missing in a row"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(change: dict, said: str) -> None:
    log = table(("ada", 3, "s"), ("bo", 4, "r")).assign(**change)
    gone = [name for name, value in change.items() if value is None and name == "at"]
    with pytest.raises(nq.NetQualityError, match="interactions") as error:
        nq.contact_chance(log.drop(columns=gone), T)
    assert said in str(error.value)
    assert "ada" not in str(error.value)


def test_all_faults_are_said_at_once() -> None:
    with pytest.raises(nq.NetQualityError, match="'person_id' is missing; 'direction' is missing"):
        nq.contact_chance(table(("ada", 3, "s"))[["at"]], T)
    with pytest.raises(nq.NetQualityError, match="is list, expected a table"):
        nq.contact_chance([], T)
    with pytest.raises(nq.NetQualityError, match="'at' is int64, expected instants"):
        nq.contact_chance(table(("ada", 3, "s")).assign(at=3), T)


@pytest.mark.parametrize("days", [0, -1, 0.5, math.nan, math.inf, 40_000, True, "180", None])
def test_a_horizon_that_cannot_be_meant_is_refused(days: object) -> None:
    with pytest.raises(nq.NetQualityError, match="horizon_days="):
        nq.contact_chance(table(("ada", 3, "s")), T, days)
    with pytest.raises(nq.NetQualityError, match="horizon_days="):
        nq.backtest(many(1, 1), horizon_days=days)


def test_nothing_that_was_given_is_changed() -> None:
    log = table(("ada", 3, "s"), ("bo", 4, "r"))
    before = log.copy(deep=True)
    nq.contact_chance(log, T)
    pd.testing.assert_frame_equal(log, before)


# -- the estimator --------------------------------------------------------------------------------


@parametrize_with_checks([nq.ContactChance()])
def test_scikit_learns_own_checks(estimator: object, check: object) -> None:
    check(estimator)


def test_the_estimator_comes_fitted_and_can_be_fitted_anew() -> None:
    network = nq.load_sample()
    terms = nq.contact_terms(network.interactions, network.as_of)
    model = nq.ContactChance()
    assert model.coef_.tolist() == list(shipped().weights)
    assert model.classes_.tolist() == [False, True]
    came = (terms["mutual_contact_days"] > terms["mutual_contact_days"].median()).to_numpy()
    fitted = model.fit(terms, came)
    assert fitted.coef_.tolist() != list(shipped().weights)
    assert nq.ContactChance().coef_.tolist() == list(shipped().weights)
    assert (fitted.predict(terms) == came).mean() > 0.95
    with pytest.raises(ValueError, match="6 terms are needed"):
        nq.ContactChance().predict_proba(np.zeros((2, 3)))
    for call in (nq.ContactChance().predict_proba, nq.ContactChance().effects):
        with pytest.raises(ValueError, match="its columns are not silence, contact_days"):
            call(terms[terms.columns[::-1]])


# -- in assess ------------------------------------------------------------------------------------


def test_assess_gives_the_chance_of_real_messages_only() -> None:
    network = nq.load_sample()
    people = nq.assess(network).set_index("person_id")
    chance = nq.contact_chance(network.interactions, network.as_of)
    given = people["contact_chance"].dropna()
    pd.testing.assert_series_equal(
        given.astype(np.float64).sort_index(), chance, check_names=False, check_exact=True
    )
    assert people.loc[people["last_message_at"].isna(), "contact_chance"].isna().all()


@pytest.mark.parametrize("letter", ["C", "G", "N"])
def test_who_wrote_nothing_real_lately_gets_no_chance(letter: str) -> None:
    def chance(rows: list[dict]) -> object:
        return nq.assess(network_of(rows))["contact_chance"].iloc[0]

    old = rows_of("SRSR", begin="2024-01-01 10:00")
    day = pd.Timestamp("2026-11-01 10:00", tz="UTC").as_unit("us")
    assert pd.isna(chance(old))
    assert pd.isna(chance([*old, row("R", day)]))
    assert pd.isna(chance([*old, row(letter, day)]))  # no real one-to-one message of the owner's
    assert 0 < chance([*old, row("S", day)]) < 1


def test_without_a_messages_file_there_is_no_chance() -> None:
    network = network_of([], people={"p": {}})
    without = replace(network, kinds=frozenset({"connections"}))
    assert nq.assess(without)["contact_chance"].isna().all()


def test_assess_sees_no_future() -> None:
    network = nq.load_sample()
    date = pd.Timestamp("2024-06-30 23:59:59.999999", tz="UTC")
    cut = replace(
        network, interactions=network.interactions[network.interactions["at"] <= date], as_of=date
    )
    then, now = (
        nq.assess(one, date).set_index("person_id")["contact_chance"] for one in (cut, network)
    )
    assert then.notna().sum() > 100
    pd.testing.assert_series_equal(then.dropna(), now.dropna(), check_exact=True)


# -- the back-test --------------------------------------------------------------------------------


def test_the_back_test_says_what_assess_would_have_said() -> None:
    network = nq.load_sample()
    test = nq.backtest(network, windows=2)
    for row_ in test.windows.itertuples(index=False):
        cases = test.cases[test.cases["from_at"] == row_.from_at].set_index("person_id")
        people = nq.assess(network, row_.from_at).set_index("person_id")
        said = people["contact_chance"].dropna().sort_index()
        pd.testing.assert_series_equal(cases["contact_chance"], said, check_exact=True)
        assert row_.people_count == len(cases)
        assert row_.again_count == cases["is_again"].sum()
        assert row_.quiet_count == cases["is_quiet"].sum()
        assert row_.quiet_again_count == (cases["is_quiet"] & cases["is_again"]).sum()
        assert row_.expected_count == pytest.approx(cases["contact_chance"].sum())


def random_network(seed: int) -> nq.Network:
    """Return a network of notes, set phrases, groups and talk, at random."""
    dice, rows, connected = random.Random(seed), [], {}  # noqa: S311 - no secret
    for who in "abcde"[: dice.randint(1, 5)]:
        begin = pd.Timestamp("2023-01-02 10:00") + DAY * dice.randint(0, 900)
        story = "".join(dice.choice("SSRRQCcNnGg     ||") for _ in range(dice.randint(1, 40)))
        rows += rows_of(story, who, begin.isoformat())
        days = (None, 0, 3, 300)
        later = dice.choice(days)
        connected[who] = None if later is None else str((begin + DAY * later).date())
    last = max((one["at"] for one in rows), default=T)
    return network_of(rows, connected, as_of=str((last + DAY * dice.randint(0, 60)).date()))


@pytest.mark.parametrize("seed", range(8))
def test_the_back_test_equals_tables_cut_at_each_date(seed: int) -> None:
    network = random_network(seed)
    days, many_ = ((30, 8), (90, 6), (45.5, 5))[seed % 3]
    span = pd.Timedelta(days=days)
    test = nq.backtest(network, horizon_days=days, windows=many_)

    def real_at(moment: pd.Timestamp) -> pd.DataFrame:
        rows = network.interactions
        cut = rows[rows["at"] <= moment].reset_index(drop=True)
        marked = mark_real(cut, network.people, moment)
        return marked[marked["is_real"] & ~marked["is_group"]]

    windows = test.windows.set_index("from_at")
    for back in range(1, many_ + 1):
        begin = network.as_of - back * span
        then, after = real_at(begin), real_at(begin + span)
        if then.empty:
            assert begin not in windows.index
            continue
        cases = test.cases[test.cases["from_at"] == begin].set_index("person_id")
        has_written = ((then["direction"] == "sent") & (then["at"] > begin - span)).any()
        assert windows.loc[begin, "is_used"] == has_written
        said = nq.contact_chance(then, begin, days)
        assert cases.index.tolist() == said.index.tolist()
        if has_written:
            assert cases["contact_chance"].tolist() == said.tolist()
        else:
            assert cases["contact_chance"].isna().all()
        new = after[after["at"] > begin]
        for who in cases.index:
            sides = set(new.loc[new["person_id"] == who, "direction"])
            silent = begin - then.loc[then["person_id"] == who, "at"].max()
            assert cases.loc[who, "is_again"] == (sides == {"sent", "received"})
            assert cases.loc[who, "is_quiet"] == (silent >= span)
            assert cases.loc[who, "silence"] == pytest.approx(silent / span)


def cases_of(people: int, dates: int) -> pd.DataFrame:
    """Return the same cases of the same people at each of several dates."""
    dice = np.random.default_rng(5)
    chance, again = dice.random(people), dice.random(people) < 0.4
    parts = [
        pd.DataFrame(
            {
                "from_at": T + date * DAY,
                "person_id": [f"p{number:03}" for number in range(people)],
                "contact_chance": pd.array(chance, dtype="Float64"),
                "silence": 2 - chance,
                "is_quiet": np.arange(people) % 2 == 0,
                "is_again": again,
            }
        )
        for date in range(dates)
    ]
    return pd.concat(parts, ignore_index=True)


def test_the_same_people_again_make_nothing_surer() -> None:
    once, often = (backtesting._figures(cases_of(60, dates)) for dates in (1, 4))
    for name in ("auc", "low", "high", "gain", "gain_low", "gain_high"):
        pd.testing.assert_series_equal(once[name], often[name], check_exact=False)
    assert once.loc["contact chance", "low"] < once.loc["contact chance", "auc"]
    once, often = (backtesting._reliability(cases_of(60, dates)) for dates in (1, 4))
    for name in ("predicted", "observed", "low", "high"):
        pd.testing.assert_series_equal(once[name], often[name], check_exact=False)
    assert (often["case_count"] == 4 * once["case_count"]).all()


def test_a_score_in_the_order_of_silence_leads_it_by_nothing() -> None:
    silence = backtesting._figures(cases_of(60, 2)).loc["silence alone"]
    assert silence[["gain", "gain_low", "gain_high"]].tolist() == [0, 0, 0]


def test_the_first_of_the_quiet_by_hand() -> None:
    cases = cases_of(60, 1)
    quiet = cases[cases["is_quiet"]].sort_values("contact_chance", ascending=False)
    own = backtesting._figures(cases).loc["contact chance"]
    assert own["first_hit_count"] == quiet.head(10)["is_again"].sum()
    assert own["first_expected_hits"] == pytest.approx(10 * quiet["is_again"].mean())
    assert (own["first_count"], own["first_person_count"]) == (10, 10)
    more = backtesting._figures(cases_of(60, 3)).loc["contact chance"]
    assert (more["first_count"], more["first_person_count"]) == (30, 10)


def test_dates_that_are_not_used_are_in_no_figure() -> None:
    # 30 people of spring 2026, with 20 of whom both wrote again; and 30 who wrote in 2024 and got
    # no answer, so that no date of 2024 and 2025 is used
    rows = [one for at in range(30) for one in rows_of("R", f"q{at:02}", "2024-03-01 10:00")]
    network = many(20, 25)
    table = pd.concat([network.interactions, network_of(rows).interactions], ignore_index=True)
    people = pd.concat([network.people, network_of(rows).people], ignore_index=True)
    test = nq.backtest(replace(network, interactions=table, people=people))
    assert not test.windows["is_used"].all()
    assert test.is_telling
    used = test.windows[test.windows["is_used"]]
    assert test.reliability["case_count"].sum() == used["people_count"].sum() < len(test.cases)
    assert test.reliability["came_true_count"].sum() == used["again_count"].sum()
    unused = test.windows[~test.windows["is_used"]]
    assert unused["expected_count"].isna().all()
    assert test.windows_said.endswith("so no chance would have been given.")
    said = test.windows_said.split(" are not counted")[0].replace(" and ", ", ").split(", ")
    assert pd.to_datetime(said).tolist() == [
        at.normalize().tz_localize(None) for at in unused["from_at"]
    ]
    assert nq.backtest(nq.load_sample(), windows=2).windows_said == "Every date is counted."


def test_windows_follow_each_other_and_do_not_overlap() -> None:
    network = nq.load_sample()
    windows = nq.backtest(network, horizon_days=90, windows=6).windows
    assert windows["to_at"].iloc[-1] == network.as_of
    assert (windows["to_at"] - windows["from_at"] == 90 * DAY).all()
    assert windows["from_at"].iloc[1:].tolist() == windows["to_at"].iloc[:-1].tolist()


def test_what_came_true_by_hand() -> None:
    # as of 2026-11-20, the last window of 180 days begins at the end of 2026-05-24
    def at(text: str) -> pd.Timestamp:
        return pd.Timestamp(text, tz="UTC").as_unit("us")

    old = [row(letter, at(f"2026-03-0{day} 10:00"), who)
           for who in ("ada", "bo", "cy") for day, letter in ((1, "S"), (2, "R"))]  # fmt: skip
    new = [
        row("S", at("2026-06-01 10:00"), "ada"), row("R", at("2026-11-20 10:00"), "ada"),
        row("S", at("2026-06-01 10:00"), "bo"), row("c", at("2026-06-02 10:00"), "bo"),
        row("S", at("2026-05-24 10:00"), "cy"), row("R", at("2026-06-02 10:00"), "cy"),
    ]  # fmt: skip
    test = nq.backtest(network_of([*old, *new]), windows=1)
    cases = test.cases.set_index("person_id")
    assert cases["is_again"].to_dict() == {"ada": True, "bo": False, "cy": False}
    assert cases["is_quiet"].to_dict() == {"ada": False, "bo": False, "cy": False}
    early = nq.backtest(network_of([*old, *new]), windows=1, horizon_days=60).cases
    # as of 2026-09-21: Ada wrote on 1 June, 112 days before, and the others in June and May
    assert early.set_index("person_id")["is_quiet"].all()
    assert not test.is_telling


def many(again: int, away: int) -> nq.Network:
    """Return a network in which both wrote again with some people in one window."""
    rows = []
    for number in range(again + away):
        who = f"p{number:03}"
        rows += rows_of("SRSR", who, "2026-03-01 10:00")
        rows += rows_of("SR", who, "2026-08-01 10:00") if number < again else []
    return network_of(rows)


@pytest.mark.parametrize(("again", "away", "tells"), [(19, 30, 0), (30, 19, 0), (20, 20, 1)])
def test_a_thin_history_gives_no_figure(again: int, away: int, tells: bool) -> None:
    test = nq.backtest(many(again, away), windows=1)
    assert test.is_telling == tells
    given_ = test.figures.drop(columns=["gain", "gain_low", "gain_high"])
    assert given_.notna().to_numpy().all() == tells
    assert test.figures.loc["silence alone"].notna().all() == tells
    assert (len(test.reliability) > 0) == tells
    assert ("too thin" in test.sentence) != tells
    if not tells:
        assert f"{again} people with whom you both wrote again" in test.sentence
        assert f"{away} with whom you did not" in test.sentence
        assert "0." not in test.sentence


def test_one_person_in_many_windows_is_one_person() -> None:
    # eight windows with three people: 24 times both wrote again, and still only three people
    rows = [one for who in "abc" for one in rows_of("SR||" * 26, who, "2022-06-01 10:00")]
    test = nq.backtest(network_of(rows))
    assert test.cases["is_again"].sum() >= 20
    assert not test.is_telling


def test_who_is_not_in_the_table_of_people_is_no_case() -> None:
    network = many(3, 3)
    fewer = replace(network, people=network.people.iloc[1:].reset_index(drop=True))
    cases = nq.backtest(fewer, windows=1).cases
    assert cases["person_id"].tolist() == fewer.people["person_id"].tolist()


def test_a_past_without_messages_is_said_to_be_none() -> None:
    for network in (network_of([], people={"p": {}}), network_of(rows_of("R"))):
        test = nq.backtest(network)
        assert "no half-year in it began while you were writing to anybody" in test.sentence
        assert not test.is_telling
        assert test.windows.columns.tolist() == nq.backtest(many(1, 1)).windows.columns.tolist()
        assert (test.cases.dtypes == nq.backtest(many(1, 1)).cases.dtypes).all()


def test_the_figures_of_the_sample_add_up(sample_test: nq.Backtest) -> None:
    test = sample_test
    assert test.is_telling
    assert test.reliability["case_count"].sum() == len(test.cases)
    assert test.reliability["came_true_count"].sum() == test.cases["is_again"].sum()
    expected = (test.reliability["predicted"] * test.reliability["case_count"]).sum()
    assert expected == pytest.approx(test.windows["expected_count"].sum())
    own = test.figures.loc["contact chance"]
    again, not_ = (
        test.cases.loc[test.cases["is_again"] == one, "contact_chance"].to_numpy(float)[:, None]
        for one in (True, False)
    )
    pairs = (again > not_.T) + (again == not_.T) / 2
    assert own["auc"] == pytest.approx(pairs.mean())
    assert own["low"] < own["auc"] < own["high"]
    silence = test.figures.loc["silence alone"]
    assert silence["gain"] == pytest.approx(own["auc"] - silence["auc"])
    assert silence["gain_low"] < silence["gain"] < silence["gain_high"]
    better = silence["gain_low"] > 0, silence["gain_high"] < 0
    said = {(True, False): "On your past it ranks better", (False, True): "silence alone ranks"}
    assert said.get(better, "Which of the two ranks better, your past cannot tell") in test.sentence
    # by silence: what a person had not written for decides the row, and the rows are all cases
    days = test.cases["silence"] * test.horizon_days
    for told in test.by_silence.to_dict("records"):
        end = np.inf if pd.isna(told["silent_to_days"]) else told["silent_to_days"]
        begin = told["silent_from_days"] or -1.0
        here = test.cases[(days > begin) & (days <= end)]
        chance = here["contact_chance"].to_numpy(float)
        assert told["case_count"] == len(here)
        assert told["person_count"] == here["person_id"].nunique()
        assert told["expected_count"] == pytest.approx(chance.sum())
        assert told["came_true_count"] == here["is_again"].sum()
        off = here["is_again"].sum() - chance.sum()
        is_far = abs(off) > 2 * np.sqrt((chance * (1 - chance)).sum())
        assert told["verdict"] == (("too low" if off > 0 else "too high") if is_far else "")
    assert test.by_silence["silent_from_days"].tolist() == [0.0, 180.0, 395.0]
    assert test.by_silence["case_count"].sum() == len(test.cases)
    long = test.by_silence.iloc[-1]
    assert f"it expected {long['expected_count']:.0f}, and {long['came_true_count']} came." in (
        test.sentence
    )
    quiet = test.cases[test.cases["is_quiet"]].sort_values("contact_chance", ascending=False)
    first = quiet.groupby("from_at").head(10)
    assert own["first_count"] == len(first)
    assert own["first_hit_count"] == first["is_again"].sum()


def test_the_back_test_sees_no_future_and_no_order(sample_test: nq.Backtest) -> None:
    network = nq.load_sample()
    date = pd.Timestamp("2024-06-30 23:59:59.999999", tz="UTC")
    rows = network.interactions
    cut = replace(network, interactions=rows[rows["at"] <= date], as_of=date)
    mixed = replace(network, interactions=rows.sample(frac=1, random_state=1))
    for one, other in (
        (nq.backtest(cut), nq.backtest(network, date)),
        (nq.backtest(mixed), sample_test),
    ):
        for name in ("figures", "reliability", "windows", "cases"):
            pd.testing.assert_frame_equal(
                getattr(one, name), getattr(other, name), check_exact=True
            )
        assert one.sentence == other.sentence


@pytest.mark.parametrize("windows", [0, 41, 1.5, True, None])
def test_windows_that_cannot_be_meant_are_refused(windows: object) -> None:
    with pytest.raises(nq.NetQualityError, match="windows="):
        nq.backtest(many(1, 1), windows=windows)


# -- what is drawn --------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", [nq.plot.light, nq.plot.dark])
@pytest.mark.parametrize("size", [(9.6, 5.4), (4.3, 4.6)])
def test_a_dot_per_bin_with_its_interval(
    sample_test: nq.Backtest, theme: nq.plot.Theme, size: tuple[float, float]
) -> None:
    test = sample_test
    figure = Figure(figsize=size)
    ax = nq.plot.reliability(test.reliability, ax=figure.add_subplot(), theme=theme)
    dots, bars = ax.collections
    drawn = test.reliability[["predicted", "observed"]]
    assert np.asarray(dots.get_offsets()) == pytest.approx(drawn.to_numpy())
    ends = [[low, high] for (_, low), (_, high) in (bar.vertices for bar in bars.get_paths())]
    assert np.array(ends) == pytest.approx(test.reliability[["low", "high"]].to_numpy())
    assert ax.get_title(loc="left").replace("\n", " ") == (
        f"Of {len(test.cases):,} cases in the past, {test.cases['is_again'].sum():,} came true; "
        f"{test.windows['expected_count'].sum():,.0f} were expected"
    )
    figure.canvas.draw()
    marks = [label.get_window_extent() for label in ax.get_xticklabels()]
    assert all(one.x1 < other.x0 for one, other in pairwise(marks))


def test_a_history_too_thin_is_said_and_not_drawn() -> None:
    ax = nq.plot.reliability(nq.backtest(many(1, 1)).reliability, ax=Figure().add_subplot())
    assert [text.get_text() for text in ax.texts] == ["Too thin a history to tell"]
    assert not ax.collections
    with pytest.raises(nq.NetQualityError, match="Give `reliability` of what"):
        nq.plot.reliability(pd.DataFrame({"predicted": [0.1]}))


@settings(max_examples=60, deadline=None)
@given(
    cases=st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=60),
    bins=st.integers(1, 12),
)
def test_bins_hold_every_case_once(cases: list[tuple[int, bool]], bins: int) -> None:
    said, came = np.array([one / 20 for one, _ in cases]), np.array([true for _, true in cases])
    bin_table = reliability_of(said, came, bins=bins)
    assert len(bin_table) <= bins
    assert bin_table["case_count"].sum() == len(cases)
    assert bin_table["came_true_count"].sum() == came.sum()
    expected = (bin_table["predicted"] * bin_table["case_count"]).sum()
    assert expected == pytest.approx(said.sum())
    assert bin_table["predicted"].is_monotonic_increasing
    assert bin_table["low"].between(0, bin_table["observed"]).all()
    assert bin_table["high"].between(bin_table["observed"], 1).all()


@settings(max_examples=60, deadline=None)
@given(
    cases=st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=30),
    seed=st.integers(0, 5),
)
def test_ranking_equals_counting_pairs_and_repeating_cases(
    cases: list[tuple[int, bool]], seed: int
) -> None:
    score = np.array([float(one) for one, _ in cases])
    came = np.array([true for _, true in cases])
    times = np.random.default_rng(seed).integers(0, 4, len(cases))
    ranking = Ranking(score, came)
    for repeat, weight in ((np.ones(len(cases), int), None), (times, times.astype(float))):
        scores, true = np.repeat(score, repeat), np.repeat(came, repeat)
        apart = scores[true][:, None] - scores[~true][None, :]
        if apart.size:
            wanted = ((np.sign(apart) + 1) / 2).mean()
            assert ranking.auc(weight) == pytest.approx(wanted)
            assert ranking.average_precision(weight) == pytest.approx(
                average_precision_score(true, scores)
            )
        else:
            assert math.isnan(ranking.auc(weight))


def test_an_interval_is_that_of_the_books() -> None:
    # Brown, Cai and DasGupta 2001: Wilson's interval of 0 of 10 ends at z²/(n + z²)
    low, high = wilson([0, 10, 0], [10, 10, 0])
    assert (low[0], high[1]) == (0, 1)
    assert high[0] == pytest.approx(1.959964**2 / (10 + 1.959964**2))
    assert low[1] == pytest.approx(1 - high[0])
    assert math.isnan(low[2])


# -- one chance taken apart -----------------------------------------------------------------------


def test_a_chance_taken_apart_adds_up_and_says_what_was_found() -> None:
    network = network_of(
        [*rows_of("SR", "ada", "2026-10-01 10:00"), *rows_of("S", "bo", "2024-01-01 10:00")]
    )
    why = nq.explain(network, "ada")
    chance = nq.assess(network).set_index("person_id")["contact_chance"]
    assert why.chance["log_odds"].sum() == pytest.approx(logit(chance["ada"]))
    assert why.chance["term"].tolist() == ["start", *TERMS]
    assert why.chance["found"].tolist()[1:] == [
        "49 days since the last message",  # 2 October 10:00 to the end of 20 November
        "2 days with a message, counted in steps of 2 days",
        "the one of you who wrote on fewer days did so on 1, counted in steps of 2 days",
        "in the last 180 days you both wrote with 1 of 2 people",
        "of 2 days of contact with anybody in these 180, 0 were in the latest quarter",
        "no past to hold it against",
    ]
    other = nq.explain(network, "bo").chance["log_odds"].sum()
    assert other == pytest.approx(logit(chance["bo"]))


@pytest.mark.parametrize("days", [13, 26, 49, 52, 63, 98, 104])
def test_days_of_silence_are_whole_ones(days: int) -> None:
    begin = pd.Timestamp("2026-10-01 10:00", tz="UTC")
    network = network_of(rows_of("(SR)", "ada", "2026-10-01 10:00"), as_of="2027-03-01")
    moment = begin + pd.Timedelta(days=days, hours=1)
    why = nq.explain(network, "ada", moment)
    assert why.chance["found"].iloc[1] == f"{days} days since the last message"


def test_without_a_chance_there_is_nothing_to_take_apart() -> None:
    network = network_of(rows_of("SR", "ada", "2024-01-01 10:00"), people={"bo": {}})
    for who in ("ada", "bo"):
        assert nq.explain(network, who).chance.empty


# -- what is written about it ---------------------------------------------------------------------


def test_the_page_shows_the_numbers_of_the_file() -> None:
    page = (ROOT / "docs" / "contact-chance.md").read_text("utf-8")
    text = (ROOT / "netquality" / "chance" / "model.toml").read_text("utf-8")
    assert text.split("\n\n", 2)[-1].strip() in page
    assert pages.put("contact-chance.md", chance_sample.sample_table(), "sample") == page
