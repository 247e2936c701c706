"""What may be shared: a network under invented names, and counts in which nobody stands alone."""

from netquality.privacy.counting import aggregate
from netquality.privacy.renaming import pseudonymise

__all__ = ["aggregate", "pseudonymise"]
