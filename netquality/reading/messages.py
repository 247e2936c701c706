"""`messages.csv` to one row per message, with what each row is and who is at both ends.

Text is read here and left here: only its length, its question marks and flags go further.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from netquality.identity import profile_keys
from netquality.reading.dates import message_instants

__all__ = ["BAD_DATE", "NEEDED", "Messages", "parse_messages"]

NEEDED: Final = frozenset(
    ("conversation id", "from", "sender profile url", "to", "date", "content")
)
BAD_DATE: Final = "DATE is not 'YYYY-MM-DD hh:mm:ss UTC'"
DUPLICATE: Final = "exact duplicate of another row"
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
        `to_names` and `to_urls` as they stand in the file, `text`. Index as in the file.
    reasons : pandas.Series
        For each source row why it is not used, or ``""``.
    at : pandas.Series
        The instant of each source row.
    """

    rows: pd.DataFrame
    reasons: pd.Series
    at: pd.Series


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
    at = message_instants(text["date"])
    reasons = pd.Series("", index=text.index, dtype="str")
    for reason, mask in (  # the last that holds is the reason
        (SPONSORED, _is_sponsored(text)),
        (SPAM, _column(text, "folder").str.strip().str.upper() == "SPAM"),
        (DRAFT, _is_draft(text)),
        (SYSTEM, _is_system(text)),
        (DUPLICATE, _is_duplicate(text)),
        (BAD_DATE, at.isna()),
    ):
        reasons = reasons.mask(mask, reason)
    kept = text[reasons == ""]
    rows = pd.DataFrame(
        {
            "thread_id": kept["conversation id"],
            "at": at[kept.index],
            "from_key": profile_keys(kept["sender profile url"]),
            "from_name": kept["from"].str.strip(),
            "to_names": kept["to"],
            "to_urls": _column(kept, "recipient profile urls"),
            "text": kept["content"],
        }
    )
    return Messages(rows, reasons, at)


def _column(text: pd.DataFrame, name: str) -> pd.Series:
    """Return a column that some eras lack, empty where they do."""
    return text[name] if name in text else pd.Series("", index=text.index, dtype="str")


def _is_duplicate(text: pd.DataFrame) -> pd.Series:
    """Mark every repetition of a whole row; only rows alike in the short columns are compared."""
    near = text.duplicated(["conversation id", "date", "from"], keep=False)
    return text[near].duplicated().reindex(text.index, fill_value=False)


def _is_system(text: pd.DataFrame) -> pd.Series:
    return (
        (text["from"].str.strip() == "")
        & (text["to"].str.strip() == "")
        & (text["sender profile url"].str.strip() == "")
        & (_column(text, "recipient profile urls").str.strip() == "")
    )


def _is_draft(text: pd.DataFrame) -> pd.Series:
    return (_column(text, "is message draft").str.strip().str.casefold() == "yes") | (
        _column(text, "is conversation draft").str.strip().str.casefold() == "yes"
    )


def _is_sponsored(text: pd.DataFrame) -> pd.Series:
    nobody = text["sender profile url"].str.strip() == ""
    titled = _column(text, "conversation title").str.strip() == "Sponsored Conversation"
    return (
        (nobody & titled)
        | text["content"].str.contains("%FIRSTNAME%", regex=False)
        | text["content"].str.contains("spinmail-quill-editor", regex=False)
    )
