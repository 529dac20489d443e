"""The form, in the order of thought: where, which commitment, when, what, how do we know."""

from datetime import datetime
from typing import Any

import streamlit as st

from monitor.accounts import Account
from monitor.errors import DatabaseError
from monitor.i18n import moment, number, public_sentence
from monitor.models import Kind, Status
from monitor.queries import team as backlog
from monitor.read import current_log, log_entries
from monitor.read.entry_text import entry_number
from monitor.read.labels import listed_title
from monitor.read.selection import View
from monitor.table_rows import PersonRow
from monitor.ui import buttons, screen
from monitor.ui.address import write_address
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.sentences import place_in_words
from monitor.ui.team import detail, draft, fields, find_signatory, form_saving
from monitor.ui.team.draft_effect import show_draft_effect

KINDS = (Kind.ASSESSMENT, Kind.NOTE, Kind.REPLY)
#: More commitments than this are a list that one searches.
MANY = 12


def show_form(view: View, account: Account) -> None:
    """The form and what stands beside it; every word is kept as it is typed."""
    held = draft.current_draft(view, account.name)
    _show_last_click(view, held)
    who = detail.person_of(view, held["signatory_id"]) if held["signatory_id"] else None
    if who is None:
        if held["signatory_id"]:
            st.warning(detail.why_absent(view, held["signatory_id"]), icon=":material/person_off:")
        find_signatory.search_signatory(view, held)
        draft.save_changes(view, held)
        return
    left, right = st.columns([3, 2], gap="large")
    found = detail.entries_about_signatory(who.signatory_id, view)
    with left:
        find_signatory.show_chosen_signatory(view, held, who)
        if who.commune in account.communes:
            st.warning(t("error.conflict_of_interest", commune=md(who.commune_name)))
        committed = _which(view, held, who, found)
        if committed:
            detail.measure_words(view, held["measure"], titled=bool(held["supersedes"]))
            if held["seen_rev"] is None or held["seen_of"] != held["measure"]:
                held |= {"seen_rev": _revision(view, held), "seen_of": held["measure"]}
                held["dirty"] = True
            form_saving.show_carried(held)
            _what(view, held)
    # Before what stands beside is worked out: whatever fails there, what was typed is kept.
    draft.save_changes(view, held)
    if committed:
        with right, st.container(border=True):
            _beside(view, held, found)
        # On a telephone, what others noted comes before the way to add to it.
        for warning in detail.repetition_warnings(view, found, held, fields.typed_day(held)):
            st.warning(warning, icon=":material/content_copy:")
        form_saving.show_save_button(view, held)
    _kept(view, held)


def begin_form(view: View, account: str, **values: object) -> None:
    """From a callback: the form, on a commitment or on the correction of an entry. Without the
    database nothing happens: the page that follows says why."""
    try:
        held = draft.current_draft(view, account)
    except DatabaseError:
        return
    draft.replace_draft(held, values)
    form_saving.forget_outcome()
    screen.scroll_to_top()
    write_address(vue=None, corrige=None)


def _show_last_click(view: View, held: dict) -> None:
    """What the last click did, and the way back from an emptied form."""
    form_saving.show_saved(view, held)
    for one in held["aside"]:
        who = detail.person_of(view, one["signatory_id"])
        where = place_in_words(who) if who is not None else t("write.nowhere")
        measure = f" · {view.titles[one['measure']]}" if one["measure"] in view.titles else ""
        buttons.button(
            t("write.undo", about=f"{where}{md(measure)}"),
            key=f"_aside_{one['request_id']}",
            on_click=draft.restore_draft,
            args=(held, one["request_id"]),
            icon=":material/undo:",
            type="tertiary",
        )


def _tell_replaced(view: View, seq: int, kind: Kind) -> None:
    """That the entry to correct or withdraw counts no more already."""
    if not view.state.is_public(seq):
        return
    (target,) = log_entries.read_entries(view, [seq])
    if not target.stands and target.later_seq is not None:
        said = f"write.{detail.say_replaced(target, kind)}"
        st.warning(t(said, seq=seq, later=target.later_seq), icon=":material/difference:")


