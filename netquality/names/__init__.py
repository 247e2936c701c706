"""Names: what is a person's own, what stands beside it, and the key by which they are compared."""

from netquality.names.split import NameParts, name_key, name_keys, split_name, split_names

__all__ = ["NameParts", "name_key", "name_keys", "split_name", "split_names"]
