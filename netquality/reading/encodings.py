"""Bytes to UTF-8: as LinkedIn wrote them, or as another program saved them again.

UTF-8 and UTF-16 prove themselves. Any other code page is a judgement, by chardet and by what
letters can stand together in a word, and is said in a trait that ends in a warning.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from itertools import pairwise
from typing import Final

import pyarrow as pa

from netquality.errors import ExportError
from netquality.reading.alphabets import LATIN_PAGES, USUAL, cost
from netquality.words import plural

__all__ = ["as_utf8"]

_HEAD: Final = 1 << 16
_UTF16_HEAD: Final = 40  # "First Name,Last Name" or "Notes: ...": plain ASCII in every file
_BLANK: Final = b" \t\r\n\0"
# What spreadsheets and editors save in. Pages of terminals and mainframes only cost judgement.
_PAGES: Final = (
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "mac_roman", "mac_cyrillic", "cp932", "shift_jis", "gb18030", "big5", "cp949", "cp874",
)  # fmt: skip
_CLEARLY: Final = 1.25  # "Señora" in cp1252: 1.1 times as likely Polish; Polish names: 1.5 to 4
_FOREIGN_WORD: Final = re.compile(r"[^\s;,\"]*[^\x00-\x7f][^\s;,\"]*")
_FOREIGN_BYTES: Final = re.compile(rb'[^\s;,"]*[\x80-\xff][^\s;,"]*')
_BETWEEN_LETTERS: Final = frozenset("’‘·–—")


def as_utf8(data: bytes, source: str) -> tuple[memoryview, tuple[str, ...]]:
    """Return a file as UTF-8 without byte order mark, and what had to be done for it.

    Parameters
    ----------
    data : bytes
        The file. It is not copied where it is UTF-8.
    source : str
        The file's name, for errors.

    Returns
    -------
    memoryview
        Valid UTF-8 without NUL bytes.
    tuple of str
        What was mended, in a few words each; empty for a file as LinkedIn writes it.

    Raises
    ------
    ExportError
        When the file is empty or is no text.

    Examples
    --------
    >>> view, traits = as_utf8("François;Señor;Große".encode("cp1252"), "x.csv")
    >>> bytes(view).decode(), traits
    ('François;Señor;Große', ('cp1252',))
    """
    if not data[:_HEAD].strip(_BLANK) and not data.strip(_BLANK):
        raise ExportError(f"{source}: the file is empty. Download the export again.")
    traits: list[str] = []
    encoding = _utf16(data[:_UTF16_HEAD])
    if encoding:
        data = _from_utf16(data, encoding, traits)
    if b"\0" in data:
        traits.append(f"{plural(data.count(0), 'NUL byte')} left out")
        data = data.replace(b"\0", b"")
    view = memoryview(data)[len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0 :]
    if not _is_utf8(view):
        view = memoryview(_recode(bytes(view), source, traits).encode())
    return view, tuple(traits)


def _is_utf8(view: memoryview) -> bool:
    """Let Arrow check all bytes where they stand: far less work than to decode them."""
    offsets = pa.array([0, len(view)], pa.int64()).buffers()[1]
    text = pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(view)])
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _utf16(head: bytes) -> str:
    """Say which UTF-16 a file is in, by its mark or since every other byte of ASCII is zero."""
    if head.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if head.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    half = len(head) // 2
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = head[first::2].count(0), head[1 - first :: 2].count(0)
        if half > 1 and zeros > 0.8 * half and others < 0.2 * half:
            return encoding
    return ""


def _from_utf16(data: bytes, encoding: str, traits: list[str]) -> bytes:
    traits.append("UTF-16")
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    if strays := text.count("\ufffd"):
        traits.append(f"{plural(strays, 'damaged character')} shown as \ufffd")
    return text.encode()


def _recode(data: bytes, source: str, traits: list[str]) -> str:
    """Decode what is not UTF-8 throughout."""
    good, bad = _tally(data)
    if good < 2 * bad:
        page, is_sure = _page(data)
        if page is None:
            raise ExportError(
                f"{source}: is not text in any code page known here. "
                "Give the file as LinkedIn wrote it."
            )
        traits.append(page if is_sure else f"{page}: a guess, some letters may be wrong")
        return data.decode(page)
    try:
        return data.decode()
    except UnicodeDecodeError as fault:
        if fault.reason == "unexpected end of data":
            traits.append("cut off in the middle of a character")
            return data[: fault.start].decode()
    return _line_by_line(data, traits)


def _tally(data: bytes) -> tuple[int, int]:
    """Count the characters beyond ASCII that are UTF-8, and the bytes that are not."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    return len(re.findall(r"[^\x00-\x7f]", text)) - bad, bad


