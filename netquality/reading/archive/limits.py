"""How much an export may hold, measured on real ones, and beyond which it is refused."""

from __future__ import annotations

from typing import Final

__all__ = [
    "MAX_DEPTH",
    "MAX_DIRECTORY_BYTES",
    "MAX_ENTRIES",
    "MAX_MEMBER_BYTES",
    "MAX_NAME_LENGTH",
    "MAX_RATIO",
    "MAX_TABLE_BYTES",
    "SMALL_BYTES",
]

# A complete export has some 60 files, and one more for each article.
MAX_ENTRIES: Final = 20_000
# What is read of the list of files before anybody has looked at it. LinkedIn's takes 150 bytes for
# each file, 300 where the file is an article with a long title.
MAX_DIRECTORY_BYTES: Final = 8 * 1024**2
# The largest messages.csv measured holds about 100 MB; a million messages make 350 MB.
MAX_MEMBER_BYTES: Final = 1024**3
# All tables together, for shards are joined in memory.
MAX_TABLE_BYTES: Final = 2 * 1024**3
# Messages shrink 3 to 20 times; nothing but the same long advertisement, under a thread and a date
# of its own each time, 120 times; a bomb 1,000 times. A small file does no harm: a spreadsheet may
# add a million empty rows of 59 columns, 63 MB of commas.
MAX_RATIO: Final = 200
SMALL_BYTES: Final = 64 * 1024**2
# LinkedIn's deepest is `Articles/Articles/`; people add a folder or two around it.
MAX_DEPTH: Final = 8
MAX_NAME_LENGTH: Final = 1_000
