"""French first, English complete; numbers, dates and plurals of each language."""

import itertools
import re
import string
from datetime import UTC, date, datetime, timedelta

import pytest

from monitor import i18n, models, sizes
from monitor.errors import Changed, InvalidValue
from monitor.ui.markdown import md
from tests.support.paths import ROOT

SOURCES = [
    *(ROOT / "monitor").rglob("*.py"),
    *(ROOT / "pages").glob("*.py"),
    *(ROOT / "monitor").rglob("*.html"),
]
CODE = "\n".join(path.read_text("utf-8") for path in SOURCES)
#: t("key"), text("key", …), plural("key", …), say("key"); with an f-string, the part before `{`.
CALLS = re.compile(r"""\b(?:t|n|text|plural|say)\(\s*(f?)["']([a-z_]+\.[^"']*)["']""")
#: The two messages of `"one.of" if this else "two.of"`.
CHOSEN = re.compile(
    r"""["']([a-z_]+\.[a-z_]\w*)["']\s+if\s|\belse\s+["']([a-z_]+\.[a-z_]\w*)["']"""
)
#: NotFound("code", …) and the like.
RAISED = re.compile(
    r"""(?:Error|NotFound|Refused|InvalidValue|Changed|NotAllowed|TooManyAttempts|Database\w+)\(\s*"([a-z_]+)\""""
)
#: Keys that are built elsewhere than in the call itself.
BUILT = (
    "former_answer.",
    "evidence.",
    "error.",
    "public.",
    "row_error.",
    "doubt.",
    "page.",
    "chart.",
    "sentence.all_",
    "sentence.elected",
    "filter.",
    "group_by.",
    "size.",
    "event.",
    "cause.",
    "clock.",
    "incidence_since.",
    "funnel_by.",
    "alike.",
    "dictionary.",
    "command_help.",
    "help_word.",
)


def fields(message) -> set:
    forms = message if isinstance(message, tuple) else (message,)
    return {name for form in forms for name in named(form) if name not in i18n.CHOICES}


def named(form: str):
    """The names of its fields, and of those within the words that it chooses from."""
    for _, name, chosen, _ in string.Formatter().parse(form):
        yield from [name, *named(chosen)] if name else []


@pytest.mark.parametrize("lang", i18n.LANGUAGES[1:])
def test_every_language_has_the_same_messages(lang):
    assert i18n.catalogue(lang).keys() == i18n.catalogue(i18n.LANGUAGES[0]).keys()


