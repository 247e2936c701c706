"""Public message data as owners' logs, seen at cutoffs: what was known, and what came after.

The data stay outside of the repository; their folder is given on the command line. Each file has
`source,target,timestamp` (seconds). Each person in it is in turn the owner of their own log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from netquality.chance.looks import BACK, Messages, looks
from netquality.chance.model import AGREEING, TERMS, Model, chances, terms_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from netquality.chance.looks import Look

    Numbers = NDArray[np.float64]
    Places = NDArray[np.intp]

DAY = 86_400_000_000
OWN = TERMS[:-1]


class Kind(NamedTuple):
    """A data set, and how it is judged: from the README beside the data."""

    name: str
    horizon: float
    cutoffs: tuple[int, ...]
    """Days after the first event."""
    least: int
    """Alters that an owner must have."""
    others: tuple[float, ...]
    """Other horizons, in days: for fitting on more than one scale, and for a second look."""


KINDS = (
    Kind("email_eu", 90, (255, 345, 435), 10, (30, 15, 7, 3)),
    Kind("collegemsg", 30, (70, 100, 130), 10, (14, 7, 3.5)),
    Kind("cns_sms", 7, (14, 21), 3, (3.5, 2)),
)


class Log(NamedTuple):
    """One owner's messages, the oldest first."""

    alter: Places
    when: NDArray[np.int64]
    """Microseconds."""
    is_sent: NDArray[np.bool_]


@dataclass
class Panel:
    """Cases of one data set at one horizon: an owner at a cutoff, and somebody known by then.

    `view` numbers the owners at cutoffs, `owner` those of them who are the same human. `cases` has
    what baselines need, `terms` the five terms without `own_past`; `past_*` the same of the whole
    horizons before each cutoff, as far as they are looked at.
    """

    kind: Kind
    horizon: float
    view: Places
    owner: Places
    terms: Numbers
    came: NDArray[np.bool_]
    cases: pd.DataFrame
    past_view: Places
    past_terms: Numbers
    past_came: NDArray[np.bool_]

    @property
    def is_quiet(self) -> NDArray[np.bool_]:
        """Who had no contact in the last horizon."""
        return (self.cases["silence"] >= 1).to_numpy()

    def own_past(self, model: Model) -> Numbers:
        """Return the last term, as `netquality.chance.model` has it, for a model of the others."""
        views = int(self.view.max()) + 1
        expected = np.bincount(self.past_view, chances(self.past_terms, model), views) + AGREEING
        came = np.bincount(self.past_view, self.past_came, views) + AGREEING
        return np.log(came / expected)[self.view]

    def all_terms(self, model: Model) -> Numbers:
        """Return all six terms."""
        return np.column_stack([self.terms, self.own_past(model)])


def logs(folder: Path, name: str) -> tuple[dict[int, Log], int]:
    """Return each person's own log, and when the data begin."""
    table = pd.read_csv(folder / f"{name}.csv")
    at = table["timestamp"].to_numpy(np.int64) * 1_000_000
    ends = [table[column].to_numpy(np.intp) for column in ("source", "target")]
    both = pd.DataFrame(
        {
            "owner": np.concatenate(ends),
            "alter": np.concatenate(ends[::-1]),
            "at": np.tile(at, 2),
            "sent": np.repeat([True, False], len(at)),
        }
    ).sort_values(["owner", "at", "alter", "sent"])
    found = {
        int(owner): Log(*(rows[name].to_numpy() for name in ("alter", "at", "sent")))
        for owner, rows in both.groupby("owner")
    }
    return found, int(at.min())


def panel(kind: Kind, people: dict[int, Log], begin: int, horizon: float) -> Panel:
    """Look at every owner at every cutoff."""
    span = round(horizon * DAY)
    seen = [
        (owner, view)
        for cutoff in kind.cutoffs
        for owner, log in people.items()
        for view in _view(log, begin + cutoff * DAY, span, kind.least)
    ]
    place = np.repeat(np.arange(len(seen)), [len(view.came) for _, view in seen])
    past = np.repeat(np.arange(len(seen)), [len(view.past_came) for _, view in seen])
    return Panel(
        kind,
        horizon,
        view=place,
        owner=np.array([owner for owner, _ in seen])[place],
        terms=np.concatenate([view.terms for _, view in seen]),
        came=np.concatenate([view.came for _, view in seen]),
        cases=pd.concat([view.cases for _, view in seen], ignore_index=True),
        past_view=past,
        past_terms=np.concatenate([view.past_terms for _, view in seen]),
        past_came=np.concatenate([view.past_came for _, view in seen]),
    )


class _View(NamedTuple):
    terms: Numbers
    came: NDArray[np.bool_]
    cases: pd.DataFrame
    past_terms: Numbers
    past_came: NDArray[np.bool_]


def _view(log: Log, cutoff: int, span: int, least: int) -> Iterator[_View]:
    """Yield what one owner's log shows at a cutoff, if the owner is judged there at all."""
    end = int(np.searchsorted(log.when, cutoff, side="right"))
    codes, alters = pd.factorize(log.alter[:end])
    if len(alters) < least:
        return
    messages = Messages(codes.astype(np.intp), cutoff - log.when[:end], log.is_sent[:end])
    told = list(looks(messages, len(alters), span))
    if not told[0].has_written:
        return
    pairs = [
        (terms_at(then), after.is_both[then.is_seen])
        for then, after in zip(told[1 : BACK + 1], told, strict=False)
        if then.has_written
    ]
    soon = slice(end, int(np.searchsorted(log.when, cutoff + span, side="right")))
    later, sent = log.alter[soon], log.is_sent[soon]
    yield _View(
        terms_at(told[0]),
        np.isin(alters, later[sent]) & np.isin(alters, later[~sent]),
        _cases(messages, len(alters), span, told[0]),
        np.concatenate([terms for terms, _ in pairs]) if pairs else np.empty((0, len(OWN))),
        np.concatenate([came for _, came in pairs]) if pairs else np.empty(0, bool),
    )


def _cases(messages: Messages, size: int, span: int, look: Look) -> pd.DataFrame:
    """Return what baselines need: silence, counts, and how old a tie is, in horizons."""
    eldest = np.zeros(size, np.int64)
    np.maximum.at(eldest, messages.person, messages.age)
    return pd.DataFrame(
        {
            "silence": look.silence,
            "age": eldest / span,
            "messages": np.bincount(messages.person, minlength=size),
            "sent": np.bincount(messages.person, messages.is_sent, size),
            "days": look.days,
            "mutual_days": look.mutual_days,
            "is_both": look.is_both,
        }
    )
