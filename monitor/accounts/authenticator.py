"""The second factor of admins: a code of six digits that an authenticator app computes (RFC 6238), and
codes for the day when it is lost."""

import hmac
import secrets
from datetime import datetime, timedelta

import pyotp
from pyotp.totp import TOTP

from monitor.accounts.passwords import insert_token, require_name_by_token, token_hash
from monitor.accounts.people import Account
from monitor.models import Role
from monitor.store import Session
from monitor.store.journal import timestamp

#: Between the password and the code: long enough to set an app up.
STEP_MINUTES = 15
#: A clock may be one period off, before or behind.
PERIOD, DRIFT = 30, 1
#: So many periods, a day, no clock is put back by for long.
FAR = 24 * 3_600 // PERIOD
RECOVERY_CODES = 10
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def is_confirmed(session: Session, name: str) -> bool:
    """Whether the account has shown that its app computes our codes."""
    rows = session.rows("SELECT confirmed_at FROM second_factor WHERE name = :name", name=name)
    return bool(rows and rows[0][0])


def is_needed(session: Session, account: Account) -> bool:
    """Of admins, and of whoever has set one up."""
    return account.role is Role.ADMIN or is_confirmed(session, account.name)


def begin_code_step(session: Session, name: str, now: datetime) -> str:
    """The password was right: a token that opens nothing but the question for the code."""
    session.execute("DELETE FROM sign_in_step WHERE expires_at <= :now", now=timestamp(now))
    lasts = timedelta(minutes=STEP_MINUTES)
    return insert_token(session, "sign_in_step", name, now, lasts)


def account_awaiting_code(session: Session, token: str, now: datetime) -> str:
    """The account whose code is awaited. Raises NotFound (`step_void`): over, or never begun."""
    lasts = timedelta(minutes=STEP_MINUTES)
    return require_name_by_token(session, "sign_in_step", token, now, lasts, "step_void")


def end_step(session: Session, token: str) -> None:
    """Whoever holds this one begins again."""
    session.execute("DELETE FROM sign_in_step WHERE token_hash = :hash", hash=token_hash(token))


def end_steps(session: Session, name: str) -> None:
    """Whoever is between password and code begins again."""
    session.execute("DELETE FROM sign_in_step WHERE name = :name", name=name)


def secret_of(session: Session, name: str) -> str | None:
    """What the app is to be given; None before there is any."""
    rows = session.rows("SELECT secret FROM second_factor WHERE name = :name", name=name)
    return rows[0][0] if rows else None


def make_secret(session: Session, name: str) -> str:
    """A secret of 160 bits for an account without one (RFC 4226, 4)."""
    made = pyotp.random_base32()
    session.insert("second_factor", ("name", "secret", "last_step"), [(name, made, 0)])
    return made


def address_for_app(secret: str, account: str, site: str) -> str:
    """What the QR code holds: `otpauth://totp/…`."""
    return TOTP(secret, interval=PERIOD).provisioning_uri(name=account, issuer_name=site)


def use_code(session: Session, name: str, code: str, now: datetime) -> bool:
    """Whether the code is current and unused; it then counts as used."""
    rows = session.rows("SELECT secret, last_step FROM second_factor WHERE name = :name", name=name)
    typed = "".join(code.split())
    if not rows or not (typed.isascii() and typed.isdecimal()):
        return False
    secret, last = rows[0]
    app = TOTP(secret, interval=PERIOD)
    step = int(now.timestamp()) // PERIOD
    # A clock that ran ahead, and was put right: nobody waits until it is that time again.
    last = 0 if last > step + FAR else last
    for one in range(step - DRIFT, step + DRIFT + 1):
        if one > last and hmac.compare_digest(app.generate_otp(one), typed):
            session.execute(
                "UPDATE second_factor SET last_step = :step, "
                "confirmed_at = coalesce(confirmed_at, :now) WHERE name = :name",
                step=one,
                now=timestamp(now),
                name=name,
            )
            return True
    return False


def make_recovery_codes(session: Session, name: str) -> list[str]:
    """New recovery codes of 78 bits each, replacing the old ones; only their hashes are kept."""
    session.execute("DELETE FROM recovery_code WHERE name = :name", name=name)
    made = ["".join(secrets.choice(_ALPHABET) for _ in range(16)) for _ in range(RECOVERY_CODES)]
    session.insert(
        "recovery_code", ("code_hash", "name"), [(token_hash(one), name) for one in made]
    )
    return ["-".join(one[at : at + 4] for at in range(0, 16, 4)) for one in made]


def use_recovery_code(session: Session, name: str, code: str) -> bool:
    """Whether it is one that is left; it is used from then on."""
    typed = "".join(c for c in code.casefold() if c.isalnum())
    known = {"hash": token_hash(typed), "name": name}
    where = "FROM recovery_code WHERE code_hash = :hash AND name = :name"
    if not session.rows(f"SELECT 1 {where}", **known):
        return False
    session.execute(f"DELETE {where}", **known)
    return True


def recovery_codes_left(session: Session, name: str) -> int:
    ((count,),) = session.rows("SELECT count(*) FROM recovery_code WHERE name = :name", name=name)
    return count


def reset_factor(session: Session, name: str) -> None:
    """The app and its codes are none any more: one is set up again at the next sign-in."""
    for table in ("second_factor", "recovery_code", "sign_in_step"):
        session.execute(f"DELETE FROM {table} WHERE name = :name", name=name)
