"""What an export says in a few sentences, and what it cannot know.

The same words stand on the terminal, in the report and above the charts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from netquality.ownword import own_word
from netquality.reading.accounts import HIDDEN_CONNECTION
from netquality.reading.known import kind_of
from netquality.reading.talk import HIDDEN
from netquality.status import LABELS, STATUSES, StatusRule, assess, sensitivity
from netquality.words import day_text, plural

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = [
    "MEANINGS",
    "Summary",
    "expected_contact",
    "headline",
    "in_touch_range",
    "limits",
    "range_text",
    "summarise",
]

MEANINGS: Final = {
    "active": "You both wrote on days more than a week apart, and the last answer is at most 13 "
    "months old.",
    "dormant": "You both wrote on days more than a week apart, but the last answer is older than "
    "13 months.",
    "brief": "One answered the other, but it did not go on for more than a week on both sides.",
    "unknown": "Nothing is on record here, but there is a sign of a tie elsewhere, or something "
    "is missing or unclear.",
    "new": "Connected less than 90 days before, and no answer yet: too early to tell.",
    "one_way": "Somebody wrote and no answer is on record, or only one that came more than half a "
    "year later.",
    "feather": "Nothing, or nothing but greetings, group messages and unanswered invitation "
    "notes. You may know each other well elsewhere.",
}
"""What each status means, for readers."""


@dataclass(frozen=True)
class Summary:
    """What there is to say first.

    Attributes
    ----------
    headline : str
        One sentence that says what was measured.
    connection_count : int
        How many connections were there at the date judged; the statuses add up to it.
    in_touch_range : tuple of int or None
        Fewest and most in touch as `in_touch_range` has them; None where nobody can be judged.
    statuses : pandas.DataFrame
        `status`, `label`, `count`, `share` (0-1) and `meaning`, adding up to the connections.
    outside_count : int
        People who are no connections, and with whom there was talk.
    hidden_count : int
        Rows of `Connections.csv` of which there is only a date: LinkedIn counts them, nothing here
        does. 0 where one of them is later than the date judged.
    own_word : str
        How many are in touch, or strangers, by the owner's word, and as what they are counted;
        empty where the owner said nothing of the kind.
    limits : tuple of str
        What this export cannot know.
    """

    headline: str
    connection_count: int
    in_touch_range: tuple[int, int] | None
    statuses: pd.DataFrame
    outside_count: int
    hidden_count: int
    own_word: str
    limits: tuple[str, ...]


def summarise(network: Network, people: pd.DataFrame | None = None) -> Summary:
    """Say what an export shows.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame, optional
        As `netquality.assess` returns it; judged at `network.as_of` if not given.

    Returns
    -------
    Summary

    Examples
    --------
    >>> import netquality as nq
    >>> summary = summarise(nq.load_sample())
    >>> int(summary.statuses["count"].sum()) == nq.load_sample().connection_count
    True
    """
    people = assess(network) if people is None else people
    own = people[people["is_connection"]]
    counts = own["status"].value_counts().reindex(list(STATUSES), fill_value=0)
    table = pd.DataFrame(
        {
            "status": list(STATUSES),
            "label": [LABELS[status] for status in STATUSES],
            "count": counts.to_numpy(),
            "share": counts.to_numpy() / max(len(own), 1),
            "meaning": [MEANINGS[status] for status in STATUSES],
        }
    )
    return Summary(
        headline=headline(network, len(own), int(counts["active"])),
        connection_count=len(own),
        in_touch_range=in_touch_range(network) if len(own) else None,
        statuses=table,
        outside_count=int((people["status"].notna() & ~people["is_connection"]).sum()),
        hidden_count=_hidden_count(network),
        own_word=own_word(people),
        limits=limits(network, people),
    )


def headline(network: Network, connections: int, in_touch: int) -> str:
    """Return one sentence that says what was measured, and no more.

    Parameters
    ----------
    network : Network
    connections, in_touch : int
        How many there are, and how many of them have the status `active`.

    Returns
    -------
    str
        Without a full stop, to stand as a title.

    Examples
    --------
    >>> import netquality as nq
    >>> "with 61 here for more than a week" in headline(nq.load_sample(), 900, 61)
    True
    """
    if not connections and network.connection_count:
        return f"No connection was made by {day_text(network.as_of)}"
    if not connections:
        return "This export names no connections"
    total = plural(connections, "connection")
    if not network.has_messages:
        first = network.people["connected_on"].min()
        since = f" since {day_text(first)}" if pd.notna(first) else ""
        return f"{total}{since}; this export has no messages"
    if not in_touch:
        return (
            f"Of {total}, you wrote back and forth with none here for more than a week "
            "in the past 13 months"
        )
    return (
        f"Of {total}, you wrote back and forth with {in_touch:,} here for more than a week, "
        "last in the past 13 months"
    )


def _hidden_count(network: Network) -> int:
    """Return how many rows of connections are hidden; 0 where some are later than the date."""
    rows = network.coverage[network.coverage["reason"] == HIDDEN_CONNECTION]
    if rows.empty or rows["last_on"].max() > network.as_of.tz_localize(None):
        return 0
    return int(rows["row_count"].sum())


def expected_contact(people: pd.DataFrame) -> pd.DataFrame:
    """Say of groups how many are likely to be in contact again by themselves.

    Parameters
    ----------
    people : pandas.DataFrame
        As `netquality.assess` returns it.

    Returns
    -------
    pandas.DataFrame
        `status`, `label`, `people_count` connections with a contact chance, `expected_count` with
        whom both write within 180 days: the sum of their chances. A row per status that has any.

    Examples
    --------
    >>> import netquality as nq
    >>> table = expected_contact(nq.assess(nq.load_sample()))
    >>> table["label"].tolist()[:2]
    ['In touch', 'Resting']
    """
    own = people[people["is_connection"]]
    sums = own.groupby("status")["contact_chance"].agg(["count", "sum"])
    sums = sums.reindex(list(STATUSES)).dropna()
    sums = sums[sums["count"] > 0].astype({"count": "int64", "sum": "float64"})
    return pd.DataFrame(
        {
            "status": sums.index.astype("str"),
            "label": [LABELS[str(status)] for status in sums.index],
            "people_count": sums["count"].to_numpy(),
            "expected_count": sums["sum"].to_numpy(),
        }
    )


def in_touch_range(network: Network) -> tuple[int, int] | None:
    """Return how many are in touch with other limits to how long ago talk may be: least and most.

    Parameters
    ----------
    network : Network

    Returns
    -------
    tuple of int or None
        With `active_within_days` from half a year to three years, all else as it is; what other
        definitions make of it, `netquality.sensitivity` says. None where there are no messages,
        or no connections.
    """
    if not (network.has_messages and network.connection_count):
        return None
    counts = sensitivity(network, answer_within_days=[StatusRule().answer_within_days])["active"]
    return int(counts.min()), int(counts.max())


_OTHERWISE: Final = "With 6 months to 3 years in place of 13 months"
"""What `netquality.sensitivity` tries by default of how long ago talk may be."""


def range_text(between: tuple[int, int] | None) -> str:
    """Say the range of `in_touch_range`, with a space before it; nothing where there is none.

    Examples
    --------
    >>> range_text((50, 65)), range_text(None)
    (' With 6 months to 3 years in place of 13 months: 50 to 65.', '')
    >>> range_text((7, 7))
    ' With 6 months to 3 years in place of 13 months: just as many.'
    """
    if between is None:
        return ""
    low, high = between
    if low == high:
        return f" {_OTHERWISE}: just as many."
    return f" {_OTHERWISE}: {low:,} to {high:,}."


def limits(network: Network, people: pd.DataFrame) -> tuple[str, ...]:
    """Return what this export cannot know, each in a sentence.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        As `netquality.assess` returns it.

    Returns
    -------
    tuple of str
        The most important first; it is there for every export.
    """
    said = []
    if network.has_messages:
        said.append(
            "What you said by mail, on the phone or over dinner. A silent inbox here is not a "
            "silent relationship, and few messages do not mean little value."
        )
    else:
        said.append(
            "Who of them you talk with: this export has no messages. "
            "LinkedIn's larger archive does."
        )
    if not network.has_connections:
        said.append(
            "Who is connected with you: Connections.csv is not in this part of the archive."
        )
    said.append(
        "Who is no longer connected with you: "
        "past months miss them, and look smaller than they were."
    )
    said += _counted_limits(network, people)
    return tuple(said)


def _counted_limits(network: Network, people: pd.DataFrame) -> list[str]:
    coverage, said = network.coverage, []

    def rows(reason: str) -> int:
        return int(coverage.loc[coverage["reason"].str.startswith(reason), "row_count"].sum())

    hidden = rows("hidden member")
    if hidden:
        are = "is" if hidden == 1 else "are"
        said.append(
            f"Who {plural(hidden, 'hidden connection')} {are}: LinkedIn gives a date and no name."
        )
    talk = coverage["file"].map(kind_of) == "messages"
    gone = int(coverage.loc[talk & (coverage["reason"] == HIDDEN), "row_count"].sum())
    if gone:
        account = "the account is" if gone == 1 else "these accounts are"
        said.append(f"Who wrote or got {plural(gone, 'message')}: {account} deleted or hidden.")
    possible = int(people["possible_note_count"].fillna(0).sum())
    if network.has_messages and possible:
        said.append(_about_notes(network, possible))
    if people["is_ambiguous"].any():
        said.append(
            "Whom some rows mean: they bear only a name, and more than one person has that name."
        )
    return said


def _about_notes(network: Network, possible: int) -> str:
    invited = network.interactions.loc[network.interactions["kind"] == "invitation", "at"]
    kept = f" before {day_text(invited.min())}" if len(invited) else ""
    are, aside = "are invitation notes", "They are set aside as possible notes."
    if possible == 1:
        are, aside = "is an invitation note", "It is set aside as a possible note."
    return (
        f"Whether {plural(possible, 'lone first message')} of a connect day {are}: "
        f"this export has no invitations{kept}. {aside}"
    )
