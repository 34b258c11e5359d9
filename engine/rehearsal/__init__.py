"""One case on a stage: virtual time, test people, records out of thin air, and everything that follows is only noted."""

from engine.rehearsal.following import Seen
from engine.rehearsal.lines import Rehearsal
from engine.rehearsal.stage import NotReadable

__all__ = ["NotReadable", "Rehearsal", "Seen"]