@pytest.mark.parametrize("path", sorted((ROOT / "monitor/locale").glob("*/*.po")), ids=str)
def test_a_message_is_written_once(path):
    """Of two texts one would be lost, and nobody told."""
    lines = [line for line in path.read_text("utf-8").split("\n") if line]
    for before, line in itertools.pairwise(lines):
        assert not (before.startswith('msgstr "') and line.startswith('msgstr "')), line
    ids = [line for line in lines if line.startswith("msgid ")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("lang", i18n.LANGUAGES[1:])
def test_a_message_has_the_same_fields_and_forms_in_every_language(lang):
    for key, french in i18n.catalogue("fr").items():
        other = i18n.catalogue(lang)[key]
        assert isinstance(french, tuple) == isinstance(other, tuple), key
        assert fields(french) == fields(other), key
        assert all(other if isinstance(other, tuple) else (other,)), key


def test_every_message_that_the_code_asks_for_exists():
    known = i18n.catalogue("fr")
    for built, key in CALLS.findall(CODE):
        if built and "{" in key:
            prefix = key.split("{")[0]
            assert any(name.startswith(prefix) for name in known), key
        else:
            assert key in known, key
    subjects = {key.split(".")[0] for key in known}
    for key in filter(None, (one for pair in CHOSEN.findall(CODE) for one in pair)):
        if key.split(".")[0] in subjects:
            assert key in known, key


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.parametrize("value", ["mot", "phrase finie.", "", "{n} %"])
def test_the_parts_of_a_message_are_the_message(lang, value):
    for key, message in i18n.catalogue(lang).items():
        if isinstance(message, str):
            values = dict.fromkeys(fields(message), value)
            parts = i18n.message_parts(key, lang, **values)
            assert "".join(words for words, _ in parts) == i18n.text(key, lang, **values), key
            assert {name for _, name in parts if name} <= fields(message)


def choices_of(key: str) -> set[str]:
    """By what the message chooses its words, in any language."""
    messages = [i18n.catalogue(lang).get(key, "") for lang in i18n.LANGUAGES]
    forms = [form for one in messages for form in (one if isinstance(one, tuple) else (one,))]
    return {name for form in forms for name in named(form) if name in i18n.CHOICES}


def test_what_has_the_words_of_a_pact_asks_its_view_for_them():
    """`text` and `plural` of `monitor.i18n` take the words of elected people in communes."""
    asked = re.compile(r"""(?<![.\w])(?:text|plural)\(\s*["']([a-z_]+\.[\w.]+)["']([^()]*)""")
    for path in sorted((ROOT / "monitor/ui").rglob("*.py")):
        for key, rest in asked.findall(path.read_text("utf-8")):
            given = {name for name in i18n.CHOICES if f"{name}=" in rest}
            assert "**" in rest or choices_of(key) <= given, (path.name, key)


#: What only a pact of elected people in communes has.
OF_COMMUNES = {
    "fr": r"\bélue?s?\b|\bmaires?\b|\bcommunes?\b|\bvilles?\b|INSEE",
    "en": r"\belected\b|\bofficials?\b|\bmayors?\b|\bcommunes?\b|\bcit(?:y|ies)\b|INSEE",
}


def unchosen(form: str) -> str:
    """What a message says whatever its pact."""
    while (left := re.sub(r"\{\w+(?::[^{}]*)?\}", "", form)) != form:
        form = left
    return form


def test_a_message_that_fits_its_pact_in_one_language_does_in_every_one():
    for key in i18n.catalogue("fr"):
        if not choices_of(key) & {"signers", "areas"}:
            continue
        for lang, words in OF_COMMUNES.items():
            message = i18n.catalogue(lang)[key]
            for form in message if isinstance(message, tuple) else (message,):
                chosen = {name for name in named(form) if name in i18n.CHOICES}
                assert chosen or not re.search(words, unchosen(form), re.I), (lang, key)


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_no_value_has_the_name_of_a_choice_which_pages_fill_themselves(lang):
    bare = re.compile(rf"{{(?:{'|'.join(i18n.CHOICES)})}}")
    assert [key for key, forms in i18n.catalogue(lang).items() if bare.search(str(forms))] == []


def test_no_french_sentence_has_a_place_after_what_its_article_would_change():
    """« à Le Havre » and « de Les Lilas » are no French."""
    for key, message in i18n.catalogue("fr").items():
        name = "name|" if key.startswith(("sheet.", "city.")) else ""
        for form in message if isinstance(message, tuple) else (message,):
            assert not re.search(
                rf"\b(?:à|de) \{{(?:{name}place|commune|communes|city)\}}", form
            ), key


def test_no_message_is_left_over():
    used = {key if not built else key.split("{")[0] for built, key in CALLS.findall(CODE)}
    literal = set(re.findall(r'"([a-z_]+\.[a-z_0-9-]+)"', CODE))
    literal |= set(re.findall(r"'([a-z_]+\.[a-z_0-9-]+)'", CODE))
    prefixes = tuple(key for key in used if key.endswith((".", "_"))) + BUILT
    left = [
        key
        for key in i18n.catalogue("fr")
        if key not in used | literal and not key.startswith(prefixes)
    ]
    assert left == []


@pytest.mark.parametrize("code", sorted(set(RAISED.findall(CODE))))
def test_every_error_has_a_sentence(code):
    known = i18n.catalogue("fr")
    inner = {"message_twice", "no_such_message"}
    assert f"error.{code}" in known or f"row_error.{code}" in known or code in inner


@pytest.mark.parametrize(
    ("family", "codes"),
    [
        ("status", models.Status),
        ("status_definition", models.Status),
        ("status_example", models.Status),
        ("verdict", models.Verdict),
        ("verdict_definition", models.Verdict),
        ("lateness", models.Lateness),
        ("kind", models.Kind),
        ("source_kind", models.SourceKind),
        ("outcome", models.Outcome),
        ("office", models.Office),
        ("end_reason", models.EndReason),
        ("group_by", models.GroupBy),
        ("size", sizes.SIZES),
    ],
)
def test_every_code_has_words(family, codes):
    for code in codes:
        assert all(i18n.text(f"{family}.{code}", lang) for lang in i18n.LANGUAGES)


def test_french_typography_is_kept():
    for key, message in i18n.catalogue("fr").items():
        for form in message if isinstance(message, tuple) else (message,):
            space = re.search(r" [:;!?%»]|« ", form)
            assert not space, (
                f"{key}: U+00A0 before « : » and within « », U+202F before « ; ! ? % »"
            )
            assert "'" not in form, f"{key}: U+2019 (’) is the apostrophe"


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_no_line_breaks_between_what_numbers_an_entry_and_its_number(lang):
    for key, message in i18n.catalogue(lang).items():
        for form in message if isinstance(message, tuple) else (message,):
            assert not re.search(
                r"(?i)(?:n°|\bno\.|entry|entrée) (?=\{seq|(?<=\. |° ){|\d)", form
            ), key


@pytest.mark.parametrize(
    ("value", "digits", "french", "english"),
    [(1234.5, 1, "1\u202f234,5", "1,234.5"), (0, 0, "0", "0"), (10**4, 0, "10\u202f000", "10,000")],
)
def test_numbers(value, digits, french, english):
    assert i18n.number(value, "fr", digits) == french
    assert i18n.number(value, "en", digits) == english


def test_percentages():
    assert i18n.percent(0.456, "fr") == "46\u202f%"
    assert i18n.percent(0.456, "en", 1) == "45.6%"
    assert i18n.percent(float("nan"), "fr") == "–"


@pytest.mark.parametrize(
    ("edtf", "french", "english"),
    [
        ("2016", "2016", "2016"),
        ("2016-02", "février 2016", "February 2016"),
        ("2014-03-24", "24 mars 2014", "24 March 2014"),
        ("2014-04-01", "1er avril 2014", "1 April 2014"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_is_known(edtf, french, english):
    assert i18n.partial_day(edtf, "fr") == french
    assert i18n.partial_day(edtf, "en") == english


@pytest.mark.parametrize(
    ("interval", "french", "english"),
    [
        (
            ("2014-04-05", None),
            "depuis le 5 avril 2014 (sans fin connue)",
            "since 5 April 2014 (no end known)",
        ),
        (
            ("2014-04-01", ""),
            "depuis le 1er avril 2014 (sans fin connue)",
            "since 1 April 2014 (no end known)",
        ),
        (("2014-04", "2018"), "d’avril 2014 à 2018", "from April 2014 to 2018"),
        (
            ("2014", "2018-01-09"),
            "de 2014 au 9 janvier 2018",
            "from 2014 to 9 January 2018",
        ),
    ],
)
def test_an_interval_is_said_as_precisely_as_its_ends_are_known(interval, french, english):
    assert i18n.time_span(*interval, "fr") == french
    assert i18n.time_span(*interval, "en") == english


def test_no_french_sentence_writes_since_before_what_may_be_a_day():
    """« depuis 5 avril 2014 » is no French: see `since` and `span`."""
    forms = (str(message) for message in i18n.catalogue("fr").values())
    found = {
        name for form in forms for name in re.findall(r"(?:depuis|jusqu’à|dès) \{(\w+)\}", form)
    }
    assert found <= {"silent", "day"}  # a length of time; a month or a year, by `since` itself


@pytest.mark.parametrize(
    ("why", "french", "english"),
    [
        ("Homonyme", "«\u202fHomonyme\u202f».", "“Homonyme”."),
        ("Homonyme.", "«\u202fHomonyme.\u202f»", "“Homonyme.”"),
        ("Un doute…", "«\u202fUn doute…\u202f»", "“Un doute…”"),
        ("Qui ?", "«\u202fQui ?\u202f»", "“Qui ?”"),
        ("etc.", "«\u202fetc.\u202f»", "“etc.”"),
        (md("M. X."), "«\u202fM\\. X\\.\u202f»", "“M\\. X\\.”"),
    ],
)
def test_a_sentence_that_ends_with_what_somebody_wrote_has_one_full_stop(why, french, english):
    for key in (
        "review.signatory_retracted",
        "row_error.conflict_row_retracted",
        "error.already_retracted",
    ):
        sentence = i18n.text(key, "fr", on="", value="", why=why).replace("\xa0", "\u202f")
        assert f"{french} " in sentence, sentence
        assert f"{english} " in i18n.text(key, "en", on="", value="", why=why)


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_no_value_that_ends_a_sentence_makes_two_full_stops(lang):
    for key, message in i18n.catalogue(lang).items():
        values = dict.fromkeys(fields(message) - {"n"}, "Fin.")
        if isinstance(message, str):
            sentence = i18n.text(key, lang, n=2, **values)
        else:
            sentence = i18n.plural(key, 2, lang, **values)
        assert not re.search(r"\.[\s»”*]*\.", sentence.replace("...", "…")), sentence


def test_the_day_of_a_retraction_is_said_as_a_day():
    error = Changed("already_retracted", value="x", on="2026-03-01", why="Homonyme")
    assert "le 1er mars 2026" in i18n.public_sentence(error, "fr")


def test_days_and_moments():
    assert i18n.day(date(2014, 3, 24), "fr", "short") == "24/03/2014"
    assert i18n.day(date(2014, 3, 24), "en", "short") == "24 Mar 2014"
    when = datetime(2020, 7, 5, 14, 3, tzinfo=UTC)
    assert i18n.moment(when, "fr") == "5 juillet 2020 à 14\u00a0h\u00a003 (UTC)"
    assert i18n.moment(when, "en") == "5 July 2020, 14:03 (UTC)"
    early = when.replace(hour=3)
    assert i18n.moment(early, "fr") == "5 juillet 2020 à 3\u00a0h\u00a003 (UTC)"
    assert i18n.moment(early, "en") == "5 July 2020, 03:03 (UTC)"


@pytest.mark.parametrize(
    ("span", "french", "english"),
    [
        (timedelta(0), "1 minute", "1 minute"),
        (timedelta(minutes=3.2), "3 minutes", "3 minutes"),
        (timedelta(hours=2), "2 heures", "2 hours"),
        (timedelta(days=3), "3 jours", "3 days"),
    ],
)
def test_a_length_of_time_is_said_in_its_largest_unit(span, french, english):
    assert i18n.duration(span, "fr").replace("\xa0", " ") == french
    assert i18n.duration(span, "en") == english


@pytest.mark.parametrize(
    ("n", "french", "english"),
    [
        (0, "0 engagement", "0 commitments"),
        (1, "1 engagement", "1 commitment"),
        (2, "2 engagements", "2 commitments"),
    ],
)
def test_plurals(n, french, english):
    assert i18n.plural("count.commitments", n, "fr") == french
    assert i18n.plural("count.commitments", n, "en") == english


def test_a_missing_message_is_an_error():
    with pytest.raises(InvalidValue):
        i18n.text("no.such", "fr")
    with pytest.raises(InvalidValue):
        i18n.plural("status.decided", 1, "fr")


@pytest.mark.parametrize(
    ("name", "of_name"),
    [
        ("Éléonore Un", "d’Éléonore Un"),
        ("Zoé Un", "de Zoé Un"),
        ("**Inès** Un", "d’**Inès** Un"),
        ("« Ensemble »", "d’« Ensemble »"),
        ("œuvres", "d’œuvres"),
        ("Yanis", "de Yanis"),
        ("11 amis", "de 11 amis"),
    ],
)
def test_de_is_elided_before_a_name_that_begins_with_a_vowel(name, of_name):
    assert (
        i18n.text("request.answer", "fr", person=name, measure="1")
        == f"Retirer une réponse {of_name} (1)"
    )


def test_de_is_elided_before_the_word_of_a_pact_for_its_places():
    for word in ("arrondissements", "régions"):
        areas_of = i18n.Choice(1, {"lieux": word})
        sentence = i18n.text("limits.fictional", "fr", areas=areas_of)
        assert f"des codes {'d’' if word[0] == 'a' else 'de '}{word}" in sentence
