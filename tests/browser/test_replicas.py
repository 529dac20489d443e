"""Two replicas on one PostgreSQL behind HAProxy: what one writes the other shows; when one dies, or the
database, readers go on reading. One test, because starting all of it takes longer than playing it."""

import gzip
import re
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from websockets.exceptions import ConnectionClosed

from monitor import commands
from monitor.models import Decision, Role
from tests import cluster
from tests.browser import pages
from tests.browser.test_form import SUMMARY, begin, fill
from tests.reader import Reader, reading
from tests.server import get
from tests.team import action, signed_in

SIGNED_IN = "Connecté : Camille"
#: HAProxy gives up a replica that is not ready sooner than this: two checks, a second apart.
GIVEN_UP = 3.5
#: A page is half a second behind the look at the head, which takes a second or two to be given up.
NOTICED = 3
AWAY = "La base de données ne répond pas depuis"


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    with cluster.started(tmp_path_factory.mktemp("replicas")) as found:
        yield found


def test_readers_and_writers_outlive_what_befalls_the_replicas_and_the_database(here, browser):
    camille = signed_in(here.store, "Camille", Role.VOLUNTEER)
    sacha = signed_in(here.store, "Sacha", Role.REVIEWER)
    the_proxy_packs_the_scripts_and_keeps_the_framework_s_figures_to_itself(here)
    what_is_written_is_shown_by_both_replicas_within_five_seconds(here, camille, sacha)
    readers_read_and_a_writer_keeps_her_words_while_the_database_is_away(here, browser, camille)
    a_replica_that_is_killed_takes_no_reader_with_it(here, camille)


def the_proxy_packs_the_scripts_and_keeps_the_framework_s_figures_to_itself(here):
    page = get(here.address)[2].decode()
    script = re.search(r'src="./(static/js/[^"]+)"', page).group(1)
    request = urllib.request.Request(
        f"{here.address}/{script}", headers={"Accept-Encoding": "gzip"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        packed = answer.read()
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(packed) < len(gzip.decompress(packed)) / 2
    for path in ("/_stcore/metrics", "/_stcore/%6detrics", "/_stcore/agent/x"):
        assert get(f"{here.address}{path}")[0] == 404
    for path in ("/ville/75056", "/flux.atom", "/api/v1/indicators.json"):
        status, headers, _ = get(f"{here.address}{path}")
        assert status == 200 and "set-cookie" not in {name.lower() for name in headers}


def what_is_written_is_shown_by_both_replicas_within_five_seconds(here, camille, sacha):
    with reading(*(Reader(here.address, "actions", SRV=name) for name in "ab")) as readers:
        seq = commands.log_action(here.store, camille, action(summary="Un mot tout neuf.")).seq
        commands.review(here.store, sacha, seq, Decision.ACCEPTED)
        began = time.monotonic()
        waiting = list(readers)
        while waiting:
            assert time.monotonic() - began < 5
            waiting = [one for one in waiting if "Un mot tout neuf" not in one.rerun()]
    assert [one.cookies["SRV"] for one in readers] == ["a", "b"]
    print(f"\nshown by both after {time.monotonic() - began:.2f} s")


def readers_read_and_a_writer_keeps_her_words_while_the_database_is_away(here, browser, camille):
    page = pages.opened(browser, here.address)
    pages.carry(page, here.address, camille)
    page.goto(f"{here.address}/saisie")
    begin(page)
    fill(page, "Le schéma est voté.")
    with reading(*(Reader(here.address, SRV=name) for name in "ab")) as readers:
        here.postgres.halt()
        began = time.monotonic()
        page.get_by_role("button", name="Enregistrer").click()
        page.wait_for_selector("text=La base ne répond pas", timeout=6_000)
        told = time.monotonic() - began
        # The replica that did not serve the writer finds out for itself.
        while not all(AWAY in reader.rerun() for reader in readers):
            assert time.monotonic() - began < NOTICED
            time.sleep(0.1)
        while time.monotonic() - began < GIVEN_UP:
            for reader in readers:
                said = reader.rerun()
                assert AWAY in said and "élus maires" in said
            time.sleep(0.2)
        assert get(f"{here.address}/readyz")[0] == 200
        assert get(f"{here.address}/healthz")[0] == 503
        new = Reader(here.address)
        assert AWAY in new.open()
        new.close()
        here.postgres.start()
        began = time.monotonic()
        while any(AWAY in reader.rerun() for reader in readers):
            assert time.monotonic() - began < 10
            time.sleep(0.1)
    print(f"a writer was told after {told:.2f} s; healed after {time.monotonic() - began:.2f} s")
    # The page asks again by itself.
    page.get_by_label(SUMMARY, exact=True).wait_for()
    pages.holds(page, SUMMARY, "Le schéma est voté.")
    pages.press(page, "Enregistrer")
    page.wait_for_selector("text=/Entrée n° [0-9]+ enregistrée/")
    page.context.close()


def a_replica_that_is_killed_takes_no_reader_with_it(here, camille):
    readers = [Reader(here.address, SRV=name, moniteur=camille.token) for name in "aaabbb"]
    killed, done = Event(), Event()

    def read(reader) -> float:
        """Run the page over and over; how long the reader was without one."""
        without = 0.0
        while not done.is_set():
            try:
                assert SIGNED_IN in reader.rerun()
            except ConnectionClosed:
                assert killed.is_set()
                began = time.monotonic()
                assert SIGNED_IN in reader.open()
                without += time.monotonic() - began
        return without

    with reading(*readers), ThreadPoolExecutor(len(readers)) as pool:
        reads = [pool.submit(read, reader) for reader in readers]
        time.sleep(0.5)
        killed.set()
        here.kill("b")
        time.sleep(2)
        done.set()
        without = [one.result() for one in reads]
    assert without[:3] == [0, 0, 0] and all(0 < one < 5 for one in without[3:])
    assert {reader.cookies["SRV"] for reader in readers} == {"a"}
    print(f"without a page after the kill: {max(without):.2f} s at most")
