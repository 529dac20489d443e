"""The states of a register of mayors that a person brings in. The session alone keeps them: the lines of
the pact's communes, nothing of the others."""

import io
from collections.abc import Collection, Sequence
from datetime import date
from uuid import uuid4

import streamlit as st

from monitor import intake
from monitor.i18n import day, number, plural
from monitor.intake.unreadable import Unreadable
from monitor.intake.uploads import FILE_MEGABYTES
from monitor.matching.register import Register, day_in_name, read_register
from monitor.snapshot import log_today
from monitor.ui import buttons, figures
from monitor.ui.markdown import label_text, md
from monitor.ui.page_run import language, t
from monitor.ui.team import doubt_lists

#: States held at once, and faults of one that are shown.
STATES, SHOWN = 8, 20
#: The register is no older.
FIRST = date(2000, 1, 1)
_HELD, _CHOSEN, _TO_READ, _REFUSED = (
    f"_registers_{what}" for what in ("held", "chosen", "to_read", "refused")
)


def held_registers(pact_id: str) -> tuple[Register, ...]:
    """The states that this session has read for a pact, in the order of their days."""
    return st.session_state.get(_HELD, {}).get(pact_id, ())


def show_registers(pact_id: str, communes: Collection[str]) -> None:
    """The states that were read, each with its faults, and the way to bring in another, or the first."""
    # Another one after each reading: what was read is not kept as a file.
    chosen = st.session_state.setdefault(_CHOSEN, uuid4().hex)
    for register in held_registers(pact_id):
        _show_held(pact_id, register)
    if len(held_registers(pact_id)) >= STATES:
        st.caption(t("match.enough_states", n=STATES))
        return
    files = st.file_uploader(
        t("match.files"),
        type=["csv", "xlsx"],
        accept_multiple_files=True,
        key=f"_registers_{chosen}",
        max_upload_size=FILE_MEGABYTES,
        help=t("match.files_help", limit=FILE_MEGABYTES),
    )
    for name, sentence in st.session_state.pop(_REFUSED, ()):
        st.error(t("match.unreadable", file=md(name), said=md(sentence)))
    if not files:
        if not held_registers(pact_id):
            st.caption(t("match.no_state"))
        return
    days = [
        st.date_input(
            t("match.day_of", file=label_text(file.name)),
            day_in_name(file.name),
            min_value=FIRST,
            max_value=log_today(),
            format="DD/MM/YYYY",
            key=f"_register_day_{chosen}_{n}",
        )
        for n, file in enumerate(files)
    ]
    known = [on for on in days if on]
    whole = len(known) == len(files)
    if not whole:
        st.caption(t("match.day_wanted"))
    if whole and st.session_state.pop(_TO_READ, False):
        _read(pact_id, communes, files, known)
        return
    buttons.button(
        plural("match.read", len(files), language()),
        key="_registers_read",
        on_click=_ask_to_read,
        type="primary",
        disabled=not whole,
        icon=":material/playlist_add_check:",
    )


def _ask_to_read() -> None:
    st.session_state[_TO_READ] = True


def _read(pact_id: str, communes: Collection[str], files, days: Sequence[date]) -> None:
    """Read the files, each with its progress; what cannot be read is said, and the others are kept. A
    file of the same name and day takes the place of the one before."""
    found = {(one.day, one.name): one for one in held_registers(pact_id)}
    refused = []
    for file, on in zip(files, days, strict=True):
        table = intake.Table(io.BytesIO(file.getvalue()))
        try:
            with doubt_lists.reading_progress(table.length - 1) as progress:
                found[on, file.name] = read_register(table, file.name, on, communes, progress)
        except Unreadable as problem:
            refused.append((file.name, intake.error_sentence(problem.error, language())))
    kept = tuple(found[key] for key in sorted(found))[:STATES]
    st.session_state[_HELD] = {**st.session_state.get(_HELD, {}), pact_id: kept}
    st.session_state[_REFUSED] = refused
    st.session_state.pop(_CHOSEN, None)
    st.rerun()


def _show_held(pact_id: str, register: Register) -> None:
    people = sum(map(len, register.by_commune.values()))
    left, right = st.columns([5, 1], vertical_alignment="center")
    left.markdown(
        t(
            "match.state",
            day=day(register.day, language()),
            file=md(register.name),
            people=plural("match.people", people, language()),
        )
    )
    buttons.button(
        t("match.drop_state"),
        at=right,
        key=f"_register_drop_{register.day}_{register.name}",
        on_click=_drop,
        args=(pact_id, register),
        type="tertiary",
        icon=":material/close:",
    )
    if not people:
        st.warning(t("match.no_line"))
    if not (faults := register.faults):
        return
    label = plural("match.faults", len(faults), language())
    with figures.fold_part(label, f"_register_faults_{register.day}_{register.name}") as unfolded:
        if unfolded:
            lines = [
                t(f"register_fault.{one.code}", file=register.name, line=one.line, value=one.value)
                for one in faults[:SHOWN]
            ]
            st.markdown("\n".join(f"- {md(one)}" for one in lines))
            if (more := len(faults) - SHOWN) > 0:
                st.caption(number(more, language()))


def _drop(pact_id: str, register: Register) -> None:
    held = st.session_state[_HELD]
    left = tuple(one for one in held[pact_id] if one is not register)
    st.session_state[_HELD] = {**held, pact_id: left}
