"""The OpenID Connect provider that the secrets configure, and whom its claims name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from monitor.accounts.sessions import ANONYMOUS, LOG, Bearer

DISCOVERY = "/.well-known/openid-configuration"


@dataclass(frozen=True)
class Provider:
    """Who vouches (`issuer`), and what we are called there (`client_id`)."""

    client_id: str | None
    issuer: str


def auth_section(secrets: Mapping) -> Mapping | None:
    """The section of a provider in `.streamlit/secrets.toml`; None if no provider is configured."""
    try:
        return secrets.get("auth")
    except FileNotFoundError:
        return None


def provider_named(name: str, auth: Mapping) -> Provider:
    """What the section says of a provider (OpenID Connect Discovery, 4.1)."""
    own = auth.get(name)
    given = own if isinstance(own, Mapping) else auth
    issuer = str(given.get("server_metadata_url", "")).removesuffix(DISCOVERY)
    return Provider(given.get("client_id"), _without_slash(issuer))


def bearer_of(claims: Mapping, auth: Mapping) -> Bearer:
    """The person whom these claims of a provider name; ANONYMOUS unless they are those of the provider
    that is configured, made for us (OpenID Connect Core, 3.1.3.7)."""
    provider = provider_named(str(claims.get("provider") or ""), auth)
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    issuer, ours = claims.get("iss"), provider.client_id
    if not issuer or _without_slash(issuer) != provider.issuer or ours not in audiences:
        LOG.warning("refused: the word of another provider, or for another site")
        return ANONYMOUS
    if len(audiences) > 1 and claims.get("azp") != ours:
        LOG.warning("refused: what a provider said to another site")
        return ANONYMOUS
    try:
        times = [datetime.fromtimestamp(int(claims[name]), UTC) for name in ("iat", "exp")]
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return ANONYMOUS
    if not claims.get("sub"):
        return ANONYMOUS
    return Bearer(None, str(issuer), str(claims["sub"]), *times)


def _without_slash(address: object) -> str:
    """Providers name themselves with a slash at the end and without."""
    return str(address).rstrip("/")
