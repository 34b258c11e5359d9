"""The same ports without a database, for tests, rehearsals and simulations. Nothing survives the process."""

from adapters.memory.store import MemoryStore

__all__ = ["MemoryStore"]
