"""The settings of what an address may ask, and who counts as one."""

import pytest

from monitor.errors import InvalidValue
from monitor.read.limits import counted_address
from monitor.settings import read_bound


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("127.0.0.1", ""),
        ("127.0.0.2", "127.0.0.2"),
        ("::1", ""),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("::ffff:127.0.0.1", ""),
        ("2001:db8:1:2::1", "2001:0db8:0001:0002"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:0db8:0001:0002"),
        ("2001:db8:1:3::1", "2001:0db8:0001:0003"),
        (None, ""),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_one_subscriber_counts_as_one(address, counted):
    assert counted_address(address) == counted


@pytest.mark.parametrize("given", ["many", "0", "-1", "1.5", "1000001", "²", "9" * 5_000])
def test_a_bound_that_is_none_is_refused(monkeypatch, given):
    monkeypatch.setenv("MONITOR_SOCKETS", given)
    with pytest.raises(InvalidValue) as refused:
        read_bound("MONITOR_SOCKETS")
    assert refused.value.code == "not_a_bound" and len(refused.value.values["value"]) <= 40


@pytest.mark.parametrize(("given", "expected"), [("", 2_000), (" ", 2_000), ("7", 7), (" 7 ", 7)])
def test_a_bound_that_is_not_given_has_its_default(monkeypatch, given, expected):
    monkeypatch.setenv("MONITOR_SOCKETS", given)
    assert read_bound("MONITOR_SOCKETS") == expected
