"""Who does the talking, who asks, who answers; how talk is spread, and how deep it went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from netquality.habits.telling import (
    BEGAN,
    DAY,
    NOT_KNOWN,
    SMALL,
    if_few,
    past_of,
    percent,
    shares,
    told,
    without_messages,
)
from netquality.interactions import ANSWER_WITHIN
from netquality.origins import ORIGINS
from netquality.rates import ratio_of_means
from netquality.tables import MEASURES, PEOPLE, STATUS_COLUMNS, check
from netquality.words import plural

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netquality.habits.telling import Past
    from netquality.network import Network

__all__ = ["inequality", "listening", "origins"]

OBSERVED: Final = 1_096
"""Days; a choice: depth takes years, and who was connected last month had none."""
TOP: Final = 5


def listening(network: Network, people: pd.DataFrame) -> pd.DataFrame:
    """Hold what you wrote in your relationships against what the others wrote.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        As `netquality.assess` returns it, as of the network's date.

    Returns
    -------
    pandas.DataFrame
        A row per measure: `measure`, `you`, `they`, `ratio` (you to they), `low`, `high`,
        `person_count`, `is_small`:

        - ``turns`` : per relationship; all that one side writes until the other does is one turn;
        - ``characters`` : per turn;
        - ``questions`` : share of the messages with text that ask something;
        - ``answers`` : share of the other side's turns that a turn within 180 days followed.

    Notes
    -----
    Of real one-to-one messages in relationships; a last turn younger than 180 days may yet be
    answered, and counts for no share of answers. The unit is the person and not the message: the
    interval of each ratio comes from how it differs between people (linearised, Cochran 1977,
    section 6.3, on the logarithm, with Student's t), and is missing where nobody differs.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> table = nq.habits.listening(network, nq.assess(network)).set_index("measure")
    >>> bool(table.loc["questions", "high"] < 1)  # as was planted: this owner asks less
    True
    """
    past = past_of(network, people)
    names = ["measure", "you", "they", "ratio", "low", "high"]
    if not network.has_messages:
        return without_messages([*names, "person_count"])
    sums = _per_person(past, network)
    rows = []
    for measure, parts in (
        ("turns", ("turns", None)),
        ("characters", ("characters", "turns")),
        ("questions", ("asking", "messages")),
        ("answers", ("answers", "to_answer")),
    ):
        rows.append((measure, *_ratio(sums, *parts)))
    table = pd.DataFrame(rows, columns=names).astype(dict.fromkeys(names[1:], "Float64"))
    for name in names[1:]:
        table[name] = table[name].mask(table[name].isna())
    count = len(sums["you"]["turns"])
    table = table.assign(person_count=count, is_small=count < SMALL)
    return told(
        table, _about_asking(table, count), "ratios over people, linearised, Student's t", past.last
    )


def _about_asking(table: pd.DataFrame, count: int) -> str:
    row: Any = table.set_index("measure").loc["questions"]
    if pd.isna(row["you"]) or pd.isna(row["they"]):
        return "Nothing was written in relationships here that could be compared."
    mine, theirs = round(100 * row["you"]), round(100 * row["they"])
    said = (
        f"In {plural(count, 'relationship')}, {mine} % of your messages ask something, and "
        f"{theirs} % of theirs"
    )
    few = if_few(count)
    if pd.isna(row["low"]):
        return f"{said}.{few}"
    if row["low"] > 1:
        return f"{said}: you ask more often.{few}"
    if row["high"] < 1:
        return f"{said}: they ask more often.{few}"
    return f"{said}: within what chance could make of it.{few}"


def _per_person(past: Past, network: Network) -> dict[str, dict[str, NDArray[np.float64]]]:
    """Return sums per relationship and side."""
    story = past.story
    related = past.people["status"].isin(["active", "dormant"]).to_numpy(bool)
    place, size = np.cumsum(related) - 1, int(related.sum())
    use = np.flatnonzero(past.talk.is_real & related[story.person])
    who, sent, when = place[story.person[use]], story.is_sent[use], story.when[use]
    length, asked = (
        network.interactions[name].to_numpy(np.float64, na_value=0.0)[story.row[use]]
        for name in ("character_count", "question_count")
    )
    begins = np.ones(len(use), bool)
    begins[1:] = (who[1:] != who[:-1]) | (sent[1:] != sent[:-1])
    turn = np.flatnonzero(begins)
    last = np.append(turn[1:] - 1, len(use) - 1)[: len(turn)]
    # the next turn of the same person is the other side's: it answers
    follows = np.zeros(len(turn), bool)
    follows[:-1] = who[turn][1:] == who[turn][:-1]
    waited = np.full(len(turn), np.datetime64("NaT", "us"))
    waited[:-1] = when[turn][1:]
    waited = waited - when[last]
    within = np.timedelta64(ANSWER_WITHIN)
    answered = follows & (waited <= within)
    had_time = follows | (past.last - when[last].astype("datetime64[D]") >= within)
    found: dict[str, dict[str, NDArray[np.float64]]] = {}
    for side, own in (("you", True), ("they", False)):
        mine, text = sent == own, (sent == own) & (length > 0)
        turns, theirs = sent[turn] == own, (sent[turn] != own) & had_time
        found[side] = {
            name: np.bincount(at, weights, minlength=size).astype(np.float64)
            for name, at, weights in (
                ("turns", who[turn][turns], None),
                ("messages", who[text], None),
                ("characters", who[mine], length[mine]),
                ("asking", who[text], asked[text] > 0),
                ("to_answer", who[turn][theirs], None),
                ("answers", who[turn][theirs], answered[theirs]),
            )
        }
    return found


def _ratio(
    sums: dict[str, dict[str, NDArray[np.float64]]], top: str, per: str | None
) -> tuple[float, float, float, float, float]:
    """Return both sides' means, their ratio, and its interval over people."""
    whole = [sums[side][top] for side in ("you", "they")]
    base = [np.ones(len(whole[0])) if per is None else sums[side][per] for side in ("you", "they")]
    return ratio_of_means(whole[0], base[0], whole[1], base[1])


def origins(network: Network, people: pd.DataFrame) -> pd.DataFrame:
    """Say how deep the written exchange went, by how the tie began.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        As `netquality.assess` returns it, as of the network's date.

    Returns
    -------
    pandas.DataFrame
        A row per origin, ``all`` at the end: `origin`, `person_count` (connections made at least
        three years ago, so that depth had its time), `talk_count`, `deep_count` (of the band
        ``deep``), `share` of connections that went deep, `low`, `high`, `is_small`.

    Notes
    -----
    What nothing on file says is ``not known``, most of it: invitations reach back some months only.
    Intervals after Wilson (1927); each person counts once. The sentence names an origin only where
    its interval does not meet that of all.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> table = nq.habits.origins(network, nq.assess(network))
    >>> int(table["person_count"].iloc[:-1].sum()) == int(table["person_count"].iloc[-1])
    True
    """
    past = past_of(network, people)
    if not network.has_messages:
        return without_messages(["origin", "person_count", "talk_count", "deep_count", "share"])
    is_connection = past.people["is_connection"].to_numpy(bool)
    own = past.people[is_connection & (past.last - past.connected >= OBSERVED * DAY)]
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
    return told(table, _deepest(table), "Wilson (1927), each person once", past.last)


def _deepest(table: pd.DataFrame) -> str:
    """Say where exchange went deep more or less often than over all, if the intervals bear it."""
    whole: Any = table.iloc[-1]
    if not whole["person_count"]:
        return "No connection is three years old."
    known = table.iloc[:-1]
    known = known[(known["origin"] != NOT_KNOWN) & ~known["is_small"]]
    apart = known[((known["low"] > whole["high"]) | (known["high"] < whole["low"]))]
    over = (
        f"With {percent(whole)} of {plural(whole['person_count'], 'connection')} of three years "
        "and more the written exchange went deep"
    )
    few = if_few(int(whole["person_count"]))
    if not len(apart):
        return f"{over}; no origin differs from that by more than these numbers bear.{few}"
    rows: Any = apart.to_dict("records")
    said = ", ".join(f"{BEGAN[row['origin']]} with {percent(row)}" for row in rows)
    return f"{over}; {said}.{few}"


def inequality(people: pd.DataFrame) -> pd.DataFrame:
    """Say how unevenly contact is spread over the people there was any with.

    Parameters
    ----------
    people : pandas.DataFrame
        As `netquality.assess` returns it.

    Returns
    -------
    pandas.DataFrame
        A row per measure: `measure` (``gini``; ``top five``, the share of all contact days that the
        five people with most have; ``top tenth``, the same of a tenth of the people), `value`,
        `person_count`, `is_small`.

    Notes
    -----
    Gini (1912) of contact days over people with any: 0 where everybody has as many, near 1 where
    one has all. There is no interval: these are all the people there are, and no sample of others.
    `netquality.plot.lorenz` draws the curve behind it.

    Examples
    --------
    >>> import netquality as nq
    >>> table = nq.habits.inequality(nq.assess(nq.load_sample())).set_index("measure")
    >>> bool(table["value"].between(0, 1).all())
    True
    """
    for one in (PEOPLE, MEASURES, STATUS_COLUMNS):
        check(people, one)
    days = people["contact_days"].fillna(0).to_numpy(np.float64)
    days = np.sort(days[days > 0])
    names = ["gini", "top five", "top tenth"]
    values = _unevenness(days) if len(days) else np.full(3, np.nan)
    table = pd.DataFrame({"measure": names, "value": pd.array(values, dtype="Float64")})
    table["value"] = table["value"].mask(np.isnan(values))
    table = table.assign(person_count=len(days), is_small=len(days) < SMALL)
    share = round(100 * float(values[1])) if len(days) else 0
    sentence = (
        f"Five people have {share} % of your contact days with {len(days):,} people."
        if len(days) > TOP
        else "There was contact here with too few people to say how it is spread."
    )
    return told(table, sentence, "a count of all, no sample")


def _unevenness(rising: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Gini, the share of the five and of the tenth with most, of days in rising order."""
    count, whole = len(rising), rising.sum()
    place = np.arange(1, count + 1)
    gini = 2 * (rising * place).sum() / (count * whole) - (count + 1) / count
    five = rising[-TOP:].sum() / whole
    tenth = rising[-max(1, round(count / 10)) :].sum() / whole
    return np.array([gini, five, tenth])
