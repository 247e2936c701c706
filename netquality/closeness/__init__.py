"""Closeness as the owner would label it, learned from their labels, and only where that helps.

Three counts on a screen may know who is close as well as any fit does. So what is fitted has to
rank people it has not seen better than mutual contact days alone and silence alone do; otherwise
nothing is given, and that is said. docs/your-word.md has the method, its limits and its sources.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from netquality.closeness.agreement import FOLDS, agreement_of, fitted, no_agreement
from netquality.errors import TableError
from netquality.journal import Journal
from netquality.journal.lines import LABELS
from netquality.tables import MEASURES, PEOPLE, check
from netquality.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]

__all__ = ["ClosenessFit", "fit_closeness", "on_file"]

LEAST_LABELS: Final = 20
"""With fewer the interval of any agreement is wider than the question."""
LEAST_PER_SIDE: Final = FOLDS
"""One for each fold, so that every fold is fitted on both sides and judged on both."""
NEVER_DAYS: Final = 10_957
"""Thirty years, longer than there is LinkedIn: the silence of who never wrote, and the longest."""

SILENCE: Final = "silent_days"
FEATURES: Final = (
    ("mutual_contact_days",),
    (SILENCE,),
    ("talk_years_count",),
    ("recommendation_given_count", "recommendation_received_count"),
    ("endorsement_given_count", "endorsement_received_count"),
    ("greeting_count",),
    ("group_thread_count",),
    ("address_count",),
)
"""The columns behind each figure; those of one figure are added. Few, for the labels are few."""
_COLUMNS: Final = tuple(name for parts in FEATURES for name in parts)

_SIDES: Final = (
    (("close",), "one you call close above one you know or call a stranger"),
    (("close", "know"), "one you call close or know above one you call a stranger"),
)
"""The closer side, and both in words; the first counts for which there are labels enough."""


@dataclass(frozen=True, eq=False)
class ClosenessFit:
    """What `fit_closeness` found, or why it gives nothing.

    Attributes
    ----------
    closeness : pandas.Series
        `closeness`, 'Float64' in 0-1, by `person_id` in the order of the people: the chance that
        the owner's label would be on the closer side, were it chosen as their labels were. Missing
        where nothing at all is on file, and for everybody where it is no better.
    agreement : pandas.DataFrame
        Rows `closeness`, `mutual contact days` and `silence`. `auc`: the share of pairs, one from
        each side, that it ranks as the owner's labels do (0.5 is a coin); `low` and `high`: its
        95 % interval; `gain`, `gain_low`, `gain_high`: by how much closeness ranks better than
        this row. All missing where nothing could be fitted.
    sentence : str
        What came of it, in words with the figures; it names nobody.
    label_counts : pandas.Series
        How many labels: `close`, `know` and `stranger` that were used, and those set aside:
        `not interested`, `not in the table`, `nothing on file`. They add up to the labels given.

    Examples
    --------
    >>> import netquality as nq
    >>> people = nq.assess(nq.load_sample())
    >>> nq.fit_closeness(people, pd.Series(dtype="str"))
    ClosenessFit(given for 0 of 940 people, from 0 labels)
    """

    closeness: pd.Series = field(repr=False)
    agreement: pd.DataFrame = field(repr=False)
    sentence: str = field(repr=False)
    label_counts: pd.Series = field(repr=False)

    def __repr__(self) -> str:
        """Say how much there is, and about nobody."""
        used = plural(int(self.label_counts[list(LABELS[:3])].sum()), "label")
        people = plural(len(self.closeness), "person", "people")
        return f"ClosenessFit(given for {self.closeness.count():,} of {people}, from {used})"


def fit_closeness(people: pd.DataFrame, labels: pd.Series | Journal) -> ClosenessFit:
    """Learn from the owner's labels who else they would call close, if that can be learned.

    Parameters
    ----------
    people : pandas.DataFrame
        As `netquality.assess` gives it; it is not changed.
    labels : pandas.Series or Journal
        The owner's labels by `person_id`: `close`, `know`, `stranger` or `not interested`; a
        missing one says nothing. Twenty that can be used are needed, five of them on each side.

    Returns
    -------
    ClosenessFit
        With `closeness` only where, for people it was not fitted on, it ranks better than a coin,
        than mutual contact days alone and than silence alone, each with a 95 % interval above.

    Raises
    ------
    TableError
        When `people` lacks a column or names somebody twice, or `labels` holds another label, an
        index that is no text, or two labels of one person.

    Notes
    -----
    A logistic regression with a fixed L2 penalty on eight log-scaled counts, standardised; judged
    by the area under the ROC curve of its out-of-fold scores in five times five stratified folds,
    with intervals from 2,000 seeded bootstrap draws of people, the same for all three measures.

    Examples
    --------
    >>> import netquality as nq
    >>> people = nq.assess(nq.load_sample())
    >>> said = people[people["depth"] == "deep"].head(3).set_index("person_id")["owner_label"]
    >>> fit = nq.fit_closeness(people, said.fillna("close"))
    >>> fit.sentence
    'No closeness is given: 3 of your labels can be used, and 20 are needed.'
    >>> fit.closeness.count()
    np.int64(0)
    """
    check(people, PEOPLE, only=["person_id"])
    check(people, MEASURES, only=_COLUMNS)
    if people["person_id"].duplicated().any():
        raise TableError("people: a person has several rows. Give one row per person.")
    # in one order, so that the order given changes not even the last digit
    table = people.set_index("person_id")[list(_COLUMNS)].sort_index()
    given = _labels(labels)
    fates = _fates(given, table.index, on_file(table))
    counts = fates.value_counts().reindex([*LABELS, "not in the table", "nothing on file"])
    counts = counts.fillna(0).astype("Int64").rename("label_count").rename_axis("label")
    used = given[fates.isin(LABELS[:3])].sort_index()
    closeness, agreement, sentence = _judged(table, used)
    return ClosenessFit(
        closeness.reindex(people["person_id"]),
        agreement,
        " ".join([sentence, *_aside(counts)]),
        counts,
    )


def _labels(labels: pd.Series | Journal) -> pd.Series:
    """Return the labels that say something, by person; every fault at once, quoting none."""
    if isinstance(labels, Journal):
        labels = labels.words.set_index("person_id")["owner_label"]
    if not isinstance(labels, pd.Series):
        raise TableError(f"labels: is {type(labels).__name__}, expected a Series or a Journal.")
    said = labels.dropna().astype("object")
    faults = []
    if not all(isinstance(one, str) for one in said.index):
        faults.append("the index holds something that is no person_id")
    elif said.index.has_duplicates:
        faults.append("a person has several labels")
    wrong = int((~said.isin(LABELS)).sum())
    if wrong:
        faults.append(f"{plural(wrong, 'label')} other than {', '.join(LABELS)}")
    if faults:
        raise TableError(f"labels: {'; '.join(faults)}.")
    return said


def on_file(table: pd.DataFrame) -> pd.Series:
    """Tell of whom there is anything at all that closeness could rest on.

    Parameters
    ----------
    table : pandas.DataFrame
        As `netquality.assess` returns it.

    Returns
    -------
    pandas.Series
        Of bool, with the index of the table.

    Examples
    --------
    >>> import netquality as nq
    >>> people = nq.assess(nq.load_sample())
    >>> bool(on_file(people)[people["status"] == "active"].all())
    True
    """
    figures = table[list(_COLUMNS)]
    counts = figures.drop(columns=SILENCE).gt(0).fillna(value=False).any(axis=1)
    return counts | figures[SILENCE].notna()


def _fates(labels: pd.Series, people: pd.Index, on_file: pd.Series) -> pd.Series:
    """Return for each label its own name if it is used, else why it is set aside.

    Who has nothing on file gets no closeness; so their labels may not make its agreement either.
    """
    fates = labels.copy()
    lacking = ~on_file.reindex(labels.index, fill_value=True) & (labels != "not interested")
    fates[lacking] = "nothing on file"
    fates[~labels.index.isin(people)] = "not in the table"
    return fates


def _aside(counts: pd.Series) -> Iterator[str]:
    """Say which labels were set aside, if any were."""
    parts = [f"{count:,} {name}" for name, count in counts.iloc[3:].items() if count]
    if parts:
        yield f"Labels set aside: {', '.join(parts)}."


def _judged(table: pd.DataFrame, labels: pd.Series) -> tuple[pd.Series, pd.DataFrame, str]:
    """Return closeness or none, the agreement, and the sentence."""
    nothing = pd.Series(pd.NA, table.index, dtype="Float64", name="closeness")
    no = "No closeness is given:"
    if len(labels) < LEAST_LABELS:
        can = f"{len(labels)} of your labels can be used, and {LEAST_LABELS} are needed."
        return nothing, no_agreement(), f"{no} {can}"
    sides = [(labels.isin(high).to_numpy(), words) for high, words in _SIDES]
    sides = [(high, words) for high, words in sides if _is_enough(high)]
    counts = labels.value_counts().reindex(LABELS[:3], fill_value=0)
    have = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    if not sides:
        need = f"you gave {have}. At least {LEAST_PER_SIDE} are needed on either side, `close` "
        need += "against the rest or `stranger` against the rest."
        return nothing, no_agreement(), f"{no} {need}"
    high, words = sides[0]
    figures = _figures(table)
    labelled = figures[table.index.get_indexer(labels.index)]
    agreement = agreement_of(labelled, high)
    found = f"It ranked {words} in {_said(agreement, have)}"
    if not _is_better(agreement):
        return nothing, agreement, f"{no} it is not better than both, beyond chance. {found}"
    chances = 1 / (1 + np.exp(-fitted(labelled, high).log_odds(figures)))
    closeness = nothing.where(~on_file(table), chances)
    got = f"Closeness is given for {plural(closeness.count(), 'person', 'people')}."
    return closeness, agreement, f"{got} {found}"


def _is_enough(high: Flags) -> bool:
    return min(int(high.sum()), int((~high).sum())) >= LEAST_PER_SIDE


def _is_better(agreement: pd.DataFrame) -> bool:
    """Tell whether closeness beats both single measures, and a coin, beyond chance.

    The coin counts too: where chance turned the single measures around, something that knows
    nothing beats them.
    """
    lows = agreement[["low", "gain_low"]].to_numpy(np.float64, na_value=np.nan)
    return bool(lows[0, 0] > 1 / 2 and (lows[1:, 1] > 0).all())


def _said(agreement: pd.DataFrame, have: str) -> str:
    """Say in how many pairs of a hundred each measure agreed with the owner."""
    hundred = (agreement * 100).round().astype("Int64")
    own, days, silence = (
        f"{row.auc} ({row.low} to {row.high})" for row in hundred.itertuples(index=False)
    )
    gains = [
        f"{row.gain:+} ({row.gain_low:+} to {row.gain_high:+})"
        for row in hundred.iloc[1:].itertuples(index=False)
    ]
    return (
        f"{own} of 100 pairs it had not seen; mutual contact days alone did in {days}, silence "
        f"alone in {silence}. The difference is {gains[0]} and {gains[1]}; in brackets the 95 % "
        f"intervals. Labels used: {have}."
    )


def _figures(table: pd.DataFrame) -> Numbers:
    """Return the log-scaled figures, a column each; missing where a file is not there.

    No message is the longest silence and never 0 days of it.
    """
    silence = table[SILENCE].fillna(NEVER_DAYS).clip(upper=NEVER_DAYS)
    whole = table.assign(**{SILENCE: silence})
    sums = [whole[list(parts)].sum(axis=1, min_count=1) for parts in FEATURES]
    figures: Numbers = np.column_stack([one.to_numpy(np.float64, na_value=np.nan) for one in sums])
    return np.log1p(figures)
