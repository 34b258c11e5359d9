"""A process as data: read with line and column, typed, and compiled into moves that can be proved and run.

Law: nothing in this folder decides anything about a running case.
"""
