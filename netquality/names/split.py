"""Names: what is a person's own, what stands beside it, and the key by which names are compared.

LinkedIn has two fields for a name, and people write degrees, former names, pronouns, emoji and
"we're hiring" into them. What is shown stays as it is; this module says what of it is the name.
The words it knows are data, in `names.toml`.

Where it is unclear whether a word is a credential or part of the name, it is part of the name: two
spellings of one person then stay apart, which a user can mend; two people made one, nobody notices.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from netquality.names.apart import take_apart
from netquality.names.letters import is_plain, letters_only, plain
from netquality.names.vocabulary import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from pandas.api.extensions import ExtensionArray

__all__ = ["NameParts", "name_key", "name_keys", "split_name", "split_names"]

# A name that is nothing but letters, spaces, hyphens and apostrophes within words.
_SIMPLE: Final = re.compile(r"[^\W\d_ʻʼʹˈꞌـª]+(?:(?: +|['-])[^\W\d_ʻʼʹˈꞌـª]+)*")
# Such a name as most are: Latin letters that are the same in every normal form, single spaces.
_USUAL: Final = "^[A-Za-zÀ-ÖØ-Þà-öø-ÿ]+(?:[ '-][A-Za-zÀ-ÖØ-Þà-öø-ÿ]+)*$"
_MOST_TIMES: Final = 5


class NameParts(NamedTuple):
    """A name taken apart.

    Attributes
    ----------
    core : str
        The name alone, in plain letters; empty only where the text has no letters.
    credentials : str or None
        Titles and degrees, joined by ``, ``; None without any.
    maiden : str or None
        A former family name; None where none is shown.
    """

    core: str
    credentials: str | None
    maiden: str | None


def name_key(name: str) -> str:
    """Return the key by which names are compared; the same for every way LinkedIn shows one.

    Parameters
    ----------
    name : str
        As it is shown: in one piece, or first and last name joined by a space.

    Returns
    -------
    str
        In lower case, without titles, credentials, former names, nicknames, pronouns, emoji, signs
        and what is said after a comma or a bar. ``Jr.``, ``III`` stay, for they tell a father from
        a son. Empty only where the text has no letters.

    Notes
    -----
    Accents stay: ``Jose`` and ``José`` may be two people, and in many languages other letters are
    other names; LinkedIn itself always shows the same letters for one person, so nothing is gained
    by folding them. A credential that is a family name too (``MA``, ``DO``) is left out only after
    a comma: ``Yo Yo MA`` is called so.

    Examples
    --------
    >>> name_key("Dr. Ana  María FICTICIA (née Beispiel), PhD 🚀") == name_key("ana maría ficticia")
    True
    >>> name_key("Ben Erfunden MBA PMP®"), name_key("Ben Erfunden, Jr."), name_key("Yo Yo MA")
    ('ben erfunden', 'ben erfunden jr', 'yo yo ma')
    """
    key = (_simple(name) or letters_only(_whole(name).core)).casefold()
    return key if key.isascii() else unicodedata.normalize("NFC", key)


def name_keys(names: Iterable[str]) -> dict[str, str]:
    """Return the `name_key` of each name; all at once, as it takes a third of the time.

    Examples
    --------
    >>> name_keys(["Ana  FICTICIA, PhD", "Ben Erfunden"])
    {'Ana  FICTICIA, PhD': 'ana ficticia', 'Ben Erfunden': 'ben erfunden'}
    """
    found = list(dict.fromkeys(names))
    try:
        usual = _are_usual(pa.array(found, pa.string())).tolist()
    except UnicodeEncodeError:  # half a character, which no file decodes to
        usual = [False] * len(found)
    return {
        name: name.casefold() if is_usual else name_key(name)
        for name, is_usual in zip(found, usual, strict=True)
    }


def split_name(full: str) -> NameParts:
    """Take a name in one piece apart, as messages and address books show it.

    A bracket between the names is a nickname or a former name, and nothing says which: it is left
    out. One at the end is a former name if it looks like one.

    Examples
    --------
    >>> split_name("Dr. Ana Ficticia (Beispiel), MBA 🚀")
    NameParts(core='Ana Ficticia', credentials='Dr., MBA', maiden='Beispiel')
    """
    core = _simple(full)
    if core:
        return NameParts(core, None, None)
    return _whole(full)


def split_names(given: pd.Series, family: pd.Series) -> pd.DataFrame:
    """Split what stands in LinkedIn's two columns for a name.

    Parameters
    ----------
    given, family : pandas.Series
        ``str``: `First Name` and `Last Name`.

    Returns
    -------
    pandas.DataFrame
        `given_name`, `family_name`, `maiden_name`, `credentials`, each ``str`` and missing where
        there is none; the index of `given`. A bracket in the first name is a nickname and left
        out, one in the last name a former name, unless its words say otherwise.

    Examples
    --------
    >>> given, family = pd.Series(["Ana 🚀", "Ben"]), pd.Series(["(Beispiel) Ficticia, PhD", "MA"])
    >>> split_names(given, family).to_dict("records")[0]  # doctest: +NORMALIZE_WHITESPACE
    {'given_name': 'Ana', 'family_name': 'Ficticia', 'maiden_name': 'Beispiel',
     'credentials': 'PhD'}
    >>> split_names(given, family)["family_name"].tolist()
    ['Ficticia', 'MA']
    """
    first, last = _looked_at(given), _looked_at(family)
    hard = np.flatnonzero(_is_hard(first) | _is_hard(last))
    among = len(last.texts)
    which, pairs = pd.factorize(first.code[hard] * among + last.code[hard])
    apart = [
        _split(first.texts[pair // among], last.texts[pair % among]) for pair in pairs.tolist()
    ]
    nothing = _Texts(np.zeros(len(given), np.intp), [""], [""])
    names = {
        "given_name": first,
        "family_name": last,
        "maiden_name": nothing,
        "credentials": nothing,
    }
    table = {
        name: _filled(column, hard, which, [parts[place] for parts in apart])
        for place, (name, column) in enumerate(names.items())
    }
    return pd.DataFrame(table, index=given.index)


class _Texts(NamedTuple):
    """A column of names: which of its distinct texts each row has, and what of each is the name."""

    code: NDArray[np.intp]
    texts: list[str]
    simple: list[str]


def _looked_at(column: pd.Series) -> _Texts:
    """Look at each text once: a first name is shared by many, and a family name by some."""
    code, distinct = pd.factorize(column.fillna(""))
    texts = distinct.tolist()
    return _Texts(code, texts, [_simple(text) for text in texts])


def _is_hard(column: _Texts) -> NDArray[np.bool_]:
    return np.array([not name for name in column.simple], bool)[column.code]


def _filled(
    column: _Texts, hard: NDArray[np.intp], which: NDArray[np.intp], parts: list[str]
) -> ExtensionArray:
    """Return the names of a column; in the hard rows what was found by taking them apart."""
    code = column.code.copy()
    code[hard] = len(column.simple) + which
    values = [value or None for value in (*column.simple, *parts)]
    return pd.array(values, dtype="str").take(code)


def _split(given: str, family: str) -> tuple[str, ...]:
    """Take first and last name apart: what is left of them, the former name, the credentials."""
    found = take_apart(plain(given), plain(family))
    return (*found.cores, found.maiden, ", ".join(found.credentials))


def _whole(text: str) -> NameParts:
    """Take a name in one piece apart, and what is left again: signs may have hidden a title."""
    core, credentials, maiden = plain(text), [], ""
    for _ in range(_MOST_TIMES):
        found = take_apart(core)
        credentials += found.credentials
        maiden = maiden or found.maiden
        is_done = found.cores[0] == core or bool(_simple(found.cores[0]))
        core = found.cores[0]
        if is_done:
            break
    return NameParts(core, ", ".join(credentials) or None, maiden or None)


def _are_usual(names: pa.Array) -> NDArray[np.bool_]:
    """Tell which names are so simple that they are left as they stand; `_simple` takes more."""
    usual = _flags(pc.match_substring_regex(names, _USUAL))
    parts = pc.split_pattern(names.filter(pa.array(usual)), " ")
    flat, begin = parts.flatten(), parts.offsets.to_numpy()
    if not len(flat):
        return usual
    first, last, known = flat.take(begin[:-1]), flat.take(begin[1:] - 1), words()
    special = (
        _are_in(pc.utf8_lower(first), known.title_words)
        | _are_in(last, known.trailing)
        | _are_in(pc.utf8_lower(last), known.any_case)
        | np.logical_or.reduceat(_are_in(flat, known.marks), begin[:-1])
    )
    usual[usual] = ~special
    return usual


def _are_in(parts: pa.Array, some: frozenset[str]) -> NDArray[np.bool_]:
    return _flags(pc.is_in(parts, pa.array(sorted(some), pa.string())))


def _flags(column: pa.BooleanArray) -> NDArray[np.bool_]:
    return column.to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def _simple(text: str) -> str:
    """Return a name that needs no taking apart, else ``""``: nearly all names are so simple."""
    if not _SIMPLE.fullmatch(text) or not is_plain(text):
        return ""
    parts, known = text.split(), words()
    last = parts[-1]
    special = (
        parts[0].casefold() in known.title_words
        or last in known.trailing
        or last.casefold() in known.any_case
        or not known.marks.isdisjoint(parts)
    )
    return "" if special else " ".join(parts)
