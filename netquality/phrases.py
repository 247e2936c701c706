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
from typing import Final, NamedTuple

__all__ = ["LONGEST", "QUESTION_MARKS", "canned_pattern", "is_canned", "question_count", "readable"]

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
    known = _phrases()
    wished = named = anything = False
    for part in _CLAUSE_END.split(text.translate(_APOSTROPHES)):
        clause = _clause(part, known)
        if clause is None or (clause.words and not _is_set(clause.words, known)):
            return False
        said = " ".join(clause.words)
        named = named or clause.has_name
        anything = anything or bool(said)
        wished = wished or bool(said and said not in known.answers)
    return anything and (wished or not named)  # "Perfect, Thursday" is an appointment


@cache
def canned_pattern() -> str:
    r"""Return a pattern that every set phrase matches, and hardly any other text.

    Wherever a word stands that is all in lower case, it is one of ours. In the syntax that RE2 and
    Python share; RE2 gives up at the first word that is not, so a million texts take a moment.

    Examples
    --------
    >>> may_be = re.compile(canned_pattern()).search
    >>> bool(may_be("Happy birthday, Ana!")), bool(may_be("Shall we look at the plan?"))
    (True, False)
    """
    words = sorted(word for word in _phrases().words if re.fullmatch("[a-z]+", word))
    gap, inner = r"[\s.,!:;()]", r"[^\s.,!:;()]"
    token = f"(?:{'|'.join(words)}|{inner}*[^a-z\\s.,!:;()]{inner}*)"
    return f"^{gap}*(?:{token}(?:{gap}+{token})*)?{gap}*$"


class _Clause(NamedTuple):
    """The words of a clause in lower case, without the names in it."""

    words: list[str]
    has_name: bool


class _Known(NamedTuple):
    """What `canned.toml` says."""

    phrases: frozenset[str]
    answers: frozenset[str]
    joining: frozenset[str]
    no_names: frozenset[str]
    words: frozenset[str]


@cache
def _phrases() -> _Known:
    """Read the set phrases, once."""
    data = tomllib.loads(files("netquality").joinpath("canned.toml").read_text("utf-8"))
    joining = frozenset(data["joining"])
    groups = {name: group for name, group in data.items() if isinstance(group, dict)}
    phrases = {phrase for group in groups.values() for some in group.values() for phrase in some}
    answers = {phrase for some in groups["answers"].values() for phrase in some}
    words = frozenset(word for phrase in phrases for word in phrase.split())
    no_names = frozenset(data["no_names"])
    return _Known(frozenset(phrases), frozenset(answers), joining, no_names, words | joining)


def _clause(part: str, known: _Known) -> _Clause | None:
    """Return what a clause says besides names; None where it is more than set phrases can say."""
    kept: list[str] = []
    names = 0
    for token in part.split():
        word = token.lower().strip("'-")
        if word in known.words:
            kept.append(word)
        elif word.isdigit() and len(word) <= len("2026"):
            kept.append("#")
        elif word not in known.no_names and _may_be_name(word, token):
            names += 1
        elif word:
            return None
    return None if names > (MOST_NAMES if kept else 2) else _Clause(kept, names > 0)


def _may_be_name(word: str, token: str) -> bool:
    """Tell whether a word begins like a name; in scripts without capitals, whether it is short."""
    if not word.isalpha() and not set(word) & {"'", "-"}:
        return False
    if word.upper() == word:
        return len(word) <= LONGEST_UNCASED
    return token.lstrip("'-")[:1].isupper()


def _is_set(words: list[str], known: _Known) -> bool:
    """Tell whether a clause is phrases, one after the other, joined or not ("hi", "thanks")."""
    reached = [True] + [False] * len(words)
    for start in range(len(words)):
        if not reached[start]:
            continue
        if 0 < start < len(words) - 1 and words[start] in known.joining:
            reached[start + 1] = True
        for end in range(start + 1, len(words) + 1):
            if " ".join(words[start:end]) in known.phrases:
                reached[end] = True
    return reached[-1]
