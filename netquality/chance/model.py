"""The model behind the contact chance: six terms, and the few numbers that weigh them.

The numbers stand in `model.toml`, in the open; `benchmarks/chance.py` fits them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from netquality.chance.looks import BACK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from netquality.chance.looks import Look

__all__ = [
    "AGREEING",
    "TERMS",
    "Judged",
    "Model",
    "Past",
    "chances",
    "judged",
    "past_of",
    "share_of",
    "shipped",
    "terms_at",
    "terms_of",
]

TERMS: Final = (
    "silence",
    "contact_days",
    "mutual_contact_days",
    "people_in_contact",
    "latest_contact",
    "own_past",
)
"""The terms, as columns of `netquality.contact_terms`; the first three differ between people, the
others are the owner's. `docs/contact-chance.md` says what each is."""

_SHORTEST: Final = 0.1
"""Horizons added to every silence: below it silence says little more of the whole horizon ahead."""
_LONGEST: Final = 20.0
"""Horizons; a longer silence counts as this: the data behind the model know of none."""
AGREEING: Final = 2.0
"""People who are thought to agree with what was expected, beside those who were there: so many
that a short past moves little, and so few that a long one is believed."""


@dataclass(frozen=True)
class Model:
    """A logit of the terms.

    Attributes
    ----------
    intercept : float
        The log-odds where every term is 0.
    weights : tuple of float
        One for each of `TERMS`.
    """

    intercept: float
    weights: tuple[float, ...]

    def log_odds(self, terms: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the log-odds for a row of terms each; `TERMS` or the first of them."""
        # added up term by term, which unlike @ gives the same last digit for one row and for many
        odds = np.full(len(terms), self.intercept)
        for weight, term in zip(self.weights, terms.T, strict=False):
            odds += weight * term
        return odds


@dataclass(frozen=True)
class Judged:
    """How far off sums of chances were, on data sets that the fit had not seen.

    Attributes
    ----------
    lowest, highest : float
        Predicted over observed, of the set where it was lowest and where it was highest.
    quiet_lowest, quiet_highest : float
        The same of people silent for over a horizon.
    """

    lowest: float
    highest: float
    quiet_lowest: float
    quiet_highest: float


@cache
def _said() -> dict[str, dict[str, float]]:
    """Return what `model.toml` says; it is read once."""
    text = files("netquality.chance").joinpath("model.toml").read_text("utf-8")
    said: dict[str, dict[str, float]] = tomllib.loads(text)
    return said


def judged() -> Judged:
    """Return how the model that comes with the package did on data it had not seen.

    Examples
    --------
    >>> judged().lowest < 1 < judged().highest
    True
    """
    return Judged(**_said()["judged"])


@cache
def shipped() -> Model:
    """Return the model that comes with the package.

    Examples
    --------
    >>> len(shipped().weights) == len(TERMS)
    True
    """
    weights = _said()["weights"]
    return Model(float(weights["intercept"]), tuple(float(weights[name]) for name in TERMS))


def terms_of(seen: Sequence[Look]) -> NDArray[np.float64]:
    """Return the terms of everybody who has any message.

    Parameters
    ----------
    seen : sequence of Look
        At the date, and one horizon before it, two ... (`netquality.chance.looks.looks`).

    Returns
    -------
    numpy.ndarray of float, shape (n_seen, 6)
        In the order of `TERMS`; the people in theirs.
    """
    if not seen:
        return np.empty((0, len(TERMS)))
    now = terms_at(seen[0])
    return np.hstack([now, np.full((len(now), 1), past_of(seen).term)])


def chances(terms: NDArray[np.float64], model: Model | None = None) -> NDArray[np.float64]:
    """Return the probabilities of rows of terms."""
    return share_of((shipped() if model is None else model).log_odds(terms))


def share_of(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return log-odds as probabilities, however large they are.

    Examples
    --------
    >>> share_of(np.array([-1000.0, 0.0])).tolist()
    [0.0, 0.5]
    """
    shares: NDArray[np.float64] = np.exp(-np.logaddexp(0.0, -log_odds))
    return shares


def terms_at(look: Look) -> NDArray[np.float64]:
    """Return the terms of everybody seen, but for `own_past`."""
    seen = look.is_seen
    people, both = int(seen.sum()), int(look.is_both.sum())
    terms = np.empty((people, len(TERMS) - 1))
    terms[:, 0] = np.log(np.minimum(look.silence[seen], _LONGEST) + _SHORTEST)
    terms[:, 1] = np.log1p(look.days[seen])
    terms[:, 2] = np.log1p(look.mutual_days[seen])
    terms[:, 3] = np.log((both + 0.5) / (people - both + 2.5))
    terms[:, 4] = np.log((look.latest + 1) / (look.lately + 2))
    return terms


class Past(NamedTuple):
    """How the owner's own past turned out, at whole horizons before the date.

    Attributes
    ----------
    dates : int
        How many there are at which the owner had lately written; what follows is their sum.
    came : int
        People known by then with whom both wrote by the next date.
    expected : float
        How many would have been expected without `own_past`.
    """

    dates: int
    came: int
    expected: float

    @property
    def term(self) -> float:
        """What it shifts the log-odds by; 0 where there is no such past."""
        return float(np.log((self.came + AGREEING) / (self.expected + AGREEING)))


def past_of(seen: Sequence[Look], model: Model | None = None) -> Past:
    """Hold what would have been said at each date against what was known at the next.

    Parameters
    ----------
    seen : sequence of Look
        At the date, and one horizon before it, two ...
    model : Model, optional
        Its first five terms; the shipped one by default.

    Returns
    -------
    Past
    """
    dates, came, expected = 0, 0, 0.0
    for then, after in zip(seen[1 : BACK + 1], seen, strict=False):
        if then.has_written:
            dates += 1
            came += int((after.is_both & then.is_seen).sum())
            expected += float(chances(terms_at(then), model).sum())
    return Past(dates, came, expected)
