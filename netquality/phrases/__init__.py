"""Which messages are set phrases: the text of a message in, a flag out.

The phrases themselves are data, in `canned.toml`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, reduce
from html import unescape
from operator import or_
from typing import TYPE_CHECKING, Final, NamedTuple

from netquality.phrases.vocabulary import fold, vocabulary

if TYPE_CHECKING:
    from netquality.phrases.vocabulary import Vocabulary

__all__ = ["LONGEST", "QUESTION_MARKS", "canned_pattern", "is_canned", "question_count", "readable"]

LONGEST: Final = 200
"""Characters; a longer message has more to say than a set phrase."""

MOST_NAMES: Final = 3
"""Words in one clause that may be left out as parts of a name; two where nothing else is said."""

_BEGINNING: Final = 4
"""Letters of a word by which a text is found that may be a set phrase."""

LONGEST_UNCASED: Final = 8
"""Letters of a word that may be a name in a script without capitals."""

_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_LINK: Final = re.compile(r"(?:https?://|www\.)\S+")
_CLAUSE_END: Final = re.compile(r"[^\w\s'’‘´`ʼ&-]+|\n+|\s-+\s|--+")
_NUMBER: Final = re.compile(r"\d{1,4}(?:st|nd|rd|th|e|er|eme|ste|de)?")
_SPACELESS: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Kana, Han and Hangul: no word there is a name for its shortness."""
_KANA: Final = re.compile("[\u3040-\u30ff]")
LONGEST_SPACELESS: Final = 3
"""Letters of a name before a sign of respect, in such a script."""
QUESTION_MARKS: Final = "?？؟\u037e"
"""Latin, full width, Arabic and Greek (which normal form C would turn into a semicolon)."""
_QUESTION: Final = re.compile(f"[{QUESTION_MARKS}]+")


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
    if not any(map(text.__contains__, QUESTION_MARKS)):  # as most
        return 0
    if "http" in text or "www." in text:
        text = _LINK.sub("", text)
    return len(_QUESTION.findall(text))


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
        if tuple(token.word for token in tokens) in known.refusals:
            return False
        chain = _chain(tokens, known, most)
        if chain is not None:
            named = named or chain.has_name
            anything = anything or bool(chain.words)
            wished = wished or bool(chain.words and chain.words not in known.answers)
        says, fits = _families(tokens, known, most)
        said |= says
        if chain is None and not says:
            # beside a wish the words of wishes may go on; thanks that go on name what for
            leaning.append(fits if fits == known.all_families else fits & known.wishes)
            if not leaning[-1]:
                return False
    if not all(fits & said for fits in leaning):
        return False
    return bool(said) or (anything and (wished or not named))  # "Perfect, Thursday": no set phrase


@cache
def canned_pattern() -> str:
    r"""Return a pattern that every set phrase matches, and hardly any other text.

    Wherever a word stands that is all in lower case, it begins as one of ours. In the syntax that
    RE2 and Python share; RE2 gives up at the first word that does not, so a million texts take a
    moment.

    Examples
    --------
    >>> may_be = re.compile(canned_pattern()).search
    >>> bool(may_be("Happy birthday, Ana!")), bool(may_be("Did the roof hold?"))
    (True, False)
    """
    words = {word for word in vocabulary().all_words if re.fullmatch("[a-z]+", word)}
    gap, inner = r"[\s.,!:;()]", r"[^\s.,!:;()]"
    # Arrow makes the pattern anew for each block of messages: so there are beginnings in it, which
    # let a few more texts pass than whole words would, and they stand in it once
    short = sorted(word for word in words if len(word) < _BEGINNING)
    begin = sorted({word[:_BEGINNING] for word in words.difference(short)})
    token = f"(?:{'|'.join(short)}|(?:{'|'.join(begin)}|{inner}*[^a-z\\s.,!:;()]){inner}*)"
    return f"^{gap}*(?:{token}(?:{gap}+|$))*$"


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
            name = word not in known.sets["no_names"] and _may_be_name(word, written, known)
            found.append(_Token(word, name))
    return found


