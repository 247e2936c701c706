"""The contact chance as a scikit-learn estimator on the table of its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import check_array, validate_data

from netquality.chance.model import TERMS, share_of, shipped

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from sklearn.utils import Tags

__all__ = ["ContactChance"]


class ContactChance(ClassifierMixin, BaseEstimator):  # type: ignore[misc] # sklearn ships no types
    """The model behind `netquality.contact_chance`; it needs no `fit`, and can be fitted anew.

    As it comes it has the shipped numbers, for the terms of `netquality.contact_terms` in their
    order. With data of your own `fit` replaces them by a logistic regression.

    Parameters
    ----------
    C : float
        The inverse strength of the L2 penalty in `fit`, as in scikit-learn's LogisticRegression.
    max_iter : int
        Steps that `fit` may take at most.

    Attributes
    ----------
    coef_ : numpy.ndarray of float, shape (n_terms,)
        The weight of each term; the shipped ones before `fit`.
    intercept_ : float
        The log-odds where every term is 0.
    classes_ : numpy.ndarray, shape (2,)
        What is told apart; before `fit` ``False`` and ``True``: whether both wrote.
    n_features_in_, n_iter_ : int
        How many terms `fit` was given, and the steps it took; only after it.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> terms = nq.contact_terms(network.interactions, network.as_of)
    >>> model = nq.ContactChance()
    >>> chance = model.predict_proba(terms)[:, 1]
    >>> bool((chance == nq.contact_chance(network.interactions, network.as_of)).all())
    True
    >>> model.effects(terms).columns.tolist()[:3]
    ['intercept', 'silence', 'contact_days']
    """

    def __init__(self, *, C: float = 1.0, max_iter: int = 100) -> None:  # noqa: N803 - as sklearn
        self.C = C
        self.max_iter = max_iter

    def fit(self, X: ArrayLike, y: ArrayLike) -> ContactChance:  # noqa: N803
        """Fit the weights anew.

        Parameters
        ----------
        X : array-like, shape (n_cases, n_terms)
            A row of terms per case.
        y : array-like, shape (n_cases,)
            Which of two outcomes each had.

        Returns
        -------
        ContactChance
            Itself.

        Raises
        ------
        ValueError
            When `X` holds something that is no number, or `y` has not exactly two outcomes.
        """
        X, y = validate_data(self, X, y, dtype=np.float64)  # noqa: N806
        check_classification_targets(y)
        if type_of_target(y) != "binary":
            # the word that scikit-learn's own checks of binary classifiers look for
            raise ValueError(
                f"Only binary classification is supported: y has {len(np.unique(y))} outcomes."
            )
        classes = np.unique(y)
        if len(classes) < 2:  # noqa: PLR2004 - a pair
            raise ValueError("y: every case has the same outcome, one class. Give cases of both.")
        logit = LogisticRegression(C=self.C, max_iter=self.max_iter, solver="newton-cholesky")
        logit.fit(X, y == classes[1])
        self._classes = classes
        self._weights = logit.coef_[0]
        self._intercept = float(logit.intercept_[0])
        self.n_iter_ = int(np.max(logit.n_iter_))
        return self

    def __sklearn_is_fitted__(self) -> bool:
        """Say yes: the shipped numbers are a fit."""
        return True

    def __sklearn_tags__(self) -> Tags:
        """Say that no fit is needed, and that there are two outcomes."""
        tags = super().__sklearn_tags__()
        tags.requires_fit = False
        tags.classifier_tags.multi_class = False
        return tags

    @property
    def coef_(self) -> NDArray[np.float64]:
        """The weight of each term: the shipped ones, until `fit` finds others."""
        weights: NDArray[np.float64] = vars(self).get("_weights", np.array(shipped().weights))
        return weights

    @property
    def intercept_(self) -> float:
        """The log-odds where every term is 0."""
        return float(vars(self).get("_intercept", shipped().intercept))

    @property
    def classes_(self) -> NDArray[Any]:
        """What is told apart: whether both wrote, until `fit` is given other labels."""
        labels: NDArray[Any] = vars(self).get("_classes", np.array([False, True]))
        return labels

    def _checked(self, X: ArrayLike) -> NDArray[np.float64]:  # noqa: N803
        is_fitted = hasattr(self, "n_features_in_")
        if not is_fitted and isinstance(X, pd.DataFrame) and list(X.columns) != list(TERMS):
            raise ValueError(
                f"X: its columns are not {', '.join(TERMS)}, in this order. "
                "Give what nq.contact_terms returned."
            )
        checked: NDArray[np.float64] = (
            validate_data(self, X, dtype=np.float64, reset=False)
            if is_fitted
            else check_array(X, dtype=np.float64, estimator=self, input_name="X")
        )
        if checked.shape[1] != len(self.coef_):
            raise ValueError(
                f"X: has {checked.shape[1]} columns, and {len(self.coef_)} terms are needed. "
                "Give what nq.contact_terms returned."
            )
        return checked

    def decision_function(self, X: ArrayLike) -> NDArray[np.float64]:  # noqa: N803
        """Return the log-odds of the second class.

        Parameters
        ----------
        X : array-like, shape (n_cases, n_terms)

        Returns
        -------
        numpy.ndarray of float, shape (n_cases,)
        """
        odds = np.full(len(X := self._checked(X)), self.intercept_)  # noqa: N806
        for weight, term in zip(self.coef_, X.T, strict=True):
            odds += weight * term
        return odds

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:  # noqa: N803
        """Return the probabilities of both classes.

        Parameters
        ----------
        X : array-like, shape (n_cases, n_terms)

        Returns
        -------
        numpy.ndarray of float, shape (n_cases, 2)
            Rows add up to 1; the second column is the contact chance.
        """
        chance = share_of(self.decision_function(X))
        return np.column_stack([1 - chance, chance])

    def predict(self, X: ArrayLike) -> NDArray[Any]:  # noqa: N803
        """Return the likelier class. At low rates that is nearly always "not": use the chance.

        Parameters
        ----------
        X : array-like, shape (n_cases, n_terms)

        Returns
        -------
        numpy.ndarray, shape (n_cases,)
        """
        labels: NDArray[Any] = self.classes_[(self.decision_function(X) > 0).astype(np.intp)]
        return labels

    def effects(self, terms: pd.DataFrame) -> pd.DataFrame:
        """Return what each term adds to the log-odds: a chance taken apart.

        Parameters
        ----------
        terms : pandas.DataFrame
            As `netquality.contact_terms` returns it.

        Returns
        -------
        pandas.DataFrame
            `intercept` and a column per term, a row per person; each row adds up to the log-odds
            of the chance.
        """
        parts = pd.DataFrame(
            self._checked(terms) * self.coef_, index=terms.index, columns=terms.columns
        )
        parts.insert(0, "intercept", self.intercept_)
        return parts
