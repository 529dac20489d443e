"""The form, in the order of thought: where, which commitment, when, what, how do we know."""

from datetime import datetime
from time import monotonic

import streamlit as st

from monitor import commands
from monitor.accounts import Account
from monitor.errors import Changed, DatabaseError, InvalidRow, MonitorError, Refused
from monitor.i18n import moment, public_sentence
from monitor.models import Kind, Status
from monitor.queries import team as backlog
from monitor.ui import person, press, screen
from monitor.ui.address import write
from monitor.ui.sentences import place
from monitor.ui.team import beside, draft, fields, preview, whose
from monitor.ui.view import language, t
from monitor.ui.words import md
from monitor.views import session
from monitor.views.view import View

KINDS = (Kind.ASSESSMENT, Kind.NOTE, Kind.REPLY)
#: Seconds within which a second click on « save » is one click of two.
TWICE = 2
#: More commitments than this are a list that one searches.
MANY = 12
_SAVED, _CHANGED = "_write_saved", "_write_changed"


def show(view: View, account: Account) -> None:
    """The form and what stands beside it; every word is kept as it is typed."""
    held = draft.held(view, account.name)
    _said_before(view, held)
    who = beside.person_of(view, held["signatory_id"]) if held["signatory_id"] else None
    if who is None:
        if held["signatory_id"]:
            st.warning(beside.why_absent(view, held["signatory_id"]), icon=":material/person_off:")
        whose.search(view, held)
        draft.keep(view, held)
        return
    left, right = st.columns([3, 2], gap="large")
    found = beside.about(who.signatory_id, view)
    with left:
        whose.chosen(view, held, who)
        if who.commune in account.communes:
            st.warning(t("error.conflict_of_interest", commune=md(who.commune_name)))
        committed = _which(view, held, who, found)
        if committed:
            beside.measure_words(view, held["measure"], titled=bool(held["supersedes"]))
            if held["seen_rev"] is None or held["seen_of"] != held["measure"]:
                held |= {"seen_rev": _revision(view, held), "seen_of": held["measure"]}
                held["dirty"] = True
            _what(view, held)
    if committed:
        with right, st.container(border=True):
            _beside(view, held, found)
        # On a telephone, what others noted comes before the way to add to it.
        for said in beside.warnings(view, found, held, fields.day_typed(held)):
            st.warning(said, icon=":material/content_copy:")
        _save_button(view, held)
    draft.keep(view, held)
    _kept(view, held)


def begin(view: View, account: str, **values: object) -> None:
    """From a callback: the form, on a commitment or on the correction of an entry. Without the
    database nothing happens: the page that follows says why."""
    try:
        held = draft.held(view, account)
    except DatabaseError:
        return
    draft.replace(held, values)
    _forget()
    screen.to_top()
    write(vue=None, corrige=None)


def _said_before(view: View, held: dict) -> None:
    """What became of the last click, and the way back from an emptied form."""
    if saved := st.session_state.get(_SAVED):
        st.success(t("write.saved", seq=saved[0]), icon=":material/check:")
    for one in held["aside"]:
        who = beside.person_of(view, one["signatory_id"])
        said = place(who) if who is not None else t("write.nowhere")
        measure = f" · {view.titles[one['measure']]}" if one["measure"] in view.titles else ""
        press.button(
            t("write.undo", about=f"{said}{md(measure)}"), key=f"_aside_{one['request_id']}",
            on_click=draft.take_back, args=(held, one["request_id"]), icon=":material/undo:",
            type="tertiary",
        )  # fmt: skip


def _which(view: View, held: dict, who, found) -> bool:
    """The commitment; whether one is chosen."""
    table = view.everything
    own = table[table["signatory_id"] == who.signatory_id]
    ids = own["measure"].astype("str").to_list()
    if held["resumes"]:
        beside.refused_before(view, held["resumes"], "write.resumes")
    if held["supersedes"]:
        seqs = found.loc[found["action_id"] == held["supersedes"], "seq"]
        action = t("entry.number", seq=seqs.iloc[0]) if len(seqs) else md(held["supersedes"])
        st.info(t("write.correcting" if held["kind"] != Kind.RETRACTION else "write.withdrawing",
                  action=action))  # fmt: skip
        return held["measure"] in ids
    begun = held["begun"]["measure"]
    options = dict(
        key=draft.key(held, "measure"), on_change=_other_commitment, args=(held,),
        index=ids.index(begun) if begun in ids else None,
        format_func=lambda code: f"{code}. {view.titles[code]}",
    )  # fmt: skip
    if len(ids) > MANY:
        st.selectbox(t("write.which"), ids, placeholder=t("write.which_hint"), **options)
    else:
        st.radio(t("write.which"), ids, **options)
    draft.take(held, "measure")
    return held["measure"] in ids


def _other_commitment(held: dict) -> None:
    held["seen_rev"] = None
    st.session_state.pop(_CHANGED, None)


def _revision(view: View, held: dict) -> int:
    with session.store().reading() as database:
        return backlog.revision(database, view.log.pact.id, held["signatory_id"], held["measure"])


