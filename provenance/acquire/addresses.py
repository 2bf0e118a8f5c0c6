"""Which network addresses may be dialled.

An allow-rule, because `ipaddress.is_global` alone lets through tunnels to private addresses (NAT64, 6to4, mapped and
compatible forms) that differ by Python version. Sources: the IANA special-purpose registries for IPv4 and IPv6, RFC 6890,
RFC 7526 (192.88.99.0/24), RFC 6052 (64:ff9b::/96 lies outside 2000::/3), RFC 9637 (3fff::/20).
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_GLOBAL_UNICAST = ip_network("2000::/3")
_NOT_PUBLIC_6 = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
_NOT_PUBLIC_4 = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)


def is_public(text: str) -> bool:
    """Whether an address, as the resolver gave it, is one of the public internet; what is no address is not."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return _public_4(address) if isinstance(address, IPv4Address) else _public_6(address)


def is_loopback(text: str) -> bool:
    """Whether it is this machine's own address, 127.0.0.0/8 or ::1."""
    try:
        return ip_address(text).is_loopback
    except ValueError:
        return False


def _public_4(address: IPv4Address) -> bool:
    return address.is_global and not any(address in network for network in _NOT_PUBLIC_4)


def _public_6(address: IPv6Address) -> bool:
    inside = address.scope_id is None and address in _GLOBAL_UNICAST
    return inside and not any(address in network for network in _NOT_PUBLIC_6)
