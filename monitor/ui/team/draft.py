"""What a volunteer is writing: kept in the database word by word, so that nothing is ever lost.

A widget begins with what the draft holds, and fills the draft from then on. After a cut the browser
sends again what its widgets hold, which comes first; after a refresh or a restart the database gives
it back. Hence a default value and never an assignment, which would overwrite what the browser sends:
and the same default in every run, because the browser may be sent the second run alone, when it cuts
the first one short. What we change ourselves begins another edition of the form, with other widgets.
"""

import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import fields
from uuid import uuid4

import streamlit as st

from monitor import commands
from monitor.commands import NewAction
from monitor.commands.more_sources import field_of_source
from monitor.errors import MonitorError
from monitor.models import Kind, SourceKind, Status
from monitor.queries import team as backlog
from monitor.read import current_log
from monitor.read.selection import View
from monitor.schema import EVIDENCE
from monitor.snapshot import log_today
from monitor.ui import viewer
from monitor.ui.team.draft_sources import MORE_SOURCES, typed_sources

#: What one types or chooses, and what goes with it.
TYPED = (
    "signatory_id",
    "measure",
    "happened_on",
    "kind",
    "status",
    "summary",
    *EVIDENCE,
    "reason",
    *(field_of_source(name, number) for number in MORE_SOURCES for name in EVIDENCE),
)
#: `seen_rev`: of the entries about the measure `seen_of`. `searched_on`: the day of the search that is
#: corrected. `resumes`: the seq of the refused entry that is taken up again. `sources`: how many there
#: is room for on the screen.
MORE = (
    "request_id",
    "supersedes",
    "seen_rev",
    "seen_of",
    "edition",
    "searched_on",
    "resumes",
    "sources",
)
#: Drafts set aside that are kept, the last one first.
ASIDE = 5
_OF_ACTION = {field.name for field in fields(NewAction)} - {"kind"}
WORDS = tuple(name for name in TYPED if name not in ("signatory_id", "measure", "kind"))
_HELD = "_draft"
#: As many drafts wait for their authors, in this process; each is theirs alone.
LEFT = 100
_LEFT: OrderedDict[tuple[str, str], dict] = OrderedDict()


def widget_key(draft: Mapping, name: str) -> str:
    """The key of a field's widget."""
    return f"_write_{draft['edition']}_{name}"


def draft_purpose(view: View) -> str:
    """Under which name the draft of an entry about this pact is kept."""
    return f"saisie:{view.log.pact.id}"


def current_draft(view: View, account: str) -> dict:
    """The draft of this account and pact as it is now. `begun`: what its widgets began with."""
    draft = st.session_state.get(_HELD)
    if draft is None or (draft["pact_id"], draft["account"]) != (view.log.pact.id, account):
        draft = _loaded(view, account)
        st.session_state[_HELD] = draft
    take_all_widgets(draft)
    draft["shown"] = set()
    return draft


def rescue_widgets() -> None:
    """What the widgets hold, into the draft: the page is about to show something else. What could not
    be saved, because the session of its author is over, waits here until they have signed in again."""
    draft = st.session_state.get(_HELD)
    if draft is None:
        return
    take_all_widgets(draft)
    _begin(draft)
    if draft["dirty"]:
        _LEFT[_whose(draft)] = {name: draft[name] for name in (*TYPED, *MORE, "aside", "saved_at")}
        _LEFT.move_to_end(_whose(draft))
        if len(_LEFT) > LEFT:
            _LEFT.popitem(last=False)


def _whose(draft: Mapping) -> tuple[str, str]:
    return draft["account"], draft["pact_id"]


def take_widget(draft: dict, name: str) -> None:
    """What the widget of a field, which is on the screen, holds now."""
    draft["shown"].add(name)
    _take(draft, name)


def _take(draft: dict, name: str) -> None:
    value = st.session_state[widget_key(draft, name)] or ""
    draft["dirty"] |= value != draft[name]
    draft[name] = value


def take_all_widgets(draft: dict) -> None:
    """What every widget that there is holds now."""
    for name in TYPED:
        if widget_key(draft, name) in st.session_state:
            _take(draft, name)


def set_fields(draft: dict, values: Mapping[str, object]) -> None:
    """Change fields from a callback, in the draft and on the screen; the others stay as typed."""
    take_all_widgets(draft)
    draft |= values
    draft["dirty"] = True
    _begin(draft)


def _begin(draft: dict) -> None:
    """Another edition: every widget is a new one and begins with what the draft holds."""
    draft["edition"] = uuid4().hex[:8]
    draft["begun"] = {name: draft[name] for name in TYPED}


def save_changes(view: View, draft: dict) -> None:
    """Save what has changed. What cannot be saved now stays in the page and is tried again."""
    # A field that this run did not show will begin with what it held: its widget is forgotten.
    draft["begun"] |= {name: draft[name] for name in TYPED if name not in draft["shown"]}
    if not draft["dirty"]:
        return
    try:
        _not_over_another(view, draft)
        content = {name: draft[name] for name in (*TYPED, *MORE, "aside")}
        draft["saved_at"] = commands.save_draft(
            current_log.store(), viewer.presented_bearer(), draft_purpose(view), json.dumps(content)
        )
        draft["dirty"], draft["failure"] = False, None
        _LEFT.pop(_whose(draft), None)
    except MonitorError as error:
        draft["failure"] = error


