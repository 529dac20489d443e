"""The commands as lines that a person types."""

from datetime import UTC, datetime

from click.testing import CliRunner, Result

from monitor.cli.main import main
from monitor.commands.setup import PACKAGED

#: How each command is called where there is no database; `init` alone makes one.
WITHOUT_A_DATABASE = {
    "accept-rewrite": [("--reason", "r")],
    "backup": [("copie.db",)],
    "confirm-clock": [(datetime.now(UTC).date().isoformat(),)],
    "copy": [("--from", "sqlite:///{0}/rien.db", "--to", "sqlite:///{0}/autre.db")],
    "demo": [("--signatories", "2")],
    "elected": [("maires_2014-04-25.csv",)],
    "export": [("--pact", "demo", "--to", "out")],
    "indicators": [()],
    "analysis": [("incidence",)],
    "links": [("l.csv",), ("--list",)],
    "load": [("pact", PACKAGED / "pact.toml"), ("actions", PACKAGED / "actions.csv"), (PACKAGED,)],
    "restore": [("rien.db",)],
    "request": [("list",), ("confirm", "1"), ("stop", "1", "--reason", "r")],
    "redact": [("entry", "1", "--reason", "r"), ("file", "1", "--reason", "r")],
    "retract": [
        ("signatory", "x", "--reason", "r"),
        ("mandate", "x", "mayor", "2014-03-30", "--reason", "r"),
        ("file", "1", "--reason", "r"),
    ],
    "sample": [
        ("plan", "--dice", "d"),
        ("seed", "1", "4", "12"),
        ("verify", "1"),
        ("universe", "1"),
        ("status",),
        ("abandon", "1", "--reason", "r"),
    ],
    "status": [()],
    "user": [
        ("list",),
        ("add", "Zoé", "--role", "admin"),
        ("link", "Zoé"),
        ("disable", "Zoé"),
        ("enable", "Zoé"),
        ("admit", "x", "Zoé", "--issuer", "https://exemple.invalid"),
        ("vouch", "Zoé"),
    ],
    "verify": [()],
    "wipe": [()],
}


def run_command(url: str, *arguments: object) -> Result:
    """What a command says of the database at `url`, and its exit status; in the process of the test."""
    typed = [str(argument) for argument in arguments]
    done = CliRunner().invoke(main, typed, env={"MONITOR_DATABASE": url})
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done
