"""What can go wrong, in words a user can act on.

Every error a user can meet is a `NetQualityError`. Its text is one sentence or two: where, what,
and what to do next. It names files, columns and line numbers, never a person and never a message.
"""

__all__ = [
    "ExportError",
    "NetQualityError",
    "NoExportError",
    "OwnerError",
    "SettingError",
    "TableError",
]


class NetQualityError(Exception):
    """The base of every error that `netquality` raises on purpose.

    Examples
    --------
    >>> import netquality as nq
    >>> try:
    ...     nq.read_linkedin("no-such-export.zip")
    ... except nq.NetQualityError as error:
    ...     print(str(error)[:54])
    no-such-export.zip: there is no such file or folder. C
    """


class ExportError(NetQualityError):
    """An export, or a file in it, cannot be used."""


class NoExportError(ExportError):
    """What was given is sound, as far as it was looked at, and no export of LinkedIn."""


class OwnerError(NetQualityError):
    """It cannot be decided whose export this is; pass ``me=``."""


class TableError(NetQualityError, ValueError):
    """A table given to a function does not have the columns and dtypes it needs."""


class SettingError(NetQualityError, ValueError):
    """A parameter has a value that cannot be used."""
