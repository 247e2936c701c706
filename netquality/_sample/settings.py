"""What can be asked of the sample."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_FEWEST_YEARS = 3


@dataclass(frozen=True)
class SampleSettings:
    """What the invented export holds, and how strong the planted effects are.

    Each effect can be switched off to see what a measure says when there is nothing to find.

    Attributes
    ----------
    seed : int
        The same seed and settings give the same bytes.
    connections : int
        Rows of Connections.csv.
    messages : int
        About so many rows in messages.csv, but not fewer than the people's stories need (some
        five per connection over twelve years); 0 for a file with no rows.
    years : int
        How long the owner has been collecting connections.
    as_of : date
        The day of the export.
    event_share : float
        Share of the connections made in bursts after conferences; 0 for no bursts.
    job_change_outreach : float
        How many times as often the owner opens a conversation within 90 days of a job change;
        1 for no effect.
    survival_ratio : float
        How many times as likely a relationship from business is to end in a year as one from
        school or leisure; 1 for no difference.
    drift_after_job_change : float
        Chance that a relationship with a colleague ends when the owner leaves the company.
    listening : float
        How often the owner's messages ask something, as a ratio to the others'; 1 for balance.
    quiet_worlds : bool
        Whether two communities (the first employer, a choir) have gone quiet altogether.
    """

    seed: int = 20261120
    connections: int = 900
    messages: int = 6000
    years: int = 12
    as_of: date = date(2026, 11, 20)
    event_share: float = 0.22
    job_change_outreach: float = 3.0
    survival_ratio: float = 1.8
    drift_after_job_change: float = 0.35
    listening: float = 0.6
    quiet_worlds: bool = True

    def __post_init__(self) -> None:
        """Say at once, and all together, what cannot be."""
        faults = [
            f"{name} is {value!r}, expected {wanted}"
            for name, value, good, wanted in (
                ("connections", self.connections, self.connections >= 1, "1 or more"),
                ("messages", self.messages, self.messages >= 0, "0 or more"),
                ("years", self.years, self.years >= _FEWEST_YEARS, f"{_FEWEST_YEARS} or more"),
                ("event_share", self.event_share, 0 <= self.event_share <= 1, "0 to 1"),
                (
                    "job_change_outreach",
                    self.job_change_outreach,
                    self.job_change_outreach >= 1,
                    "1 or more",
                ),
                ("survival_ratio", self.survival_ratio, self.survival_ratio > 0, "above 0"),
                (
                    "drift_after_job_change",
                    self.drift_after_job_change,
                    0 <= self.drift_after_job_change <= 1,
                    "0 to 1",
                ),
                ("listening", self.listening, 0 <= self.listening <= 2, "0 to 2"),  # noqa: PLR2004 - a share stays a share
            )
            if not good
        ]
        if faults:
            raise ValueError("; ".join(faults))

    @property
    def last_day(self) -> int:
        """The ordinal of the day of the export."""
        return self.as_of.toordinal()

    @property
    def first_day(self) -> int:
        """The ordinal of the first day on which anybody connects."""
        return (self.as_of - timedelta(days=round(365.25 * self.years))).toordinal()

    def day_at(self, share: float) -> int:
        """Return the day that lies at this share of the years."""
        return self.first_day + int(share * (self.last_day - self.first_day))
