"""Which addresses are public."""

from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.acquire.addresses import is_loopback, is_public

BLOCKED = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1
172.31.255.255
192.0.0.1 192.0.0.9 192.0.0.170 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1
239.255.255.250 240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1
64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 2001:0:7f00:1:: 2001:2::1 2001:10::1 2001:20::1 2001:db8::1
2002:7f00:1:: 2002:808:808:: 3fff::1 3fff:fff:ffff::1 4000::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1
2606:4700::1%eth0 localhost 0x7f.1 2130706433 127.1 example.org
""".split()  # noqa: SIM905  # read more easily as a block
PUBLIC = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.1 100.63.255.255 100.128.0.1 126.255.255.255 128.0.0.1 172.15.255.255 172.32.0.1 192.0.1.1
192.167.255.255 198.17.255.255 198.20.0.1 223.255.255.255 2001:200::1 2001:4860:4860::8888 2003::1 2606:4700:4700::1111
2a00:1450::1 3ffe:ffff::1
""".split()  # noqa: SIM905  # the same


@pytest.mark.parametrize("address", BLOCKED)
def test_an_address_that_is_not_of_the_public_internet_is_blocked(address: str) -> None:
    """Private, local, reserved, multicast, documentation, and every form that tunnels to one of them."""
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_passes(address: str) -> None:
    """The neighbours of blocked ranges are public."""
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_ipv4_is_blocked_in_every_ipv6_dress(address: IPv4Address) -> None:
    """Mapped, compatible, NAT64 and 6to4 forms are never dialled, whatever they hold."""
    number = int(address)
    dressed = (0xFFFF << 32, 0, 0x64FF9B << 96, 0x64FF9B0001 << 88)
    forms = [IPv6Address(base | number) for base in dressed] + [IPv6Address(0x2002 << 112 | number << 80)]
    assert not any(is_public(str(form)) for form in forms)


@pytest.mark.parametrize(("address", "own"), [("127.0.0.1", True), ("::1", True), ("10.0.0.1", False), ("localhost", False)])
def test_loopback_is_this_machine(address: str, own: bool) -> None:  # noqa: FBT001  # a column of the table
    """Only 127.0.0.0/8 and ::1."""
    assert own == is_loopback(address)


@pytest.mark.shared
def test_no_listed_address_passes(shared: Path) -> None:
    """Every address of a list of those that must be blocked is blocked."""
    lines = (shared / "badinputs" / "ssrf_lists" / "must_block_addresses.txt").read_text().split()
    assert [] == [line for line in lines if is_public(line)]
