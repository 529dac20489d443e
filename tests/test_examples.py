"""A server does not go live with the settings of the examples."""

import os
import re
import subprocess
import sys

import pytest

from monitor.errors import InvalidValue
from monitor.i18n import LANGUAGES, text
from monitor.web.examples import refuse_examples
from tests.server import ROOT, free_port


def settings_of(example: str) -> dict[str, str]:
    lines = (ROOT / "deploy" / example).read_text("utf-8")
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", lines, re.M))


@pytest.mark.parametrize("example", ["monitor.env.example", "owner.env.example"])
def test_each_setting_of_an_example_has_to_be_filled_in(example):
    for name, value in settings_of(example).items():
        if name.startswith(("MONITOR_", "STREAMLIT_")):
            with pytest.raises(InvalidValue):
                refuse_examples({name: value})


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
        refuse_examples({name: value})
    said = text(f"error.{refused.value.code}", "en", **refused.value.values)
    assert name in said and value not in said


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
    refuse_examples({name: value})


def test_a_server_with_an_example_s_address_does_not_start_and_says_why(url):
    environment = {**os.environ, "MONITOR_PUBLIC_URL": "https://suivi.example.org"}
    done = subprocess.run(
        [sys.executable, "-m", "monitor", "serve", "--port", str(free_port())],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    values = {"name": "MONITOR_PUBLIC_URL", "word": "example.org"}
    assert done.returncode == 1 and "Traceback" not in done.stderr
    for lang in LANGUAGES:
        assert text("error.setting_is_example", lang, **values) in done.stderr
