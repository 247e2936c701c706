"""One contact chance taken apart: what was found for each term, in words, and what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from netquality.chance import HORIZON_DAYS, horizon_of
from netquality.chance.looks import BINS, looks
from netquality.chance.model import TERMS, past_of, shipped, terms_at
from netquality.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netquality.chance.looks import Look, Messages
    from netquality.chance.model import Past

__all__ = ["chance_apart"]

_STEP: Final = HORIZON_DAYS // BINS


def chance_apart(messages: Messages, size: int, person: int) -> pd.DataFrame:
    """Return what the contact chance of one person is made of.

    Parameters
    ----------
    messages : Messages
        The owner's with everybody, up to the date.
    size : int
        How many people there are.
    person : int
        Whose chance it is.

    Returns
    -------
    pandas.DataFrame
        `term`, `found` and `log_odds`, first what every chance starts from; no row for who has no
        real message, and where the owner wrote to nobody within the last horizon.
    """
    seen = list(looks(messages, size, horizon_of(HORIZON_DAYS)))
    rows: list[tuple[str, str, float]] = []
    if seen and seen[0].has_written and seen[0].is_seen[person]:
        now, past, model = seen[0], past_of(seen), shipped()
        mine = terms_at(now)[int(now.is_seen[:person].sum())]
        effects = np.append(mine, past.term) * model.weights
        said = _found(now, past, person)
        rows = [("start", "the same for everybody", model.intercept)]
        rows += list(zip(TERMS, said, effects.tolist(), strict=True))
    table = pd.DataFrame(rows, columns=["term", "found", "log_odds"])
    return table.astype({"term": "str", "found": "str", "log_odds": "float64"})


def _found(now: Look, past: Past, person: int) -> Iterator[str]:
    """Say what each term rests on, in their order."""
    silent = int(round(float(now.silence[person]) * HORIZON_DAYS, 9))  # whole days, not one less
    days, mutual = int(now.days[person]), int(now.mutual_days[person])
    everybody, both = int(now.is_seen.sum()), int(now.is_both.sum())
    steps = f", counted in steps of {_STEP} days"
    yield f"{plural(silent, 'day')} since the last message"
    yield f"{plural(days, 'day')} with a message{steps}"
    yield f"the one of you who wrote on fewer days did so on {mutual:,}{steps}"
    yield (
        f"in the last {HORIZON_DAYS} days you both wrote with {both:,} of "
        f"{plural(everybody, 'person', 'people')}"
    )
    yield (
        f"of {plural(now.lately, 'day')} of contact with anybody in these {HORIZON_DAYS}, "
        f"{now.latest:,} were in the latest quarter"
    )
    if past.dates:
        yield (
            f"at {plural(past.dates, 'date')} before, {past.expected:.1f} people were expected to "
            f"be in contact again, and {past.came:,} were"
        )
    else:
        yield "no past to hold it against"
