"""`python -m netquality`: the command line, where its program is not on the path."""

from __future__ import annotations

from netquality.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
