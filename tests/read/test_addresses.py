from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.read.addresses import why_refused

REFUSED = {
    "no host": ["0.0.0.0", "0.255.255.255", "::"],
    "loopback": ["127.0.0.1", "127.255.255.255", "::1"],
    "private": ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "fc00::1", "fd12::1"],
    "shared": ["100.64.0.1", "100.127.255.255"],
    "link-local": ["169.254.0.1", "fe80::1", "febf::1", "fe80::1%eth0", "2606:4700::1%1"],
    "reserved": ["192.0.0.8", "240.0.0.1", "255.255.255.255", "2001:2::1", "5f00::1", "fec0::1"],
    "documentation": ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1"],
    "benchmarks": ["198.18.0.1", "198.19.255.255"],
    "multicast": ["224.0.0.1", "239.255.255.255", "ff02::1"],
    "inside an IPv6": ["::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "::ffff:0:10.0.0.1"],
    "NAT64": ["64:ff9b::a00:1", "64:ff9b::808:808", "64:ff9b:1::a00:1"],
    "6to4": ["2002:7f00:1::", "192.88.99.1"],
    "Teredo": ["2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2"],
    "metadata": ["169.254.169.254", "168.63.129.16", "100.100.100.200", "fd00:ec2::254"],
}
PUBLIC = ["93.184.216.34", "8.8.8.8", "100.63.255.255", "172.32.0.1", "223.255.255.255"]
PUBLIC += ["2606:4700::1111", "2a00:1450:4001::1", "2001:4860:4860::8888"]


@pytest.mark.parametrize(
    ("kind", "address"), [(kind, address) for kind, all_ in REFUSED.items() for address in all_]
)
def test_an_address_that_is_not_public_is_refused_by_its_kind(kind, address):
    assert kind in why_refused(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_open(address):
    assert why_refused(address) == ""


def test_allow_private_opens_the_intranet_and_nothing_else():
    opened = {
        kind
        for kind, addresses in REFUSED.items()
        for address in addresses
        if not why_refused(address, allow_private=True)
    }
    assert opened == {"loopback", "private", "shared"}


@given(st.ip_addresses())
def test_no_address_is_open_that_the_standard_library_knows_as_closed(ip):
    if not why_refused(str(ip)):
        assert ip.is_global
        assert not ip.is_multicast
        assert not ip.is_reserved


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:", "::", "64:ff9b::", "::ffff:0:"]))
def test_no_ipv4_address_gets_through_inside_an_ipv6_one(ip, prefix):
    assert why_refused(f"{prefix}{ip}")


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_gets_through_a_6to4_prefix(ip):
    inside = ipaddress.IPv6Address((0x2002 << 112) | (int(ip) << 80) | 1)
    assert why_refused(str(inside))


def test_a_name_is_no_address():
    with pytest.raises(ValueError, match="does not appear"):
        why_refused("tidewater.example")
