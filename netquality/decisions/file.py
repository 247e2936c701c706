"""The text of the file of answers: what is written, and what a spreadsheet may have made of it."""

from __future__ import annotations

import codecs
import csv
import io
import os
from typing import TYPE_CHECKING, Final

from netquality.errors import ExportError
from netquality.files import at_home

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["COLUMNS", "answer_of", "parse_answers", "read_text", "where_is", "written"]

SCHEMA_VERSION: Final = 1
COLUMNS: Final = ("person_id", "record_id", "is_same")
MOST_BYTES: Final = 50_000_000
YES: Final = frozenset(
    ("yes", "y", "true", "1", "1.0", "ja", "j", "wahr", "oui", "vrai", "si", "sí", "verdadero",
     "vero", "waar", "sim", "verdadeiro")
)  # fmt: skip
NO: Final = frozenset(
    ("no", "n", "false", "0", "0.0", "nein", "falsch", "non", "faux", "falso", "nee", "onwaar",
     "não")
)  # fmt: skip
"""What people and spreadsheets write for an answer, in lower case."""
UNANSWERED: Final = frozenset(("", "nan", "none", "<na>"))
_AS_WRITTEN: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def answer_of(said: str) -> bool | str | None:
    """Return yes or no; ``""`` for no answer yet, None for what is no answer."""
    word = said.strip().casefold()
    if word in YES or word in NO:
        return word in YES
    return "" if word in UNANSWERED else None


def where_is(path: str | os.PathLike[str]) -> Path:
    """Return where the file is or will be."""
    if not isinstance(path, (str, os.PathLike)) or "\0" in os.fspath(path):
        raise ExportError("decisions: is no name of a file. Give one like 'same.csv'.")
    return at_home(path)


def read_text(where: Path) -> str:
    """Return the text of the file; empty where there is none."""
    try:
        if not where.exists():
            return ""
        if not where.is_file():
            raise ExportError(f"{where.name or where}: is no file. Give the name of a file.")
        with where.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        why = error.strerror or "read error"
        raise ExportError(
            f"{where.name or where}: cannot be read ({why}). Give a file you may read."
        ) from None
    if len(data) > MOST_BYTES:
        raise ExportError(f"{where.name}: is too large to be a file of answers. Give another.")
    try:
        return data.decode("utf-16" if data.startswith(_AS_WRITTEN) else "utf-8-sig")
    except UnicodeDecodeError:
        raise ExportError(
            f"{where.name}: is not in UTF-8. Save it in the spreadsheet as 'CSV UTF-8'."
        ) from None


def parse_answers(text: str, name: str) -> tuple[list[tuple[str, str, bool]], list[int]]:
    """Return the answers of the file and the line on which each begins."""
    lead = text.splitlines()[0] if text else ""
    skipped = 0
    if lead[:4].casefold() == "sep=":  # what a spreadsheet puts on top
        text, skipped = "".join(text.splitlines(keepends=True)[1:]), 1
        lead = text.splitlines()[0] if text else ""
    mark = max(",;\t", key=lead.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    rows: list[tuple[str, str, bool]] = []
    lines: list[int] = []
    try:
        header = [cell.strip().casefold() for cell in next(reader, [])]
        _need_header(header, name)
        begins = reader.line_num + skipped + 1
        for cells in reader:
            line, begins = begins, reader.line_num + skipped + 1
            if not any(cell.strip() for cell in cells):
                continue
            row = _row(header, cells, f"{name}, line {line}")
            if row is not None:
                rows.append(row)
                lines.append(line)
    except csv.Error:
        line = reader.line_num + skipped
        raise ExportError(
            f"{name}, line {line}: is no line of a CSV file. Correct or delete it."
        ) from None
    return rows, lines


def _need_header(header: list[str], name: str) -> None:
    lacking = [column for column in COLUMNS if column not in header]
    if lacking:
        raise ExportError(
            f"{name}: is no file of answers, for it has no column {', '.join(lacking)}. Give the "
            "file that nq.keep_decisions wrote, or the name of a file that is not there yet."
        )


def _row(header: list[str], cells: list[str], where: str) -> tuple[str, str, bool] | None:
    """Return one answer; None where the row holds none yet."""
    cells = [*cells, *([""] * (len(header) - len(cells)))]
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        raise ExportError(f"{where}: has more cells than the header. Correct or delete it.")
    row = dict(zip(header, cells, strict=False))
    version = row.get("schema_version", "").strip()
    if version not in {"", "1", "1.0"}:
        raise ExportError(
            f"{where}: schema_version is not {SCHEMA_VERSION}, the only one this netquality knows. "
            "Use the netquality that wrote the file, or correct the line."
        )
    answer = answer_of(row["is_same"])
    if answer is None:
        raise ExportError(f"{where}: is_same is neither yes nor no. Correct or delete it.")
    person, record = _unguarded(row["person_id"]), _unguarded(row["record_id"])
    if isinstance(answer, str):
        return None
    if not person.strip() or not record.strip():
        raise ExportError(f"{where}: an id is missing. Correct or delete the line.")
    return person, record, answer


def written(rows: list[tuple[str, str, bool]]) -> str:
    """Return the text of the file, from its header on."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")  # so that it quotes either in an id
    writer.writerow([*COLUMNS, "schema_version"])
    for person, record, same in rows:
        answer = "yes" if same else "no"
        writer.writerow([_guarded(person), _guarded(record), answer, SCHEMA_VERSION])
    return buffer.getvalue()


def _guarded(text: str) -> str:
    """Return an id that no spreadsheet takes for a formula, a number or a date."""
    return text if text[:1].isalpha() else f"'{text}"


def _unguarded(text: str) -> str:
    return text.removeprefix("'")
