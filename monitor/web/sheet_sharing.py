"""What others are given of the sheet of a city: to cite, as a picture, and as linked data."""

from collections import Counter
from datetime import UTC
from typing import Any

from monitor import charts
from monitor.export.licences import licence_in_words
from monitor.i18n import day, join_items, number, plural, text
from monitor.models import SignatoryKind, Status
from monitor.read import city as cities
from monitor.read import filter_labels
from monitor.read.city_groups import MANY
from monitor.read.city_texts import CityTexts
from monitor.read.known_days import since_in_words
from monitor.read.selection import View
from monitor.web.sheet_words import IN_FULL, commitment_title, place_summary

#: What linked data call a signatory who is no person.
_TYPES: dict[str | None, str] = {
    kind: "Organization" for kind in SignatoryKind if kind is not SignatoryKind.PERSON
}


def sheet_citation(view: View, title: str, address: str) -> str:
    """A sheet as one cites it: of which places, as of when, the head of the log, where, under what
    licence."""
    return text(
        "sheet.citation",
        view.lang,
        city=title,
        pact=view.pact.title,
        day=day(view.day, view.lang),
        site=text("app.title", view.lang),
        seq=number(view.snapshot.seq, view.lang),
        hash=view.snapshot.short_hash,
        address=address,
        licence=licence_in_words(view.pact.licence, view.lang),
    )


def closing_words(view: View) -> dict[str, str]:
    """The end of a sheet: of which pact and day, under what licence, at which head of the log."""
    return {
        "about": text(
            "sheet.about",
            view.lang,
            pact=view.pact.title,
            day=day(view.day, view.lang),
            licence=licence_in_words(view.pact.licence, view.lang),
        ),
        "head_words": text("sheet.head", view.lang, head=view.snapshot.head),
    }


def frame_code(address: str, title: str, height: int, width: int) -> str:
    """What another site puts into its page to show that address."""
    source, label = (part.replace("&", "&amp;").replace('"', "&quot;") for part in (address, title))
    return (
        f'<iframe src="{source}" title="{label}" width="{width}" height="{height}" loading="lazy" '
        'style="border: 1px solid #ccc; max-width: 100%"></iframe>'
    )


def last_known_at(view: View) -> str | None:
    """The time of the state of the log that is shown, as an address says it: that of its last entry,
    where no other was asked for; None of an empty log."""
    at = view.known_at or view.snapshot.recorded_at
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if at else None


def sheet_card(view: View, place: cities.City) -> str:
    """`charts.card` of the city: whose commitments bind, and these, each with its name where several
    people's do; where they are MANY, a bar of all by status. Where there is no room for all, the
    first in the order of the pact stand there, whatever their status, and the card says of how many."""
    lang, lines = view.lang, []
    whose = {one.row.signatory_id: one.row.name for one in place.bound}
    who = join_items(list(whose.values()), lang) if whose else place_summary(view, place)
    for one in place.bound:
        state = text(f"status.{one.row.status}", lang)
        if since := since_in_words(view, one.row):
            state += f", {since}"
        lines.append((one.row.status, commitment_title(view, one.row, len(whose) > 1), state))
    about = text(
        "chart.about",
        lang,
        pact=view.pact.title,
        day=day(view.day, lang),
        filters=text("app.title", lang),
    )
    head = view.snapshot.head[: view.snapshot.head.index(":") + 13]
    written = [words] if (words := filter_labels.pact_language(view)) else []
    mark = text("frame.fictional_mark", lang) if view.pact.fictional else ""
    notes = [about, " · ".join([*written, licence_in_words(view.pact.licence, lang), f"{head}…"])]
    own = Counter(Status(status) for status, _, _ in lines) if len(lines) > MANY else {}
    counts = [
        (each, f"{text(f'status.{each}', lang)} {number(own[each], lang)}", own[each])
        for each in Status
        if own.get(each)
    ]
    if len(lines) > (room := charts.card_room(lines, bool(counts))):
        shown = plural("count.measures" if len(whose) == 1 else "count.commitments", room, lang)
        notes.insert(0, text("sheet.card_some", lang, shown=shown, all=number(len(lines), lang)))
    return charts.card(place.title, who, lines, notes, mark, counts)


def linked_data(
    view: View, place: cities.City, texts: CityTexts, canonical: str, address: str
) -> dict[str, Any]:
    """The sheet as linked data: a schema.org Report (https://schema.org/Report) about the city, resting
    on its sources. Not a ClaimReview: that rates whether a statement is true, and a status does not."""
    sources = {
        entry.source_url: {
            "@type": "CreativeWork",
            "name": entry.source_title or entry.source_url,
            "url": entry.source_url,
            **(
                {"publisher": {"@type": "Organization", "name": entry.source_publisher}}
                if entry.source_publisher
                else {}
            ),
            **(
                {"archivedAt": entry.archive_url or entry.found_archive}
                if entry.archive_url or entry.found_archive
                else {}
            ),
        }
        for entry in texts.entries.values()
        if entry.source_url and entry.stands
    }
    site = text("app.title", view.lang)
    return {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": canonical,
        "url": address,
        "name": text("sheet.heading", view.lang, city=place.title, pact=view.pact.title),
        "headline": text("sheet.heading", view.lang, city=place.title, pact=view.pact.title),
        "abstract": place_summary(view, place),
        "inLanguage": view.lang,
        "license": view.pact.licence or licence_in_words(None, view.lang),
        "dateModified": view.snapshot.recorded_at.isoformat() if view.snapshot.recorded_at else "",
        "temporalCoverage": "/".join(
            each.isoformat() for each in (min(view.pact.term_start, view.day), view.day)
        ),
        "version": view.snapshot.head,
        "publisher": {"@type": "Organization", "name": site},
        "about": [
            {
                "@type": "City" if view.in_departments else "Place",
                "name": place.name,
                "identifier": place.code,
            },
            *(
                {"@type": _TYPES.get(one.row.kind, "Person"), "name": one.row.name}
                for one in place.people
            ),
        ],
        # Where the sheet has lines alone, the sources are on the sheets of the measures.
        "isBasedOn": list(sources.values()) if len(place.commitments) <= IN_FULL else [],
    }
