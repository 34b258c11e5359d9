"""The outside systems that a `call:` of a process asks, by operation name. Knows no case; the case retries, not we."""
