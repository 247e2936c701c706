"""File names: LinkedIn's own stay, without the member's number; all others are invented."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pandas as pd

from netquality.pseudonyms import keyed
from netquality.reading.known import UNKNOWN, kind_of, shown_name, why_not_opened

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["invented_files"]

_NUMBER: Final = re.compile(r"_\d{5,}(?=[_. ]|$)")
_OTHER: Final = "file of yours.csv"
_BOOK: Final = "address book.csv"


def invented_files(network: Network, secret: bytes) -> dict[str, str]:
    """Return what each file is called, no two the same: what is read from it is told as before."""
    columns = [network.coverage["file"], network.rejects["file"]]
    columns += [table["source"] for table in (network.people, network.contacts, network.matches,
                                              network.doubts)]  # fmt: skip
    books = set(network.contacts["source"].dropna())
    known = set(pd.concat(columns).dropna().tolist())
    called: dict[str, str] = {}
    times: dict[str, int] = {}
    for name in sorted(known, key=lambda name: keyed(secret, f"file {name}")):
        plain = _plain(name, is_book=name in books)
        times[plain] = times.get(plain, 0) + 1
        called[name] = plain if times[plain] == 1 else _copy(plain, times[plain])
    return called


def _plain(name: str, *, is_book: bool) -> str:
    kind = kind_of(name)
    if kind is not None:
        return shown_name(kind)
    base = name.rpartition("/")[2]
    if base.casefold().endswith(".csv") and why_not_opened(base) != UNKNOWN:
        return _NUMBER.sub("", base)
    return _BOOK if is_book else _OTHER


def _copy(plain: str, number: int) -> str:
    """Return a name as a browser writes that of a second file."""
    return f"{plain.removesuffix('.csv')} ({number}).csv"
