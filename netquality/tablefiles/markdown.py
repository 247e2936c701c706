"""A table as GitHub writes it in Markdown: for people to read, hostile names shown as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from netquality.tablefiles.sheet import SCHEMA_VERSION, VERSION, named_columns
from netquality.tablefiles.values import kind_of, need_known
from netquality.words import day_text, share_text, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import pandas as pd

__all__ = ["begins_markdown", "markdown_of", "shown_as_text"]

_MARK: Final = f"<!-- {VERSION}: "
_RUN: Final = re.compile(r"[^\s`|\\]+")
_ADDRESS: Final = re.compile(r"://|www\.|@", re.IGNORECASE)
"""What GitHub would turn into a link, or into a message to somebody of that name."""
_MARKS: Final = re.compile(r"[\\`*\[\]~$|]|(?<![^\W_])_|_(?![^\W_])")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_OPENS: Final = re.compile(r"^(\d{1,9}(?=[.)])|(?=[-+=#]))")
"""At the beginning of a paragraph: a list, a heading, a line below one."""
_LARGE: Final = 100


def markdown_of(table: pd.DataFrame) -> str:
    r"""Return a table in Markdown, its sentence beneath.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"name": ["Ana | <b>"], "talk_share": [0.25]})
    >>> print(markdown_of(table))
    <!-- netquality_table_version: 1 -->
    <BLANKLINE>
    | name | talk_share |
    | --- | ---: |
    | Ana \| &lt;b&gt; | 25 % |
    <BLANKLINE>
    """
    index, columns = named_columns(table)
    names = [name for name, _ in columns]
    heads, rules, texts = [], [], []
    for name, column in (*index, *columns):
        need_known(column, name or "")
        heads.append(shown_as_text(name or ""))
        rules.append("---:" if kind_of(str(column.dtype)) in _ON_THE_RIGHT else "---")
        texts.append(_texts(column, is_share=is_share(name or "", names)))
    lines = [
        f"{_MARK}{SCHEMA_VERSION} -->", "", _line(heads), _line(rules),
        *map(_line, zip(*texts, strict=True)),
    ]  # fmt: skip
    sentence = table.attrs.get("sentence")
    if isinstance(sentence, str) and visible(sentence):
        lines += ["", _OPENS.sub(r"\1\\", shown_as_text(sentence))]
    return "\n".join(lines) + "\n"


def begins_markdown(data: bytes) -> bool:
    """Return whether a file with such a beginning is a table of ours.

    Examples
    --------
    >>> begins_markdown(b"<!-- netquality_table_version: 1 -->"), begins_markdown(b"# Mine")
    (True, False)
    """
    return data.startswith(_MARK.encode())


def shown_as_text(text: str) -> str:
    r"""Return Markdown that shows a text as it is, in one line, and makes no link of it.

    Examples
    --------
    >>> shown_as_text("*Ana* [x](y)"), shown_as_text("www.example.org, you_and_I")
    ('\\*Ana\\* \\[x\\](y)', '`www.example.org,` you_and_I')
    """
    line, found, end = visible(text), [], 0
    for run in _RUN.finditer(line):
        if _ADDRESS.search(run[0]):
            found += [_escaped(line[end : run.start()]), f"`{run[0]}`"]
            end = run.end()
    return "".join([*found, _escaped(line[end:])])


def is_share(name: str, names: Collection[str]) -> bool:
    """Return whether a column holds shares, or the ends of their intervals.

    Examples
    --------
    >>> is_share("late_share", ()), is_share("low", ["share", "low"]), is_share("low", ["ratio"])
    (True, True, False)
    """
    stem = re.sub(r"(^|_)(low|high)$", "", name)
    return re.search(r"(^|_)share$", name) is not None or (
        stem != name and (f"{stem}_share".removeprefix("_") in names)
    )


def _escaped(text: str) -> str:
    marked = _MARKS.sub(lambda found: f"\\{found[0]}", text)
    return re.sub("[&<>]", lambda found: _ENTITIES[found[0]], marked)


def _line(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"


def _texts(column: pd.Series, *, is_share: bool) -> list[str]:
    kind = kind_of(str(column.dtype)) or "text"
    say = share_text if is_share and kind == "number" else _SAY[kind]
    return [
        "" if gone else say(value)
        for value, gone in zip(column.tolist(), column.isna().tolist(), strict=True)
    ]


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= _LARGE else f"{value:.3g}"


def _day(value: pd.Timestamp) -> str:
    at_midnight = value == value.normalize()
    return day_text(value) if at_midnight else f"{day_text(value)}, {value:%H:%M}"


_ON_THE_RIGHT: Final = {"whole number", "number"}
_SAY: Final[dict[str, Callable[[Any], str]]] = {
    "text": shown_as_text,
    "true or false": lambda value: "yes" if value else "no",
    "whole number": lambda value: f"{value:,}",
    "number": _number,
    "day": _day,
    "instant": lambda value: f"{day_text(value)}, {value:%H:%M} UTC",
    "span of time": str,
    "nothing": str,
}
