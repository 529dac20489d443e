"""A public name is a verb and its object, or the noun that it returns: never a participle alone."""

import ast
import re

from tests.support.paths import ROOT

FILES = sorted((ROOT / "monitor").rglob("*.py"))
PARTICIPLE = re.compile(
    r".+(ed|ing)|bound|built|caught|chosen|done|drawn|found|given|gone|held|hidden|kept|known|left|made"
    r"|meant|met|said|seen|sent|shown|spent|taken|told|understood|won|written"
)
#: Words that end as a participle does and are none.
NOUNS = {"feed", "need", "seed", "heading", "meaning", "string", "wording"}
#: Words that a name may have beside a participle without becoming clearer.
SMALL = {
    "again",
    "as",
    "at",
    "before",
    "beside",
    "by",
    "in",
    "now",
    "of",
    "once",
    "since",
    "then",
    "to",
}
#: Errors, which are called by what happened; what a store lends for the length of a `with`.
ALLOWED = {"Changed", "Refused", "reading", "looking", "trying", "writing"}


def is_participle(word: str) -> bool:
    return word not in NOUNS and PARTICIPLE.fullmatch(word) is not None


def is_riddle(name: str) -> bool:
    """Whether a name has no noun and no verb beside a participle. A class may be an activity."""
    words = [word.lower() for word in re.findall(r"[A-Za-z][a-z0-9]*", name)]
    telling = [word for word in words if word not in SMALL]
    activity = name[0].isupper() and name.endswith("ing")
    return len(telling) == 1 and is_participle(telling[0]) and not activity


def public_names(path) -> set[str]:
    """The functions, classes and methods of a file, but for properties and the commands of click."""
    found = set()
    for holder in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(holder, ast.Module | ast.ClassDef):
            continue
        for node in holder.body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            marks = " ".join(ast.unparse(mark) for mark in node.decorator_list)
            if not node.name.startswith("_") and not re.search("property|command|group", marks):
                found.add(node.name)
    return found


def test_no_public_name_is_a_participle():
    for path in FILES:
        riddles = {name for name in public_names(path) if is_riddle(name)}
        assert riddles <= ALLOWED, path
