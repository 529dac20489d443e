"""The people of a city's sheet, in words: their commitments, and each entry with its evidence."""

from datetime import datetime

import pandas as pd
from markupsafe import Markup, escape

from monitor.charts import SIGNS
from monitor.i18n import day, number, partial_day, text
from monitor.models import Kind, Status
from monitor.read import archives, careers, log_entries, replies
from monitor.read import city as cities
from monitor.read.selection import View
from monitor.web.html import with_query
from monitor.web.sheet_words import commitment_anchor, status_label, title_of

#: Entries of a commitment that stand open; the older ones unfold, and are not printed: so the sheet of
#: one official fits on two pages.
RECENT = 5


def people_of_sheet(view: View, place: cities.City, said: cities.Texts, names: dict) -> list[dict]:
    """Everybody who signed: their facts, and for whom they concern each commitment with its entries.
    `names`: what the address of an entry needs."""
    entries = {seq: _entry(view, entry, names) for seq, entry in said.entries.items()}
    groups = cities.by_status(view, place)
    return [
        _person(view, person, groups.get(person.row.signatory_id, []), said, entries)
        for person in place.people
    ]


def _person(
    view: View, person: cities.Person, groups: list[cities.Group], said: cities.Texts, entries: dict
) -> dict:
    row, lang = person.row, view.lang
    own = [one.row for one in person.commitments]
    facts = [careers.story(view, row)]
    if not pd.isna(row.signed_on):
        facts.append(text("city.signed_on", lang, day=partial_day(row.signed_on, lang)))
    if not pd.isna(row.list):
        facts.append(row.list)
    mandates = ""
    if len(person.terms) and not careers.told(view, row):
        held = text("sentence.semicolon", lang).join(careers.in_words(view, person.terms))
        mandates = text("city.mandates", lang, mandates=held)
    elif careers.presumed(view, row):
        term = (day(each, lang) for each in (view.pact.term_start, view.pact.term_end))
        mandates = text("city.no_mandate", lang, **dict(zip(("start", "end"), term, strict=True)))
    return {
        "anchor": f"signataire-{row.signatory_id}",
        "name": row.name,
        "facts": facts,
        "signature": None if pd.isna(row.source_url) else row.source_url,
        "mandates": mandates,
        "unbound": careers.unbound(view, row, own),
        "groups": _groups(view, person, groups, entries, said)
        if own and careers.concerned(row, own)
        else [],
        "entries": [
            entries[seq] for one in person.commitments for seq in one.seqs if seq in entries
        ],
    }


def _groups(
    view: View, person: cities.Person, groups: list[cities.Group], entries: dict, said: cities.Texts
) -> list[dict]:
    """Their commitments; where there are `groups`, each of them under a line that unfolds it."""
    asked = said.requests[person.row.signatory_id]

    def made(commitments: list[cities.Commitment]) -> list[dict]:
        return [_commitment(view, one, entries, said, asked) for one in commitments]

    if not groups:
        return [{"folds": False, "commitments": made(person.commitments)}]
    return [
        {
            "folds": True,
            "code": group.status.value,
            "sign": SIGNS[group.status],
            "status": text(f"status.{group.status}", view.lang),
            "apart": group.apart,
            "count": number(len(group.commitments), view.lang),
            "open": group.open,
            "commitments": made(group.commitments),
        }
        for group in groups
    ]


