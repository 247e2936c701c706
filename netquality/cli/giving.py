"""`netquality sample` and `netquality notebooks`: what one can begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netquality.cli.shared import add_command, whole_number
from netquality.errors import SettingError
from netquality.words import printable

if TYPE_CHECKING:
    import argparse

    from netquality.cli.shared import Commands

__all__ = ["add_notebooks", "add_sample"]

_SAMPLE: Final = """\
  netquality sample try-it
      an invented export of 900 people in the folder try-it
  netquality sample small --connections 60 --seed 4
      another, smaller one; the same seed gives the same bytes"""


_NOTEBOOKS: Final = """\
  netquality notebooks
      the notebooks, into the folder you are in; then: jupyter lab
  netquality notebooks beside-my-export"""


def add_notebooks(commands: Commands) -> None:
    """Add `netquality notebooks`."""
    parser = add_command(
        commands,
        "notebooks",
        "put the notebooks beside your own data",
        "Copy the notebooks into a folder; set EXPORT at the top of each, and run all cells.",
        _NOTEBOOKS,
        _notebooks,
    )
    add = parser.add_argument
    add("directory", nargs="?", default=".", metavar="DIR", help="default: the folder you are in")
    add("--force", action="store_true", help="replace notebooks that you have changed")


def add_sample(commands: Commands) -> None:
    """Add `netquality sample`."""
    parser = add_command(
        commands,
        "sample",
        "write an invented export to try things on",
        "Write an invented export, an address book, and what was planted in them, into a folder.",
        _SAMPLE,
        _sample,
    )
    add = parser.add_argument
    add("directory", metavar="DIR", help="made if it is not there")
    add("--seed", type=whole_number, help="another number gives other people")
    add("--connections", type=whole_number, help="how many (default: 900)")
    add("--force", action="store_true", help="write into a folder that holds something already")


def _sample(asked: argparse.Namespace) -> None:
    from dataclasses import replace

    from netquality.files import place_of
    from netquality.sample import SampleSettings, write_sample

    home = place_of(asked.directory)
    called = home.name or home.resolve().name or str(home)  # "." has no name of its own
    try:
        is_full = home.is_dir() and any(home.iterdir())
        if is_full and not asked.force:
            raise SettingError(
                f"{called}: holds something already. Give another folder, or --force."
            )
        wanted = {"seed": asked.seed, "connections": asked.connections}
        given = {name: value for name, value in wanted.items() if value is not None}
        paths = write_sample(home, settings=replace(SampleSettings(), **given))
    except OSError as error:
        why = error.strerror or "write error"
        raise SettingError(f"{called}: cannot be written ({why}). Give another.") from None
    except ValueError as fault:
        if isinstance(fault, SettingError):
            raise
        raise SettingError(str(fault)) from None
    for path in (paths.zip, paths.google_contacts, paths.truth):
        print(printable(str(path)))


def _notebooks(asked: argparse.Namespace) -> None:
    from netquality.teaching import copy_notebooks

    for path in copy_notebooks(asked.directory, force=asked.force):
        print(printable(str(path)))