def _may_be_name(word: str, written: str, known: Vocabulary) -> bool:
    """Tell whether a word begins like a name; in scripts without capitals, whether it is short."""
    if not word.isalpha() and not set(word) & {"'", "-"}:
        return False
    if (word,) in known.refusals:
        return False
    if _SPACELESS.search(word):
        name = next((word.removesuffix(end) for end in known.after_names if word.endswith(end)), "")
        return 0 < len(name) <= LONGEST_SPACELESS and not _KANA.search(name)
    if word.upper() == word:
        return len(word) <= LONGEST_UNCASED
    begins, mark, goes_on = written.lstrip("'-").partition("'")
    # D'Angelo is a name, I'm and J'ai are none
    return begins[:1].isupper() and (not mark or goes_on[:1].isupper())


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
        elif token.word in known.sets["titles"] or (
            token.word in known.sets["particles"] and not token.may_be_name
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
        if 0 < start < len(words) - 1 and words[start] in known.sets["joining"]:
            reached[start + 1] = True
        for end in range(start + 1, len(words) + 1):
            if tuple(words[start:end]) in known.phrases:
                reached[end] = True
    return reached[-1]


def _families(tokens: list[_Token], known: Vocabulary, most: int) -> tuple[int, int]:
    """Return the bits of the families whose wishes or thanks a clause says, and whose words it has.

    Two may be joined: "thanks for connecting and have a nice day".
    """
    says, fits = _one_family(tokens, known, most)
    if fits:
        return says, fits
    for place in range(1, len(tokens) - 1):
        if tokens[place].word in known.sets["joining"]:
            one, _ = _one_family(tokens[:place], known, most)
            other, _ = _one_family(tokens[place + 1 :], known, most) if one else (0, 0)
            if one and other:
                return one | other, one | other
    return 0, 0


def _one_family(tokens: list[_Token], known: Vocabulary, most: int) -> tuple[int, int]:
    says, covered = _says(tokens, known)
    fits = _fits(tokens, covered, known, most)
    if not fits:  # "Linda" is a word of another language
        fits = _fits(tokens, covered, known, most, names_first=True)
    return says & fits, fits


def _says(tokens: list[_Token], known: Vocabulary) -> tuple[int, list[int]]:
    """Return the families whose wishes or thanks a clause contains, and those of each word of it.

    Names between the words are left out.
    """
    places = [
        place
        for place, token in enumerate(tokens)
        if token.word in known.said_words or token.word in known.families or token.word == "#"
    ]
    words = tuple(tokens[place].word for place in places)
    says, covered = 0, [0] * len(tokens)
    for start, word in enumerate(words):
        for phrase, bits in known.says.get(word, ()):
            if words[start : start + len(phrase)] == phrase:
                says |= bits
                for place in places[start : start + len(phrase)]:
                    covered[place] |= bits
    return says, covered


def _fits(
    tokens: list[_Token],
    covered: list[int],
    known: Vocabulary,
    most: int,
    *,
    names_first: bool = False,
) -> int:
    """Return the families that have all words of a clause, names where names stand left out."""
    fits = known.all_families
    names, in_name = 0, False
    hopes = reduce(or_, (known.moods["hoping"].get(token.word, 0) for token in tokens), 0)
    has_name = any(token.may_be_name and token.word not in known.families for token in tokens)
    for place, token in enumerate(tokens):
        if token.word == "#":  # a year in a wish; in thanks it is a day or an hour
            fits &= known.wishes | covered[place]
            continue
        if has_name and token.word in known.sets["particles"]:
            continue  # within a name or before one
        if token.word in known.sets["titles"]:
            if _follows(tokens, place, known, "no_thanks_to"):
                fits &= known.wishes
            in_name = True
            continue
        bits = known.families.get(token.word, 0) | covered[place]
        stating = known.moods["stating"].get(token.word, 0)  # "my birthday is in May"
        bits &= ~stating | hopes | covered[place]
        if bits and not (names_first and token.may_be_name):
            fits, in_name = fits & bits, False
        elif token.may_be_name and (in_name or not _follows(tokens, place, known, "no_name_after")):
            if not in_name and _follows(tokens, place, known, "no_thanks_to"):
                fits &= known.wishes  # "the connection to Peter" is no bare thanks
            names, in_name = names + 1, True
        else:
            return 0
    return fits if names <= most else 0


def _follows(tokens: list[_Token], place: int, known: Vocabulary, name: str) -> bool:
    """Tell whether the word before is in a list: "zur Präsentation" names nobody."""
    return place > 0 and tokens[place - 1].word in known.sets[name]
