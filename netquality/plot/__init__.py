"""Charts: tables in, matplotlib Axes out. Nothing is shown, saved, or of yours closed here."""

from netquality.plot.balance import listening
from netquality.plot.barcodes import barcodes
from netquality.plot.calendar import bursts
from netquality.plot.calibration import reliability
from netquality.plot.cohorts import cohorts
from netquality.plot.discs import network
from netquality.plot.flow import status_flow
from netquality.plot.growth import quantity_vs_quality
from netquality.plot.hover import HoverView, hover
from netquality.plot.inequality import lorenz
from netquality.plot.lasting import survival
from netquality.plot.openings import openings
from netquality.plot.shares import shares
from netquality.plot.sharing import card
from netquality.plot.strength import strength_map
from netquality.plot.style import Theme, dark, light, palette, styled

__all__ = [
    "HoverView",
    "Theme",
    "barcodes",
    "bursts",
    "card",
    "cohorts",
    "dark",
    "hover",
    "light",
    "listening",
    "lorenz",
    "network",
    "openings",
    "palette",
    "quantity_vs_quality",
    "reliability",
    "shares",
    "status_flow",
    "strength_map",
    "styled",
    "survival",
]
