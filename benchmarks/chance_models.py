"""What the contact chance is held against, and how it is fitted itself.

A scorer takes panels to learn from and one to judge, and gives a score to each case of the latter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import expit, gammaln
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from netquality.chance.model import Model

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chance_data import Numbers, Panel

    Panels = Sequence[Panel]
    Scorer = Callable[[Panels, Panel], Numbers]

REFERENCE = Model(-2.996, (-0.331, 0.494, 0.864, 0.474))
"""The four-term logit of the design, with the coefficients printed there."""
CLOSE = 1e-10
ROUNDS = 8
"""Of fitting the terms and holding them against the past in turn; four change nothing more."""
RIDGE = 1e-4


class Method(NamedTuple):
    """One way of telling who comes back."""

    name: str
    score: Scorer
    is_chance: bool
    """Whether the score is a probability, so that its rate can be judged."""


# -- ours -----------------------------------------------------------------------------------------


def fit_logit(terms: Numbers, came: Numbers, weight: Numbers, offset: Numbers) -> Model:
    """Fit a logit by Newton's method, with a ridge so small that it only keeps it from failing."""
    mean = np.average(terms, axis=0, weights=weight)
    spread = np.sqrt(np.average((terms - mean) ** 2, axis=0, weights=weight)) + 1e-9
    design = np.column_stack([np.ones(len(terms)), (terms - mean) / spread])
    ridge = np.diag([0.0] + [RIDGE] * terms.shape[1])
    weight = weight / weight.sum()
    beta = np.zeros(design.shape[1])
    for _ in range(50):
        said = expit(design @ beta + offset)
        slope = design.T @ (weight * (came - said)) - ridge @ beta
        bend = (design * (weight * said * (1 - said))[:, None]).T @ design + ridge
        step = np.linalg.solve(bend, slope)
        beta += step
        if abs(step).max() < CLOSE:
            break
    weights = beta[1:] / spread
    return Model(float(beta[0] - weights @ mean), tuple(map(float, weights)))


def case_weights(panels: Panels, power: float = 0.5) -> Numbers:
    """Weigh cases so that no data set drowns the others: by 1/sqrt(n) of its panel.

    The panels of one data set at other horizons share its weight.
    """
    number = pd.Series([panel.kind.name for panel in panels]).value_counts()
    return np.concatenate(
        [np.full(len(p.came), len(p.came) ** -power / number[p.kind.name]) for p in panels]
    )


def fit_ours(
    panels: Panels,
    *,
    own_past: bool = True,
    columns: Sequence[int] = (0, 1, 2, 3, 4),
    power: float = 0.5,
) -> Model:
    """Fit the terms, with `own_past` as it is under the same terms, at a weight of 1."""
    terms = np.concatenate([panel.terms for panel in panels])[:, list(columns)]
    came = np.concatenate([panel.came for panel in panels]).astype(float)
    weight = case_weights(panels, power)
    model = spread_out(fit_logit(terms, came, weight, np.zeros(len(came))), columns)
    for _ in range(ROUNDS if own_past else 0):
        past = np.concatenate([panel.own_past(model) for panel in panels])
        model = spread_out(fit_logit(terms, came, weight, past), columns)
    return Model(model.intercept, (*model.weights, float(own_past)))


def spread_out(model: Model, columns: Sequence[int]) -> Model:
    """Return a model of all five terms, those left out with a weight of 0."""
    weights = dict(zip(columns, model.weights, strict=True))
    return Model(model.intercept, tuple(weights.get(place, 0.0) for place in range(5)))


def chance_under(model: Model, panel: Panel) -> Numbers:
    """Return the chances that a model of all six terms gives."""
    past = panel.own_past(model) if model.weights[-1] else np.zeros(len(panel.came))
    return expit(model.log_odds(np.column_stack([panel.terms, past])))


def ours(panels: Panels, panel: Panel) -> Numbers:
    """The contact chance, fitted on the other data sets."""
    return chance_under(fit_ours(panels), panel)


# -- the reference, and what comparable tools use ----------------------------------------------


def reference_terms(panel: Panel) -> Numbers:
    """Return the four terms; their silence is clipped, where ours has something added."""
    silence = np.log(np.clip(panel.cases["silence"].to_numpy(), 0.01, 20.0))
    return np.column_stack([silence, panel.terms[:, 1:4]])


def reference_as_printed(_: Panels, panel: Panel) -> Numbers:
    return expit(REFERENCE.log_odds(reference_terms(panel)))


def _logit_of(count: int) -> Scorer:
    """Return a logit of the first so many of the four, fitted at one horizon of each set."""

    def score(panels: Panels, panel: Panel) -> Numbers:
        main = [one for one in panels if one.horizon == one.kind.horizon]
        terms = np.concatenate([reference_terms(one)[:, :count] for one in main])
        came = np.concatenate([one.came for one in main]).astype(float)
        model = fit_logit(terms, came, case_weights(main, 1.0), np.zeros(len(came)))
        return expit(model.log_odds(reference_terms(panel)[:, :count]))

    return score


def reference_fitted_alike(panels: Panels, panel: Panel) -> Numbers:
    """Return the four terms, fitted at all horizons and with the weights that ours has."""
    terms = np.concatenate([reference_terms(one) for one in panels])
    came = np.concatenate([one.came for one in panels]).astype(float)
    model = fit_logit(terms, came, case_weights(panels), np.zeros(len(came)))
    return expit(model.log_odds(reference_terms(panel)))


