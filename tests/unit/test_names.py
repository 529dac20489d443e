"""A public name is a verb and its object, or the noun that it returns: never a participle alone."""

import ast
import re
from functools import cache

from tests.support.paths import ROOT

FILES = sorted((ROOT / "monitor").rglob("*.py"))
PARTICIPLE = re.compile(
    r".+(ed|ing)|bound|built|caught|chosen|done|drawn|found|given|gone|held|hidden|kept|known|left|made"
    r"|meant|met|said|seen|sent|shown|spent|taken|told|understood|won|written"
)
#: Words that end as a participle does and are none.
NOUNS = {"everything", "feed", "need", "seed", "heading", "meaning", "string", "wording"}
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
#: Errors, which are called by what happened; what a store lends for the length of a `with`; the bound of
#: an interval.
ALLOWED = {"Changed", "Refused", "reading", "looking", "trying", "writing", "Bound"}
#: Properties that say which of the rows, or what state, of the noun before them: `report.refused`.
STATES = {
    "answered",
    "asked",
    "assessed",
    "binding",
    "bound",
    "concerned",
    "covered",
    "drawn",
    "elected_at",
    "known",
    "known_at",
    "quoted",
    "refused",
    "running",
    "signed",
    "standing",
    "taken",
    "unmatched",
    "waiting",
}


#: Decorators of what is not called by its name.
NO_CALLS = "property|command|group"
TYPE_NAME = re.compile(r"[A-Z]+[a-z]\w*")


def is_participle(word: str) -> bool:
    return word not in NOUNS and PARTICIPLE.fullmatch(word) is not None


def is_riddle(name: str) -> bool:
    """Whether a name has no noun and no verb beside a participle. A class may be an activity."""
    words = [word.lower() for word in re.findall(r"[A-Za-z][a-z0-9]*", name)]
    telling = [word for word in words if word not in SMALL]
    activity = name[0].isupper() and name.endswith("ing")
    return len(telling) == 1 and is_participle(telling[0]) and not activity


@cache
def tree(path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def public_names(path) -> set[str]:
    """The functions, classes and methods of a file, but for properties and the commands of click."""
    return {name for name, marks in _definitions(path) if not re.search(NO_CALLS, marks)}


def property_names(path) -> set[str]:
    return {name for name, marks in _definitions(path) if "property" in marks}


def alias_names(path) -> set[str]:
    """The types that a file declares, and the names under which it imports."""
    found = set()
    for node in tree(path).body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [target.id for target in targets if isinstance(target, ast.Name)]
            found |= {name for name in names if TYPE_NAME.fullmatch(name)}
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {alias.asname for alias in node.names if alias.asname}
    return found


@cache
def _definitions(path) -> set[tuple[str, str]]:
    """Each public function, class, method and property, with its decorators."""
    found = set()
    for holder in ast.walk(tree(path)):
        if not isinstance(holder, ast.Module | ast.ClassDef):
            continue
        for node in holder.body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            marks = " ".join(ast.unparse(mark) for mark in node.decorator_list)
            if not node.name.startswith("_"):
                found.add((node.name, marks))
    return found


def test_no_public_name_is_a_participle():
    for path in FILES:
        riddles = {name for name in public_names(path) if is_riddle(name)}
        assert riddles <= ALLOWED, path


def test_no_type_and_no_import_is_a_participle():
    for path in FILES:
        riddles = {name for name in alias_names(path) if is_riddle(name)}
        assert riddles <= ALLOWED, path


def test_a_property_that_is_a_participle_says_a_state_of_its_noun():
    found = {name for path in FILES for name in property_names(path) if is_riddle(name)}
    assert found == STATES
