"""An invented LinkedIn export with its truth: from a seed, the same bytes on every machine.

``python -m netquality.sample DIR`` writes the export as LinkedIn lays it out (a ZIP, and the same
files as a folder), a Google contacts file of people who overlap with it, and, in ``truth/``, what
was planted: who is who (``people.csv``), what each row of ``messages.csv`` truly is
(``messages.csv``, row by row in the same order), and the whole (``truth.json``). Nobody in it
exists.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from netquality._sample import tables
from netquality._sample.archive import write_text, write_zip
from netquality._sample.cast import make_cast, make_others
from netquality._sample.contacts import google_contacts_csv
from netquality._sample.decoys import decoys
from netquality._sample.inboxfile import write_messages
from netquality._sample.settings import SampleSettings
from netquality._sample.truth import people_csv, truth_json
from netquality._sample.world import MEMBER_ID, World, make_world
from netquality.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from netquality._sample.people import Person
    from netquality.network import Network

__all__ = ["SamplePaths", "SampleSettings", "load_sample", "sample_path", "write_sample"]

_HOME = Path("data/sample")


@dataclass(frozen=True)
class SamplePaths:
    """Where the parts of a sample were written.

    Attributes
    ----------
    zip : Path
        The export as LinkedIn sends it.
    folder : Path
        The same files, unpacked.
    google_contacts : Path
        An address book that overlaps with the connections.
    truth : Path
        The folder with what was planted.
    """

    zip: Path
    folder: Path
    google_contacts: Path
    truth: Path


def write_sample(
    directory: str | PathLike[str], *, settings: SampleSettings | None = None
) -> SamplePaths:
    """Write an invented export, an address book and their truth into a directory.

    Parameters
    ----------
    directory : path
        Made if it is not there. Files of an earlier sample in it are replaced.
    settings : SampleSettings, optional
        Seed, size, and the strengths of the planted effects.

    Returns
    -------
    SamplePaths
        The ZIP, the folder, the Google contacts file and the folder with the truth.

    Raises
    ------
    ValueError
        By :class:`SampleSettings`, for a size or strength that cannot be.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     small = SampleSettings(connections=20, messages=100)
    ...     write_sample(home, settings=small).zip.name
    'Complete_LinkedInDataExport_11-20-2026.zip'
    """
    settings = settings or SampleSettings()
    world = make_world(settings)
    people = make_cast(world)
    others = make_others(world, people)
    home = Path(directory)
    name = f"Complete_LinkedInDataExport_{settings.as_of:%m-%d-%Y}"
    paths = SamplePaths(
        home / f"{name}.zip", home / name, home / "google_contacts.csv", home / "truth"
    )
    truth_of_messages = paths.truth / "messages.csv"
    rows = write_messages(paths.folder / "messages.csv", truth_of_messages, world, people, others)
    files = _small_files(world, people)
    for file, text in files.items():
        write_text(paths.folder / file, text)
    day = (settings.as_of.year, settings.as_of.month, settings.as_of.day)
    write_zip(paths.zip, paths.folder, sorted([*files, "messages.csv"]), day)
    write_text(paths.google_contacts, google_contacts_csv(world, people))
    write_text(paths.truth / "people.csv", people_csv(people, others))
    write_text(paths.truth / "truth.json", truth_json(world, people, rows))
    return paths


def _small_files(world: World, people: list[Person]) -> dict[str, str]:
    """Return all files of the export but messages.csv."""
    return {
        "Connections.csv": tables.connections_csv(world, people),
        "Invitations.csv": tables.invitations_csv(world, people),
        "Endorsement_Received_Info.csv": tables.endorsements_csv(world, people, received=True),
        "Endorsement_Given_Info.csv": tables.endorsements_csv(world, people, received=False),
        "Recommendations_Received.csv": tables.recommendations_csv(world, people, received=True),
        "Recommendations_Given.csv": tables.recommendations_csv(world, people, received=False),
        "Positions.csv": tables.positions_csv(world),
        "Education.csv": tables.education_csv(world),
        "Profile.csv": tables.profile_csv(),
        f"Member_Follows_{MEMBER_ID}.csv": tables.follows_csv(world, people),
        **decoys(world),
    }


def sample_path() -> Path:
    """Return where the invented export lies: the ZIP in the package, or in the checkout.

    Returns
    -------
    Path
        A ZIP to be given to `netquality.read_linkedin`.

    Examples
    --------
    >>> sample_path().name
    'Complete_LinkedInDataExport_11-20-2026.zip'
    """
    package = Path(__file__).parent
    homes = (package / "_sample_data", package.parent / _HOME)
    found = [path for home in homes for path in sorted(home.glob("*.zip"))]
    if not found:
        raise ExportError(
            "The invented sample is not installed. In the checkout run python -m netquality.sample."
        )
    return found[0]


def load_sample() -> Network:
    """Read the invented export that comes with the package.

    Returns
    -------
    Network
        Some 900 invented connections over twelve years. Nobody in it exists. It is read once, and
        given anew each time: what you change in one is in no other.

    Examples
    --------
    >>> import netquality as nq
    >>> nq.load_sample().owner.found_by
    'invitations'
    """
    network = _read_once()
    tables = {
        each.name: value.copy(deep=False)  # pandas copies what is written to
        for each in fields(network)
        if hasattr(value := getattr(network, each.name), "columns")
    }
    return replace(network, **tables)


@cache
def _read_once() -> Network:
    from netquality.reading.linkedin import read_linkedin  # noqa: PLC0415 - writing needs no pandas

    return read_linkedin(sample_path())


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a sample from the command line."""
    default = SampleSettings()
    parser = argparse.ArgumentParser(prog="python -m netquality.sample", description=__doc__)
    parser.add_argument(
        "directory", nargs="?", default=_HOME, type=Path, help="default: data/sample"
    )
    parser.add_argument("--connections", type=int, default=default.connections)
    parser.add_argument("--messages", type=int, default=default.messages)
    parser.add_argument("--seed", type=int, default=default.seed)
    asked = parser.parse_args(arguments)
    try:
        settings = SampleSettings(
            seed=asked.seed, connections=asked.connections, messages=asked.messages
        )
    except ValueError as fault:
        parser.error(str(fault))
    paths = write_sample(asked.directory, settings=settings)
    sys.stdout.write(f"{paths.zip}\n{paths.google_contacts}\n{paths.truth}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
