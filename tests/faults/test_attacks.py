"""Each attack at its whole size on a large log, from one address: who reads elsewhere does not notice,
on one process and on two behind the proxy. Measured at length alone (FAULTS=full)."""

import os

import pytest

from benchmarks import attacks, loads
from tests.support import cluster
from tests.support.attacks import ATTACKS
from tests.support.server import skip_without
from tests.support.size import FULL, print_measure


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> str:
    if not FULL:
        pytest.skip("FAULTS=full measures this")
    folder = os.environ.get("MONITOR_LARGE")  # a demo of that size that is there already
    if folder:
        return f"sqlite:///{folder}/monitor.db"
    folder = tmp_path_factory.mktemp("large") / "demo"
    return loads.load(folder, attacks.SIGNATORIES, attacks.ACTIONS).url


@pytest.fixture(scope="module", params=[attacks.one, attacks.two], ids=["one", "two"])
def front(request, large):
    """What strangers reach, and what readers meet there without them."""
    if request.param is attacks.two:
        skip_without(cluster.HAPROXY, "haproxy")
    with request.param(large) as found:
        yield found, found.read(attacks.QUIET)


@pytest.mark.parametrize("name", ATTACKS)
def test_readers_elsewhere_do_not_notice(front, name):
    found, first = front
    compared = attacks.compare(found, ATTACKS[name])
    print_measure(f"quiet: {compared.quiet}")
    print_measure(f"{name}: {compared.under}; as before after {compared.back:.1f} s")
    assert compared.under.p95 <= 3 * compared.quiet.p95 and not compared.under.unready
    assert compared.under.memory <= 1.5 * first.memory
    assert compared.down == 0 and compared.back <= 5
