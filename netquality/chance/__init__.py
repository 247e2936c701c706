"""The contact chance: how likely it is that two people write to each other again, by themselves.

It is measured, not guessed: fitted on public message data and judged on data that the fit had not
seen (`docs/contact-chance.md`). It says nothing of whom it is worth writing to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from netquality.chance.looks import Messages, looks
from netquality.chance.model import TERMS, chances, terms_of
from netquality.errors import SettingError, TableError
from netquality.grouped import naive
from netquality.network import instant
from netquality.rules import MOST_DAYS

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from netquality.interactions import Story, Talk

__all__ = [
    "HORIZON_DAYS",
    "TERMS",
    "contact_chance",
    "contact_terms",
    "horizon_of",
    "told_chances",
    "told_until",
]

HORIZON_DAYS: Final = 180
"""Half a year: so far ahead the chance looks unless asked otherwise."""

_A_DAY: Final = 86_400_000_000
"""In microseconds."""
_SIDES: Final = ("sent", "received")
_FLAGS: Final = ("is_real", "is_group")
_OLDEST: Final = 1000 * 365 * _A_DAY
"""A message older than a thousand years counts as that old: its silence is clipped anyway, and it
must not overflow where it is counted in bins."""


def contact_chance(
    interactions: pd.DataFrame,
    as_of: str | date | pd.Timestamp | None = None,
    horizon_days: float = HORIZON_DAYS,
) -> pd.Series:
    """Return the probability that the owner and each person both write within a horizon.

    It is the chance of contact *by itself*, and not the worth of writing. Read it for groups ("of
    these 40 about 2"), never as one person's percentage: it was fitted on mail, campus and phone
    data with horizons from days to months, and that it is used here is an extrapolation.

    Parameters
    ----------
    interactions : pandas.DataFrame
        One-to-one messages of one owner with everybody, a row each, in any order: `person_id`,
        `at` (an instant, in any unit; UTC where it bears no time zone), `direction` (``sent`` or
        ``received``). With a column `is_real` only those rows count, with `is_group` only those of
        two. Other columns are not looked at.
    as_of : str, date or Timestamp, optional
        The date from which to look ahead; nothing later is looked at. The latest message that
        counts by default; for an export rather give `network.as_of`.
    horizon_days : float
        How far ahead, in days; 1 or more.

    Returns
    -------
    pandas.Series
        `contact_chance`, ``float64`` between 0 and 1, for each person with at least one message up
        to `as_of`; the index is `person_id`, in order. The fit knows only owners who wrote to
        somebody within the last horizon; `netquality.assess` gives no chance to others.

    Raises
    ------
    TableError
        When a column is missing or cannot be used; all faults at once.
    SettingError
        When `as_of` is no date or `horizon_days` no number of days.

    Notes
    -----
    The log-odds are a weighted sum of the terms of `contact_terms`; the weights stand in
    ``netquality/chance/model.toml``. `is_real` of `network.interactions` is judged as of the
    export's date: for an earlier one `netquality.assess` judges anew which messages were real.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> chance = nq.contact_chance(network.interactions, network.as_of)
    >>> chance.name, bool(chance.between(0, 1).all())
    ('contact_chance', True)
    """
    terms = contact_terms(interactions, as_of, horizon_days)
    return pd.Series(chances(terms.to_numpy()), terms.index, name="contact_chance")


def contact_terms(
    interactions: pd.DataFrame,
    as_of: str | date | pd.Timestamp | None = None,
    horizon_days: float = HORIZON_DAYS,
) -> pd.DataFrame:
    """Return the terms that a contact chance is made of.

    Parameters
    ----------
    interactions, as_of, horizon_days
        As in `contact_chance`.

    Returns
    -------
    pandas.DataFrame
        ``float64``, one row per person with at least one message up to `as_of`; the index is
        `person_id`, in order. `netquality.ContactChance` takes it and says what each term does.

    Raises
    ------
    TableError, SettingError
        As in `contact_chance`.

    Notes
    -----
    With H the horizon, and days counted in bins of H/90 back from `as_of`:

    `silence` is ln(0.1 + time since the last message / H), of at most 20 H; `contact_days` is
    ln(1 + days with a message); `mutual_contact_days` is ln(1 + the lesser of days with one sent
    and days with one received). The others are the same of everybody: `people_in_contact` is
    ln((b + 0.5) / (n - b + 2.5)) where with b of n people both wrote in the last H;
    `latest_contact` is ln((d' + 1) / (d + 2)) for d contact days of all people together in the
    last H, d' of them in its latest 22 bins; `own_past` is ln((c + 2) / (e + 2)), where at the up
    to four whole horizons before `as_of` at which the owner had lately written, the model without
    this term expected e people to be in contact by the next, and c were.

    Examples
    --------
    >>> rows = {"person_id": ["a", "a"], "at": ["2026-01-01T10", "2026-06-30T10"]}
    >>> table = pd.DataFrame(rows | {"direction": ["sent", "received"]})
    >>> table["at"] = pd.to_datetime(table["at"], utc=True)
    >>> contact_terms(table, "2026-09-28 10:00").round(2).iloc[0].to_dict()["silence"]
    -0.51
    """
    horizon = horizon_of(horizon_days)
    messages, people = _messages(interactions, as_of)
    seen = list(looks(messages, len(people), horizon))
    whom = people[seen[0].is_seen] if seen else people[:0]
    return pd.DataFrame(terms_of(seen), index=whom, columns=list(TERMS))


def told_chances(
    story: Story, talk: Talk, size: int, as_of: pd.Timestamp, horizon_days: float = HORIZON_DAYS
) -> NDArray[np.float64]:
    """Return the contact chance of the first `size` people of a story, as of a date in it.

    Parameters
    ----------
    story : Story
        Up to `as_of` or later.
    talk : Talk
        From when on each message was known to be real.
    size : int
        How many people there are; who comes after them counts among the owner's people.
    as_of : pandas.Timestamp
    horizon_days : float

    Returns
    -------
    numpy.ndarray of float, shape (size,)
        ``NaN`` for who has no real message, and for everybody where the owner wrote to nobody
        within the last horizon.
    """
    everybody = max(size, int(story.person.max(initial=-1)) + 1)
    horizon = horizon_of(horizon_days)
    seen = list(looks(told_until(story, talk, as_of), everybody, horizon))
    found = np.full(everybody, np.nan)
    if seen and seen[0].has_written:
        found[seen[0].is_seen] = chances(terms_of(seen))
    return found[:size]


def told_until(story: Story, talk: Talk, as_of: pd.Timestamp) -> Messages:
    """Return the messages of a story that were known to be real at a date in it."""
    moment = naive(as_of)
    real = np.flatnonzero(talk.real_at <= moment)  # NaT, never, is not
    age = (moment - story.when[real]).astype(np.int64)
    return Messages(story.person[real], age, story.is_sent[real])


def horizon_of(horizon_days: object) -> int:
    """Return a number of days that a caller gave in microseconds; refuse what is none."""
    is_number = isinstance(horizon_days, (int, float, np.number))
    if is_number and not isinstance(horizon_days, bool):
        days = float(horizon_days)  # type: ignore[arg-type]
        if 1 <= days <= MOST_DAYS:
            return round(days * _A_DAY)
    raise SettingError(
        f"horizon_days={horizon_days!r}: is no number of days from 1 to {MOST_DAYS:,}. "
        f"Give it like {HORIZON_DAYS}."
    )


def _messages(
    interactions: pd.DataFrame, as_of: str | date | pd.Timestamp | None
) -> tuple[Messages, pd.Index[Any]]:
    """Return what counts of a caller's table, in order, and whom its numbers mean."""
    rows = _that_count(interactions)
    moment = None if as_of is None else instant(as_of)
    if moment is None and len(rows):
        moment = rows["at"].max()
    if moment is not None:
        rows = rows[(rows["at"] <= moment).to_numpy(bool)]
    try:
        codes, people = pd.factorize(rows["person_id"], sort=True)
    except TypeError:
        raise TableError("interactions: 'person_id' holds something that is no id.") from None
    if moment is None or not len(rows):
        nothing = np.empty(0, np.int64)
        return Messages(nothing, nothing, nothing.astype(bool)), pd.Index(people, name="person_id")
    # a later instant within the same microsecond was left out above, before it is rounded away
    at = rows["at"].dt.tz_convert("UTC").dt.tz_localize(None).to_numpy("datetime64[us]")
    age = np.minimum((naive(moment.as_unit("us")) - at).astype(np.int64), _OLDEST)
    sent = (rows["direction"] == "sent").to_numpy(bool)
    return Messages(codes, age, sent), pd.Index(people, name="person_id")


def _that_count(interactions: pd.DataFrame) -> pd.DataFrame:
    """Return the real rows of two people; every fault of the table at once."""
    if not isinstance(interactions, pd.DataFrame):
        raise TableError(f"interactions: is {type(interactions).__name__}, expected a table.")
    needed = ("person_id", "at", "direction")
    twice = [name for name in (*needed, *_FLAGS) if list(interactions.columns).count(name) > 1]
    if twice:
        raise TableError(f"interactions: {', '.join(map(repr, twice))} is there twice.")
    faults = [f"'{name}' is missing" for name in needed if name not in interactions]
    flags = [name for name in _FLAGS if name in interactions]
    faults += [
        f"'{name}' is {interactions[name].dtype}, expected bool"
        for name in flags
        if not pd.api.types.is_bool_dtype(interactions[name].dtype)
    ]
    if "at" in interactions and not _are_instants(interactions["at"].dtype):
        kind = interactions["at"].dtype
        faults.append(
            f"'at' is {kind}, expected instants; pd.to_datetime(..., utc=True) makes them"
        )
    if faults:
        raise TableError(f"interactions: {'; '.join(faults)}.")
    counts = np.ones(len(interactions), bool)
    for name in flags:
        if interactions[name].isna().any():
            raise TableError(f"interactions: '{name}' is missing in a row.")
        counts &= interactions[name].to_numpy(bool) == (name == "is_real")
    rows = interactions.loc[counts, list(needed)]
    missing = [f"'{name}' is missing in a row" for name in needed[:2] if rows[name].isna().any()]
    if not rows["direction"].isin(_SIDES).all():
        missing.append("'direction' holds something else than sent and received")
    if missing:
        raise TableError(f"interactions: {'; '.join(missing)}.")
    return rows.assign(at=_with_zone(rows["at"]))


def _with_zone(at: pd.Series) -> pd.Series:
    """Return instants with a time zone, as numpy holds them; without one they are UTC."""
    if isinstance(at.dtype, pd.ArrowDtype):
        zone, unit = at.dtype.pyarrow_dtype.tz, at.dtype.pyarrow_dtype.unit
        kind: Any = pd.DatetimeTZDtype(unit, zone) if zone else f"datetime64[{unit}]"
        at = at.astype(kind)
    return at if isinstance(at.dtype, pd.DatetimeTZDtype) else at.dt.tz_localize("UTC")


def _are_instants(kind: Any) -> bool:
    """Tell whether a dtype is one of instants, by numpy or by Arrow."""
    is_date = isinstance(kind, pd.ArrowDtype) and not hasattr(kind.pyarrow_dtype, "unit")
    return bool(pd.api.types.is_datetime64_any_dtype(kind)) and not is_date
