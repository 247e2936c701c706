"""What your habits are: each a tidy table of people, with counts, shares and 95 % intervals.

The independent unit is the person and not the message. Each table bears one plain sentence that its
interval bears out, in ``attrs["sentence"]``, the method behind it in ``attrs["method"]``, and the
day up to which it was counted in ``attrs["as_of"]``.
"""

from netquality.habits.beginnings import conversation_rate, openings, time_to_first_talk
from netquality.habits.giving import inequality, listening, origins
from netquality.habits.lasting import relationship_survival, resumption
from netquality.habits.outreach import need_driven_outreach
from netquality.habits.resting import resting_rate
from netquality.habits.rhythm import cadence, connection_bursts

__all__ = [
    "cadence",
    "connection_bursts",
    "conversation_rate",
    "inequality",
    "listening",
    "need_driven_outreach",
    "openings",
    "origins",
    "relationship_survival",
    "resting_rate",
    "resumption",
    "time_to_first_talk",
]
