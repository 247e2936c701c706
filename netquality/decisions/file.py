"""The text of the file of answers: what is written, and what a spreadsheet may have made of it."""

from __future__ import annotations

from typing import Final

from netquality.errors import ExportError
from netquality.ownfile import OwnFile, answer_of, guarded, unguarded

__all__ = ["COLUMNS", "parse_answers", "written"]

SCHEMA_VERSION: Final = 1
COLUMNS: Final = ("person_id", "record_id", "is_same")


def parse_answers(file: OwnFile) -> tuple[list[tuple[str, str, bool]], list[int]]:
    """Return the answers of the file and the line on which each begins."""
    file.need_columns(COLUMNS, what="file of answers", writer="nq.keep_decisions")
    rows: list[tuple[str, str, bool]] = []
    lines: list[int] = []
    for line, cells in file.rows:
        row = _row(file.cells(cells), f"{file.name}, line {line}")
        if row is not None:
            rows.append(row)
            lines.append(line)
    return rows, lines


def _row(row: dict[str, str] | None, where: str) -> tuple[str, str, bool] | None:
    """Return one answer; None where the row holds none yet."""
    if row is None:
        raise ExportError(f"{where}: has more cells than the header. Correct or delete it.")
    version = row.get("schema_version", "").strip()
    if version not in {"", "1", "1.0"}:
        raise ExportError(
            f"{where}: schema_version is not {SCHEMA_VERSION}, the only one this netquality knows. "
            "Use the netquality that wrote the file, or correct the line."
        )
    answer = answer_of(row["is_same"])
    if answer is None:
        raise ExportError(f"{where}: is_same is neither yes nor no. Correct or delete it.")
    person, record = unguarded(row["person_id"]), unguarded(row["record_id"])
    if isinstance(answer, str):
        return None
    if not person.strip() or not record.strip():
        raise ExportError(f"{where}: an id is missing. Correct or delete the line.")
    return person, record, answer


def written(rows: list[tuple[str, str, bool]]) -> bytes:
    """Return the bytes of the file, from its header on."""
    lines = [
        {
            "person_id": guarded(person),
            "record_id": guarded(record),
            "is_same": "yes" if same else "no",
            "schema_version": str(SCHEMA_VERSION),
        }
        for person, record, same in rows
    ]
    return OwnFile("").with_rows(lines, [*COLUMNS, "schema_version"])