def _which(view: View, held: dict, who: PersonRow, found) -> bool:
    """The commitment; whether one is chosen."""
    table = view.everything
    own = table[table["signatory_id"] == who.signatory_id]
    ids = own["measure"].astype("str").to_list()
    if held["resumes"]:
        detail.show_former_refusal(view, held["resumes"], "write.resumes")
    if held["supersedes"]:
        seqs = found.loc[found["action_id"] == held["supersedes"], "seq"]
        action = md(held["supersedes"])
        if len(seqs):
            action = entry_number(int(seqs.iloc[0]), language()).text
        st.info(
            t(
                "write.correcting" if held["kind"] != Kind.RETRACTION else "write.withdrawing",
                action=action,
            )
        )
        if len(seqs):
            _tell_replaced(view, int(seqs.iloc[0]), Kind(held["kind"]))
        return held["measure"] in ids
    begun = held["begun"]["measure"]
    options: dict[str, Any] = dict(
        key=draft.widget_key(held, "measure"),
        on_change=form_saving.change_commitment,
        args=(held,),
        index=ids.index(begun) if begun in ids else None,
        format_func=lambda code: listed_title(view, code),
    )
    if len(ids) > MANY:
        # Of "1", the framework's own order would put 15 first.
        options["filter_mode"] = "contains"
        st.selectbox(t("write.which"), ids, placeholder=t("write.which_hint"), **options)
    else:
        st.radio(t("write.which"), ids, **options)
    if len(ids) < (count := len(view.pact.measures)):
        n, of = number(len(ids), language()), number(count, language())
        st.caption(t("write.only_promised", n=n, all=of))
    draft.take_widget(held, "measure")
    return held["measure"] in ids


def _revision(view: View, held: dict) -> int:
    with current_log.store().reading() as database:
        return backlog.commitment_revision(
            database, view.log.pact.id, held["signatory_id"], held["measure"]
        )


def _what(view: View, held: dict) -> None:
    if held["kind"] == Kind.RETRACTION:
        fields.text_field(held, "reason", t("write.reason_withdraw"))
        st.caption(t("write.withdrawn_stays"))
        return
    st.segmented_control(
        t("write.kind"),
        [kind.value for kind in KINDS],
        key=draft.widget_key(held, "kind"),
        default=held["begun"]["kind"],
        required=True,
        format_func=lambda code: t(f"write.kind_{code}"),
        wrap=True,
    )
    draft.take_widget(held, "kind")
    assessing = held["kind"] == Kind.ASSESSMENT
    if assessing:
        buttons.button(
            t("write.nothing_found"),
            key="_write_nothing",
            on_click=_nothing_found,
            args=(held,),
            icon=":material/search_off:",
            help=t("write.nothing_found_help"),
        )
    if not draft.is_search(held):
        fields.day_field(view, held)  # a search has its day already
    if assessing:
        fields.status_field(view, held)
    searching = draft.is_search(held)
    kind = held["kind"]
    fields.text_field(
        held, "summary", t("write.searched") if searching else t(f"write.summary_{kind}")
    )
    if not searching:
        fields.evidence_fields(held)
    if held["supersedes"]:
        fields.text_field(held, "reason", t("write.reason_correct"))


def _nothing_found(held: dict) -> None:
    """One click: looked, found nothing; what is left to say is where."""
    draft.set_fields(held, {"status": Status.NO_EVIDENCE.value})


def _beside(view: View, held: dict, found) -> None:
    row = detail.commitment_of(view, held["signatory_id"], held["measure"])
    if row is not None:
        detail.present_state(view, row)
        show_draft_effect(view, held, row)
    for seq in form_saving.newer_entries():
        for entry in found[found["seq"] == seq].itertuples():
            st.warning(f"{t('write.new_entry')} {detail.entry_line(entry, view)}")
    detail.last_entries(view, found, held["measure"])


def _kept(view: View, held: dict) -> None:
    """Whether the words are safe."""
    if held["failure"]:
        sentence = public_sentence(held["failure"], view.lang)
        st.warning(f"{t('write.not_kept')} {md(sentence)}")
    elif held["saved_at"] and draft.is_begun(held):
        at = moment(datetime.fromisoformat(held["saved_at"]), view.lang)
        st.caption(t("write.kept", moment=at))
