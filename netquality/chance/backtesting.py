"""The contact chance tested on the owner's own past: what it would have said, and what came true.

At several dates in the past everybody's chance is taken from what was known then. The windows after
them follow each other and do not overlap. One person stands in several of them; so people are the
unit: intervals are drawn over people, and a history is too thin below twenty *people* on a side.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from netquality.chance import HORIZON_DAYS, horizon_of
from netquality.chance.judging import RELIABILITY, Ranking, reliability_of
from netquality.chance.past import look_back, which_count
from netquality.errors import SettingError
from netquality.network import instant, need_network
from netquality.words import day_text, plural

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from datetime import date

    from numpy.typing import NDArray

    from netquality.network import Network

__all__ = ["LEAST", "LONG", "Backtest", "backtest"]

LEAST: Final = 20
"""People with whom both wrote again, and people with whom not, below which no figure is given: with
20 on each side the 95 % interval around an AUC of 0.75 is 0.3 wide (Hanley and McNeil 1982), and
with fewer it says nothing at all. One person may stand on both sides, at different dates."""
FIRST: Final = 10
"""So many of the quiet are looked at, those with the highest chance: a list one would read."""
MOST_WINDOWS: Final = 40
DRAWS: Final = 500
SEED: Final = 1_827
_WIDTH: Final = 88
_ROOM: Final = 2.0
"""Standard deviations: what is further off than that accident makes once in twenty times."""
BINS: Final = 5
"""Of the reliability: the past of one person has too few cases for more."""
LONG: Final = 395
"""Days of silence that are long: after so many without talk a relationship rests (13 months)."""
_MEASURES: Final = ("contact chance", "silence alone")
_COLUMNS: Final = [
    "auc", "low", "high",
    "first_count", "first_person_count", "first_hit_count", "first_expected_hits",
    "gain", "gain_low", "gain_high",
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Backtest:
    """What the contact chance would have said at dates in the past, and what came true.

    Attributes
    ----------
    sentence : str
        What came of it in words, or that the history is too thin to tell.
    figures : pandas.DataFrame
        Indexed by `measure`, ``contact chance`` and ``silence alone``. `auc`, with its 95 %
        interval `low` to `high`: the share of pairs, of somebody with whom both wrote again and
        somebody with whom not, in which the first had been said to be likelier. Of the quiet
        the first ten of each date are looked at, `first_count` cases of `first_person_count`
        people: in `first_hit_count` both wrote again, and in `first_expected_hits` of as many drawn
        blindly. `gain`, with its paired interval `gain_low` to `gain_high`: by how much the AUC of
        the chance is above that of silence alone. Missing where the history is too thin.
    reliability : pandas.DataFrame
        `predicted`, `observed`, `low`, `high`, `case_count`, `came_true_count`: chances in bins of
        about equally many cases, from low to high. No row where the history is too thin.
    windows : pandas.DataFrame
        One row per date, the earliest first: `from_at` and `to_at`, `people_count` with a message
        by then, `again_count` with whom both wrote in the window, `expected_count` by the
        chance, the same of the quiet (no message in the last horizon), and `is_used`. Not used is
        a date in whose last horizon the owner had written to nobody: no chance would be given.
        `windows_said` says which these are.
    by_silence : pandas.DataFrame
        How long nothing had been written at each date, and what was expected and came:
        `silent_from_days`, `silent_to_days` (missing for the longest), `case_count`,
        `person_count`, `expected_count`, `came_true_count`, and `verdict`: ``"too low"`` or
        ``"too high"`` where what came is further from what was expected than twice its standard
        deviation, were the cases independent, and ``""`` where it is not. No row where the history
        is too thin.
    cases : pandas.DataFrame
        The rows behind it all, those of dates that are not used among them: `from_at`,
        `person_id`, `contact_chance`, `silence` (horizons since
        the last message), `is_quiet`, and `is_again`, whether both wrote in the window.
    horizon_days : float

    Examples
    --------
    >>> import netquality as nq
    >>> test = nq.backtest(nq.load_sample())
    >>> bool(test.figures.loc["contact chance", "auc"] > 0.5)
    True
    """

    sentence: str
    figures: pd.DataFrame = field(repr=False)
    reliability: pd.DataFrame = field(repr=False)
    windows: pd.DataFrame = field(repr=False)
    by_silence: pd.DataFrame = field(repr=False)
    cases: pd.DataFrame = field(repr=False)
    horizon_days: float = HORIZON_DAYS

    def __str__(self) -> str:
        """Say it in lines for a terminal or a notebook."""
        return textwrap.fill(self.sentence, _WIDTH)

    @property
    def windows_said(self) -> str:
        """Which dates are counted, and why others are not, in a sentence."""
        return which_count(self.windows, self.horizon_days)

    @property
    def is_telling(self) -> bool:
        """Whether there was enough of a past to give figures."""
        return bool(self.figures["auc"].notna().all())


def backtest(
    network: Network,
    as_of: str | date | pd.Timestamp | None = None,
    horizon_days: float = HORIZON_DAYS,
    *,
    windows: int = 8,
) -> Backtest:
    """Test the contact chance on the owner's own past.

    Parameters
    ----------
    network : Network
    as_of : str, date or Timestamp, optional
        Where the last window ends; `network.as_of` by default. Nothing later is looked at.
    horizon_days : float
        How far ahead each chance looks, and how long each window is, in days.
    windows : int
        How many dates to go back to, at most 40: one horizon before `as_of`, two, three ... Older
        than the first message there is none.

    Returns
    -------
    Backtest
        Without figures where both wrote again with fewer than twenty people, or fewer than twenty
        people did not.

    Raises
    ------
    SettingError
        When `as_of` is no date, or `horizon_days` or `windows` cannot be used.
    TableError
        When `network` is something else.

    Notes
    -----
    Which messages were real is judged as of each date, and what came true as of the end of its
    window. AUC: Mann and Whitney (1947). Its interval: the middle 95 % of 500 seeded bootstrap
    draws of people, each with all their cases. The shipped numbers were fitted elsewhere; so
    everything here is data that the fit has not seen.

    Examples
    --------
    >>> import netquality as nq
    >>> test = nq.backtest(nq.load_sample(), windows=2)
    >>> len(test.windows), test.windows["is_used"].all()
    (2, np.True_)
    """
    need_network(network)
    horizon = horizon_of(horizon_days)
    if type(windows) is not int or not 1 <= windows <= MOST_WINDOWS:
        raise SettingError(f"windows={windows!r}: is no whole number from 1 to {MOST_WINDOWS}.")
    moment = network.as_of if as_of is None else instant(as_of)
    cases, table = look_back(network, moment, horizon, windows)
    figures, reliability, by_silence = (
        _no_figures(),
        _no_reliability(),
        _by_silence(cases[:0], float(horizon_days)),
    )
    used = cases[cases["from_at"].isin(table.loc[table["is_used"], "from_at"])]
    back, away = (used.loc[used["is_again"] == one, "person_id"].nunique() for one in (True, False))
    if min(back, away) >= LEAST:
        figures = _figures(used)
        reliability = _reliability(used)
        by_silence = _by_silence(used, float(horizon_days))
    sentence = _sentence(table, figures, by_silence, back, away, float(horizon_days))
    return Backtest(sentence, figures, reliability, table, by_silence, cases, float(horizon_days))


def _no_figures() -> pd.DataFrame:
    rows = pd.Index(_MEASURES, name="measure")
    return pd.DataFrame({name: pd.Series(pd.NA, rows, dtype="Float64") for name in _COLUMNS})


def _no_reliability() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=np.float64) for name in RELIABILITY})


def _figures(used: pd.DataFrame) -> pd.DataFrame:
    """Return ranking and first hits, of the chance and of silence alone."""
    codes, people = pd.factorize(used["person_id"], sort=True)
    came = used["is_again"].to_numpy(bool)
    rng = np.random.default_rng(SEED)
    times = rng.multinomial(len(people), np.full(len(people), 1 / len(people)), size=DRAWS)
    scores = (used["contact_chance"].to_numpy(np.float64), -used["silence"].to_numpy(np.float64))
    rankings = [Ranking(score, came) for score in scores]
    drawn = np.array(
        [[one.auc(draw[codes].astype(np.float64)) for draw in times] for one in rankings]
    )
    areas = [ranking.auc() for ranking in rankings]
    # the same draws for both: the gain is paired
    gains = ((np.nan,) * 3, (areas[0] - areas[1], *_middle(drawn[0] - drawn[1])))
    rows = [
        (areas[place], *_middle(drawn[place]), *_first(used, scores[place]), *gains[place])
        for place in range(len(_MEASURES))
    ]
    return pd.DataFrame(rows, columns=_COLUMNS, index=_no_figures().index).astype("Float64")


def _middle(drawn: NDArray[np.float64]) -> tuple[float, float]:
    """Return the middle 95 % of draws."""
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return float(low), float(high)


def _first(used: pd.DataFrame, score: NDArray[np.float64]) -> tuple[int, int, int, float]:
    """Return cases and people among the first quiet ones, how many came back, and how many blindly.

    Blindly: of as many quiet people drawn at each date.
    """
    quiet = used.assign(score=score)[used["is_quiet"]]
    quiet = quiet.sort_values(["from_at", "score", "person_id"], ascending=[True, False, True])
    shares = quiet.groupby("from_at")["is_again"].transform("mean")
    is_first = quiet.groupby("from_at").cumcount() < FIRST
    first = quiet[is_first]
    people, hits = int(first["person_id"].nunique()), int(first["is_again"].sum())
    return len(first), people, hits, float(shares[is_first].sum())


def _by_silence(used: pd.DataFrame, days: float) -> pd.DataFrame:
    """Return what was expected and what came by how long nothing had been written."""
    edges = [0.0, days, *([float(LONG)] if days < LONG else [])]
    silent = used["silence"].to_numpy(np.float64) * days
    chance, came = used["contact_chance"].to_numpy(np.float64), used["is_again"].to_numpy(bool)
    rows = []
    for begin, end in zip(edges, [*edges[1:], np.inf], strict=True):
        here = (silent > begin) & (silent <= end) if begin else silent <= end
        expected, count = float(chance[here].sum()), int(came[here].sum())
        room = _ROOM * float(np.sqrt((chance[here] * (1 - chance[here])).sum()))
        rows.append(
            {
                "silent_from_days": begin,
                "silent_to_days": end if end < np.inf else pd.NA,
                "case_count": int(here.sum()),
                "person_count": int(used.loc[here, "person_id"].nunique()),
                "expected_count": expected,
                "came_true_count": count,
                "verdict": _verdict(count - expected, room),
            }
        )
    table = pd.DataFrame(rows).astype({"silent_to_days": "Float64", "verdict": "str"})
    return table[table["case_count"] > 0].reset_index(drop=True)


def _verdict(more: float, room: float) -> str:
    if abs(more) <= room:
        return ""
    return "too low" if more > 0 else "too high"


def _reliability(used: pd.DataFrame) -> pd.DataFrame:
    codes = pd.factorize(used["person_id"])[0]
    chance, came = used["contact_chance"].to_numpy(np.float64), used["is_again"].to_numpy(bool)
    return reliability_of(chance, came, bins=BINS, person=codes)


def _sentence(
    table: pd.DataFrame,
    figures: pd.DataFrame,
    by_silence: pd.DataFrame,
    back: int,
    away: int,
    days: float,
) -> str:
    """Say in words what came of it."""
    half, halves = "half-year", "half-years"
    if days != HORIZON_DAYS:
        length = f"{days:g} {'day' if days == 1 else 'days'}"
        half, halves = f"window of {length}", f"windows of {length}"
    used = table[table["is_used"]]
    thin = "Your past here is too thin to test the contact chance:"
    if used.empty:
        return f"{thin} no {half} in it began while you were writing to anybody here."
    counted = f"in {plural(len(used), half, halves)} since {day_text(used['from_at'].iloc[0])}"
    if figures["auc"].isna().all():
        return (
            f"{thin} {counted}, there are {plural(back, 'person', 'people')} with whom you both "
            f"wrote again in one of them, and {away:,} with whom you did not in one; at least "
            f"{LEAST} of each are needed."
        )
    own, silence = figures.to_dict("index").values()
    again, expected = used["again_count"].sum(), used["expected_count"].sum()
    return (
        f"Tested on your own past, {counted}: you both wrote again in {again:,} cases, where the "
        f"contact chance expected {expected:,.0f}.{_long_silent(by_silence)} Of one person with "
        f"whom you did and one with whom you did not, it gave the first the higher chance "
        f"{_hundred(own)} times in a hundred; to go by the shorter silence alone is right "
        f"{_hundred(silence)} times. {_which_is_better(silence)}{_first_said(own, silence)}"
    )


def _long_silent(by_silence: pd.DataFrame) -> str:
    """Say what came of those silent for long, a blank before it: sums may hide it."""
    long = by_silence[by_silence["silent_from_days"] >= LONG]
    if long.empty:
        return ""
    row = long.iloc[-1]
    return (
        f" In the {row['case_count']:,} cases of a silence of 13 months or more it expected "
        f"{row['expected_count']:,.0f}, and {row['came_true_count']:,} came."
    )


def _hundred(row: Mapping[Hashable, float]) -> str:
    """Return an AUC as so many of a hundred pairs, with its interval."""
    return f"{row['auc'] * 100:.0f} ({row['low'] * 100:.0f} to {row['high'] * 100:.0f})"


def _first_said(own: Mapping[Hashable, float], silence: Mapping[Hashable, float]) -> str:
    """Say what became of the quiet that were put first, with a blank before it."""
    if not own["first_count"]:
        return ""
    count = f"{own['first_count']:,.0f}"
    return (
        f" Of those quiet for as long as it looks ahead, the ten it put first at each date came to "
        f"{count} cases of {own['first_person_count']:,.0f} people: in "
        f"{own['first_hit_count']:,.0f} you both wrote again. Of the {count} with the shortest "
        f"silence you did in {silence['first_hit_count']:,.0f}, and of {count} drawn blindly it "
        f"would be {own['first_expected_hits']:.0f}."
    )


def _which_is_better(silence: Mapping[Hashable, float]) -> str:
    """Say whether the chance ranked better than silence alone, as far as that can be told."""
    if silence["gain_low"] > 0:
        return "On your past it ranks better than silence alone, by more than accident would make."
    if silence["gain_high"] < 0:
        return "On your past silence alone ranks better, by more than accident would make."
    return "Which of the two ranks better, your past cannot tell."
