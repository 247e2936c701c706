"""The model behind the contact chance: six terms, and the few numbers that weigh them.

The numbers stand in `model.toml`, in the open; `benchmarks/chance.py` fits them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import numpy as np

from netquality.chance.looks import BACK, looks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from netquality.chance.looks import Look, Messages

__all__ = ["TERMS", "Model", "chances", "shipped", "terms_at", "terms_of"]

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

_SHORTEST: Final = 0.01
_LONGEST: Final = 20.0
"""Silence in horizons is clipped to this: the data behind the model says no more beyond."""


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


@cache
def shipped() -> Model:
    """Return the model that comes with the package.

    Examples
    --------
    >>> len(shipped().weights) == len(TERMS)
    True
    """
    said = tomllib.loads(
        files("netquality.chance").joinpath("model.toml").read_text(encoding="utf-8")
    )
    weights = said["weights"]
    return Model(float(weights["intercept"]), tuple(float(weights[name]) for name in TERMS))


def terms_of(
    messages: Messages, size: int, horizon: int, *, model: Model | None = None
) -> tuple[NDArray[np.bool_], NDArray[np.float64], bool]:
    """Return the terms of everybody who has any message.

    Parameters
    ----------
    messages : Messages
    size : int
        How many people there are.
    horizon : int
        Microseconds.
    model : Model, optional
        What `own_past` is held against; the shipped one by default.

    Returns
    -------
    is_seen : numpy.ndarray of bool, shape (size,)
        Who has any message.
    terms : numpy.ndarray of float, shape (n_seen, 6)
        In their order.
    has_written : bool
        Whether the owner wrote to anybody within the last horizon.
    """
    model = shipped() if model is None else model
    seen = list(looks(messages, size, horizon))
    if not seen:
        return np.zeros(size, bool), np.empty((0, len(TERMS))), False
    now = terms_at(seen[0])
    past = np.full((len(now), 1), _own_past(seen, model))
    return seen[0].is_seen, np.hstack([now, past]), seen[0].has_written


def chances(terms: NDArray[np.float64], model: Model | None = None) -> NDArray[np.float64]:
    """Return the probabilities of rows of terms."""
    odds = (shipped() if model is None else model).log_odds(terms)
    return 1 / (1 + np.exp(-odds))


def terms_at(look: Look) -> NDArray[np.float64]:
    """Return the terms of everybody seen, but for `own_past`."""
    seen = look.is_seen
    people, both = int(seen.sum()), int(look.is_both.sum())
    terms = np.empty((people, len(TERMS) - 1))
    terms[:, 0] = np.log(np.clip(look.silence[seen], _SHORTEST, _LONGEST))
    terms[:, 1] = np.log1p(look.days[seen])
    terms[:, 2] = np.log1p(look.mutual_days[seen])
    terms[:, 3] = np.log((both + 0.5) / (people - both + 2.5))
    terms[:, 4] = np.log((look.latest + 1) / (look.lately + 2))
    return terms


def _own_past(seen: Sequence[Look], model: Model) -> float:
    """Return how the owner's own past turned out against what would have been said, as a log.

    At each whole horizon before the date, what would have been said without this term is held
    against who came back by the next. One person more on either side, in whom both agree, keeps
    it near 0 where there is little to go by.
    """
    came = expected = 1.0
    for back in range(1, min(len(seen), BACK + 1)):
        then, after = seen[back], seen[back - 1]
        if then.has_written:
            came += float((after.is_both & then.is_seen).sum())
            expected += float(chances(terms_at(then), model).sum())
    return float(np.log(came / expected))
