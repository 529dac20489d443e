"""A database file in each state in which no page can be read, and what the page says of it."""

from tests.support.damage import intrude
from tests.support.forgery import forged_action


def folder(store):
    store.path.unlink()
    store.path.mkdir()


def foreign(store):
    store.path.unlink()
    intrude(store, "CREATE TABLE t (a)")


#: What it is -> (how a database comes to it, words of its page).
STATES = {
    "missing": (lambda store: store.path.unlink(), "pas encore de base"),
    "empty": (lambda store: store.path.write_bytes(b""), "est vide"),
    "a text": (lambda store: store.path.write_bytes(b"hello world " * 300), "pas une base"),
    "a folder": (folder, "pas un fichier"),
    "another program's": (foreign, "autre logiciel"),
    "cut short": (
        lambda store: store.path.write_bytes(store.path.read_bytes()[:4096]),
        "abîmée ou tronquée",
    ),
    "older": (
        lambda store: intrude(store, "DELETE FROM schema_version WHERE name = '0004_links.sql'"),
        "autre version du logiciel",
    ),
    "newer": (
        lambda store: intrude(store, "INSERT INTO schema_version VALUES ('9999')"),
        "version plus récente",
    ),
    "without a head": (lambda store: intrude(store, "DELETE FROM head"), "tête du journal"),
    "of two heads": (
        lambda store: intrude(store, f"INSERT INTO head VALUES (2, 0, '{'0' * 64}')"),
        "tête du journal",
    ),
    "with a day that is none": (lambda store: forged_action(store, day="2019-99-99"), "n° 55"),
}
