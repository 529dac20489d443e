"""The feed: valid, whole, stable, and what became of each entry is said."""

import asyncio
import csv
import io
import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import feedparser
import httpx
import pytest
import rnc2rng
from lxml import etree
from starlette.applications import Starlette

from monitor import commands
from monitor.commands.samples import abandon_plan, plan_sample, record_seed
from monitor.models import Decision
from monitor.read import feed as pages
from monitor.snapshot import log_today
from monitor.store import open_store
from monitor.web import feed
from tests.support.loading import HEADER, ONE, load
from tests.support.sample_plans import draft
from tests.support.server import get, run_server
from tests.support.team import LATER, action, team_of

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A server on the packaged pact and a fictional one of 300 signatories."""
    url = f"sqlite:///{tmp_path_factory.mktemp('feed') / 'monitor.db'}"
    commands.init_database(open_store(url))
    commands.load_demo(open_store(url), signatories=300)
    with run_server(url) as found:
        yield found


@pytest.fixture(scope="module")
def grammar():
    """The grammar of RFC 4287. In XML a prefix cannot stand for no namespace: it is left out."""
    written = rnc2rng.dumps(rnc2rng.load(str(Path(__file__).with_name("atom.rnc"))))
    return etree.RelaxNG(etree.fromstring(written.replace('xmlns:local=""', "").encode()))


def here(asked: str = "", **headers: str) -> httpx.Response:
    """The feed of the database that the environment names, without a server around it."""

    async def answer():
        transport = httpx.ASGITransport(Starlette(routes=feed.ROUTES))
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return await client.get(f"/flux.atom?{asked}", headers=headers)

    return asyncio.run(answer())


def read(content: bytes):
    """As a feed reader has it."""
    found = feedparser.parse(content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def link(entry, rel: str) -> str:
    return next(one.href for one in entry.links if one.rel == rel)


@pytest.mark.parametrize(
    "asked", ["", "?pacte=demo", "?pacte=demo&lang=en&mesure=1", "?au=2014-04-01"]
)
def test_the_feed_keeps_to_the_grammar_of_atom(address, grammar, asked):
    status, headers, body = get(f"{address}/flux.atom{asked}")
    assert status == 200 and headers["content-type"].startswith("application/atom+xml")
    grammar.assertValid(etree.fromstring(body))
    read(body)


def test_the_packaged_pact_has_forty_entries_with_their_sources(address):
    found = read(get(f"{address}/flux.atom")[2])
    assert len(found.entries) == len({entry.id for entry in found.entries}) == 40
    assert found.feed.title == "Le Pacte du Mouves\u00a0: actions de suivi"
    assert all(link(entry, "via").startswith("http") for entry in found.entries)
    assert "CC-BY-4.0" in found.entries[0].rights


def test_an_entry_says_who_where_what_and_which_status(address):
    titles = [entry.title for entry in read(get(f"{address}/flux.atom")[2]).entries]
    assert any(
        re.fullmatch(
            r"Paris \(75\) · Anne Hidalgo · \d\. .+\u00a0: ◐\spartiellement mis en œuvre — .+",
            title,
        )
        for title in titles
    )
    english = read(get(f"{address}/flux.atom?lang=en")[2])
    assert english.feed.language == "en"
    assert any("◐\u00a0partly implemented — " in entry.title for entry in english.entries)


def test_an_entry_leads_to_its_own_address_and_to_its_city(address):
    (entry, *_) = read(get(f"{address}/flux.atom?commune=75056&lang=en")[2]).entries
    assert re.fullmatch(
        rf"{address}/actions\?entree=\d+&pacte=mouves-2014&lang=en", link(entry, "alternate")
    )
    assert link(entry, "related") == f"{address}/ville/75056?pacte=mouves-2014&lang=en"
    terms = {tag.term for tag in entry.tags}
    assert terms & {"1", "2", "3", "4", "5"}


def test_a_fictional_pact_says_so_in_every_title(address):
    found = read(get(f"{address}/flux.atom?pacte=demo")[2])
    assert all(one.title.startswith("[Pacte fictif]") for one in (found.feed, *found.entries))


def test_the_pages_hold_every_accepted_entry_once_the_last_accepted_first(address):
    following, entries = f"{address}/flux.atom?pacte=demo&lang=en", []
    while following:
        page = etree.fromstring(get(following)[2])
        entries += page.findall(f"{ATOM}entry")
        assert len(page.findall(f"{ATOM}entry")) <= 100
        following = next(iter(page.xpath("*[local-name()='link'][@rel='next']/@href")), None)
    links = [entry.find(f"{ATOM}link[@rel='alternate']").get("href") for entry in entries]
    seqs = [int(re.search(r"entree=(\d+)", link).group(1)) for link in links]
    body = get(f"{address}/api/v1/actions.csv?pacte=demo&au={log_today()}")[2].decode("utf-8-sig")
    assert sorted(seqs) == [int(row["seq"]) for row in csv.DictReader(io.StringIO(body))]
    published = [entry.findtext(f"{ATOM}published") for entry in entries]
    assert published == sorted(published, reverse=True) and len(set(seqs)) == len(seqs)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("mesure=1", "1"),
        ("commune=69123", None),
        ("statut=partly_implemented", None),
        ("region=84&mesure=2", "2"),
        ("au=2016-04-05", None),
    ],
)
def test_filters_keep_what_they_keep_in_the_table(address, asked, kept):
    found = read(get(f"{address}/flux.atom?{asked}")[2])
    rows = json.loads(get(f"{address}/api/v1/actions.json?{asked}")[2])["rows"]
    assert 0 < len(found.entries) == len(rows) < 40
    assert kept is None or all(kept in {tag.term for tag in entry.tags} for entry in found.entries)
    assert found.feed.title != "Le Pacte du Mouves\u00a0: actions de suivi"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("avant=x", "query_no_entry"),
        ("avant=999999", "query_no_entry"),
        ("fbclid=1", "query_unknown_name"),
        ("statut=x", "query_unknown_value"),
        ("au=2999-01-01", "day_to_come"),
    ],
)
def test_a_bad_question_gets_the_same_refusals_as_the_tables(address, asked, code):
    status, _, body = get(f"{address}/flux.atom?{asked}")
    assert (status, json.loads(body)["error"]) == (400, code)


def test_a_feed_that_has_not_changed_is_not_sent_again(store):
    etag = here().headers["etag"]
    again = here(**{"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    load(store, HEADER + ONE)
    assert here(**{"If-None-Match": etag}).status_code == 200


def test_ids_are_the_same_whatever_the_host_the_filter_the_language_and_the_page(
    store, monkeypatch
):
    first = read(here().content)
    monkeypatch.setenv("MONITOR_PUBLIC_URL", "https://suivi.example.org/")
    second = read(here().content)
    assert [entry.id for entry in first.entries] == [entry.id for entry in second.entries]
    assert first.feed.id == second.feed.id
    assert link(second.entries[0], "alternate").startswith("https://suivi.example.org/actions?")
    filtered = read(here("mesure=1&lang=en").content)
    assert {entry.id for entry in filtered.entries} < {entry.id for entry in first.entries}
    assert filtered.feed.id != first.feed.id


def test_a_correction_is_an_entry_and_the_corrected_one_keeps_its_id_and_is_updated(store):
    load(store, HEADER + ONE)
    before = read(here().content).entries[0]
    load(store, HEADER + ONE.replace("new-1", "fix").replace("/1,,", "/1,new-1,Erreur"), now=LATER)
    correction, after = read(here().content).entries[:2]
    assert "(rectificatif)" in correction.title and "Erreur" in correction.content[0].value
    assert (after.id, after.published) == (before.id, before.published)
    assert datetime.fromisoformat(after.updated) == LATER > datetime.fromisoformat(before.updated)
    assert "Corrigée par" in after.content[0].value
    assert len({before.id, correction.id}) == 2


def test_a_retraction_is_an_entry_and_the_withdrawn_one_says_so(store):
    load(store, HEADER + ONE)
    gone = "bye,hidalgo-paris,1,2018-03-02,retraction,,,,,,new-1,Une autre ville\n"
    load(store, HEADER + gone, now=LATER)
    retraction, withdrawn = read(here().content).entries[:2]
    assert retraction.title.endswith("retrait")
    assert "Retirée par" in withdrawn.content[0].value
    assert "Une autre ville" in withdrawn.content[0].value


def test_what_waits_is_not_in_the_feed_until_another_person_accepts_it(store):
    team = team_of(store)
    seq = commands.log_action(store, team.volunteer, action(), LATER).seq
    assert len(read(here().content).entries) == 40
    accepted_at = LATER + timedelta(minutes=20)
    commands.review_action(store, team.reviewer, seq, Decision.ACCEPTED, now=accepted_at)
    first = read(here().content).entries[0]
    assert f"entree={seq}&" in link(first, "alternate")
    assert datetime.fromisoformat(first.published) == LATER
    assert datetime.fromisoformat(first.updated) == accepted_at


def test_the_reply_stands_beside_the_rating(store):
    load(store, HEADER + ONE)
    row = "rep,hidalgo-paris,1,2018-04-01,reply,,Nous l’avons fait.,,,,,\n"
    load(store, HEADER + row, now=LATER)
    reply, rated = read(here().content).entries[:2]
    assert reply.title.endswith("réponse de l’élu — Nous l’avons fait.")
    assert "Nous l’avons fait." in rated.content[0].value
    assert datetime.fromisoformat(rated.updated) == LATER


# A load reads the code of a page as its text: what follows stands in the log with `&amp;` and a tag.
HOSTILE = "<script>alert(1)</script> ]]> &amp;amp; <xb>x</xb>"


def test_markup_in_the_log_stays_text(store, grammar):
    load(store, HEADER + ONE.replace("Un acte", HOSTILE).replace("Titre", HOSTILE))
    content = here().content
    grammar.assertValid(etree.fromstring(content))
    html = etree.fromstring(content).find(f"{ATOM}entry/{ATOM}content").text
    assert "<script" not in html and "<xb>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &amp;amp;" in html


def test_a_control_character_that_xml_forbids_does_not_break_the_feed(store, monkeypatch):
    made = pages.feed_page

    def damaged(view, before):
        items, following = made(view, before)
        entry = items[0].entry._replace(
            summary="a\x07b\ufffe", source_url="https://exemple.invalid/\x0b", quote="\x00"
        )
        return [replace(items[0], entry=entry), *items[1:]], following

    monkeypatch.setattr(pages, "feed_page", damaged)
    assert "a\ufffdb\ufffd" in read(here().content).entries[0].content[0].value


def test_no_address_but_one_of_the_web_becomes_a_link(store, monkeypatch):
    made = pages.feed_page

    def damaged(view, before):
        items, _ = made(view, before)
        entry = items[0].entry._replace(
            source_url="javascript:alert(1)", archive_url="data:text/html,x"
        )
        return [replace(items[0], entry=entry)], None

    monkeypatch.setattr(pages, "feed_page", damaged)
    content = here().text
    assert 'href="javascript' not in content and "href=&quot;javascript" not in content
    assert "data:text" not in content


def test_a_plan_its_numbers_and_its_end_are_told_in_the_feed_of_the_whole_pact(store, grammar):
    plan_sample(store, None, draft(store, "mouves-2014"))
    record_seed(store, None, "mouves-2014", "1", "4 12 23")
    assert load(store, HEADER + ONE).loaded
    abandon_plan(store, None, "mouves-2014", "1", "Un <b>doublon</b>.")
    content = here().content
    assert grammar.validate(etree.fromstring(content)), grammar.error_log
    first = read(content).entries[:4]
    titles = [re.sub("[\u00a0\u202f]", " ", one.title) for one in first]
    assert titles[0] == "Plan de sondage 1 abandonné : « Un <b>doublon</b>. »"
    assert "&lt;b&gt;doublon" in first[0].content[0].value
    assert titles[2:] == [
        "Plan de sondage 1 : les numéros sortis sont « 4 12 23 ».",
        "Plan de sondage 1 : 4 signataires à tirer au sort par « EuroMillions du 4 décembre 2026 ». "
        "Le sondage porte sur le 4 juillet 2020.",
    ]
    assert all("/echantillon?pacte=mouves-2014" in first[at].content[0].value for at in (0, 2, 3))
    assert "Plan de sondage" not in here("commune=75056").text
    assert (
        "Plan for a sample" not in here("lang=en").text
        and "Sampling plan 1" in here("lang=en").text
    )


def test_on_each_page_of_the_feed_are_the_samples_of_its_time_once(store, monkeypatch):
    monkeypatch.setattr(pages, "SIZE", 20)
    plan_sample(store, None, draft(store, "mouves-2014"))
    assert load(store, HEADER + ONE).loaded
    record_seed(store, None, "mouves-2014", "1", "4 12 23")
    found, asked = [], ""
    while True:
        page = read(here(asked).content)
        found += [one.id for one in page.entries]
        later = [one.href for one in page.feed.links if one.rel == "next"]
        if not later:
            break
        asked = later[0].partition("?")[2]
    assert len(found) == len(set(found)) == 43


def test_the_removed_words_of_a_plan_leave_the_feed_which_says_so_by_its_date(store):
    plan_sample(store, None, draft(store, "mouves-2014"))
    before = read(here().content).entries[0]
    with store.reading() as session:
        ((seq,),) = session.rows("SELECT seq FROM sample_plan")
    commands.redact_entry(store, None, seq, "Ordonnance.")
    after = read(here().content).entries[0]
    assert after.id == before.id and after.updated > before.updated
    assert "EuroMillions" not in here().text


def test_nobody_of_the_team_is_named(store):
    team = team_of(store)
    seq = commands.log_action(store, team.volunteer, action(), LATER).seq
    commands.review_action(store, team.reviewer, seq, Decision.ACCEPTED, now=LATER)
    content = here().text
    assert "Le conseil vote le schéma." in content
    assert not any(name in content for name in ("Camille", "Sacha", "operator"))


def test_every_page_of_the_app_says_where_the_feed_is(address):
    for lang in ("fr", "en"):
        page = get(f"{address}/mesures?lang={lang}")[2].decode()
        assert '<link rel="alternate" type="application/atom+xml" title="' in page
        assert f'href="/flux.atom?lang={lang}&amp;pacte=mouves-2014"' in page