def _line_by_line(data: bytes, traits: list[str]) -> str:
    """Decode a file most of which is UTF-8: one cut short, or pasted from files unlike it."""
    lines = data.splitlines(keepends=True)
    strange = [line for line in lines if not _is_utf8(memoryview(line))]
    pasted = [line for line in strange if (tally := _tally(line))[0] < tally[1]]
    page, is_sure = _page(b"".join(pasted)) if pasted else (None, True)
    if page:
        guessed = "" if is_sure else ": a guess, some letters may be wrong"
        traits.append(f"UTF-8 and {page} mixed{guessed}")
    pages = dict.fromkeys(pasted, page) if page else {}
    strays = sum(_tally(line)[1] for line in strange if line not in pages)
    if strays:
        traits.append(f"{plural(strays, 'damaged character')} shown as \ufffd")
    known = dict.fromkeys(strange)
    return "".join(
        line.decode(pages.get(line) or "utf-8", errors="replace" if line in known else "strict")
        for line in lines
    )


def _page(data: bytes) -> tuple[str | None, bool]:
    """Judge the code page by the words beyond ASCII, and whether no other fits nearly as well."""
    import chardet  # noqa: PLC0415 - only damaged files need it, and it takes a moment to load

    sample = b"\n".join(dict.fromkeys(_FOREIGN_BYTES.findall(data)))
    found = chardet.detect_all(
        sample,
        ignore_threshold=True,
        prefer_superset=True,
        compat_names=False,
        include_encodings=_PAGES,
    )
    judged: dict[str, tuple[int, float]] = {}
    for guess in found:
        name = guess["encoding"] or ""
        try:
            data.decode(name)
            oddities = _oddities(sample[:_HEAD].decode(name, errors="ignore"))
        except (UnicodeDecodeError, LookupError):
            continue
        # few words say little: the page of most computers is believed before another, unless
        # that is clearly more likely
        prior = _CLEARLY if name == USUAL else 1.0
        judged.setdefault(codecs.lookup(name).name, (oddities, -prior * guess["confidence"]))
    page = min(judged, key=judged.__getitem__, default=None)
    return _latin(data, sample) if page in LATIN_PAGES else (page, True)


def _latin(data: bytes, sample: bytes) -> tuple[str, bool]:
    """Return which of the Latin pages it is; the one of most computers unless another is better."""
    found = {}
    texts = {}
    for page in LATIN_PAGES:
        try:
            data.decode(page)
        except UnicodeDecodeError:
            continue
        texts[page] = sample[:_HEAD].decode(page)
        words = set(_FOREIGN_WORD.findall(texts[page]))
        found[page] = (_oddities(texts[page]), cost(words, page), page != USUAL)
    best = min(found, key=found.__getitem__)
    others = (found[page][:2] for page in found if texts[page] != texts[best])
    odd, needed, _ = found[best]
    return best, all(each > (odd, needed + 1) for each in others)


def _oddities(text: str) -> int:
    """Count words no language has: two scripts in one, a sign or a capital in the middle.

    Examples
    --------
    >>> _oddities("José Größe Иван"), _oddities("Papи FranŠois Jos‚s")
    (0, 3)
    """
    return sum(_is_odd(word) for word in set(_FOREIGN_WORD.findall(text)))


def _is_odd(word: str) -> bool:
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in word if letter.isalpha()}
    if "LATIN" in scripts and scripts - {"LATIN", "MODIFIER", "FEMININE", "MASCULINE"}:
        return True
    if any(unicodedata.category(letter) in {"Cc", "Cn", "Co"} for letter in word):
        return True
    return any(
        a.isalpha() and c.isalpha() and b > "\x7f" and not b.isalnum() and b not in _BETWEEN_LETTERS
        for a, b, c in zip(word, word[1:], word[2:], strict=False)
    ) or any(a.islower() and b.isupper() and not (a + b).isascii() for a, b in pairwise(word))
