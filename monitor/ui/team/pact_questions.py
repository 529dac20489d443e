"""What a pact is, asked where the files that somebody brings do not say it."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime

import streamlit as st

from monitor import intake
from monitor.export.licences import KNOWN_LICENCES
from monitor.export.new_pact import LEVELS, begin_pact, level_words, wrong_answers
from monitor.export.pact_toml import pact_toml
from monitor.i18n import LANGUAGES, own_name
from monitor.intake.whole_table import find_requests
from monitor.pacts import PLACE_WORDS
from monitor.ui import buttons
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t

Files = Sequence[tuple[str, bytes]]
TOML = "pact.toml"
#: (names of files, the pact.toml of the answers), of this session; what was wrong with the answers; and
#: the last of them that were taken, to begin with when it is asked again.
_HELD, _WRONG, _GIVEN = "_pact_said", "_pact_wrong", "_pact_given"
#: (files, what they say of the pact), of this session.
_LOOKED = "_pact_looked"
#: The questions that take words.
_ASKED = ("title", "promoter", "election")


def add_pact(files: Files) -> Files:
    """The files, with the pact.toml of the answers where they hold none."""
    toml = _answered(files)
    return [*files, (TOML, toml)] if toml else files


def ask_again(files: Files) -> None:
    """The way back to the questions, where the answers were given here."""
    if _answered(files):
        st.button(t("new_pact.again"), type="tertiary", on_click=_forget, icon=":material/edit:")


def _answered(files: Files) -> bytes:
    """The pact.toml of the answers about files of these names, corrected meanwhile or not."""
    names, toml = st.session_state.get(_HELD, ((), b""))
    return toml if names == tuple(name for name, _ in files if name != TOML) else b""


def _forget() -> None:
    st.session_state.pop(_HELD, None)


def ask_pact(files: Files) -> bool:
    """Whether the files do not say what the pact is: then the questions are shown."""
    says_pact, is_known = _look(files)
    if says_pact:
        return False
    if not is_known:
        st.warning(t("new_pact.nothing"))
    st.subheader(t("new_pact.which"))
    st.markdown(t("new_pact.which_help"))
    before = st.session_state.get(_GIVEN, {})
    for name in _ASKED:
        value = before.get(name) or ""
        st.text_input(t(f"cli.new_{name}"), value, key=f"_pact_said_{name}", live="300ms")
    limits = {"min_value": date(1900, 1, 1), "max_value": date(2200, 1, 1), "format": "DD/MM/YYYY"}
    for name in ("election_on", "term_end"):
        day = before.get(name)
        st.date_input(t(f"new_pact.{name}"), day, key=f"_pact_said_{name}", **limits)
    place = PLACE_WORDS.index(f"place_{language()}")
    st.selectbox(
        t("new_pact.level"),
        [*LEVELS],
        [*LEVELS].index(before.get("level", next(iter(LEVELS)))),
        format_func=lambda level: level_words(level)[place],
        key="_pact_said_level",
    )
    st.selectbox(
        t("cli.new_language"),
        [*LANGUAGES],
        [*LANGUAGES].index(before.get("language", language())),
        format_func=own_name,
        key="_pact_said_language",
    )
    st.selectbox(
        t("new_pact.licence"),
        KNOWN_LICENCES,
        KNOWN_LICENCES.index(before["licence"]) if before.get("licence") else None,
        placeholder=t("new_pact.licence_none"),
        key="_pact_said_licence",
        help=t("new_pact.licence_help"),
    )
    for sentence in st.session_state.pop(_WRONG, ()):
        st.error(md(sentence))
    buttons.button(
        t("new_pact.go_on"), key="_pact_said_go_on", type="primary", on_click=_keep, args=(files,)
    )
    return True


def _look(files: Files) -> tuple[bool, bool]:
    """(whether the files say what the pact is, or cannot be read, whether any of their tables is one of
    a pact), looked for once."""
    held = st.session_state.get(_LOOKED)
    if held is None or held[0] != _named(files):
        parts = intake.sort_parts((name, io.BytesIO(data)) for name, data in files)
        says_pact = bool(parts.errors) or any(part.content == "pact" for part in parts.parts)
        today = datetime.now(UTC).date()
        asked = (find_requests(one, today) for one in parts.unnamed)
        is_known = says_pact or bool(parts.parts) or any(asked)
        held = st.session_state[_LOOKED] = (_named(files), (says_pact, is_known))
    return held[1]


def _keep(files: Files) -> None:
    """From a callback: the pact.toml that the answers make, or what is wrong with them."""
    names = (*_ASKED, "election_on", "term_end", "language", "licence")
    given = {name: st.session_state.get(f"_pact_said_{name}") or None for name in names}
    missing = [name for name in (*_ASKED, "election_on") if not given[name]]
    wrong = [t("new_pact.unanswered", question=_question(name)) for name in missing]
    if not wrong:
        wrong = [intake.error_sentence(one, language(), "pact") for one in wrong_answers(given)]
    if wrong:
        st.session_state[_WRONG] = wrong
        return
    keys, offices = begin_pact({**given, "fictional": False}, st.session_state["_pact_said_level"])
    toml = pact_toml(keys, offices, str(given["language"])).encode()
    st.session_state[_HELD] = (tuple(name for name, _ in files), toml)
    st.session_state[_GIVEN] = {**given, "level": st.session_state["_pact_said_level"]}


def _question(name: str) -> str:
    return t(f"cli.new_{name}" if name in _ASKED else f"new_pact.{name}")


def _named(files: Files) -> tuple[tuple[str, int], ...]:
    return tuple((name, len(data)) for name, data in files)
