"""The words that stand with names and are no part of them, from `names.toml`, ready for use."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netquality.names.letters import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Words", "bare", "words"]

_CAPITALS: Final = 2  # make a credential of a word; in a title as short as this they must fit


class Words(NamedTuple):
    """What `names.toml` says, made ready.

    Attributes
    ----------
    titles : re.Pattern
        Matches titles at the beginning of a name, and the space after them.
    title_words : frozenset of str
        How a title may begin, in lower case.
    credentials : frozenset of str
        In lower case, as `bare` leaves them: what counts after a comma.
    trailing : frozenset of str
        What counts at the end of a name, capitals as here.
    any_case : frozenset of str
        What counts there whatever its capitals; in lower case.
    also_surnames : frozenset of str
        Credentials in capitals that are family names too.
    suffixes : frozenset of str
        In lower case: what tells a father from a son.
    former, married : re.Pattern
        Match a name up to the words that announce the former name, or the one got by marriage;
        the group `before` is what stands before those words.
    former_aside : re.Pattern
        Matches such words at the beginning of a bracket.
    marks : frozenset of str
        The first words of `former` and `married`, as they may be written without a sign.
    pronouns, not_names, particles : frozenset of str
        In lower case.
    """

    titles: re.Pattern[str]
    title_words: frozenset[str]
    credentials: frozenset[str]
    trailing: frozenset[str]
    any_case: frozenset[str]
    also_surnames: frozenset[str]
    suffixes: frozenset[str]
    former: re.Pattern[str]
    married: re.Pattern[str]
    former_aside: re.Pattern[str]
    marks: frozenset[str]
    pronouns: frozenset[str]
    not_names: frozenset[str]
    particles: frozenset[str]


def bare(word: str) -> str:
    """Return a word without dots, and without the brackets and stars people put after a degree.

    Examples
    --------
    >>> bare("Ph.D."), bare("PMP*"), bare("(MBA)")
    ('PhD', 'PMP', 'MBA')
    """
    return word.replace(".", "").strip("()*:!'\"")


@cache
def words() -> Words:
    """Return the words of `names.toml`; the file is read once.

    Examples
    --------
    >>> "mba" in words().credentials, "Jr" in words().trailing
    (True, False)
    """
    data = tomllib.loads(files("netquality.names").joinpath("names.toml").read_text("utf-8"))
    more = data["titles"].pop("more")
    married = data["maiden"].pop("married")
    aside = data["maiden"].pop("bracket_only")
    former, titles = _all(data["maiden"]), [plain(title) for title in _all(data["titles"])]
    listed = {bare(word) for word in _all(data["credentials"])}
    capital = {word for word in listed if sum(map(str.isupper, word)) >= _CAPITALS}
    return Words(
        titles=re.compile(
            f"(?:{_any(map(_title, titles))}(?:{_any(map(_more, more))})*)+(?=.*\\w)"
        ),
        title_words=frozenset(begin for title in titles for begin in _beginnings(title)),
        credentials=frozenset(word.casefold() for word in listed),
        trailing=frozenset(capital | {word.upper() for word in capital}),
        any_case=frozenset(word.casefold() for word in data["any_case"]),
        also_surnames=frozenset(data["also_surnames"]),
        suffixes=frozenset(word.casefold() for word in _all(data["suffixes"])),
        former=re.compile(f"(?P<before>.*?)(?<![\\w']){_any(map(_running, former))}"),
        married=re.compile(f"(?P<before>.*?)(?<![\\w']){_any(map(_running, married))}"),
        former_aside=re.compile(_any(map(_mark, former + aside)), re.IGNORECASE),
        marks=frozenset(form for word in former + married for form in _forms(word)),
        pronouns=frozenset(_all(data["pronouns"])),
        not_names=frozenset(_all(data["not_names"])),
        particles=frozenset(_all(data["particles"])),
    )


def _all(groups: dict[str, Any]) -> list[str]:
    return [word for group in groups.values() for word in group]


def _any(patterns: Iterable[str]) -> str:
    """Return a pattern for any of these, the longest first."""
    return "(?:" + "|".join(sorted(set(patterns), key=lambda each: (-len(each), each))) + ")"


def _escaped(word: str) -> str:
    """Return a word as a pattern: dots and spaces within it may be left out."""
    return re.escape(word).replace(r"\.", r"\.? ?").replace(r"\ ", " ?")


def _title(title: str) -> str:
    """Return a title as a pattern, its dot needed or not, its capitals too."""
    end = r"\. ?" if title.endswith(".") else r"(?:\. ?| )"
    flag = "" if sum(map(str.isalpha, title)) <= _CAPITALS else "i"
    return (
        f"(?{flag}:{_escaped(title.removesuffix('.'))}){end}"
        if flag
        else (f"{_escaped(title.removesuffix('.'))}{end}")
    )


def _beginnings(title: str) -> Iterator[str]:
    """Yield how the first word of a title may be written; after a dot no space is needed.

    Examples
    --------
    >>> list(_beginnings("Adj. Prof"))
    ['adj', 'adjprof']
    """
    joined = ""
    for part in re.split(r"[. -]+", title.casefold()):
        joined += part
        yield joined


def _more(word: str) -> str:
    """Return the same for what follows a title; Phil with a capital and no dot is somebody."""
    return rf"-?(?:{_escaped(word)}(?:\. ?| )|(?i:{_escaped(word)})\. ?)"


def _mark(words_before: str) -> str:
    """Return the words before a former name as a pattern, with what parts them from it."""
    end = r" ?" if words_before.endswith(".") else r":? "
    return re.escape(words_before).replace(r"\ ", " ?") + end


def _running(words_before: str) -> str:
    """Return the same for running text: a plain word must be in small letters."""
    is_plain = words_before.isascii() and "." not in words_before
    return _mark(words_before) if is_plain else f"(?i:{_mark(words_before)})"


def _forms(words_before: str) -> tuple[str, ...]:
    """Return how the first of these words may be written."""
    first = words_before.split(maxsplit=1)[0]
    return (first, first.title(), first.upper(), first.capitalize())
