"""Signing in by a real OpenID Connect provider, admitted by an admin, revoked by ours."""

import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

from monitor import commands
from monitor.accounts import identities
from monitor.models import Role
from monitor.store import open_store
from tests.support import browser_pages as pages
from tests.support.server import free_port, run_server, wait_for_answer
from tests.support.waiting import LONGEST, wait_until

SECRETS = """
[auth]
redirect_uri = "{address}/oauth2callback"
cookie_secret = "un-secret-pour-les-essais-seulement"
client_id = "moniteur"
client_secret = "secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@pytest.fixture
def provider():
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    wait_for_answer(process, f"{address}/.well-known/openid-configuration")
    yield address
    process.terminate()
    process.wait(LONGEST)


def way_back(context, way_in: str, subject: str) -> str:
    """The address by which the provider sends who signs in back, with a code that nobody has used."""
    begun = context.request.get(way_in, max_redirects=0)
    asked = begun.headers["location"]
    answer = context.request.post(asked, form={"sub": subject}, max_redirects=0)
    return answer.headers["location"]


def is_in(context, address: str) -> bool:
    """Whether the browser is signed in once it has followed that way back."""
    assert context.request.get(address, max_redirects=0).headers["location"] == "/"
    return any(one["name"] == "_streamlit_user" for one in context.cookies())


def come(page, address: str, subject: str) -> None:
    """Sign in with the provider."""
    page.goto(address)
    page.get_by_role("button", name="Se connecter avec le compte").click()
    page.locator("input[name=sub]").fill(subject)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{address}/**")
    page.wait_for_selector("[data-testid=stMain] h1")


def test_a_person_of_a_provider_is_admitted_works_and_is_shut_out(browser, provider, tmp_path):
    url, port = f"sqlite:///{tmp_path / 'monitor.db'}", free_port()
    store = open_store(url)
    commands.init_database(store)
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(SECRETS.format(address=f"http://127.0.0.1:{port}", provider=provider))
    options = (f"--secrets.files={secrets}",)
    with run_server(url, port=port, options=options) as address:
        page, ways = pages.opened(browser, address), []
        page.on("request", lambda one: ways.append(one.url) if "/auth/login" in one.url else None)
        come(page, address, "camille-42")
        page.wait_for_selector("text=Vous attendez d’être admis")
        page.goto(f"{address}/saisie")
        page.wait_for_selector("text=un administrateur doit vous admettre")

        with store.reading() as session:
            (one,) = identities.waiting_identities(session, datetime.now(UTC))
        assert (one.issuer, one.subject) == (provider, "camille-42")
        commands.admit_identity(store, None, one.issuer, one.subject, "Camille", Role.VOLUNTEER)
        page.goto(f"{address}/saisie")
        pages.wait_until_ready(page, "Saisir")
        assert "Camille (bénévole)" in page.locator("[data-testid=stSidebar]").inner_text()

        kept = page.context.cookies()
        page.get_by_role("button", name="Se déconnecter").click()
        page.wait_for_url(lambda found: "/saisie" not in found)
        signed_out = int(time.time())
        page.goto(address)
        page.wait_for_selector("text=Se connecter avec le compte")
        stranger = pages.opened(browser, address)
        stranger.context.add_cookies(kept)
        stranger.goto(f"{address}/saisie")
        stranger.wait_for_selector("text=Votre session a expiré")

        again = pages.opened(browser, address)
        # The provider's clock counts in seconds: this one has a sign-in that is after the sign-out.
        wait_until(lambda: int(time.time()) > signed_out)
        come(again, address, "camille-42")
        again.goto(f"{address}/saisie")
        pages.wait_until_ready(again, "Saisir")
        commands.change_account(store, None, "Camille", active=False)
        again.reload()
        again.wait_for_selector("text=Votre session a expiré")

        refused = pages.opened(browser, address)
        come(refused, address, "claude-43")
        refused.wait_for_selector("text=Vous attendez d’être admis")
        commands.refuse_person(store, None, one.issuer, "claude-43")
        refused.goto(f"{address}/saisie")
        refused.wait_for_selector("h1:has-text('Votre demande n’a pas été acceptée')")

        # The way back is of one browser, and leads in once: not another's, nor the same one again.
        (way_in, *_) = ways
        one, other, begun = (browser.new_context() for _ in range(3))
        back = way_back(one, way_in, "camille-42")
        begun.request.get(way_in, max_redirects=0)
        assert not is_in(other, back) and not is_in(begun, back)
        kept = one.cookies()
        assert is_in(one, back) and not is_in(other, back)
        other.add_cookies(kept)
        assert not is_in(other, back)
