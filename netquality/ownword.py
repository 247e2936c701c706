"""How the owner's own word stands beside what is counted: it is said, and changes no count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality.status import LABELS, OWNER_WORDS, STATUSES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["own_word"]


def own_word(people: pd.DataFrame) -> str:
    """Say of how many the owner's word is another than what is counted; it changes no count.

    Parameters
    ----------
    people : pandas.DataFrame
        As `netquality.assess` returns it.

    Returns
    -------
    str
        One sentence, or nothing where no word of the owner says how somebody stands.

    Examples
    --------
    >>> import netquality as nq
    >>> people = nq.assess(nq.load_sample())
    >>> own_word(people)
    ''
    >>> own_word(people.assign(status_shown="In touch, you say so")[people["status"] == "new"][:1])
    'By your word 1 is in touch, counted as New.'
    """
    close = people[people["status_shown"] == OWNER_WORDS["close"]]
    is_stranger = (people["owner_label"] == "stranger").fillna(value=False)
    strangers = people[is_stranger & (people["status_shown"] == OWNER_WORDS["stranger"])]
    said = [
        _by_word(close, "active", "in touch", "in touch"),
        _by_word(strangers, "feather", "a stranger", "strangers"),
    ]
    words = "; ".join(one for one in said if one)
    return f"By your word {words}." if words else ""


def _by_word(some: pd.DataFrame, status: str, one: str, many: str) -> str:
    """Say how many are so by the owner's word, and as what those are counted who are not so."""
    if some.empty:
        return ""
    said = f"{len(some):,} {f'is {one}' if len(some) == 1 else f'are {many}'}"
    counts = some.loc[some["status"] != status, "status"].value_counts()
    others = [(counts[key], LABELS[key]) for key in STATUSES if key in counts.index]
    if len(some) == 1:
        return said + "".join(f", counted as {label}" for _, label in others)
    of_them = " and ".join(
        f"{count:,}{'' if at else ' of them counted'} as {label}"
        for at, (count, label) in enumerate(others)
    )
    return f"{said}, {of_them}" if of_them else said
