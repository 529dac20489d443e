"""What the sheet of a city says, in words: made from the same figures as the pages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from monitor import areas, charts
from monitor.dates import day_number
from monitor.i18n import day, join_first, join_items, number, plural, text
from monitor.models import UNKNOWN, Lateness, Status
from monitor.publisher import link_of, publisher
from monitor.read import answers, careers, filter_labels
from monitor.read import city as cities
from monitor.read.between_days import Change, changes_between, sums_in_words
from monitor.read.city_groups import MANY
from monitor.read.known_days import since_in_words
from monitor.read.labels import measure_title, status_label
from monitor.read.places import area_keys, signed_areas
from monitor.read.selection import View
from monitor.shares import share_of
from monitor.table_rows import AreaRow, ChangeRow, CommitmentRow, read_rows

#: With more commitments than this a sheet has a line of each; with more than that, it counts them.
IN_FULL, IN_LINES = 60, 450
#: Places of the same name that are named at most.
NAMED = 6
#: The filters that a sheet follows beside its place.
MEASURES = ("theme", "mesure")
_ASSESSED = frozenset(Status) - {Status.NOT_ASSESSED}


def city_view(view: View, code: str) -> View:
    """The view of one city, or of the measures of one that the address asks for, whatever other filters
    it has."""
    kept = {name: view.filters[name] for name in MEASURES if name in view.filters}
    return replace(view, filters={"commune": code, **kept})


def filters_of_sheet(view: View) -> str:
    """The theme or the measure that the address keeps, "" where it keeps all."""
    return " · ".join(filter_labels.filters_in_words(view.without("commune")))


def place_summary(view: View, place: cities.City) -> str:
    """Who signed, and how many of the commitments that bind have each status."""
    lang = view.lang
    if not place.people:
        return view.text("sheet.nobody_signed_part")
    if not any(one.row.signed for one in place.people):
        return view.text("sheet.nobody_yet", day=day(view.day, lang))
    people = view.text(
        "sheet.people",
        signatories=view.plural("count.signatories", sum(one.row.signed for one in place.people)),
        elected=careers.results_in_words(view, [one.row for one in place.people]),
    )
    if careers.is_before_election(view):
        return _promised(view, place, people)
    over = [one for one in place.commitments if one.row.ever_bound and not one.row.binding]
    ended = view.plural("sheet.ended", len(over), states=_states(over, lang)) if over else ""
    if not place.bound:
        # Of whom nobody noted the result, nobody knows that they are not bound.
        unsure = any(one.row.signed and one.row.unknown for one in place.people)
        none = "sheet.summary_none_known" if unsure else "sheet.summary_none"
        return f"{view.text(none, people=people, day=day(view.day, lang))} {ended}".rstrip()
    bound = plural("sheet.bind", len(place.bound), lang)
    answered = answers.partly_in_words(view)
    if partly := sum((one.row.signatory_id, one.row.measure) in answered for one in place.bound):
        bound += text("sheet.bind_partly", lang, n=number(partly, lang))
    states = f"{bound}{text('sentence.colon', lang)}{_states(place.bound, lang)}"
    summary = text("sheet.summary", lang, people=people, day=day(view.day, lang), states=states)
    due = [one for one in place.bound if one.row.status != Status.NOT_APPLICABLE]
    if len(due) < len(place.bound):
        summary = f"{summary} {plural('sheet.due_of_these', len(due), lang)}"
    summary = f"{summary} {ended}".rstrip()
    over = [one.row for one in place.bound if one.row.lateness == Lateness.OVERDUE]
    unknown = sum(Status(row.status) in UNKNOWN for row in over)
    late = len(over) - unknown
    summary += f" {plural('sheet.overdue', late, lang)}" if late else ""
    return f"{summary} {plural('sheet.overdue_unknown', unknown, lang)}" if unknown else summary


def _promised(view: View, place: cities.City, people: str) -> str:
    """What was committed to, before the vote, by signatures that have not been withdrawn."""
    made, on = view.known.promised, day_number(view.day)
    rows = [one.row.Index for one in place.commitments]
    count = sum(bool(made.first[row] <= on <= made.last[row]) for row in rows)
    if rows and not count:
        return view.text("sheet.summary_none", people=people, day=day(view.day, view.lang))
    return view.plural("sheet.promised", count, people=people, day=day(view.day, view.lang))


def _states(commitments: list[cities.Commitment], lang: str) -> str:
    """« mis en œuvre (1) et non évalué (3) »."""
    counts = Counter(one.row.status for one in commitments)
    parts = [
        f"{text(f'status.{status}', lang)} ({number(counts[status], lang)})"
        for status in Status
        if counts[status]
    ]
    return join_items(parts, lang)


def first_notices(
    view: View, former: str | None, place: cities.City, asked: str | None, since: date | None
) -> list[str]:
    """What must be known first: a merged commune, a fiction, a past state of the log, a value that means
    nothing here, `asked` among them if it gave no day to compare with (`since`)."""
    lang, notices = view.lang, []
    known = view.log.areas
    if former and areas.code_of_today(known, former.upper()) == place.code:
        notices.append(
            text("sheet.merged", lang, old=former[:40], name=place.name, code=place.code)
        )
    elif former and place.code in areas.areas_of_former_name(known, former):
        old = areas.former_name(place.code, former)
        notices.append(text("sheet.renamed", lang, old=old, name=place.name, code=place.code))
    elif former and (others := _namesakes(view, place, former)):
        words = join_first(others, NAMED, text("sentence.comma", lang))
        notices.append(view.text("sheet.namesakes", others=words))
    if view.pact.fictional:
        notices.append(view.text("frame.fictional"))
    if words := filter_labels.past_log_note(view):
        notices.append(words)
    if words := filter_labels.language_of_texts(view):
        notices.append(words)
    if asked and since is None:
        notices.append(text("frame.unknown_day", lang, name="depuis", value=asked[:80]))
    return notices + unknown_names(view)


def _namesakes(view: View, place: cities.City, typed: str) -> list[str]:
    """The other places of the name that was asked for, if it is that of this one and nobody signed
    there."""
    key, known = areas.search_key(typed), view.log.areas
    if key != areas.search_key(place.name):
        return []
    others = known[area_keys(view.state.now) == key].drop(place.code, errors="ignore")
    if len(others.index.intersection(signed_areas(view.state.now).index)):
        return []
    rows = read_rows(AreaRow, areas.sort_areas(others))
    return [areas.with_department(row.name, row.department_code) for row in rows]


def page_notices(view: View) -> list[str]:
    """What any page of a view says first: a fiction, a past state of the log, values of the address that
    mean nothing."""
    fictional = [view.text("frame.fictional")] if view.pact.fictional else []
    return [*fictional, *filter(None, [filter_labels.past_log_note(view)]), *unknown_names(view)]


def unknown_names(view: View) -> list[str]:
    """The names of the address, but for its place, that mean nothing here."""
    return [
        text(
            "frame.unknown_day" if name == "au" else "frame.unknown_value",
            view.lang,
            name=name,
            value=value[:80],
        )
        for name, value in view.unknown
        if name != "commune"
    ]


class Progress(NamedTuple):
    """`charts.progress_svg` of a city, "" where there is nothing to draw; what unfolds it in words, ""
    where it is short; (sign, word, code) of the statuses that it shows; what it leaves out, in words."""

    drawn: Markup = Markup()
    unfolds: str = ""
    legend: Sequence[tuple[str, str, str]] = ()
    left_out: str = ""


def sheet_progress(view: View, place: cities.City) -> Progress:
    """The commitments that bind, or did: all of them, but where these are MANY only those that
    somebody has assessed, and none where these too are more than a sheet tells in full."""
    rows = [one.row for one in place.commitments]
    parts = cities.status_segments(view, [row.Index for row in rows])
    held = {row.signatory_id for row, own in zip(rows, parts, strict=True) if own}
    lines = [
        (commitment_title(view, row, len(held) > 1), segments)
        for row, segments in zip(rows, parts, strict=True)
        if segments
    ]
    found = len(lines)
    if found > MANY:
        lines = [line for line in lines if any(status in _ASSESSED for _, _, status in line[1])]
    if not 0 < len(lines) <= IN_FULL:
        return Progress()
    alt = text("sheet.progress_alt", view.lang)
    seen = {status for _, segments in lines for _, _, status in segments}
    shown = [each for each in (*Status, *charts.BANDS) if each in seen]
    legend = [(charts.status_sign(each), view.text(f"status.{each}"), each) for each in shown]
    drawn = Markup(charts.progress_svg(lines, view.term, view.day, alt))
    apart = found - len(lines)
    unfolds = ""
    if len(lines) > MANY:
        unfolds = plural("count.commitments", len(lines), view.lang)
    left_out = plural("sheet.left_out", apart, view.lang) if apart else ""
    return Progress(drawn, unfolds, legend, left_out)


def comparison_in_words(view: View, place: cities.City) -> list[str]:
    """The same figures for communes of the same size and officials of the same office."""
    sentences: list[str] = []
    if place.code in areas.city_of_district():
        return sentences
    for office in dict.fromkeys(one.row.office for one in place.bound if one.row.office):
        peers = cities.peer_cities(view, place.size, office)
        if peers is None or not peers.table.assessed_ever:  # nothing was read to compare with
            continue
        lang, row = view.lang, peers.table
        low, high, rates = share_of(row, "rate_low"), share_of(row, "rate_high"), ""
        if low.enough:
            shares = {"low": low.percent(lang), "high": high.percent(lang)}
            rates = text("sheet.peers_rates", lang, **shares)
        sentences.append(
            view.text(
                "sheet.peers",
                size=text(f"size.{peers.size}", lang),
                office=view.office(office),
                cities=number(peers.cities, lang),
                implemented=number(row.implemented, lang),
                due=number(row.due, lang),
                rates=rates,
                effort=charts.assessment_effort(row, lang),
                implemented_ever=number(row.implemented_ever, lang),
                due_ever=number(row.due_ever, lang),
            )
        )
    return sentences


def changes_since(view: View, since: date) -> tuple[str, list[dict]]:
    """What is not what it was on a day: how many of each kind, and each."""
    lang, found = view.lang, changes_between(view, since)
    lines = []
    for row in read_rows(ChangeRow, found):
        before, after = status_label(row.before, lang), status_label(row.status, lang)
        moved = row.change not in (Change.ENTERED, Change.LEFT)
        lines.append(
            {
                "anchor": commitment_anchor(row),
                "title": commitment_title(view, row, True),
                "before": text("changes.unbound", lang) if row.change == Change.ENTERED else before,
                "after": text("changes.unbound", lang) if row.change == Change.LEFT else after,
                "since": since_in_words(view, row) if moved else "",
            }
        )
    return sums_in_words(found, lang), lines


def contact_link() -> dict | None:
    """MONITOR_CONTACT as a link: a mail address, or the address of a page."""
    given = publisher().contact
    return {"words": given, "address": link_of(given)} if given else None


def commitment_title(view: View, row: CommitmentRow | ChangeRow, named: bool) -> str:
    """The measure of a commitment, after the name of its signatory where that is not clear."""
    title = measure_title(view, row.measure)
    return f"{row.name} · {title}" if named else title


def commitment_anchor(row: CommitmentRow | ChangeRow) -> str:
    """Where a commitment stands on the sheet."""
    return f"{row.signatory_id}-mesure-{row.measure}"
