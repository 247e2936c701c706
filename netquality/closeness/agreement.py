"""The regression behind closeness, and how well it and single figures rank people as the owner did.

Arrays only: figures with a row per person and a column per figure, and who is on the higher side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]

__all__ = ["FOLDS", "MEASURES_JUDGED", "Fitted", "agreement_of", "fitted", "no_agreement"]

FOLDS: Final = 5
REPEATS: Final = 5
"""How the folds fall moves the ranking of few people; the mean of five falls does so little."""
PENALTY_C: Final = 0.1
"""As a prior: weights of standardised figures around 0 with a variance of 0.1, so that one standard
deviation of a figure seldom moves the odds by more than 1.9 times. With twenty labels the labels
cannot choose the penalty themselves (Varma and Simon 2006), so it is fixed, and strong."""
EVEN: Final = 1e-9
"""A standard deviation below this is rounding: the figure is the same of all."""
DRAWS: Final = 2000
SEED: Final = 20_090_404
"""Any number; fixed, so that the same labels give the same answer."""

MEASURES_JUDGED: Final = ("closeness", "mutual contact days", "silence")
_FIGURES: Final = ("auc", "low", "high", "gain", "gain_low", "gain_high")


@dataclass(frozen=True, eq=False)
class Fitted:
    """A logistic regression on standardised figures.

    Attributes
    ----------
    mean, scale, weights : numpy.ndarray
        One number per figure.
    intercept : float
        The log-odds at the mean of every figure.
    """

    mean: Numbers
    scale: Numbers
    weights: Numbers
    intercept: float

    def log_odds(self, figures: Numbers) -> Numbers:
        """Return the log-odds of each row; a missing figure stands at the mean: it says nothing."""
        scores: Numbers = _standard(figures, self.mean, self.scale) @ self.weights + self.intercept
        return scores


def fitted(figures: Numbers, high: Flags) -> Fitted:
    """Fit who is on the higher side.

    Examples
    --------
    >>> model = fitted(np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([False, False, True, True]))
    >>> model.log_odds(np.array([[0.0], [3.0]])).round(2).tolist()
    [-0.22, 0.22]
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - heavy, seldom needed

    known = ~np.isnan(figures)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, figures, 0).sum(axis=0) / count
    spread = np.sqrt((np.where(known, figures - mean, 0) ** 2).sum(axis=0) / count)
    scale = np.where(spread > EVEN, spread, 1.0)
    model = LogisticRegression(C=PENALTY_C, solver="newton-cholesky")
    model.fit(_standard(figures, mean, scale), high)
    return Fitted(mean, scale, model.coef_[0], float(model.intercept_[0]))


def _standard(figures: Numbers, mean: Numbers, scale: Numbers) -> Numbers:
    return np.nan_to_num((figures - mean) / scale)


def no_agreement() -> pd.DataFrame:
    """Return the table of agreement where nothing could be fitted.

    Examples
    --------
    >>> no_agreement().isna().all(axis=None)
    np.True_
    """
    rows = pd.Index(MEASURES_JUDGED, name="measure")
    return pd.DataFrame({name: pd.Series(pd.NA, rows, dtype="Float64") for name in _FIGURES})


def agreement_of(figures: Numbers, high: Flags) -> pd.DataFrame:
    """Return how well closeness, mutual contact days and silence rank people as the owner did.

    Parameters
    ----------
    figures : numpy.ndarray, shape (n_people, n_figures)
        Mutual contact days first, then silence.
    high : numpy.ndarray of bool, shape (n_people,)
        Who is on the side that the owner calls closer; `FOLDS` people at least on each side.

    Returns
    -------
    pandas.DataFrame
        See `netquality.closeness.ClosenessFit`. The single measures need no fit: more days and
        less silence are closer, as it stands before any label is seen.

    Examples
    --------
    >>> days = np.arange(20.0)
    >>> figures = np.column_stack([days, np.zeros(20)])
    >>> agreement_of(figures, days >= 10).loc["mutual contact days", ["auc", "gain"]].tolist()
    [1.0, 0.0]
    """
    singles = np.nan_to_num(figures[:, :2])  # without a messages file all are the same: a coin
    scores = [_unseen_scores(figures, high), singles[:, 0], -singles[:, 1]]
    pairs = np.array([_pairs(score, high) for score in scores])
    areas = pairs.mean(axis=(1, 2))
    # the same draws for all three, so that differences are paired
    heights, lows = _drawn(int(high.sum()), SEED), _drawn(int((~high).sum()), SEED + 1)
    draws = np.array([((heights @ table) * lows).sum(axis=1) for table in pairs])
    low, top = np.quantile(draws, [0.025, 0.975], axis=1)
    gain_low, gain_high = np.quantile(draws[0] - draws, [0.025, 0.975], axis=1)
    columns = [areas, low, top, areas[0] - areas, gain_low, gain_high]
    table = no_agreement()
    table.loc[:, :] = np.column_stack(columns)
    table.loc["closeness", ["gain", "gain_low", "gain_high"]] = pd.NA
    return table


def _unseen_scores(figures: Numbers, high: Flags) -> Numbers:
    """Return the log-odds of each person from fits that had not seen them, the mean of repeats."""
    from sklearn.model_selection import RepeatedStratifiedKFold  # noqa: PLC0415

    folds = RepeatedStratifiedKFold(n_splits=FOLDS, n_repeats=REPEATS, random_state=SEED)
    scores = np.zeros(len(high))
    for seen, unseen in folds.split(figures, high):
        scores[unseen] += fitted(figures[seen], high[seen]).log_odds(figures[unseen]) / REPEATS
    return scores


def _pairs(scores: Numbers, high: Flags) -> Numbers:
    """Return for each pair, one of each side, 1 if ranked as labelled, 0 if not, half for a tie."""
    apart = scores[high][:, None] - scores[~high][None, :]
    return (np.sign(apart) + 1) / 2


def _drawn(count: int, seed: int) -> Numbers:
    """Return bootstrap draws of so many people of one side: each one's share of each draw."""
    even = np.full(count, 1 / count)
    return np.random.default_rng(seed).multinomial(count, even, size=DRAWS) / count
