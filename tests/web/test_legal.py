"""Publisher and privacy: two public pages from the operator's settings, true to what the server does."""

import re

import pytest
from starlette.applications import Starlette

from monitor.accounts.retention import RETENTIONS
from monitor.i18n import duration, text
from monitor.publisher import link_of, missing_settings
from monitor.read.screens import LEGAL
from monitor.settings import DATA_OFFICER, PUBLISHER
from monitor.web import legal, sheet
from tests.support.routes import Client

GIVEN = {
    "MONITOR_PUBLISHER": "Association <b>Suivi</b>, loi de 1901",
    "MONITOR_PUBLISHER_ADDRESS": "1 rue du Port, 69001 Lyon · 04 00 00 00 00",
    "MONITOR_DIRECTOR": "Camille Durand",
    "MONITOR_HOSTED_BY": "Hébergeur SA, 2 quai du Nord, 59000 Lille · 03 00 00 00 00",
    "MONITOR_CONTACT": "redaction@suivi.fr",
}


@pytest.fixture
def client(url, monkeypatch):
    for setting in (*PUBLISHER.values(), DATA_OFFICER):
        monkeypatch.delenv(setting, raising=False)
    return Client(Starlette(routes=[*legal.ROUTES, *sheet.ROUTES]))


@pytest.fixture
def given(monkeypatch, client):
    for name, value in GIVEN.items():
        monkeypatch.setenv(name, value)


def read(client, kind: str, lang: str = "fr") -> str:
    answer = client.get(f"/{LEGAL[kind]}?lang={lang}")
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_notice_says_what_the_settings_say_and_no_markup_of_theirs(client, given, lang):
    page_text = read(client, "legal", lang)
    for name in ("publisher", "address", "director", "host", "contact"):
        assert text(f"legal.{name}", lang) in page_text
    assert (
        "Association &lt;b&gt;Suivi&lt;/b&gt;, loi de 1901" in page_text and "<b>" not in page_text
    )
    assert 'href="mailto:redaction@suivi.fr"' in page_text
    assert text("legal.not_stated", lang) not in page_text


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("left_out", PUBLISHER.values())
def test_what_the_operator_has_not_stated_is_said_not_to_be(
    client, given, monkeypatch, lang, left_out
):
    monkeypatch.setenv(left_out, "  ")
    assert missing_settings() == [left_out]
    assert read(client, "legal", lang).count(text("legal.not_stated", lang)) == 1


def test_pages_are_there_without_any_setting_and_without_a_database(client):
    assert read(client, "legal").count(text("legal.not_stated", "fr")) == len(PUBLISHER)
    assert read(client, "privacy").count(text("legal.not_stated", "fr")) == 3
    assert missing_settings() == list(PUBLISHER.values())


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("setting", "written_to"),
    [
        (None, ()),
        ("MONITOR_PUBLISHER", ()),
        ("MONITOR_HOSTED_BY", ()),
        (DATA_OFFICER, ("privacy",)),
        ("MONITOR_CONTACT", ("legal", "privacy")),
        ("MONITOR_PUBLISHER_ADDRESS", ("legal", "privacy")),
    ],
)
def test_one_is_sent_to_an_address_above_only_where_there_is_one(
    client, monkeypatch, lang, setting, written_to
):
    if setting:
        monkeypatch.setenv(setting, "redaction@suivi.fr")
    for kind, key in (("legal", "legal.reply_how"), ("privacy", "privacy.rights_how")):
        page_text = read(client, kind, lang)
        assert (text(key, lang) in page_text) is (kind in written_to)
        assert (text("sheet.no_contact", lang) in page_text) is (kind not in written_to)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_duration_is_the_one_that_the_server_keeps_to(client, lang):
    rows = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td></tr>", read(client, "privacy", lang))
    assert rows == [
        (text(f"retention.{one.code}", lang), duration(one.kept_for, lang)) for one in RETENTIONS
    ]


def test_a_data_protection_officer_is_named_where_there_is_one(client, monkeypatch):
    assert text("legal.officer", "fr") not in read(client, "privacy")
    monkeypatch.setenv(DATA_OFFICER, "dpo@suivi.fr")
    assert 'href="mailto:dpo@suivi.fr"' in read(client, "privacy")


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("a@b.fr", "mailto:a@b.fr"),
        ("https://b.fr/ecrire", "https://b.fr/ecrire"),
        ("04 00 00", None),
        ("javascript:alert(1)", None),
        ("a@b.fr ou 04 00", None),
        ("", None),
        ("a@b.fr?bcc=x@y", "mailto:a@b.fr%3Fbcc%3Dx@y"),
        ("//autre.fr", None),
    ],
)
def test_what_is_written_to_is_a_page_or_a_mail_address_and_nothing_else(given, address):
    assert link_of(given) == address


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_sheet_leads_to_both_pages(store, client, lang):
    page_text = client.get(f"/ville/75056?lang={lang}").text
    for kind, address in LEGAL.items():
        assert f'<a href="/{address}?lang={lang}">{text(f"page.{kind}", lang)}</a>' in page_text