def _commitment(view: View, one: cities.Commitment, entries: dict, said: cities.Texts, asked):
    row, lang = one.row, view.lang
    measure = view.measure(row.measure)
    status = Status(row.status)
    since = cities.since_in_words(view, row, said.entries.get(row.said_by))
    verdict = careers.verdict(row, lang)
    facts = [
        (
            "status_since",
            cities.since_in_words(view, row, said.entries.get(row.said_by), bare=True),
        ),
        ("verdict", verdict),
        ("lateness", None if pd.isna(row.lateness) else text(f"lateness.{row.lateness}", lang)),
        ("due", day(row.due_on, lang)),
        ("binding", None if row.binding else careers.not_binding(view, row)),
        ("count", number(row.actions, lang)),
    ]
    reply = said.replies.get(row.Index)
    answer = None
    if reply is not None and reply.summary is not None:
        when = partial_day(reply.happened_on, lang)
        answer = text("sheet.reply_said", lang, day=when, words=reply.summary)
    first = said.entries.get(row.said_by)
    before = reply is not None and replies.before(reply, row.since)
    shown = [seq for seq in one.seqs if seq in entries]
    # What the status rests on is never folded away, on paper neither.
    hidden = row.said_by in shown[RECENT:]
    return {
        "anchor": commitment_anchor(row),
        "title": title_of(view, row),
        "wording": measure.wording,
        "criterion": measure.criterion_fr if lang == "fr" else measure.criterion_en,
        "code": status.value,
        "sign": SIGNS[status],
        "status": text(f"status.{status}", lang),
        "since": since,
        "apart": "" if row.binding else f"{verdict}, {careers.not_binding(view, row)}",
        "facts": [(text(f"sheet.{name}", lang), value) for name, value in facts if value],
        "reply": answer,
        "reply_title": text("sheet.reply_before" if before else "sheet.reply", lang),
        "said_by": entries[row.said_by] if hidden and first is not None else None,
        "requests": [
            text(f"reply.{way}", lang, day=day(when, lang))
            for measure_id, way, when in asked
            if measure_id == row.measure
        ],
        "entries": [entries[seq] for seq in shown if not (hidden and seq == row.said_by)],
    }


def _entry(view: View, entry: log_entries.Shown, names: dict) -> dict:
    lang = view.lang
    recorded = datetime.fromisoformat(entry.recorded_at).date()
    return {
        "seq": entry.seq,
        "lang": view.pact.language,
        "stands": entry.stands,
        "measure": title_of(view, entry),
        "when": partial_day(entry.happened_on, lang),
        "what": status_label(entry.status, lang)
        if entry.status
        else text(f"kind.{entry.kind}", lang),
        "summary": entry.summary,
        "quote": entry.quote and text("entry.quote", lang, quote=entry.quote),
        "source": source_of(entry, lang),
        "notes": _notes(entry, names, lang),
        "number": text("entry.number", lang, seq=entry.seq),
        "address": with_query("/actions", names | {"entree": str(entry.seq)}),
        "recorded": text("sheet.recorded", lang, day=day(recorded, lang)),
    }


def source_of(entry: log_entries.Shown, lang: str) -> dict | None:
    if not (entry.source_title or entry.source_url):
        return None
    kind = f"source_kind.{entry.source_kind}" if entry.source_kind else "entry.source"
    return {
        "kind": text("sheet.source_kind", lang, kind=text(kind, lang)),
        "words": entry.source_title or entry.source_url,
        "address": entry.source_url,
        "publisher": entry.source_publisher,
        "copies": archives.copies(entry, lang),
        "kept": bool(entry.archive_url or entry.found_archive),
        "dead": archives.dead(entry, lang),
    }


def _notes(entry: log_entries.Shown, names: dict, lang: str) -> list[Markup]:
    """Its reason, and what became of it since; the entries that are named are linked."""

    def linked(seq: int) -> Markup:
        return Markup('<a href="{}">{}</a>').format(
            with_query("/actions", names | {"entree": str(seq)}), seq
        )

    def why(reason: str | None) -> Markup:
        return (
            Markup(" {}").format(text("entry.reason", lang, reason=reason)) if reason else Markup()
        )

    def say(key: str, **values) -> Markup:
        return Markup(escape(text(key, lang, **dict.fromkeys(values, "{}")))).format(
            *values.values()
        )

    said = []
    if entry.reason:
        said.append(say("entry.reason", reason=entry.reason))
    if entry.uncounted:
        said.append(say(f"entry.uncounted_{entry.uncounted}"))
    if entry.redacted_seq is not None:
        said.append(say("entry.redacted", seq=entry.redacted_seq))
    if entry.withdrawn_seq is not None:
        said.append(
            say("entry.withdrawn_file", seq=entry.withdrawn_seq) + why(entry.withdrawn_reason)
        )
    if not entry.stands and entry.later_seq is not None:
        what = "withdrawn" if entry.later_kind == Kind.RETRACTION else "corrected"
        said.append(say(f"entry.{what}", seq=linked(entry.later_seq)) + why(entry.later_reason))
    if entry.supersedes:
        what = "withdraws" if entry.kind == Kind.RETRACTION else "corrects"
        target = Markup(escape(text("entry.number", lang, seq="{}"))).format(
            linked(entry.supersedes_seq)
        )
        said.append(say(f"entry.{what}", action=target))
    return said
