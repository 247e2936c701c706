"""How likely a relationship comes to rest within a year, and where that is likelier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from scipy.special import erfc

from netquality.habits.lasting import YEAR, by_origin, groups_of, relationship_spans
from netquality.habits.telling import (
    BEGAN,
    DAY,
    NOT_KNOWN,
    RESTS_AFTER,
    SMALL,
    if_few,
    past_of,
    percent,
    shares,
    told,
    without_messages,
)
from netquality.rates import Z, mantel_haenszel
from netquality.words import plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netquality.network import Network

__all__ = ["resting_rate"]

_LEVEL: Final = 0.05
_METHOD: Final = "Wilson (1927); Mantel and Haenszel over years of age, Greenland and Robins (1985)"


def resting_rate(
    network: Network, people: pd.DataFrame, *, by: str | pd.Series | None = "origin"
) -> pd.DataFrame:
    """Say how likely a relationship comes to rest within a year, by group, against all others.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        As `netquality.assess` returns it.
    by : str, pandas.Series or None
        As in `relationship_survival`.

    Returns
    -------
    pandas.DataFrame
        A row per group, ``all`` at the end: `group`, `person_count`; `year_count` (years of these
        relationships, each observed whole), `rested_count` (of them those within which it first
        came to rest), `share` (the chance of that in a year), `low`, `high`, `is_small`; `ratio` of
        that chance to the one in all the other groups whose name is known, at the same age of the
        relationships, `ratio_low`, `ratio_high`. The ratio is missing for ``not known``, for
        ``all``, and where one of the two never came to rest. The sentence names a group only where
        its ratio is not 1 even if one looks at as many as there are (Bonferroni).

    Raises
    ------
    SettingError
        When `by` is none of these.

    Notes
    -----
    The years are counted from the 395th day of a relationship on, for none can rest before; only
    years that were observed to their end count, whatever happened in them. Each person can come to
    rest once, so that the years of one person are as good as those of several (the likelihood of a
    chance per year; Cox 1972, section 6). Intervals of the shares after Wilson (1927). The ratio is
    that of Mantel and Haenszel over the years of age, with the variance of Greenland and Robins
    (Biometrics 41, 1985), so that groups of unlike age can be held against each other. On 200
    samples it covers what was planted as often as docs/habits.md says.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> table = nq.habits.resting_rate(network, nq.assess(network))
    >>> bool((table["rested_count"] <= table["year_count"]).all())
    True
    """
    past = past_of(network, people)
    groups, names = groups_of(past, by)
    if not network.has_messages:
        return without_messages(["group", "person_count", "year_count", "rested_count", "share"])
    begun, ended = relationship_spans(past)
    related = ~np.isnat(begun)
    age = np.clip((ended - begun) / DAY - RESTS_AFTER, 0, None)  # NaN: has not rested
    seen = np.floor(((past.last - begun) / DAY - RESTS_AFTER) / YEAR)
    rested_in = np.floor(age / YEAR)
    years = np.arange(int(np.nanmax(np.append(seen[related], 0))))
    # awake when the year began, and observed to its end
    began = related[:, None] & (years < seen[:, None]) & ~(rested_in[:, None] < years)
    rested = began & (rested_in[:, None] == years)
    inside = {name: (groups == name).to_numpy(bool) for name in names}
    told_apart = np.logical_or.reduce(
        [flags for name, flags in inside.items() if name != NOT_KNOWN] or [np.zeros_like(related)]
    )
    rows = []
    for name, flags in [*inside.items(), ("all", np.ones_like(related))]:
        ratio = (np.nan, np.nan, np.nan)
        if name not in {NOT_KNOWN, "all"}:
            there, elsewhere = (
                (rested[some].sum(axis=0), began[some].sum(axis=0))
                for some in (flags, told_apart & ~flags)
            )
            ratio = mantel_haenszel(*there, *elsewhere)
        count = int((flags & related).sum())
        if not count and name != "all":
            continue
        rows.append((name, count, int(began[flags].sum()), int(rested[flags].sum()), *ratio))
    columns = ["group", "person_count", "year_count", "rested_count", *_RATIO]
    table = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(_RATIO, "Float64"))
    table = table.astype({"group": "str"})
    part = shares(table["rested_count"], table["year_count"])
    part["is_small"] = table["person_count"].to_numpy() < SMALL
    table = table[columns[:4]].assign(**part).join(table[list(_RATIO)])
    sentence = _sentence(table, BEGAN if by_origin(by) else {})
    return told(table, sentence, _METHOD, past.last, groups=by)


_RATIO: Final = ("ratio", "ratio_low", "ratio_high")


def _sentence(table: pd.DataFrame, words: Mapping[str, str]) -> str:
    """Say how likely rest is within a year, and where it is likelier or less so."""
    whole: Any = table.iloc[-1]
    count = int(whole["person_count"])
    if not whole["year_count"]:
        return "No relationship was observed long enough to say how likely it comes to rest."
    head = (
        f"Of relationships awake for 13 months, {percent(whole)} came to rest in each later year, "
        f"as counted over {plural(int(whole['year_count']), 'such year')} of "
        f"{plural(count, 'relationship')}"
    )
    known = table[~table["is_small"] & table["ratio"].notna()]
    if not len(known):
        return f"{head}.{if_few(count)}"
    looked_at = len(known)
    if (~table["group"].isin([NOT_KNOWN, "all"])).sum() == 2:  # noqa: PLR2004
        looked_at = 1  # each is the other's others
        if len(known) == 2:  # noqa: PLR2004
            known = known[known["ratio"] > 1]
    spread = np.log(known["ratio_high"] / known["ratio_low"]) / (2 * Z)
    chance = looked_at * erfc((np.abs(np.log(known["ratio"])) / spread / np.sqrt(2)).astype(float))
    apart: Any = known[chance < _LEVEL].to_dict("records")
    if not apart:
        return (
            f"{head}; no group differs from the others by more than these numbers bear."
            f"{if_few(count)}"
        )
    said = "; ".join(
        f"{words.get(row['group']) or _quoted(row['group'])}, {_times(row)} as large a share as of "
        "the others"
        for row in apart
    )
    return f"{head}. {said[0].upper()}{said[1:]}.{if_few(count)}"


def _times(row: Any) -> str:
    """Return a ratio with its interval, in words; with as many decimals as tell it from 1."""
    ratio, low, high = (float(row[name]) for name in _RATIO)
    digits = 1 if "1.0" not in {f"{low:.1f}", f"{high:.1f}"} else 2
    return f"{ratio:.{digits}f} ({low:.{digits}f} to {high:.{digits}f}) times"


def _quoted(group: str) -> str:
    return f"of “{group}”"
