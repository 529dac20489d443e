"""Two replicas on one PostgreSQL behind HAProxy: what one writes the other shows; when one dies, or the
database, readers go on reading. One test, because starting all of it takes longer than playing it."""

import gzip
import re
import time
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from websockets.exceptions import ConnectionClosed

from monitor import commands
from monitor.models import Decision, Role
from tests.support import browser_pages as pages
from tests.support import cluster
from tests.support.server import get
from tests.support.streamlit_client import Reader, reading
from tests.support.team import action, sign_in
from tests.support.volunteer_form import FILLED, SUMMARY, hold
from tests.support.waiting import LONGEST, wait_until

SIGNED_IN = "Connecté : Camille"
#: HAProxy gives up a replica that is not ready sooner than this: five checks, the last four of them half
#: a second apart.
GIVEN_UP = 6
AWAY = "La base de données ne répond pas depuis"


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    with cluster.started(tmp_path_factory.mktemp("replicas")) as found:
        yield found


def test_readers_and_writers_outlive_what_befalls_the_replicas_and_the_database(here, browser):
    camille = sign_in(here.store, "Camille", Role.VOLUNTEER)
    sacha = sign_in(here.store, "Sacha", Role.REVIEWER)
    the_proxy_packs_the_scripts_and_keeps_the_framework_s_figures_to_itself(here)
    what_is_written_is_shown_by_both_replicas(here, camille, sacha)
    readers_read_and_a_writer_keeps_her_words_while_the_database_is_away(here, browser, camille)
    a_replica_that_is_killed_takes_no_reader_with_it(here, camille)


def the_proxy_packs_the_scripts_and_keeps_the_framework_s_figures_to_itself(here):
    page = get(here.address)[2].decode()
    script = re.search(r'src="./(static/js/[^"]+)"', page).group(1)
    request = urllib.request.Request(
        f"{here.address}/{script}", headers={"Accept-Encoding": "gzip"}
    )
    with urllib.request.urlopen(request, timeout=LONGEST) as answer:
        packed = answer.read()
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(packed) < len(gzip.decompress(packed)) / 2
    for path in ("/_stcore/metrics", "/_stcore/%6detrics", "/_stcore/agent/x"):
        assert get(f"{here.address}{path}")[0] == 404
    for path in ("/ville/75056", "/flux.atom", "/api/v1/indicators.json"):
        status, headers, _ = get(f"{here.address}{path}")
        assert status == 200 and "set-cookie" not in {name.lower() for name in headers}


def what_is_written_is_shown_by_both_replicas(here, camille, sacha):
    with reading(*(Reader(here.address, "actions", SRV=name) for name in "ab")) as readers:
        seq = commands.log_action(here.store, camille, action(summary="Un mot tout neuf.")).seq
        commands.review_action(here.store, sacha, seq, Decision.ACCEPTED)
        for reader in readers:
            wait_until(
                lambda one=reader: "Un mot tout neuf" in one.rerun(),
                "what was written is not shown",
            )
    assert [one.cookies["SRV"] for one in readers] == ["a", "b"]


def readers_read_and_a_writer_keeps_her_words_while_the_database_is_away(here, browser, camille):
    page = pages.opened(browser, here.address)
    pages.carry(page, here.address, camille)
    hold(here.store, camille, FILLED)
    page.goto(f"{here.address}/saisie")
    pages.expect_field(page, SUMMARY, FILLED["summary"])
    pages.wait_until_settled(page)
    with reading(*(Reader(here.address, SRV=name) for name in "ab")) as readers:
        here.postgres.halt()
        page.get_by_role("button", name="Enregistrer").click()
        page.wait_for_selector("text=La base ne répond pas")
        # The replica that did not serve the writer finds out for itself.
        for reader in readers:
            wait_until(
                lambda one=reader: AWAY in one.rerun(), "nobody says that the database is away"
            )
        noticed = time.monotonic()
        while time.monotonic() - noticed < GIVEN_UP:
            for reader in readers:
                page_text = reader.rerun()
                assert AWAY in page_text and "élus maires" in page_text
            time.sleep(0.2)
        assert get(f"{here.address}/readyz")[0] == 200
        assert get(f"{here.address}/healthz")[0] == 503
        new = Reader(here.address)
        assert AWAY in new.open()
        new.close()
        here.postgres.start()
        for reader in readers:
            wait_until(lambda one=reader: AWAY not in one.rerun(), "the pages do not heal")
    # The page asks again by itself.
    page.get_by_label(SUMMARY, exact=True).wait_for()
    pages.expect_field(page, SUMMARY, FILLED["summary"])
    pages.press(page, "Enregistrer")
    page.wait_for_selector(r"text=/Entrée n°\s[0-9]+ enregistrée/")
    pages.leave(page)


def a_replica_that_is_killed_takes_no_reader_with_it(here, camille):
    readers = [Reader(here.address, SRV=name, moniteur=camille.token) for name in "aaabbb"]
    killed, done, read, cut = Event(), Event(), Counter(), Counter()

    def go_on_reading(number: int) -> None:
        """Run the page over and over; open it again once it is cut off."""
        while not done.is_set():
            try:
                assert SIGNED_IN in readers[number].rerun()
                read[number] += 1
            except ConnectionClosed:
                assert killed.is_set()
                cut[number] += 1
                assert SIGNED_IN in readers[number].open()

    with reading(*readers), ThreadPoolExecutor(len(readers)) as pool:
        all_read = [pool.submit(go_on_reading, number) for number in range(len(readers))]

        def everybody_reads_again() -> None:
            before = Counter(read)
            wait_until(
                lambda: (
                    any(one.done() for one in all_read)
                    or all(read[number] >= before[number] + 2 for number in range(len(readers)))
                ),
                "somebody is left without a page",
            )

        try:
            everybody_reads_again()
            killed.set()
            here.kill("b")
            wait_until(lambda: any(one.done() for one in all_read) or len(cut) == 3)
            everybody_reads_again()
        finally:
            done.set()
        for one in all_read:
            one.result()
    assert [cut[number] for number in range(len(readers))] == [0, 0, 0, 1, 1, 1]
    assert {reader.cookies["SRV"] for reader in readers} == {"a"}
