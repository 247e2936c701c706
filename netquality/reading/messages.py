"""`messages.csv` to one row per message, with what each row is and who is at both ends.

Text is read here and left here: only its length, its question marks and flags go further.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import pandas as pd

from netquality.identity import name_key, profile_keys, split_recipients
from netquality.reading.dates import parse_instants
from netquality.reading.parts import REPEATED_ROW
from netquality.reading.records import possible

__all__ = ["BAD_DATE", "NEEDED", "Messages", "parse_messages"]

NEEDED: Final = frozenset(("from", "to", "date", "content"))
"""What every era has; profile URLs, conversation ids and direction come and go."""

BAD_DATE: Final = "DATE is in no known form, or could be read two ways"
SYSTEM: Final = "notice by LinkedIn, written by nobody"
DRAFT: Final = "draft that was never sent"
SPAM: Final = "in the spam folder"
SPONSORED: Final = "advertisement"


@dataclass(frozen=True)
class Messages:
    """What `messages.csv` says.

    Attributes
    ----------
    rows : pandas.DataFrame
        One row per message that somebody sent: `thread_id`, `at`, `from_key`, `from_name`,
        `to_names` and `to_urls` as they stand in the file, `direction` (of 2018, else empty),
        `text`. Index as in the file.
    reasons : pandas.Series
        For each source row why it is not used, or ``""``.
    at : pandas.Series
        The instant of each source row.
    notes : tuple of str
        What is to be said of the dates.
    """

    rows: pd.DataFrame
    reasons: pd.Series
    at: pd.Series
    notes: tuple[str, ...]


def parse_messages(text: pd.DataFrame) -> Messages:
    """Tell messages between people from drafts, notices, spam and advertisements.

    Parameters
    ----------
    text : pandas.DataFrame
        The rows of the file as strings, columns in lower case.

    Returns
    -------
    Messages
    """
    dates = parse_instants(text["date"])
    at = possible(dates.found)
    reasons = pd.Series("", index=text.index, dtype="str")
    for reason, mask in (  # the last that holds is the reason
        (SPONSORED, _is_sponsored(text)),
        (SPAM, _column(text, "folder").str.strip().str.upper() == "SPAM"),
        (DRAFT, _is_draft(text)),
        (SYSTEM, _is_system(text)),
        (REPEATED_ROW, _is_duplicate(text)),
        (BAD_DATE, at.isna()),
    ):
        reasons = reasons.mask(mask, reason)
    kept = text[reasons == ""]
    rows = pd.DataFrame(
        {
            "thread_id": _threads(kept),
            "at": at[kept.index],
            "from_key": profile_keys(_column(kept, "sender profile url")),
            "from_name": kept["from"].str.strip(),
            "to_names": kept["to"],
            "to_urls": _column(kept, "recipient profile urls"),
            "direction": _column(kept, "direction").str.strip().str.upper(),
            "text": kept["content"],
        }
    )
    return Messages(rows, reasons, at, dates.notes)


def _column(text: pd.DataFrame, name: str) -> pd.Series:
    """Return a column that some eras lack, empty where they do."""
    return text[name] if name in text else pd.Series("", index=text.index, dtype="str")


def _threads(text: pd.DataFrame) -> pd.Series:
    """Return the conversation of each message; before 2020 it is who takes part in it."""
    if "conversation id" in text:
        return text["conversation id"]
    pairs = list(zip(text["from"], text["to"], strict=True))
    known = {pair: _thread_of(*pair) for pair in set(pairs)}
    return pd.Series([known[pair] for pair in pairs], index=text.index, dtype="str")


def _thread_of(sender: str, recipients: str) -> str:
    names = sorted({name_key(name) for name in (sender, *split_recipients(recipients))})
    return "names:" + blake2b("\n".join(names).encode(), digest_size=8).hexdigest()


def _is_duplicate(text: pd.DataFrame) -> pd.Series:
    """Mark every repetition of a whole row; only rows alike in the short columns are compared."""
    short = [name for name in ("conversation id", "date", "from") if name in text]
    near = text.duplicated(short, keep=False)
    return text[near].duplicated().reindex(text.index, fill_value=False)


def _is_system(text: pd.DataFrame) -> pd.Series:
    return (
        (text["from"].str.strip() == "")
        & (text["to"].str.strip() == "")
        & (_column(text, "sender profile url").str.strip() == "")
        & (_column(text, "recipient profile urls").str.strip() == "")
    )


def _is_draft(text: pd.DataFrame) -> pd.Series:
    return (_column(text, "is message draft").str.strip().str.casefold() == "yes") | (
        _column(text, "is conversation draft").str.strip().str.casefold() == "yes"
    )


def _is_sponsored(text: pd.DataFrame) -> pd.Series:
    nobody = _column(text, "sender profile url").str.strip() == ""
    titled = _column(text, "conversation title").str.strip() == "Sponsored Conversation"
    return (
        (nobody & titled)
        | text["content"].str.contains("%FIRSTNAME%", regex=False)
        | text["content"].str.contains("spinmail-quill-editor", regex=False)
    )
