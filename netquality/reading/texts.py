"""What the text of messages amounts to: length, questions, set phrases.

Here the text of a message is looked at for the last time. Most of it Arrow does for all rows at
once; Python looks at the few that have tags or entities, and once at each short text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple
from unicodedata import normalize

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from netquality.phrases import (
    LONGEST,
    QUESTION_MARKS,
    canned_pattern,
    is_canned,
    question_count,
    readable,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Measured", "measure_texts", "squeezed"]

ADVERTISED: Final = ("%FIRSTNAME%", "spinmail-quill-editor")
"""What LinkedIn's own mass mail has in its text: a name left open, or a class in a tag."""

_SPECIAL: Final = np.frombuffer(b"<&%", np.uint8)
_AT_ONCE: Final = 1 << 20  # bytes; what is compared should stay in the processor's cache
_LINKED: Final = np.frombuffer(b"/w", np.uint8)
_LAST_ASCII: Final = 0x7F
_RETURN: Final = ord("\r")


class Measured(NamedTuple):
    """What is kept of each text.

    Attributes
    ----------
    character_count, question_count : numpy.ndarray of int32
        After tags and entities are resolved and the ends trimmed; questions are runs of marks.
    is_canned : numpy.ndarray of bool
        As `netquality.phrases.is_canned`.
    is_advertisement : numpy.ndarray of bool
        It bears the marks of LinkedIn's own mass mail.
    """

    character_count: NDArray[np.int32]
    question_count: NDArray[np.int32]
    is_canned: NDArray[np.bool_]
    is_advertisement: NDArray[np.bool_]


def measure_texts(texts: pa.Array, judged: dict[str, bool] | None = None) -> Measured:
    """Measure texts.

    Parameters
    ----------
    texts : pyarrow.Array of string
        As they stand in the file, without nulls.
    judged : dict of str to bool, optional
        Short texts that were judged before, and what came of it; it grows.

    Returns
    -------
    Measured

    Examples
    --------
    >>> measured = measure_texts(pa.array([" Tea &amp; cake?? ", "Happy birthday!"]))
    >>> measured.character_count.tolist(), measured.question_count.tolist()
    ([12, 15], [1, 0])
    >>> measured.is_canned.tolist()
    [False, True]
    """
    shown = pc.utf8_trim_whitespace(texts)
    # an editor that writes CRLF does not make a text longer
    length = _array(pc.subtract(pc.utf8_length(shown), _returns(shown))).astype(np.int32)
    canned = np.zeros(len(texts), bool)
    advertised = np.zeros(len(texts), bool)
    questions, special = _marked(shown)
    rows = np.flatnonzero(special)
    written = shown.take(pa.array(rows)).to_pylist()
    plain = _readable(written)
    for row, text, shows in zip(rows.tolist(), written, plain, strict=True):
        length[row] = len(shows) - shows.count("\r\n")
        questions[row] = question_count(shows)
        advertised[row] = ADVERTISED[0] in text or ADVERTISED[1] in text
    may_be = (questions == 0) & (length > 0) & (length <= LONGEST)
    short = np.flatnonzero(may_be & ~special)
    both = pa.concat_arrays([shown.take(pa.array(short)), pa.array(plain, pa.string())])
    found = _canned(both, {} if judged is None else judged)
    canned[short], canned[rows] = found[: len(short)], found[len(short) :] & may_be[rows]
    return Measured(length, questions, canned, advertised)


def _readable(texts: list[str]) -> list[str]:
    """Return each text as a reader sees it, where it has a tag or an entity; else as it stands.

    The entities of all are resolved in one go, with a NUL between texts, for which no entity
    stands: that takes half the time.
    """
    alone = [("<" in text) or ("&" in text and "\0" in text) for text in texts]
    shown = [
        readable(text) if by_itself else text for text, by_itself in zip(texts, alone, strict=True)
    ]
    rows = [row for row, text in enumerate(texts) if "&" in text and not alone[row]]
    if rows:
        together = readable("\0".join(texts[row] for row in rows))
        for row, text in zip(rows, together.split("\0"), strict=True):
            shown[row] = text.strip()
    return shown


