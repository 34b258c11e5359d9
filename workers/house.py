"""What a worker needs of the house it works in; `adapters.wiring.open_house` gives all of it."""

from __future__ import annotations

from typing import Protocol

from engine.ports import Doorbell


class Desk(Protocol):
    """The desk, as far as timers go."""

    def ring_due_timers(self, limit: int = 200) -> int:
        """Ring what is due, in order; returns how many rang."""
        ...


class Delivery(Protocol):
    """The outbox and the calls."""

    def send_mails(self, limit: int = 100) -> int:
        """Send waiting mails; returns how many were tried."""
        ...

    def make_calls(self, limit: int = 100) -> int:
        """Make waiting calls; returns how many were tried."""
        ...


class Digests(Protocol):
    """The mails that list what waits."""

    def send_due(self) -> int:
        """Put the digests whose hour has come into the outbox; returns how many mails that are."""
        ...


class Dates(Protocol):
    """The dates of records that have come."""

    def announce_due(self) -> int:
        """Announce some of them; returns how many were looked at."""
        ...


class House(Protocol):
    """A ready desk with its delivery."""

    @property
    def desk(self) -> Desk:
        """The desk."""
        ...

    @property
    def bell(self) -> Doorbell:
        """What the desk rings after a commit."""
        ...

    @property
    def digests(self) -> Digests:
        """Its digests."""
        ...

    @property
    def dates(self) -> Dates:
        """Its dates."""
        ...

    @property
    def delivery(self) -> Delivery:
        """Its delivery."""
        ...
