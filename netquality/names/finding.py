"""Who is meant by a name as somebody types it: nearly whole, or a part of it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from netquality.names.letters import plain
from netquality.names.split import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["begun_so", "named_so"]

_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
"""Letters of their own to Unicode, which a keyboard may lack; the report's list has the same."""


def named_so(names: Iterable[object], wanted: str) -> list[int]:
    """Return the places of the names that somebody may mean by what they typed, word by word.

    Parameters
    ----------
    names : iterable of str
        As they are shown; what is no text is nobody's.
    wanted : str
        What was typed.

    Returns
    -------
    list of int
        The first of these that fit any: the same name, without credentials, emoji and the like;
        the same but for accents, apostrophes and hyphens; each word typed is one of the name's,
        with its accents where any was typed; the same without. Of several of one name, the one
        that is written as was typed, where more was typed than the name.

    Examples
    --------
    >>> names = ["Pat O’Brien, PhD 🚀", "Zoë Ficticia", "Zoe Erfunden", None]
    >>> named_so(names, "pat o'brien"), named_so(names, "OBrien"), named_so(names, "Zoë")
    ([0], [0], [1])
    >>> named_so(names, "Ficticia"), named_so(names, "Fict"), named_so(names, "zoe")
    ([1], [], [1, 2])
    >>> named_so(["Ana Ficticia", "Ana Ficticia, PhD"], "Ana Ficticia")
    [0, 1]
    """
    key = name_key(wanted)
    if not key:
        return []
    said = [name if isinstance(name, str) else "" for name in names]
    keys = [name_key(name) for name in said]
    same = [at for at, one in enumerate(keys) if one == key]
    if same:
        typed = plain(wanted).casefold()
        exact = [at for at in same if plain(said[at]).casefold() == typed]
        return exact if exact and typed != key else same
    bare, bares = _bare(key), [_bare(one) for one in keys]
    near = [at for at, one in enumerate(bares) if one == bare]
    typed_so = _with_words(keys, key) if key != bare else []  # without accents: any may be meant
    return near or typed_so or _with_words(bares, bare)


def begun_so(names: Iterable[object], wanted: str) -> list[int]:
    """Return the places of the names of which each word typed begins a word.

    Parameters
    ----------
    names : iterable of str
        As they are shown; what is no text is nobody's.
    wanted : str
        What was typed.

    Returns
    -------
    list of int
        With its accents where any was typed; else, and where nobody has these, without.

    Examples
    --------
    >>> names = ["Zoë Ficticia", "Zoe Erfunden", None]
    >>> [begun_so(names, typed) for typed in ("zo fict", "Zoë", "zo", "oe")]
    [[0], [0], [0, 1], []]
    """
    key = name_key(wanted)
    keys = [name_key(name) if isinstance(name, str) else "" for name in names]
    bare = _bare(key)
    exact = _with_beginnings(keys, key) if key != bare else []
    return exact or _with_beginnings(map(_bare, keys), bare)


def _with_beginnings(keys: Iterable[str], key: str) -> list[int]:
    """Return the places of the keys that have a word for every beginning in one."""
    begins = key.split()
    return [
        at
        for at, one in enumerate(keys)
        if begins and all(f" {begin}" in f" {one}" for begin in begins)
    ]


def _with_words(keys: Iterable[str], key: str) -> list[int]:
    """Return the places of the keys that have every word of one."""
    words = set(key.split())
    return [at for at, one in enumerate(keys) if words and words <= set(one.split())]


def _bare(key: str) -> str:
    """Return a key without accents and apostrophes, and with a space for each hyphen."""
    parts = unicodedata.normalize("NFKD", key).translate(_LETTERS)
    letters = (part for part in parts if part != "'" and not unicodedata.combining(part))
    return " ".join("".join(letters).replace("-", " ").split())
