"""Letters as they are compared: broken, fancy, invisible and pictured ones made plain.

The same name is written with a curly apostrophe in one program and a straight one in another, in
letters that only look like letters (𝐀𝐧𝐚), with marks that nobody sees, and, where a file was
opened with the wrong code page and saved, as ``JosÃ©``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape
from typing import Final

__all__ = ["is_plain", "letters_only", "plain"]

_SIGNS: Final = "\u0080-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf€‚„…†‡ˆ‰‹‘’“”•–—˜™›"
# What UTF-8 looks like when it is read as cp1252: an accented capital and what the second byte
# becomes. Only signs, or letters that no language puts after that capital, are a sign of it.
_GARBLED: Final = re.compile(f"[\u00c2-\u00f4][{_SIGNS}]|[ÃÄÅ][ƒŠŒŽšœžŸªµº]|ðŸ|√[©°≠≥∫®≤∏∂∑±¥ß]")
# These are so telling that what they decode to is taken even where ftfy sees no need.
_SURELY: Final = re.compile(f"[à-ï][{_SIGNS}]{{2}}|ðŸ|×[{_SIGNS}]")
_SAME: Final = str.maketrans(
    dict.fromkeys("’‘‛`´ʹʻʼˈ′＇ꞌ՚׳", "'")
    | dict.fromkeys("“”„‟«»″״「」『』〝〞", '"')
    | dict.fromkeys("‐‑‒−﹣－⁃־", "-")
    | dict.fromkeys("—―﹘", "–")
    | {"،": ",", "、": ",", "；": ";", "ـ": None}
)
# A sign shown as a picture may be a letter by its code (ℹ️), and some pictures fold into letters.
_PICTURES: Final = re.compile(
    ".\ufe0f\u20e3?|[0-9#*]\u20e3|[™℠©®\u3200-\u33ff\U0001f100-\U0001f12f\U0001f200-\U0001f2ff]"
)
_NO_WORD: Final = frozenset(("So", "Sk", "Cs", "Co", "Cn", "Cc", "Zl", "Zp"))
_VISIBLE: Final = re.compile(r"[\w\x20-\x7e–]*")
_LETTERS: Final = re.compile(r"[^\W_]+(?:[ '-][^\W_]+)*")
_DASH_WITHIN: Final = re.compile(r"(?<=[^ ])–(?=[^ ])")
_ASCII_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f^`]+")


def plain(text: str) -> str:
    r"""Return a text in plain letters and single spaces: nothing broken, fancy, unseen or pictured.

    Parameters
    ----------
    text : str
        A name as somebody typed it.

    Returns
    -------
    str
        In normal form KC. Apostrophes, quotes and hyphens are the ASCII ones, a dash between
        spaces is ``–``; emoji, marks of direction, joiners and control characters are gone.
        Accents, case and every other sign stay. UTF-8 that was read as cp1252 and saved again is
        mended where the result is sound.

    Examples
    --------
    >>> plain("JosÃ© O’Invented"), plain("𝐀𝐧𝐚 \u202bFicticia\u202c 🚀")
    ("José O'Invented", 'Ana Ficticia')
    """
    if "&" in text and ";" in text:
        text = unescape(text)
    if text.isascii():
        return " ".join(_ASCII_CONTROL.sub(_ascii_sign, text).split())
    text = unicodedata.normalize("NFC", text)
    if _GARBLED.search(text):
        text = _mended(text)
    text = _PICTURES.sub(" ", text.translate(_SAME))
    text = unicodedata.normalize("NFKC", text).translate(_SAME)
    if _VISIBLE.fullmatch(text):
        return _DASH_WITHIN.sub("-", " ".join(text.split()))
    return _DASH_WITHIN.sub("-", " ".join("".join(map(_visible, text)).split()))


def is_plain(text: str) -> bool:
    """Tell whether letters and spaces are already as `plain` would leave them.

    Examples
    --------
    >>> is_plain("José"), is_plain("JosÃ©"), is_plain("𝐀𝐧𝐚")
    (True, False, False)
    """
    return text.isascii() or (unicodedata.is_normalized("NFKC", text) and not _GARBLED.search(text))


def letters_only(text: str, *, signs: str = "'-") -> str:
    """Return the words of a plain text: letters, their marks, digits, and a few signs within.

    Examples
    --------
    >>> letters_only("Dr. Ana (Ficticia) - 3rd")
    'Dr Ana Ficticia 3rd'
    """
    if _LETTERS.fullmatch(text):
        return text
    kept = (
        letter if letter in signs or unicodedata.category(letter)[0] in "LMN" else " "
        for letter in text
    )
    return " ".join(word for word in "".join(kept).split() if any(map(str.isalnum, word)))


def _ascii_sign(found: re.Match[str]) -> str:
    return "'" if found[0] == "`" else " "


@lru_cache(maxsize=4096)
def _visible(letter: str) -> str:
    """Return a letter, or what it leaves where it is: nothing, or a space."""
    category = unicodedata.category(letter)
    if category == "Cf" or "\ufe00" <= letter <= "\ufe0f" or letter >= "\U000e0100":
        return ""
    return " " if category in _NO_WORD else letter


def _mended(text: str) -> str:
    """Return a text as it was before it was read in the wrong code page."""
    from ftfy import fix_encoding  # noqa: PLC0415 - slow to load, and hardly ever needed

    mended = fix_encoding(text)
    if mended == text and _SURELY.search(text):
        try:
            mended = text.encode("sloppy-windows-1252").decode()  # ftfy's, and all 256 bytes
        except UnicodeError:
            return text
    return unicodedata.normalize("NFC", mended)