def _marked(texts: pa.Array) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Count the runs of question marks in each text, and tell which texts need a closer look.

    Those have tags, entities, a percent sign, or a link beside a question mark; some others are
    among them. Bytes compared by numpy take a small part of a pattern's time.
    """
    offsets, cells = _bytes(texts)
    special = np.zeros(len(texts), bool)
    at = _signs(cells)
    row = np.searchsorted(offsets, at, side="right") - 1
    special[row[np.isin(cells[at], _SPECIAL)]] = True
    width = _question_marks(cells, at)
    at, row, width = (each[width > 0] for each in (at, row, width))
    begins = np.ones(len(at), bool)  # all but those right after another in the same text
    begins[1:] = (at[1:] > at[:-1] + width[:-1]) | (row[1:] > row[:-1])
    questions = np.bincount(row[begins], minlength=len(texts)).astype(np.int32)
    asking = np.flatnonzero((questions > 0) & ~special)
    special[asking[_may_link(texts.take(pa.array(asking)))]] = True
    return questions, special


def _bytes(texts: pa.Array) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Return where each text begins, and the last ends, among the bytes of all."""
    offsets = np.frombuffer(texts.buffers()[1], np.int32) if len(texts) else np.zeros(1, np.int32)
    offsets = offsets[texts.offset : texts.offset + len(texts) + 1]
    first, last = int(offsets[0]), int(offsets[-1])
    data = texts.buffers()[2] if first < last else b""
    return offsets - offsets[0], np.frombuffer(data, np.uint8)[first:last]


def _signs(cells: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Return where a byte is that may be, or begin, a sign to be looked at."""
    is_ascii = not len(cells) or cells.max() <= _LAST_ASCII
    firsts = [] if is_ascii else [mark.encode()[0] for mark in QUESTION_MARKS[1:]]
    at = [np.zeros(0, np.intp)]
    for start in range(0, len(cells), _AT_ONCE):
        part = cells[start : start + _AT_ONCE]
        # "<" and "?" differ in their last two bits; "%" stands before "&"
        found = ((part | 3) == ord("?")) | (part - np.uint8(ord("%")) <= 1)
        for first in firsts:
            found |= part == first
        at.append(np.flatnonzero(found) + start)
    return np.concatenate(at)


def _question_marks(cells: NDArray[np.uint8], at: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return how many bytes the question mark has that begins at each place; 0 for none."""
    width = np.zeros(len(at), np.intp)
    for first, *rest in map(str.encode, QUESTION_MARKS):
        may_be = np.flatnonzero(cells[at] == first)
        for place, byte in enumerate(rest, 1):
            may_be = may_be[cells[at[may_be] + place] == byte]
        width[may_be] = 1 + len(rest)
    return width


def _may_link(texts: pa.Array) -> NDArray[np.intp]:
    """Return the rows that may have a link, and a few others: what has ``//`` or ``ww``."""
    offsets, cells = _bytes(texts)
    twice = np.flatnonzero(cells[1:] == cells[:-1])
    twice = twice[np.isin(cells[twice], _LINKED)]
    return np.searchsorted(offsets, twice, side="right") - 1


def _canned(texts: pa.Array, judged: dict[str, bool]) -> NDArray[np.bool_]:
    """Judge each distinct text once, of the few that may be set phrases; tags are resolved."""
    canned = _array(pc.match_substring_regex(texts, canned_pattern()))
    few = texts.filter(pa.array(canned)).to_pylist()
    new = set(few).difference(judged)
    judged |= {text: is_canned(normalize("NFC", text).strip()) for text in new}
    canned[canned] = [judged[text] for text in few]
    return canned


def _returns(texts: pa.Array) -> pa.Array | int:
    """Count the line ends of two characters; most files have none, and that is seen at once."""
    _, cells = _bytes(texts)
    return pc.count_substring(texts, "\r\n") if (cells == _RETURN).any() else 0


def squeezed(text: str) -> str:
    r"""Return a text for comparing: as a reader sees it, white space in any amount alike.

    Examples
    --------
    >>> squeezed("Tea &amp;\n cake ")
    'Tea & cake'
    """
    return " ".join(readable(text).split())


def _array(values: pa.Array) -> NDArray[Any]:
    return values.to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]
