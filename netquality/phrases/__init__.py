"""Which messages are set phrases: the text of a message in, a flag out.

The phrases themselves are data, in `canned.toml`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Final, NamedTuple

from netquality.phrases.vocabulary import fold, vocabulary

if TYPE_CHECKING:
    from netquality.phrases.vocabulary import Vocabulary

__all__ = ["LONGEST", "QUESTION_MARKS", "canned_pattern", "is_canned", "question_count", "readable"]

LONGEST: Final = 200
"""Characters; a longer message has more to say than a set phrase."""

MOST_NAMES: Final = 3
"""Words in one clause that may be left out as parts of a name; two where nothing else is said."""

LONGEST_UNCASED: Final = 8
"""Letters of a word that may be a name in a script without capitals."""

_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_LINK: Final = re.compile(r"(?:https?://|www\.)\S+")
_CLAUSE_END: Final = re.compile(r"[^\w\s'’‘´`ʼ&-]+|\n+|\s-+\s|--+")
_NUMBER: Final = re.compile(r"\d{1,4}(?:st|nd|rd|th|e|er|eme|ste|de)?")
_SPACELESS: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Kana, Han and Hangul: no word there is a name for its shortness."""
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

    A clause is a set phrase if it is a chain of whole phrases ("hi", "thank you"), or if it
    contains what wishes or thanks say and otherwise only words that stand in wishes or thanks of
    that language ("wishing you a wonderful birthday"). A clause of such words alone counts beside
    one that says it ("every success in your new role"). How often this is right, and what it
    misses, stands in docs/flags.md.

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
    >>> is_canned("Wishing you a wonderful birthday and a year full of joy!")
    True
    """
    if not text or len(text) > LONGEST or any(mark in text for mark in QUESTION_MARKS):
        return False
    if not any(letter.isalnum() for letter in text):
        return True
    known = vocabulary()
    is_loud = text.upper() == text and text.lower() != text  # ALL CAPS: every word may be a name
    most = 1 if is_loud else MOST_NAMES
    said = 0  # the families whose wishes or thanks a clause says
    leaning: list[int] = []  # the families that another clause would have to say
    wished = named = anything = False
    for part in _CLAUSE_END.split(text):
        tokens = _tokens(part, known)
        if not tokens:
            continue
        chain = _chain(tokens, known, most)
        if chain is not None:
            named = named or chain.has_name
            anything = anything or bool(chain.words)
            wished = wished or bool(chain.words and chain.words not in known.answers)
        says, fits = _families(tokens, known, most)
        said |= says
        if chain is None and not says:
            if not fits:
                return False
            leaning.append(fits)
    if not all(fits & said for fits in leaning):
        return False
    return bool(said) or (anything and (wished or not named))  # "Perfect, Thursday": no set phrase


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
    words = sorted(word for word in vocabulary().all_words if re.fullmatch("[a-z]+", word))
    gap, inner = r"[\s.,!:;()]", r"[^\s.,!:;()]"
    token = f"(?:{'|'.join(words)}|{inner}*[^a-z\\s.,!:;()]{inner}*)"
    return f"^{gap}*(?:{token}(?:{gap}+{token})*)?{gap}*$"


class _Token(NamedTuple):
    """One word of a clause."""

    word: str
    """Folded; ``#`` for a number, ``""`` for a name's particle or a title."""
    may_be_name: bool


class _Chain(NamedTuple):
    """The words of a clause that is a chain of whole phrases, without the names in it."""

    words: tuple[str, ...]
    has_name: bool


def _tokens(part: str, known: Vocabulary) -> list[_Token]:
    """Return the words of a clause."""
    found = []
    for written in part.split():
        word = fold(written).strip("'-")
        if _NUMBER.fullmatch(word):
            word = "#"
        if word:
            name = word not in known.no_names and _may_be_name(word, written, known)
            found.append(_Token(word, name))
    return found