def blank_draft(**values: object) -> dict:
    """An empty draft with a request of its own."""
    empty = {**dict.fromkeys(TYPED, ""), "kind": Kind.ASSESSMENT.value, "supersedes": ""}
    own = {
        "request_id": uuid4().hex,
        "seen_rev": None,
        "seen_of": "",
        "edition": uuid4().hex[:8],
        "searched_on": "",
        "resumes": None,
        "sources": 1,
        "aside": [],
    }
    return {**empty, **own, **values}


def is_begun(draft: Mapping) -> bool:
    """Whether it holds anything that somebody typed or chose about the action itself."""
    return any(draft[name] for name in WORDS) or bool(draft["supersedes"])


def replace_draft(draft: dict, values: Mapping[str, object]) -> None:
    """Begin something else, or nothing; what was begun is set aside and can be had back."""
    take_all_widgets(draft)
    set_fields(draft, blank_draft(**values, aside=_with_aside(draft, draft)))


def restore_draft(draft: dict, request_id: str) -> None:
    """A draft that was set aside comes back; what the form holds goes aside in its place."""
    take_all_widgets(draft)
    (wanted,) = [one for one in draft["aside"] if one["request_id"] == request_id]
    aside = _with_aside(draft, draft, without=request_id)
    set_fields(draft, {**blank_draft(), **wanted, "aside": aside})


def _with_aside(draft: Mapping, more: Mapping, without: str = "") -> list[dict]:
    """What stands aside of `draft`, with `more` before it if anything was typed there."""
    left = [one for one in draft["aside"] if one["request_id"] not in (without, more["request_id"])]
    if is_begun(more) and (more["kind"] != Kind.RETRACTION or more["reason"]):
        left.insert(0, {name: more[name] for name in (*TYPED, *MORE)})
    return left[:ASIDE]


def _not_over_another(view: View, draft: dict) -> None:
    """What another tab has kept meanwhile is set aside, not overwritten."""
    with current_log.store().reading() as database:
        found = backlog.find_draft(database, draft["account"], draft_purpose(view))
    if not found or found.saved_at == draft["saved_at"]:
        return
    other = {**blank_draft(), **json.loads(found.content)}
    if other["request_id"] != draft["request_id"]:
        draft["aside"] = _with_aside(draft, other, without=draft["request_id"])


def is_search(draft: Mapping) -> bool:
    """Whether it says that somebody looked and found nothing."""
    return draft["kind"] == Kind.ASSESSMENT and draft["status"] == Status.NO_EVIDENCE


def happened_on(draft: Mapping) -> str:
    """The day as typed; a search bears the day on which somebody looked: this one."""
    if not is_search(draft):
        return draft["happened_on"]
    return draft["searched_on"] or log_today().isoformat()


def draft_action(view: View, draft: Mapping) -> NewAction:
    """The draft as the command takes it."""
    words = {name: draft[name] for name in TYPED if name in _OF_ACTION}
    words["happened_on"] = happened_on(draft)
    if draft["kind"] != Kind.ASSESSMENT:
        words["status"] = ""
    if draft["kind"] == Kind.RETRACTION or is_search(draft):
        words |= dict.fromkeys(EVIDENCE, "")  # not on the screen then
    else:
        words["more_sources"] = tuple(typed_sources(draft).values())
    return NewAction(
        request_id=draft["request_id"],
        pact_id=view.log.pact.id,
        kind=Kind(draft["kind"]),
        supersedes=draft["supersedes"],
        seen_rev=draft["seen_rev"],
        resumes=draft["resumes"],
        **words,
    )


def _loaded(view: View, account: str) -> dict:
    with current_log.store().reading() as database:
        found = backlog.find_draft(database, account, draft_purpose(view))
    values, saved_at = blank_draft(), found.saved_at if found else None
    if found:
        content = json.loads(found.content)
        values |= {name: content[name] for name in values if name in content}
    left = _LEFT.pop((account, view.log.pact.id), None)
    if left and left["saved_at"] == saved_at:
        values |= {name: left[name] for name in values}
    elif left:  # something else was begun meanwhile
        values["aside"] = _with_aside(values, left)
    _only_known(view, values)
    for one in values["aside"]:
        _only_known(view, one)
    about = {
        "pact_id": view.log.pact.id,
        "account": account,
        "dirty": left is not None,
        "failure": None,
        "shown": set(),
    }
    begun = {name: values[name] for name in TYPED}
    return {**values, **about, "begun": begun, "saved_at": saved_at}


def _only_known(view: View, values: dict) -> None:
    """Without the codes that mean nothing any more."""
    people, _ = view.state.rows_by_signatory
    allowed = {
        "signatory_id": people,
        "measure": {measure.id for measure in view.pact.measures},
        "kind": {kind.value for kind in Kind},
        "status": {status.value for status in Status} - {Status.NOT_ASSESSED.value},
        **{
            field_of_source("source_kind", number): {kind.value for kind in SourceKind}
            for number in (1, *MORE_SOURCES)
        },
    }
    for name, known in allowed.items():
        if name in values and values[name] not in known:
            values[name] = Kind.ASSESSMENT.value if name == "kind" else ""
