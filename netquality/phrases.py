"""Which messages are set phrases: the text of a message in, a flag out.

The phrases themselves are data, in `canned.toml`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from html import unescape
from importlib.resources import files
from typing import Final

__all__ = ["LONGEST", "QUESTION_MARKS", "is_canned", "question_count", "readable"]

LONGEST: Final = 200
"""Characters; a longer message has more to say than a set phrase."""

MOST_NAMES: Final = 3
"""Words in one clause that may be left out as parts of a name; two where nothing else is said."""

LONGEST_UNCASED: Final = 8
"""Letters of a word that may be a name in a script without capitals."""

_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_LINK: Final = re.compile(r"(?:https?://|www\.)\S+")
_APOSTROPHES: Final = str.maketrans("’‘´`ʼ", "'''''")
_CLAUSE_END: Final = re.compile(r"[^\w\s'’-]+|\n+|\s-+\s|--+")
QUESTION_MARKS: Final = "?？؟\u037e"
"""Latin, full width, Arabic and Greek (which normal form C would turn into a semicolon)."""


def readable(text: str) -> str:
    r"""Return the text as a reader sees it: entities and tags resolved, ends trimmed.

    Examples
    --------
    >>> readable("<p>Tea &amp; cake?</p>\n")
    'Tea & cake?'
    """
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = unescape(text)
    return unicodedata.normalize("NFC", text).strip()


def question_count(text: str) -> int:
    """Count runs of question marks outside of links.

    Examples
    --------
    >>> question_count("Really?? See https://example.com/?q=1")
    1
    """
    return len(re.findall(f"[{QUESTION_MARKS}]+", _LINK.sub("", text)))


def is_canned(text: str) -> bool:
    """Tell whether a message is nothing but set phrases, greetings and names.

    Parameters
    ----------
    text : str
        As `readable` returns it. Empty text (an attachment, a call) is not canned.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_canned("Happy birthday, Ana! 🎉"), is_canned("Happy birthday! How was the move?")
    (True, False)
    >>> is_canned("Congrats on the new role"), is_canned("Congrats on the paper you sent me")
    (True, False)
    """
    if not text or len(text) > LONGEST or any(mark in text for mark in QUESTION_MARKS):
        return False
    if not any(letter.isalnum() for letter in text):
        return True
    phrases, joining, words = _phrases()
    anything = False
    for part in _CLAUSE_END.split(text.translate(_APOSTROPHES)):
        clause = _clause(part, words)
        if clause is None or (clause and not _is_set(clause, phrases, joining)):
            return False
        anything = anything or bool(clause)
    return anything


@cache
def _phrases() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the set phrases, the words that may join two of them, and all words of either."""
    data = tomllib.loads(files("netquality").joinpath("canned.toml").read_text("utf-8"))
    joining = frozenset(data["joining"])
    groups = [group for group in data.values() if isinstance(group, dict)]
    phrases = frozenset(phrase for group in groups for some in group.values() for phrase in some)
    words = frozenset(word for phrase in phrases for word in phrase.split())
    return phrases, joining, words | joining


def _clause(part: str, words: frozenset[str]) -> list[str] | None:
    """Return the words of a clause in lower case, without names; None where it says more."""
    kept: list[str] = []
    names = 0
    for token in part.split():
        word = token.lower().strip("'-")
        if word in words:
            kept.append(word)
        elif _may_be_name(word, token):
            names += 1
        elif word:
            return None
    return None if names > (MOST_NAMES if kept else 2) else kept


def _may_be_name(word: str, token: str) -> bool:
    """Tell whether a word begins like a name; in scripts without capitals, whether it is short."""
    if not word.isalpha() and not set(word) & {"'", "-"}:
        return False
    if word.upper() == word:
        return len(word) <= LONGEST_UNCASED
    return token.lstrip("'-")[:1].isupper()


def _is_set(words: list[str], phrases: frozenset[str], joining: frozenset[str]) -> bool:
    """Tell whether a clause is phrases, one after the other, joined or not ("hi", "thanks")."""
    reached = [True] + [False] * len(words)
    for start in range(len(words)):
        if not reached[start]:
            continue
        if 0 < start < len(words) - 1 and words[start] in joining:
            reached[start + 1] = True
        for end in range(start + 1, len(words) + 1):
            if " ".join(words[start:end]) in phrases:
                reached[end] = True
    return reached[-1]