def _may_be_name(word: str, written: str, known: Vocabulary) -> bool:
    """Tell whether a word begins like a name; in scripts without capitals, whether it is short."""
    if not word.isalpha() and not set(word) & {"'", "-"}:
        return False
    if _SPACELESS.search(word):
        return word.endswith(known.after_names) and len(word) <= LONGEST_UNCASED
    if word.upper() == word:
        return len(word) <= LONGEST_UNCASED
    return written.lstrip("'-")[:1].isupper()


def _chain(tokens: list[_Token], known: Vocabulary, most: int) -> _Chain | None:
    """Return what a clause says besides names if it is whole phrases; None where it is not."""
    kept: list[str] = []
    names = parts = 0
    words = known.words
    if [len(token.word) for token in tokens] == [1] and (tokens[0].word,) not in known.phrases:
        words = frozenset()  # an initial
    for token in tokens:
        if token.word in words or token.word == "#":
            kept.append(token.word)
        elif token.word in known.titles or (
            token.word in known.particles and not token.may_be_name
        ):
            parts += 1
        elif token.may_be_name:
            names += 1
        else:
            return None
    if names > (most if kept else min(most, 2)) or not _is_set(kept, known):
        return None
    return _Chain(tuple(kept), bool(names or parts))


def _is_set(words: list[str], known: Vocabulary) -> bool:
    """Tell whether words are phrases, one after the other, joined or not ("hi", "thanks")."""
    reached = [True] + [False] * len(words)
    for start in range(len(words)):
        if not reached[start]:
            continue
        if 0 < start < len(words) - 1 and words[start] in known.joining:
            reached[start + 1] = True
        for end in range(start + 1, len(words) + 1):
            if tuple(words[start:end]) in known.phrases:
                reached[end] = True
    return reached[-1]


def _families(tokens: list[_Token], known: Vocabulary, most: int) -> tuple[int, int]:
    """Return the bits of the families whose wishes or thanks a clause says, and whose words it has.

    Two may be joined: "thanks for connecting and have a nice day".
    """
    fits = _fits(tokens, known, most)
    if not fits:  # "Linda" is a word of another language
        fits = _fits(tokens, known, most, names_first=True)
    if fits:
        return _says(tokens, known) & fits, fits
    for place in range(1, len(tokens) - 1):
        if tokens[place].word in known.joining:
            one, _ = _families(tokens[:place], known, most)
            other, _ = _families(tokens[place + 1 :], known, most) if one else (0, 0)
            if one and other:
                return one | other, one | other
    return 0, 0


def _fits(tokens: list[_Token], known: Vocabulary, most: int, *, names_first: bool = False) -> int:
    """Return the families that have all words of a clause, names where names stand left out."""
    fits = known.all_families
    names, in_name = 0, False
    has_name = any(token.may_be_name and token.word not in known.families for token in tokens)
    for place, token in enumerate(tokens):
        if token.word == "#" or (has_name and token.word in known.particles):
            continue  # a particle: within a name or before one
        if token.word in known.titles:
            in_name = True
            continue
        bits = known.families.get(token.word, 0)
        if bits and not (names_first and token.may_be_name):
            fits, in_name = fits & bits, False
        elif token.may_be_name and (in_name or not _needs_noun(tokens, place, known)):
            names, in_name = names + 1, True
        else:
            return 0
    return fits if names <= most else 0


def _needs_noun(tokens: list[_Token], place: int, known: Vocabulary) -> bool:
    """Tell whether the word before wants a noun: "zur Präsentation" names nobody."""
    return place > 0 and tokens[place - 1].word in known.no_name_after


def _says(tokens: list[_Token], known: Vocabulary) -> int:
    """Return the families whose wishes or thanks a clause contains, names in it left out."""
    words = [token.word for token in tokens if token.word in known.families or token.word == "#"]
    says = 0
    for start, word in enumerate(words):
        for phrase, bits in known.says.get(word, ()):
            if tuple(words[start : start + len(phrase)]) == phrase:
                says |= bits
    return says
