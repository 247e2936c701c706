"""What became of every row: used, set aside with a reason, or rejected with its line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from netquality.tables import COVERAGE, REJECTS, build

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from netquality.reading.csvtext import Text
    from netquality.reading.stream import Streamed

__all__ = ["Ledger"]

_NEVER: Final[tuple[Any, Any]] = (pd.NaT, pd.NaT)


class Ledger:
    """Keeps count while files are read; nothing is read twice or lost in between.

    Examples
    --------
    >>> ledger = Ledger()
    >>> ledger.file("Shares.csv", "known file, not used")
    >>> ledger.coverage()[["file", "outcome"]].to_dict("records")
    [{'file': 'Shares.csv', 'outcome': 'set aside'}]
    """

    def __init__(self) -> None:
        self._coverage: list[dict[str, object]] = []
        self._rejects: list[tuple[str, int, str]] = []

    def add(self, other: Ledger) -> None:
        """Take over what another ledger has."""
        self._coverage += other._coverage
        self._rejects += other._rejects

    def file(self, file: str, reason: str, outcome: str = "set aside") -> None:
        """Note a file that was not opened, or of which no row could be read."""
        self._add(file, outcome, reason, None)

    def absent(self, file: str, meaning: str) -> None:
        """Note a file that is not there, and what that means for the answers."""
        self._add(file, "absent", meaning, 0)

    def rows(
        self,
        file: str,
        text: Text | Streamed,
        reasons: pd.Series,
        *,
        used: Collection[str],
        rejected: Collection[str] = (),
        dates: pd.Series | None = None,
    ) -> None:
        """Note every row of a file.

        Parameters
        ----------
        file : str
            Path inside the export.
        text : Text or Streamed
            Its rows, those of the wrong width included.
        reasons : pandas.Series
            What each row that fits the header is; one of `used`, one of `rejected`, or why it is
            set aside.
        used, rejected : collection of str
            Which reasons mean that.
        dates : pandas.Series, optional
            The date each row bears.
        """
        counts = reasons.value_counts()
        for reason in sorted(counts.index[counts > 0]):
            outcome = (
                "used" if reason in used else "rejected" if reason in rejected else "set aside"
            )
            span = _NEVER
            if dates is not None:
                days = dates[(reasons == reason).to_numpy(bool)]
                span = (days.min(), days.max())
            self._add(file, outcome, reason, int(counts[reason]), span)
        bad = reasons.isin(list(rejected)).to_numpy().nonzero()[0]
        if len(bad):
            lines = text.lines()
            self._rejects += [(file, lines[row], reasons.iloc[row]) for row in bad]
        self._rejects += [(file, each.line, each.reason) for each in text.rejected]
        unfit = Counter(each.counted_as for each in text.rejected)
        for reason in sorted(unfit):
            self._add(file, "rejected", reason, unfit[reason])
        if not len(reasons) and not text.rejected:
            self._add(file, "used", "no rows under the header", 0)

    def _add(
        self,
        file: str,
        outcome: str,
        reason: str,
        count: int | None,
        span: tuple[Any, Any] = _NEVER,
    ) -> None:
        self._coverage.append(
            {
                "file": file,
                "outcome": outcome,
                "reason": reason,
                "row_count": pd.NA if count is None else count,
                "first_on": _day(span[0]),
                "last_on": _day(span[1]),
            }
        )

    def coverage(self) -> pd.DataFrame:
        """Return the table `netquality.tables.COVERAGE`.

        First what was read, then what was not opened, then what is not there.
        """
        rows = sorted(
            self._coverage,
            key=lambda row: (row["outcome"] == "absent", row["row_count"] is pd.NA),
        )
        columns = {name: [row[name] for row in rows] for name in COVERAGE.dtypes}
        return build(COVERAGE, columns)

    def rejects(self) -> pd.DataFrame:
        """Return the table `netquality.tables.REJECTS`, by file and line."""
        rows: Iterable[tuple[str, int, str]] = sorted(set(self._rejects))
        files, lines, reasons = zip(*rows, strict=True) if self._rejects else ((), (), ())
        return build(REJECTS, {"file": files, "line": lines, "reason": reasons})


def _day(stamp: Any) -> Any:
    if pd.isna(stamp):
        return stamp
    naive = stamp.tz_convert("UTC").tz_localize(None) if stamp.tzinfo is not None else stamp
    return naive.normalize()
