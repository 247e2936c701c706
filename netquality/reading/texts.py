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
"""What LinkedIn's own mass mail has in its text."""

_TAGS: Final = "[<&]"
_ADVERTISED: Final = f"{_TAGS}|{'|'.join(ADVERTISED)}"
_AT_ONCE: Final = 1 << 17  # bytes; what is compared should stay in the processor's cache
_LINKED: Final = r"https?://|www\."


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
    questions = np.zeros(len(texts), np.int32)
    canned = np.zeros(len(texts), bool)
    advertised = np.zeros(len(texts), bool)
    odd = _marked(shown)
    asking = shown.take(pa.array(odd))
    # most marks are question marks in plain text
    questions[odd] = _array(pc.count_substring_regex(asking, f"[{QUESTION_MARKS}]+"))
    special = _array(pc.match_substring_regex(asking, _ADVERTISED))
    asked = np.flatnonzero(questions[odd] > 0)
    special[asked] |= _array(pc.match_substring_regex(asking.take(pa.array(asked)), _LINKED))
    rows = odd[special]
    plain = []
    for row, text in zip(rows.tolist(), asking.filter(pa.array(special)).to_pylist(), strict=True):
        shows = readable(text) if "<" in text or "&" in text else text
        length[row] = len(shows) - shows.count("\r\n")
        questions[row] = question_count(shows) if _ask(shows) else 0
        advertised[row] = any(mark in text for mark in ADVERTISED)
        plain.append(shows)
    may_be = (questions == 0) & (length > 0) & (length <= LONGEST)
    short = np.flatnonzero(may_be & ~_at(rows, len(texts)))
    both = pa.concat_arrays([shown.take(pa.array(short)), pa.array(plain, pa.string())])
    found = _canned(both, {} if judged is None else judged)
    canned[short], canned[rows] = found[: len(short)], found[len(short) :] & may_be[rows]
    return Measured(length, questions, canned, advertised)


def _at(rows: NDArray[np.intp], size: int) -> NDArray[np.bool_]:
    mask = np.zeros(size, bool)
    mask[rows] = True
    return mask


def _ask(text: str) -> bool:
    return any(mark in text for mark in QUESTION_MARKS)


def _marked(texts: pa.Array) -> NDArray[np.intp]:
    """Return the rows with a sign that is to be looked at: ``?`` ``<`` ``&`` ``%`` and the like.

    Some others are among them. Bytes compared by numpy take a third of a pattern's time.
    """
    offsets = np.frombuffer(texts.buffers()[1], np.int32)
    offsets = offsets[texts.offset : texts.offset + len(texts) + 1]
    if not len(texts) or offsets[0] == offsets[-1]:
        return np.zeros(0, np.intp)
    cells = np.frombuffer(texts.buffers()[2], np.uint8)[: offsets[-1]]
    is_ascii = pc.all(pc.string_is_ascii(texts)).as_py()
    pairs = [b"-q"]  # spinmail-quill-editor
    pairs += [] if is_ascii else [mark.encode()[:2] for mark in QUESTION_MARKS[1:]]
    at = [
        _signs(cells[start : start + _AT_ONCE + 1], pairs) + start
        for start in range(int(offsets[0]), len(cells), _AT_ONCE)
    ]
    rows = np.searchsorted(offsets, np.concatenate(at), side="right") - 1
    return np.flatnonzero(_at(rows, len(texts)))


def _signs(cells: NDArray[np.uint8], pairs: list[bytes]) -> NDArray[np.intp]:
    # "<" and "?" differ in their last two bits; "%" stands before "&"
    found = ((cells | 3) == ord("?")) | (cells - np.uint8(ord("%")) <= 1)
    for first, second in pairs:
        found[:-1] |= (cells[:-1] == first) & (cells[1:] == second)
    return np.flatnonzero(found)


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
    data = texts.buffers()[-1]
    if data is None or b"\r" not in data.to_pybytes():
        return 0
    return pc.count_substring(texts, "\r\n")


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
