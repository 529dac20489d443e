"""A server does not start with settings that were not filled in or cannot be meant."""

import os
import re
import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from monitor.errors import InvalidValue
from monitor.i18n import LANGUAGES, text
from monitor.settings import check_settings
from monitor.snapshot import log_today
from tests.support.paths import ROOT
from tests.support.server import free_port


def settings_of(example: str) -> dict[str, str]:
    lines = (ROOT / "deploy" / example).read_text("utf-8")
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", lines, re.M))


@pytest.mark.parametrize("example", ["monitor.env.example", "owner.env.example"])
def test_each_setting_of_an_example_has_to_be_filled_in(example):
    for name, value in settings_of(example).items():
        if name.startswith(("MONITOR_", "STREAMLIT_")):
            with pytest.raises(InvalidValue):
                check_settings({name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MONITOR_PUBLIC_URL", "https://example.com"),
        ("MONITOR_PUBLIC_URL", "https://SUIVI.EXAMPLE.ORG/"),
        ("MONITOR_CONTACT", "redaction@example.net"),
        ("STREAMLIT_SERVER_ALLOWED_HOSTS", "localhost suivi.example.org"),
        ("MONITOR_DATABASE", "postgresql://a:change-me@127.0.0.1/monitor"),
    ],
)
def test_a_setting_that_was_not_filled_in_is_refused_by_its_name(name, value):
    with pytest.raises(InvalidValue) as refused:
        check_settings({name: value})
    sentence = text(f"error.{refused.value.code}", "en", **refused.value.values)
    assert name in sentence and value not in sentence


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MONITOR_PUBLIC_URL", "https://suivi.exemple.fr"),
        ("MONITOR_PUBLIC_URL", "https://counter-example.org"),
        ("MONITOR_PUBLIC_URL", "https://example.organisation.fr"),
        ("MONITOR_CONTACT", ""),
        ("MAIL", "me@example.org"),
    ],
)
def test_a_setting_of_one_s_own_is_taken(name, value):
    check_settings({name: value})


@pytest.mark.parametrize(
    "value",
    [
        "suivi.exemple.fr",
        "//suivi.exemple.fr",
        "ftp://suivi.exemple.fr",
        "https://",
        "https://suivi.exemple.fr?lang=en",
        "https://suivi.exemple.fr/#a",
        "https://[::1",
        "https://suivi.exemple.fr:port",
    ],
)
def test_a_public_address_that_is_none_is_refused(value):
    with pytest.raises(InvalidValue) as refused:
        check_settings({"MONITOR_PUBLIC_URL": value})
    assert refused.value.code == "not_a_public_url"
    assert value in text("error.not_a_public_url", "fr", **refused.value.values)


@pytest.mark.parametrize(
    "value", ["https://suivi.exemple.fr/", "http://localhost:8501", "https://exemple.fr/suivi", ""]
)
def test_a_public_address_may_have_a_port_and_a_path(value):
    check_settings({"MONITOR_PUBLIC_URL": value})


def test_a_bound_that_is_none_is_refused_at_the_start():
    with pytest.raises(InvalidValue) as refused:
        check_settings({"MONITOR_PAST_MB": "much"})
    assert refused.value.code == "not_a_bound"


@pytest.mark.parametrize("value", ["Nouméa", "../UTC", "/etc/passwd", "UTC+11", "Pacific"])
def test_a_time_zone_that_is_none_is_refused_at_the_start(value):
    with pytest.raises(InvalidValue) as refused:
        check_settings({"MONITOR_TIME_ZONE": value})
    assert refused.value.code == "not_a_time_zone"


@pytest.mark.parametrize(
    ("zone", "begins"),
    [
        ("Pacific/Kiritimati", "Pacific/Kiritimati"),
        ("Pacific/Noumea", "Pacific/Noumea"),
        ("Indian/Reunion", "Indian/Reunion"),
        ("Pacific/Tahiti", "UTC"),
        ("", "UTC"),
    ],
)
def test_today_is_that_of_the_readers_where_it_has_begun_and_never_before_that_of_the_log(
    monkeypatch, zone, begins
):
    monkeypatch.setenv("MONITOR_TIME_ZONE", zone)
    check_settings()
    before = datetime.now(ZoneInfo(begins)).date()
    assert before <= log_today() <= datetime.now(ZoneInfo(begins)).date()


def test_a_server_with_an_example_s_address_does_not_start_and_says_why(url):
    environment = {**os.environ, "MONITOR_PUBLIC_URL": "https://suivi.example.org"}
    done = subprocess.run(
        [sys.executable, "-m", "monitor", "serve", "--port", str(free_port())],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    values = {"name": "MONITOR_PUBLIC_URL", "word": "example.org"}
    assert done.returncode == 1 and "Traceback" not in done.stderr
    for lang in LANGUAGES:
        assert text("error.setting_is_example", lang, **values) in done.stderr
