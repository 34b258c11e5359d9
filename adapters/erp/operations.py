"""Which outside system answers which operation. Must not know what any of them does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from adapters.erp.http import HttpOperation
from adapters.erp.network import Network
from adapters.erp.recorded import RecordedOperations
from adapters.settings import Settings
from engine.effects import CallAdapter
from engine.ports import Adapters, Clock


class Operations:
    """Hands each call to the system set up for it, every other one to `otherwise`."""

    def __init__(self, connected: Mapping[str, Adapters], otherwise: Adapters) -> None:
        self._connected = {variable_of(name): system for name, system in connected.items()}
        self._otherwise = otherwise

    def call(self, order: CallAdapter) -> Mapping[str, Any]:
        """What the system answers; raises `CallRefused`."""
        return self._connected.get(variable_of(order.operation), self._otherwise).call(order)


def operations(settings: Settings, clock: Clock) -> Operations:
    """HTTP for every operation with an address in the settings; the others are recorded in the data folder."""
    network = Network(private_addresses=settings.private_addresses)
    connected = {
        name: HttpOperation(url, settings.operations_key, clock, network)
        for name, url in settings.operations.items()
        if settings.operations_key
    }
    return Operations(connected, RecordedOperations(Path(settings.data) / "operations"))


def variable_of(operation: str) -> str:
    """`erp.credit_note` as its variable ends: ERP_CREDIT_NOTE."""
    return operation.upper().replace(".", "_")
