"""Whom to ask the owner about: some people of each kind, drawn by a seed."""

from __future__ import annotations

from hashlib import blake2b
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, Final

from netquality.closeness import on_file

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["drawn", "kinds_of"]

LONG_DAYS: Final = 3 * 365
"""From here on resting is *long dormant* (docs/how-it-decides.md)."""
KINDS: Final = (
    "active",
    "dormant",
    "long dormant",
    "brief",
    "one_way",
    "no talk",
    "nothing on file",
)


def kinds_of(people: pd.DataFrame) -> pd.Series:
    """Return the kind of each person who has a status, out of `KINDS`.

    Parameters
    ----------
    people : pandas.DataFrame
        As `netquality.assess` returns it.

    Returns
    -------
    pandas.Series
        By `person_id`.

    Examples
    --------
    >>> import netquality as nq
    >>> kinds_of(nq.assess(nq.load_sample())).isin(KINDS).all()
    np.True_
    """
    own = people[people["status"].notna()].set_index("person_id")
    kind = own["status"].where(own["status"].isin(KINDS), "no talk").astype("object")
    long = (own["status"] == "dormant") & own["silent_days"].ge(LONG_DAYS).fillna(value=False)
    return kind.mask(long, "long dormant").where(on_file(own), "nothing on file")


def drawn(people: pd.DataFrame, n: int, seed: int) -> list[str]:
    """Return up to `n` people, one of each kind in turn, in an order that gives no kind away.

    Who is drawn rests on the seed and each `person_id` alone: when some have been labelled and are
    left out, the others are drawn as before.

    Parameters
    ----------
    people : pandas.DataFrame
        As `netquality.assess` returns it, without those who are not to be asked about.
    n : int
    seed : int

    Returns
    -------
    list of str

    Examples
    --------
    >>> import netquality as nq
    >>> people = nq.assess(nq.load_sample())
    >>> drawn(people, 5, seed=0) == drawn(people[::-1], 5, seed=0)
    True
    """
    kinds = kinds_of(people)
    stacks = [
        sorted(kinds.index[kinds == kind], key=lambda person: _lot(person, seed, "who"))
        for kind in KINDS
    ]
    turns = (person for person in chain(*zip_longest(*stacks)) if person is not None)
    return sorted(islice(turns, n), key=lambda person: _lot(person, seed, "when"))


def _lot(person: str, seed: int, what: str) -> bytes:
    return blake2b(f"{seed} {what} {person}".encode(errors="surrogatepass")).digest()