def silence_alone(_: Panels, panel: Panel) -> Numbers:
    return -panel.cases["silence"].to_numpy()


def frequency(_: Panels, panel: Panel) -> Numbers:
    return panel.cases["messages"].to_numpy(float)


def recency_and_frequency(_: Panels, panel: Panel) -> Numbers:
    """The sum of two ranks within the owner's people, as marketing's RFM has it."""
    cases = panel.cases.assign(view=panel.view)
    ranks = cases.groupby("view")[["silence", "messages"]].rank(pct=True)
    return (ranks["messages"] - ranks["silence"]).to_numpy()


def gap_ratio(_: Panels, panel: Panel) -> Numbers:
    """Silence against the usual gap; with one contact day, against how long they are known."""
    cases = panel.cases
    usual = (cases["age"] - cases["silence"]) / (cases["days"] - 1).clip(lower=1)
    usual = usual.where(cases["days"] > 1, cases["age"])
    return -(cases["silence"] / (usual + 1 / 90)).to_numpy()


def alive(_: Panels, panel: Panel) -> Numbers:
    """P(alive) of BG/NBD (Fader, Hardie and Lee 2005), fitted on the judged cases' own past."""
    cases = panel.cases
    repeats = (cases["days"] - 1).to_numpy(float)
    last, age = (cases["age"] - cases["silence"]).to_numpy(), cases["age"].to_numpy()
    last = np.where(repeats > 0, last, 0.0)

    def loss(logs: Numbers) -> float:
        return -bg_nbd(np.exp(logs), repeats, last, age)[0].mean()

    found = minimize(loss, np.zeros(4), method="Nelder-Mead", options={"maxiter": 800})
    return bg_nbd(np.exp(found.x), repeats, last, age)[1]


def bg_nbd(
    parameters: Numbers, repeats: Numbers, last: Numbers, age: Numbers
) -> tuple[Numbers, Numbers]:
    """Return log-likelihood and P(alive); r, alpha, a, b as in the paper."""
    r, alpha, a, b = parameters
    first = gammaln(r + repeats) - gammaln(r) + r * np.log(alpha)
    gone = (np.log(a) - np.log(b + np.maximum(repeats, 1) - 1)) - (r + repeats) * np.log(
        alpha + last
    )
    stays = -(r + repeats) * np.log(alpha + age)
    both = np.where(repeats > 0, np.logaddexp(stays, gone), stays)
    beta = gammaln(a + b) + gammaln(b + repeats) - gammaln(b) - gammaln(a + b + repeats)
    return first + beta + both, np.exp(stays - both)


def _boosted(panels: Panels, panel: Panel, *, monotone: bool) -> Numbers:
    terms = np.concatenate([one.terms for one in panels])
    model = HistGradientBoostingClassifier(
        max_iter=100, learning_rate=0.08, max_leaf_nodes=12, min_samples_leaf=100, random_state=0,
        monotonic_cst=[-1, 1, 1, 1, 1] if monotone else None,
    )  # fmt: skip
    came = np.concatenate([one.came for one in panels])
    model.fit(terms, came, sample_weight=case_weights(panels))
    return model.predict_proba(panel.terms)[:, 1]


def boosting(panels: Panels, panel: Panel) -> Numbers:
    return _boosted(panels, panel, monotone=False)


def monotone_boosting(panels: Panels, panel: Panel) -> Numbers:
    return _boosted(panels, panel, monotone=True)


def boosting_inside(_: Panels, panel: Panel) -> Numbers:
    """Gradient boosting with five folds of owners of the judged set itself: a ceiling."""
    said = np.zeros(len(panel.came))
    figures = np.column_stack([panel.terms, panel.cases.to_numpy(float)])
    for seen, unseen in GroupKFold(5).split(figures, panel.came, panel.owner):
        model = HistGradientBoostingClassifier(
            max_iter=100, learning_rate=0.08, max_leaf_nodes=12, min_samples_leaf=50, random_state=0
        )
        model.fit(figures[seen], panel.came[seen])
        said[unseen] = model.predict_proba(figures[unseen])[:, 1]
    return said


REFITTED = "four terms (the reference), fitted on the other two"
ALIKE = "the same, fitted at all horizons as ours is"
OURS = "**contact chance, fitted on the other two**"

METHODS = (
    Method("silence alone", silence_alone, is_chance=False),
    Method("frequency (messages)", frequency, is_chance=False),
    Method("recency + frequency, ranks", recency_and_frequency, is_chance=False),
    Method("gap ratio (silence / usual gap)", gap_ratio, is_chance=False),
    Method("BG/NBD, P(alive)", alive, is_chance=False),
    Method("silence, as a logit", _logit_of(1), is_chance=True),
    Method("silence and contact days, as a logit", _logit_of(2), is_chance=True),
    Method(REFITTED, _logit_of(4), is_chance=True),
    Method(ALIKE, reference_fitted_alike, is_chance=True),
    Method("four terms as printed (fitted on all three)", reference_as_printed, is_chance=True),
    Method("gradient boosting, fitted on the other two", boosting, is_chance=True),
    Method("the same, monotone", monotone_boosting, is_chance=True),
    Method("gradient boosting trained inside the set", boosting_inside, is_chance=True),
    Method(OURS, ours, is_chance=True),
)
"""In the order of the table."""
