"""Lists from elsewhere become records: which column is what, what a cell means, and why a row cannot be taken.

Law: pure like the rest of the engine. Nothing is guessed in silence, a row is taken whole or refused with its line, and what a
file says a second time changes nothing.
"""
