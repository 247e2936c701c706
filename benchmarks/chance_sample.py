"""The contact chance on the past of the invented sample's owner, as a table of the docs."""

from __future__ import annotations

import pandas as pd

import netquality as nq
from netquality.words import day_text


def sample_table() -> str:
    """Return what the back-test says of the sample: in words, by measure, and by window."""
    test = nq.backtest(nq.load_sample())
    lines = [
        f"> {test.sentence}",
        "",
        "| | AUC | the chance is above by | of the first ten quiet, back | drawn blindly |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, row in test.figures.iterrows():
        gain, low, high = row[["gain", "gain_low", "gain_high"]]
        by = "" if pd.isna(gain) else f"{gain:+.3f} ({low:+.3f} to {high:+.3f})"
        lines.append(
            f"| {name} | {row['auc']:.3f} ({row['low']:.3f} to {row['high']:.3f}) | {by} | "
            f"{row['first_hit_count']:.0f} of {row['first_count']:.0f} cases, "
            f"{row['first_person_count']:.0f} people | "
            f"{row['first_expected_hits']:.1f} |"
        )
    head = ("half-year from", "people", "in contact again", "expected", "of these quiet",
            "in contact again", "expected")  # fmt: skip
    lines += ["", f"| {' | '.join(head)} |", "| --- |" + " --- |" * 6]
    for row in test.windows.itertuples(index=False):
        lines.append(
            f"| {day_text(row.from_at)} | {row.people_count:,} | {row.again_count:,} | "
            f"{row.expected_count:.1f} | {row.quiet_count:,} | {row.quiet_again_count:,} | "
            f"{row.quiet_expected_count:.1f} |"
        )
    head = ("days of silence", "cases", "people", "expected", "in contact again", "the chance was")
    lines += ["", f"| {' | '.join(head)} |", "| --- |" + " --- |" * 5]
    for row in test.by_silence.itertuples(index=False):
        end = "more" if pd.isna(row.silent_to_days) else f"{row.silent_to_days:.0f}"
        lines.append(
            f"| {row.silent_from_days:.0f} to {end} | {row.case_count:,} | {row.person_count:,} | "
            f"{row.expected_count:.1f} | {row.came_true_count:,} | {row.verdict or 'about right'} |"
        )
    lines += ["", "| expected | in contact again | cases |", "| --- | --- | --- |"]
    for row in test.reliability.itertuples(index=False):
        lines.append(
            f"| {row.predicted:.3f} | {row.observed:.3f} ({row.low:.3f} to {row.high:.3f}) | "
            f"{row.came_true_count:,} of {row.case_count:,} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(sample_table())
