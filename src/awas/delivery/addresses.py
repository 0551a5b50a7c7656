"""Where a message to a server may lead: to the public internet, never into the network this server stands in.

Somebody who may add a webhook or let a browser in must not get to use this server as a way to its neighbours, to
itself or to a cloud's metadata address (server-side request forgery). A name is resolved once, judged, and the
connection is made to that very address, so that it can't change in between.
"""

import ipaddress
import socket
from collections.abc import Iterable

from awas.delivery.failure import DeliveryFailed

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: IpAddress) -> bool:
    """True for a globally reachable unicast address, also of an IPv4 address inside an IPv6 one."""
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in (address, *_inside(address)))


def _inside(address: IpAddress) -> Iterable[ipaddress.IPv4Address]:
    """IPv4 addresses that an IPv6 address leads to: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    if address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


def resolve(host: str, port: int, *, allow_private: bool, channel: str = "webhook") -> str:
    """The address to connect to. Raises `DeliveryFailed` for an unknown name, or if any of its addresses is private:
    a name with both kinds is a trick, not a server."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as unknown:
        raise DeliveryFailed(f"{channel}.unknown_name", permanent=False) from unknown
    addresses = [str(one[4][0]) for one in found]
    if not addresses:
        raise DeliveryFailed(f"{channel}.unknown_name", permanent=False)
    if not allow_private and not all(is_public(ipaddress.ip_address(one.partition("%")[0])) for one in addresses):
        raise DeliveryFailed(f"{channel}.private_address", permanent=True)
    return addresses[0]
