"""The engine: what follows from what. Text, values and times go in; values come out.

Law: no I/O, no clock, no environment, no randomness. Time is an argument, people and records are handed in.
Nothing here imports `adapters`, `web`, `workers` or `cli`.
"""
