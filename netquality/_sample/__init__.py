"""The workshop behind :mod:`netquality.sample`: invented people and what they wrote to each other.

Standard library only, and of :mod:`random` only ``random()``, whose sequence Python promises to
keep: so the bytes of the sample last across versions, machines and operating systems.
"""
