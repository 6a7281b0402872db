"""Which IP addresses a page may be fetched from: the public internet, as IANA's registries list it.

Tables instead of `ipaddress.is_global` alone: that property differs between releases of Python and
calls some addresses global that carry an IPv4 address on to where nobody looked.
https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

PRIVATE: Final = ("a loopback address", "a private address", "a shared address of a provider")
"""The kinds that `allow_private` opens."""

_KINDS: Final = (
    ("0.0.0.0/8", "an address of no host"),
    ("10.0.0.0/8", "a private address"),
    ("100.64.0.0/10", "a shared address of a provider"),
    ("127.0.0.0/8", "a loopback address"),
    ("169.254.0.0/16", "a link-local address"),
    ("172.16.0.0/12", "a private address"),
    ("192.0.0.0/24", "a reserved address"),
    ("192.0.2.0/24", "an address for documentation"),
    ("192.88.99.0/24", "a 6to4 relay"),
    ("192.168.0.0/16", "a private address"),
    ("198.18.0.0/15", "an address for benchmarks"),
    ("198.51.100.0/24", "an address for documentation"),
    ("203.0.113.0/24", "an address for documentation"),
    ("224.0.0.0/4", "a multicast address"),
    ("240.0.0.0/4", "a reserved address"),
    ("::/128", "an address of no host"),
    ("::1/128", "a loopback address"),
    ("::/96", "an IPv4 address inside an IPv6 one"),
    ("::ffff:0:0/96", "an IPv4 address inside an IPv6 one"),
    ("::ffff:0:0:0/96", "an IPv4 address inside an IPv6 one"),
    ("64:ff9b::/96", "a NAT64 address"),
    ("64:ff9b:1::/48", "a NAT64 address"),
    ("2001::/32", "a Teredo address"),
    ("2001::/23", "a reserved address"),
    ("2001:db8::/32", "an address for documentation"),
    ("2002::/16", "a 6to4 address"),
    ("3fff::/20", "an address for documentation"),
    ("fc00::/7", "a private address"),
    ("fe80::/10", "a link-local address"),
    ("ff00::/8", "a multicast address"),
)
_NETWORKS: Final = tuple((ip_network(network), kind) for network, kind in _KINDS)
_IPV6_IN_USE: Final = ip_network("2000::/3")  # all that IANA has given out for hosts

# Services that hand out credentials of the machine. Most are caught above; these would be open to
# `allow_private`, and Azure's (168.63.129.16) is an ordinary public address.
_METADATA: Final = frozenset(
    ip_address(address)
    for address in (
        "169.254.169.254",
        "169.254.170.2",
        "168.63.129.16",
        "100.100.100.200",
        "192.0.0.192",
        "fd00:ec2::254",
        "fd20:ce::254",
    )
)


def why_refused(address: str, *, allow_private: bool = False) -> str:
    """Return what `address` is when no page may be fetched from it, "" when one may.

    `allow_private` opens loopback, private and provider-shared addresses, nothing else. Raises
    ValueError when `address` is not an IP address as text.
    """
    ip = ip_address(address)
    if isinstance(ip, IPv6Address) and ip.scope_id is not None:
        return "a link-local address"
    if ip in _METADATA:
        return "the metadata service of a cloud"
    kind = _kind(ip)
    return "" if allow_private and kind in PRIVATE else kind


def _kind(ip: IPv4Address | IPv6Address) -> str:
    for network, kind in _NETWORKS:
        if ip in network:
            return kind
    beyond = isinstance(ip, IPv6Address) and ip not in _IPV6_IN_USE
    return "a reserved address" if beyond or not ip.is_global else ""
