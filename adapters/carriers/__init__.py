"""What carriers and partners tell us: each vendor's signature and words, once, turned into the desk's own events.

Knows nothing of cases; which case listens is the desk's business.
"""
