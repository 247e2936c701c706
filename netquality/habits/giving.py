"""Who does the talking, who asks, who answers; how talk is spread, and how deep it went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from netquality.habits.telling import SMALL, past_of, percent, shares, told
from netquality.origins import ORIGINS
from netquality.tables import MEASURES, PEOPLE, STATUS_COLUMNS, check
from netquality.words import plural

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netquality.habits.telling import Past
    from netquality.network import Network

__all__ = ["inequality", "listening", "origins"]

NOT_KNOWN: Final = "not known"
ROUNDS: Final = 1_000
TOP: Final = 5


def listening(network: Network, people: pd.DataFrame) -> pd.DataFrame:
    """Hold what you wrote in your relationships against what the others wrote.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        As `netquality.assess` returns it.

    Returns
    -------
    pandas.DataFrame
        A row per measure: `measure`, `you`, `they`, `ratio` (you to they), `low`, `high`,
        `person_count`, `is_small`:

        - ``messages`` : real messages per relationship;
        - ``characters`` : characters per message;
        - ``questions`` : share of the messages that ask something;
        - ``answers`` : share of the other side's messages that were answered, as talk is.

    Notes
    -----
    Of real one-to-one messages with text, in relationships. The unit is the person and not the
    message: the interval of each ratio comes from how it differs between people (linearised,
    Cochran 1977, section 6.3, on the logarithm, with Student's t).

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> table = nq.habits.listening(network, nq.assess(network)).set_index("measure")
    >>> bool(table.loc["questions", "high"] < 1)  # as was planted: this owner asks less
    True
    """
    past = past_of(network, people)
    sums = _per_person(past, network)
    rows = []
    for measure, parts in (
        ("messages", ("messages", None)),
        ("characters", ("characters", "messages")),
        ("questions", ("asking", "messages")),
        ("answers", ("answers", "to_answer")),
    ):
        rows.append((measure, *_ratio(sums, *parts)))
    names = ["measure", "you", "they", "ratio", "low", "high"]
    table = pd.DataFrame(rows, columns=names).astype(dict.fromkeys(names[1:], "Float64"))
    for name in names[1:]:
        table[name] = table[name].mask(table[name].isna())
    count = len(sums["you"]["messages"])
    table = table.assign(person_count=count, is_small=count < SMALL)
    return told(table, _about_asking(table, count), "ratios over people, linearised, Student's t")


def _about_asking(table: pd.DataFrame, count: int) -> str:
    row: Any = table.set_index("measure").loc["questions"]
    if pd.isna(row["low"]):
        return "Too little was written in relationships to compare who asks."
    mine, theirs = round(100 * row["you"]), round(100 * row["they"])
    said = (
        f"In {plural(count, 'relationship')}, {mine} % of your messages ask something, and "
        f"{theirs} % of theirs: "
    )
    if row["low"] > 1:
        return f"{said}you ask more often."
    if row["high"] < 1:
        return f"{said}they ask more often."
    return f"{said}within what chance could make of it."


def _per_person(past: Past, network: Network) -> dict[str, dict[str, NDArray[np.float64]]]:
    """Return sums per relationship and side."""
    story, talk = past.story, past.talk
    related = past.people["status"].isin(["active", "dormant"]).to_numpy(bool)
    length, asked = (
        network.interactions[name].to_numpy(np.float64, na_value=0.0)[story.row]
        for name in ("character_count", "question_count")
    )
    answered = np.zeros(len(story.row), bool)
    answered[talk.answered[talk.is_answer]] = True
    use = talk.is_real & related[story.person]
    place = np.cumsum(related) - 1
    size = int(related.sum())
    found: dict[str, dict[str, NDArray[np.float64]]] = {}
    for side, sent in (("you", True), ("they", False)):
        mine = use & (story.is_sent == sent) & (length > 0)
        theirs = use & (story.is_sent != sent)
        at, other = place[story.person[mine]], place[story.person[theirs]]
        found[side] = {
            name: np.bincount(who, weights, minlength=size).astype(np.float64)
            for name, who, weights in (
                ("messages", at, None),
                ("characters", at, length[mine]),
                ("asking", at, asked[mine] > 0),
                ("to_answer", other, None),
                ("answers", other, answered[theirs]),
            )
        }
    return found


def _ratio(
    sums: dict[str, dict[str, NDArray[np.float64]]], top: str, per: str | None
) -> tuple[float, float, float, float, float]:
    """Return both sides' means, their ratio, and its interval over people."""
    from scipy.special import stdtrit  # noqa: PLC0415 - loads when used

    means, parts = [], []
    for side in ("you", "they"):
        whole = sums[side][top]
        base = np.ones(len(whole)) if per is None else sums[side][per]
        if not base.sum() or not whole.sum():
            return (np.nan,) * 5
        mean = whole.sum() / base.sum()
        means.append(mean)
        parts.append((whole - mean * base) / whole.sum())
    spread = parts[0] - parts[1]
    count = len(spread)
    ratio = means[0] / means[1]
    if count < 2:  # noqa: PLR2004 - one person differs from nobody
        return means[0], means[1], ratio, np.nan, np.nan
    error = np.sqrt(count / (count - 1) * (spread**2).sum()) * stdtrit(count - 1, 0.975)
    return means[0], means[1], ratio, ratio * np.exp(-error), ratio * np.exp(error)


def origins(people: pd.DataFrame) -> pd.DataFrame:
    """Say how deep the written exchange went, by how the tie began.

    Parameters
    ----------
    people : pandas.DataFrame
        As `netquality.assess` returns it.

    Returns
    -------
    pandas.DataFrame
        A row per origin, ``all`` at the end: `origin`, `person_count` (connections), `talk_count`,
        `deep_count` (of the band ``deep``), `share` of connections that went deep, `low`, `high`,
        `is_small`.

    Notes
    -----
    What nothing on file says is ``not known``, most of it: invitations reach back some months only.
    Intervals after Wilson (1927); each person counts once.

    Examples
    --------
    >>> import netquality as nq
    >>> table = nq.habits.origins(nq.assess(nq.load_sample()))
    >>> int(table["person_count"].iloc[:-1].sum()) == int(table["person_count"].iloc[-1])
    True
    """
    for one in (PEOPLE, MEASURES, STATUS_COLUMNS):
        check(people, one)
    own = people[people["is_connection"]]
    began = own["origin"].fillna(NOT_KNOWN)
    order = [one for one in (*ORIGINS, NOT_KNOWN) if (began == one).any()]
    rows = [(one, own[began == one]) for one in order] + [("all", own)]
    table = pd.DataFrame(
        {
            "origin": pd.Series([name for name, _ in rows], dtype="str"),
            "person_count": [len(some) for _, some in rows],
            "talk_count": [int(some["last_talk_at"].notna().sum()) for _, some in rows],
            "deep_count": [int((some["depth"] == "deep").sum()) for _, some in rows],
        }
    )
    table = table.assign(**shares(table["deep_count"], table["person_count"]))
    return told(table, _deepest(table), "Wilson (1927), each person once")


def _deepest(table: pd.DataFrame) -> str:
    """Say where exchange went deep more often than over all, if the intervals bear it."""
    whole: Any = table.iloc[-1]
    if not whole["person_count"]:
        return "There are no connections."
    known = table.iloc[:-1]
    known = known[(known["origin"] != NOT_KNOWN) & ~known["is_small"]]
    above = known[(known["low"] > whole["high"]).fillna(value=False)]
    over = f"With {percent(whole)} of your connections the written exchange went deep"
    if not len(above):
        return f"{over}; how a tie began makes no difference that these numbers bear."
    best: Any = above.sort_values("share", ascending=False).iloc[0]
    return f"{over}; of those that began as {best['origin']}, with {percent(best)}."


def inequality(people: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """Say how unevenly contact is spread over the people there was any with.

    Parameters
    ----------
    people : pandas.DataFrame
        As `netquality.assess` returns it.
    seed : int
        Of the bootstrap.

    Returns
    -------
    pandas.DataFrame
        A row per measure: `measure` (``gini``; ``top five``, the share of all contact days that the
        five people with most have; ``top tenth``, the same of a tenth of the people), `value`,
        `low`, `high`, `person_count`, `is_small`.

    Notes
    -----
    Gini (1912) of contact days over people with any: 0 where everybody has as many, near 1 where
    one has all. Intervals are percentiles of 1,000 bootstrap samples of people (Efron 1979).

    Examples
    --------
    >>> import netquality as nq
    >>> table = nq.habits.inequality(nq.assess(nq.load_sample())).set_index("measure")
    >>> bool((table["low"] <= table["value"]).all() and (table["value"] <= table["high"]).all())
    True
    """
    for one in (PEOPLE, MEASURES, STATUS_COLUMNS):
        check(people, one)
    days = people["contact_days"].fillna(0).to_numpy(np.float64)
    days = np.sort(days[days > 0])
    names = ["gini", "top five", "top tenth"]
    values = _unevenness(days[None, :])[0] if len(days) else np.full(3, np.nan)
    low = high = np.full(3, np.nan)
    if len(days) > 1:
        dice = np.random.default_rng(seed)
        drawn = np.sort(days[dice.integers(0, len(days), (ROUNDS, len(days)))], axis=1)
        low, high = np.quantile(_unevenness(drawn), [0.025, 0.975], axis=0)
        low, high = np.minimum(low, values), np.maximum(high, values)
    table = pd.DataFrame({"measure": names, "value": values, "low": low, "high": high})
    for name in ("value", "low", "high"):
        table[name] = table[name].astype("Float64").mask(np.isnan(table[name].to_numpy(float)))
    table = table.assign(person_count=len(days), is_small=len(days) < SMALL)
    row: Any = table.set_index("measure").loc["top five"]
    sentence = (
        f"Five people have {round(100 * row['value'])} % of your contact days with "
        f"{plural(len(days), 'person', 'people')} ({round(100 * row['low'])} to "
        f"{round(100 * row['high'])} %)."
        if len(days) > TOP
        else "There was contact with too few people to say how it is spread."
    )
    return told(table, sentence, "bootstrap over people (Efron 1979), 1,000 samples")


def _unevenness(rising: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Gini, the share of the five and of the tenth with most; rows in rising order."""
    count = rising.shape[1]
    whole = rising.sum(axis=1)
    place = np.arange(1, count + 1)
    gini = (2 * (rising * place).sum(axis=1) / (count * whole)) - (count + 1) / count
    five = rising[:, -TOP:].sum(axis=1) / whole
    tenth = rising[:, -max(1, round(count / 10)) :].sum(axis=1) / whole
    return np.stack([gini, five, tenth], axis=1)