def _what(view: View, held: dict) -> None:
    if held["kind"] == Kind.RETRACTION:
        fields.line(held, "reason", t("write.reason_withdraw"))
        return
    st.segmented_control(
        t("write.kind"), [kind.value for kind in KINDS], key=draft.key(held, "kind"),
        default=held["begun"]["kind"], required=True,
        format_func=lambda code: t(f"write.kind_{code}"),
    )  # fmt: skip
    draft.take(held, "kind")
    assessing = held["kind"] == Kind.ASSESSMENT
    if assessing:
        press.button(t("write.nothing_found"), key="_write_nothing", on_click=_nothing_found,
                     args=(held,), icon=":material/search_off:",
                     help=t("write.nothing_found_help"))  # fmt: skip
    if not draft.searching(held):
        fields.when(view, held)  # a search has its day already
    if assessing:
        fields.status(held)
    searching = draft.searching(held)
    kind = held["kind"]
    fields.line(held, "summary", t("write.searched") if searching else t(f"write.summary_{kind}"))
    if not searching:
        fields.evidence(held)
    if held["supersedes"]:
        fields.line(held, "reason", t("write.reason_correct"))


def _nothing_found(held: dict) -> None:
    """One click: looked, found nothing; what is left to say is where."""
    draft.put(held, {"status": Status.NO_EVIDENCE.value})


def _save_button(view: View, held: dict) -> None:
    for name in ("supersedes", "measure", "signatory_id", "kind", ""):
        fields.error(held, name)
    left, right = st.columns(2)
    label = "write.withdraw" if held["kind"] == Kind.RETRACTION else "write.save"
    press.button(t(label), at=left, key="_write_save", type="primary", on_click=_save,
                 args=(view, held["account"]), icon=":material/save:",
                 shortcut="Ctrl+Enter")  # fmt: skip
    if draft.is_begun(held):
        press.button(t("write.drop"), at=right, key="_write_drop", on_click=_drop, args=(held,),
                     type="tertiary", icon=":material/delete:")  # fmt: skip


def _drop(held: dict) -> None:
    _forget()
    draft.replace(held, {})


def _save(view: View, account: str) -> None:
    """Write the entry. Whatever refuses it, the words stay."""
    held = draft.held(view, account)
    saved = st.session_state.get(_SAVED)
    if saved and not draft.is_begun(held) and monotonic() - saved[1] < TWICE:
        return  # the second click of two: the first has written all there was
    _forget()
    try:
        try:
            written = commands.log_action(
                session.store(), person.presented(), draft.action(view, held)
            )
        except Refused as error:
            if error.code != "request_used":
                raise
            held["request_id"] = draft.blank()["request_id"]
            written = commands.log_action(
                session.store(), person.presented(), draft.action(view, held)
            )
    except InvalidRow as refusal:
        fields.refused(refusal.errors, held)
    except Changed as change:
        held["seen_rev"] = None
        st.session_state[_CHANGED] = change.seqs
        own = _authors(change.seqs) == {account}
        fields.said(t("write.changed_by_you" if own else f"error.{change.code}"))
    except MonitorError as error:
        said = public_sentence(error, language())
        fields.said(f"{md(said)} {t('write.kept_here')}")
    else:
        st.session_state[_SAVED] = written.seq, monotonic()
        screen.to_top()
        draft.put(held, draft.blank(signatory_id=held["signatory_id"], aside=held["aside"]))


def _authors(seqs) -> set[str]:
    with session.store().reading() as database:
        return {author for seq in seqs for author in backlog.entry(database, seq)["author"]}


def _forget() -> None:
    fields.forget()
    for name in (_SAVED, _CHANGED):
        st.session_state.pop(name, None)


def _beside(view: View, held: dict, found) -> None:
    row = beside.commitment_of(view, held["signatory_id"], held["measure"])
    if row is not None:
        beside.present_state(view, row, found)
        _effect(view, held, row, found)
    for seq in st.session_state.get(_CHANGED, ()):
        for entry in found[found["seq"] == seq].itertuples():
            st.warning(f"{t('write.new_entry')} {beside.line(entry, view)}")
    beside.last_entries(view, found, held["measure"])


def _effect(view: View, held: dict, row, found) -> None:
    """What the entry would do to the status, once it says enough to tell."""
    day, kind = fields.day_typed(held), Kind(held["kind"])
    if day is None or kind not in (Kind.ASSESSMENT, Kind.RETRACTION):
        return
    if kind is Kind.ASSESSMENT and not held["status"]:
        return
    target = None
    if held["supersedes"]:
        with session.store().reading() as database:
            target = backlog.first_of(database, view.log.pact.id, held["supersedes"])
    status = held["status"] if kind is Kind.ASSESSMENT else ""
    if effect := preview.of_draft(view, row, kind, status, day, target):
        beside.effect_in_words(view, effect, found, status)


def _kept(view: View, held: dict) -> None:
    """Whether the words are safe."""
    if held["failure"]:
        said = public_sentence(held["failure"], view.lang)
        st.warning(f"{t('write.not_kept')} {md(said)}")
    elif held["saved_at"] and draft.is_begun(held):
        at = moment(datetime.fromisoformat(held["saved_at"]), view.lang)
        st.caption(t("write.kept", moment=at))
