"""What came of the lists: of those proposed, how many answered. A list earns its trust, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from netquality.errors import SettingError, TableError
from netquality.habits.telling import if_few, percent, shares, told
from netquality.interactions import judge, tell
from netquality.journal import Journal
from netquality.network import instant, need_network
from netquality.tables.shape import DATE
from netquality.words import day_text, plural

if TYPE_CHECKING:
    from datetime import date

    from netquality.network import Network

__all__ = ["list_outcomes"]

_EVERY: Final = "all lists"
_METHOD: Final = "Wilson (1927), people"
_DAY: Final = pd.Timedelta(days=1)
_MOST_DAYS: Final = 3650
CAVEAT: Final = (
    "Only what this export shows and what you noted is counted; an answer in neither counts as "
    "none. Who is proposed is chosen, so this tells how the list did, and not what writing to "
    "others would have done."
)


def list_outcomes(
    journal: Journal,
    network: Network,
    *,
    within_days: int = 30,
    on: str | date | None = None,
) -> pd.DataFrame:
    """Return what came of the lists that were kept: written to, answered, met, of those proposed.

    Parameters
    ----------
    journal : Journal
        With the lists that `netquality.keep_list` kept, and what the owner said came of them.
    network : Network
        The same owner's: messages in a later export count as well as what the owner noted.
    within_days : int
        In how many days from being proposed.
    on : str or date, optional
        The day up to which the owner has noted what happened; by default that of the export, or
        of the latest event noted after it.

    Returns
    -------
    pandas.DataFrame
        One row per list, like ``resting/warm``, and one for all: `list`; `proposed_count`, people;
        `open_count`, of these whose days are not over; `counted_count`, the others; of these
        `wrote_count`, `answered_count` (or met) and `met_count`, missing where nobody's days are
        over; `share` of the counted who answered or were met, with its 95 % interval `low`, `high`,
        and `is_small` below 20 people. ``attrs["sentence"]`` says what it comes to, what is noted
        so far of those whose days are not over, and of how many whom no list proposed something is
        noted, from the day of the first list to `on`; ``attrs["caveat"]`` what it cannot. No rows
        where no list was kept.

    Raises
    ------
    SettingError
        When `within_days` is no whole number from 1 to 3650, or `on` no date.
    TableError
        When `journal` or `network` is something else.

    Notes
    -----
    Each person counts once per list, from the day on which it first proposed them, and once in all,
    from the first of any. Written is a real message of the owner's in the export, or a day noted,
    from that day on; answered is a real message that answers such a one within 180 days
    (`netquality.assess`), or a day noted as answered or met. All within the days asked for, the
    last included. The interval is Wilson's (1927).

    Examples
    --------
    >>> import tempfile
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> proposals = nq.reconnect(nq.assess(network, "2026-06-30"), n=3, on="2026-07-01")
    >>> with tempfile.TemporaryDirectory() as home:
    ...     path = home + "/netquality-journal.csv"
    ...     journal = nq.keep_list(proposals, path, network, begin="2026-07-01")
    ...     who = proposals["person_id"].iloc[0]
    ...     journal = nq.keep_word(who, path, network, wrote_on="2026-07-02", met_on="2026-07-20")
    >>> nq.list_outcomes(journal, network)[["list", "counted_count", "answered_count"]]
               list  counted_count  answered_count
    0  resting/warm              3               1
    1     all lists              3               1
    """
    if not isinstance(journal, Journal):
        raise TableError(
            f"journal: is {type(journal).__name__}. Give what nq.read_journal returned."
        )
    need_network(network)
    is_whole = isinstance(within_days, int) and not isinstance(within_days, bool)
    if not is_whole or not 0 < within_days <= _MOST_DAYS:
        raise SettingError(f"within_days: a whole number of days from 1 to {_MOST_DAYS} is needed.")
    last = _last_day(journal, network, on)
    proposed = journal.events[journal.events["event"] == "proposed"]
    first = proposed.sort_values("on", kind="stable").drop_duplicates(["person_id", "list"])
    lists = [(name, rows) for name, rows in first.groupby("list", sort=True)]
    if lists:
        lists.append((_EVERY, first.drop_duplicates("person_id")))
    noted = journal.events[["person_id", "event", "on"]].assign(asked_on=pd.Series(dtype=DATE))
    known = pd.concat([noted, _on_file(network, first)], ignore_index=True)
    known = known[known["on"] <= last]
    rows = [_row(str(name), some, known, last, within_days) for name, some in lists]
    table = _table(rows)
    others = _others(noted, first, last)
    sentence = f"{_sentence(rows, last, within_days)}{_of_others(others) if rows else ''}"
    told(table, sentence, _METHOD, np.datetime64(last.date()))
    table.attrs["caveat"] = CAVEAT
    return table


def _last_day(journal: Journal, network: Network, on: str | date | None) -> pd.Timestamp:
    """Return the day up to which something is known."""
    if on is not None:
        try:
            return pd.Timestamp(instant(on).date())
        except SettingError:
            raise SettingError("on: is no date. Give it like '2026-11-20'.") from None
    happened = journal.events.loc[journal.events["event"] != "proposed", "on"]
    latest: pd.Timestamp = max([pd.Timestamp(network.as_of.date()), *happened.dropna()])
    return latest


def _on_file(network: Network, first: pd.DataFrame) -> pd.DataFrame:
    """Return the days on which the owner wrote to who was proposed, and was answered, on file.

    An answer stands with the day of what it answers, `asked_on`.
    """
    people = network.people[network.people["person_id"].isin(first["person_id"])]
    people = people.reset_index(drop=True)
    story = tell(network.interactions, people, network.as_of)
    talk = judge(story)
    ours = story.person < len(people)
    who = people["person_id"].to_numpy(object)
    day = story.day.astype("datetime64[us]")
    sent = np.flatnonzero(ours & talk.is_real & story.is_sent)
    got = np.flatnonzero(ours & talk.is_answer & ~story.is_sent)
    both = np.concatenate([sent, got])
    asked = np.full(len(both), np.datetime64("NaT", "us"))
    asked[len(sent) :] = day[talk.answered[got]]
    return pd.DataFrame(
        {
            "person_id": pd.Series(who[story.person[both]], dtype="str"),
            "event": np.repeat(["wrote", "answered"], [len(sent), len(got)]),
            "on": day[both],
            "asked_on": asked,
        }
    )


def _row(
    name: str, some: pd.DataFrame, known: pd.DataFrame, last: pd.Timestamp, within_days: int
) -> dict[str, Any]:
    """Return the counts of one list from who was proposed when, and what is known to have been."""
    over = some[some["on"] + within_days * _DAY < last]  # the last day counts, to its end
    begin = some.set_index("person_id")["on"]
    since = begin.reindex(known["person_id"]).set_axis(known.index)
    after = (known["on"] >= since) & (known["on"] <= since + within_days * _DAY)
    after &= known["asked_on"].isna() | (known["asked_on"] >= since)
    seen = known[after]
    is_over = seen["person_id"].isin(over["person_id"])

    def people(rows: pd.DataFrame, *events: str) -> int:
        return int(rows.loc[rows["event"].isin(events), "person_id"].nunique())

    return {
        "list": name,
        "proposed_count": len(some),
        "open_count": len(some) - len(over),
        "counted_count": len(over),
        "wrote_count": people(seen[is_over], "wrote"),
        "answered_count": people(seen[is_over], "answered", "met"),
        "met_count": people(seen[is_over], "met"),
        "so_far": (people(seen[~is_over], "wrote"), people(seen[~is_over], "answered", "met")),
    }


def _others(noted: pd.DataFrame, first: pd.DataFrame, last: pd.Timestamp) -> int:
    """Count whom no list proposed, of those of whom something is noted since there are lists."""
    since = noted[(noted["on"] >= first["on"].min()) & (noted["on"] <= last)]
    who = since.loc[since["event"] != "proposed", "person_id"]
    return int(who[~who.isin(first["person_id"])].nunique())


def _table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    columns = ("list", "proposed_count", "open_count", "counted_count", "wrote_count",
               "answered_count", "met_count")  # fmt: skip
    table = pd.DataFrame(rows, columns=list(columns))
    table = table.astype(dict.fromkeys(columns, "int64") | {"list": "str"})
    came = ["wrote_count", "answered_count", "met_count"]  # not known before the days are over
    table[came] = table[came].astype("Int64").mask(table["counted_count"] == 0)
    return table.assign(**shares(table["answered_count"].fillna(0), table["counted_count"]))


def _sentence(rows: list[dict[str, Any]], last: pd.Timestamp, within_days: int) -> str:
    if not rows:
        return "No list was kept yet, so nothing can be said of what came of one."
    every = rows[-1]
    days = plural(within_days, "day")
    waiting = every["open_count"]
    if not every["counted_count"]:
        still = plural(waiting, "person is", "people are")
        have = plural(within_days, "day has", "days have")
        return (
            f"{still} proposed, and {have} passed for nobody yet: too early to say.{_so_far(every)}"
        )
    share = shares([every["answered_count"]], [every["counted_count"]])
    text = percent({name: share[name][0] for name in ("share", "low", "high")})
    some = plural(every["counted_count"], "person", "people")
    were = plural(every["answered_count"], "answered or was met", "answered or were met")
    said = (
        f"Of {some} proposed before {day_text(last - within_days * _DAY)}, you wrote to "
        f"{every['wrote_count']:,}; of all {every['counted_count']:,}, {were} within {days}: "
        f"{text}.{if_few(every['counted_count'])}"
    )
    more = plural(waiting, "person more was", "more were")
    since = f" {more} proposed since, whose {days} are not over.{_so_far(every)}"
    return f"{said}{since}" if waiting else said


def _so_far(every: dict[str, Any]) -> str:
    """Say what is noted of those whose days are not over, a blank before it."""
    wrote, back = every["so_far"]
    if not wrote and not back:
        return ""
    came = (
        plural(back, "answered or was met", "answered or were met") if back else "nobody answered"
    )
    return f" So far you wrote to {wrote:,} of them, and {came}."


def _of_others(count: int) -> str:
    """Say of how many something is noted whom no list proposed, a blank before it."""
    if not count:
        return ""
    some = plural(count, "person", "people")
    return f" What you noted of {some} whom no list proposed is not counted here."
