"""Where we may connect: resolves a name once and refuses addresses inside our own walls. Knows no protocol above TCP."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotAllowed(Exception):
    """The name leads where this installation does not call, or nowhere."""


class Network:
    """The net as seen from here. `private_addresses` allows a company's own systems. `resolve` gives a name's addresses."""

    def __init__(self, *, private_addresses: bool = False, resolve: Resolver | None = None) -> None:
        self._private_addresses = private_addresses
        self._resolve = resolve or addresses_of

    def connect(self, host: str, port: int, seconds: float) -> socket.socket:
        """A connection to `host`; to the very address that was looked at, so that a name cannot change in between."""
        return socket.create_connection((self.address(host, port), port), timeout=seconds)

    def address(self, host: str, port: int) -> str:
        """The address of a name; raises `NotAllowed` when any of its addresses is inside and that is not allowed."""
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError):
            found = ()
        if not found:
            raise NotAllowed(f"{host} has no address.")
        if not self._private_addresses:
            for address in found:
                if not is_outside(address):
                    raise NotAllowed(f"{host} is an address inside; AFTERCARE_PRIVATE_ADDRESSES=1 allows that.")
        return found[0]


def is_outside(text: str) -> bool:
    """True for an address of the public net, however it is dressed up."""
    try:
        address = undressed(ipaddress.ip_address(text.partition("%")[0]))
    except ValueError:
        return False
    return address.is_global and not address.is_multicast


def undressed(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour or address
    if address.teredo:
        return address.teredo[1]
    if address in NAT64 or int(address) >> 32 == 0:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def addresses_of(host: str, port: int) -> Sequence[str]:
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
