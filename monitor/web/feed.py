"""The feed of accepted entries, /flux.atom: RFC 4287, in pages as of RFC 5005."""

import textwrap
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from urllib.parse import quote, urlencode
from uuid import NAMESPACE_OID, uuid5

from starlette.requests import Request
from starlette.routing import Route

from monitor.areas import with_department
from monitor.charts import SIGNS, xml_text
from monitor.export.licences import licence_in_words
from monitor.i18n import day, partial_day, text
from monitor.models import Kind, Status
from monitor.read import feed, files, filter_labels, log_entries
from monitor.read.query import in_language
from monitor.read.selection import View
from monitor.web.html import site_address
from monitor.web.query import BadQuery, requested_view
from monitor.web.responses import Answer, Public, etag

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
#: The name of the feed's own: entries accepted before that one.
OWN = {"avant": None}
ATOM = "http://www.w3.org/2005/Atom"
ET.register_namespace("", ATOM)


def prepare(request: Request) -> Answer:
    """A page of the feed of the view that the address asks for."""
    view = requested_view(request.query_params, OWN)
    asked = request.query_params.get("avant")
    before = log_entries.number_in(asked)
    if asked is not None and not log_entries.public(view, before):
        raise BadQuery("query_no_entry", "avant", asked)
    base = site_address(request)
    pinned = str("au" in request.query_params)
    return Answer(
        etag=etag(view, files.FEED, base, pinned, str(before)),
        media_type=MEDIA_TYPE,
        lang=view.lang,
        pieces=lambda: _written(view, base, before),
    )


def _written(view: View, base: str, before: int) -> Iterator[bytes]:
    items, following = feed.page(view, before or None)
    yield ET.tostring(_feed(view, base, before, items, following), "utf-8", xml_declaration=True)


def _feed(
    view: View, base: str, before: int, items: list[feed.Item], following: int | None
) -> ET.Element:
    say = partial(text, lang=view.lang)
    asked = files.feed_query(view)
    root = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": view.lang})
    _add(root, "id", _urn("flux", *(f"{name}={value}" for name, value in asked.items())))
    _add(root, "title", title(view))
    _add(root, "subtitle", f"{say('feed.subtitle')} {filter_labels.quoted(view)}".rstrip())
    newest = max((item.updated for item in items), default=None)
    _add(root, "updated", _time(newest or view.snapshot.recorded_at))
    _add(_add(root, "author"), "name", say("app.title"))
    _add(root, "rights", say("feed.rights", licence=licence_in_words(view.pact.licence, view.lang)))
    pages = [("self", before), ("first", 0), *([("next", following)] if following else [])]
    for rel, seq in pages:
        own = {"avant": str(seq)} if seq else {}
        _link(root, rel, f"{base}{files.feed_address(view, **own)}", "application/atom+xml")
    _link(root, "alternate", f"{base}/actions?{urlencode(asked)}", "text/html")
    for item in items:
        _entry(root, view, base, item)
    return root


def title(view: View) -> str:
    """The pact and the filters in words; that the pact is made up, if it is."""
    parts = [text("feed.actions", view.lang, pact=view.pact.title), *filter_labels.filters(view)]
    if "au" in dict(view.query):
        parts.append(text("feed.as_of", view.lang, day=day(view.day, view.lang)))
    return _marked(view, " · ".join(parts))


def _marked(view: View, said: str) -> str:
    return text("feed.fictional", view.lang, title=said) if view.pact.fictional else said


def _entry(root: ET.Element, view: View, base: str, item: feed.Item) -> None:
    one, lang = item.entry, view.lang
    own = {"pacte": view.log.pact.id} | in_language(lang)
    entry = _add(root, "entry")
    _add(entry, "id", uuid5(NAMESPACE_OID, item.hash).urn)
    _add(entry, "title", _marked(view, _entry_title(view, item)))
    _add(entry, "published", _time(item.published))
    _add(entry, "updated", _time(item.updated))
    _link(entry, "alternate", f"{base}/actions?{urlencode({'entree': one.seq} | own)}", "text/html")
    if item.person is not None:
        city = quote(str(item.person.commune), safe="")
        _link(entry, "related", f"{base}/ville/{city}?{urlencode(own)}", "text/html")
    if one.source_url and _is_web(one.source_url):
        _link(entry, "via", _safe(one.source_url))
    if one.status:
        _category(entry, base, "status", one.status, text(f"status.{one.status}", lang))
    measure = view.titles.get(one.measure, "")
    _category(entry, base, "measure", one.measure, f"{one.measure}. {measure}")
    _add(
        entry,
        "rights",
        text("feed.rights", lang, licence=licence_in_words(view.pact.licence, lang)),
    )
    content = ET.tostring(_content(view, base, own, item), "unicode", method="html")
    _add(entry, "content", content).set("type", "html")


def _entry_title(view: View, item: feed.Item) -> str:
    """« Paris (75) · Anne Hidalgo · 1. Innovation sociale : ◐ partiellement mis en œuvre »"""
    one, person = item.entry, item.person
    who = one.signatory_id
    if person is not None:
        who = f"{with_department(person.commune_name, person.department_code)} · {person.name}"
    said = text(f"kind.{one.kind}", view.lang)
    if one.status:
        said = f"{SIGNS[Status(one.status)]} {text(f'status.{one.status}', view.lang)}"
    if one.supersedes and one.kind != Kind.RETRACTION:
        said = text("feed.correction", view.lang, said=said)
    if mark := _mark(one, view.lang):
        said = f"{said} ({mark})"
    if one.summary:
        said = f"{said} — {textwrap.shorten(one.summary, 90, placeholder='…')}"
    measure = f"{one.measure}. {view.titles.get(one.measure, '')}"
    return text("feed.title", view.lang, who=who, measure=measure, said=said)


def _mark(one: log_entries.Shown, lang: str) -> str:
    """In a title, which may be all that is read: why an entry does not count, "" where it does."""
    if one.withdrawn_seq is not None or (not one.stands and one.later_kind == Kind.RETRACTION):
        return text("feed.withdrawn", lang)
    if not one.stands:
        return text("feed.corrected", lang)
    return text(f"feed.uncounted_{one.uncounted}", lang) if one.uncounted else ""


def _content(view: View, base: str, own: dict[str, str], item: feed.Item) -> ET.Element:
    """All that the entry says and what became of it, as HTML whose texts are escaped."""
    one, say = item.entry, partial(text, lang=view.lang)
    div = ET.Element("div")
    happened = say("feed.happened", day=partial_day(one.happened_on, view.lang))
    _add(div, "p", f"{happened} {one.summary or ''}".strip())
    if one.quote:
        _add(div, "blockquote", f"{one.quote}{filter_labels.quoted_in(view)}")
    _evidence(div, view, one)
    if one.reason:
        _add(div, "p", say("entry.reason", reason=one.reason))
    for said, seq in _since(view, one):
        line = _add(div, "p", f"{said} ")
        if seq:
            address = f"{base}/actions?{urlencode({'entree': seq} | own)}"
            _add(line, "a", say("entry.number", seq=seq)).set("href", address)
    if item.reply is not None:
        when = partial_day(item.reply.happened_on, view.lang)
        _add(div, "p", say("feed.reply", day=when))
        _add(div, "blockquote", f"{item.reply.summary}{filter_labels.quoted_in(view)}")
    return div


def _evidence(div: ET.Element, view: View, one: log_entries.Shown) -> None:
    if not (one.source_title or one.source_url):
        return
    lang = view.lang
    kind = text(f"source_kind.{one.source_kind}" if one.source_kind else "entry.source", lang)
    line = _add(div, "p", text("entry.evidence", lang, kind=kind, source=""))
    _anchor(line, one.source_title or one.source_url, one.source_url)
    if one.source_publisher:
        _add(line, "span", f" · {one.source_publisher}")
    if one.archive_url:
        _add(line, "span", " · ")
        _anchor(line, text("entry.archive", lang), one.archive_url)


def _since(view: View, one: log_entries.Shown) -> Iterator[tuple[str, int | None]]:
    """What the entry does to another, and what was done to it: a sentence, an entry to look at."""
    say = partial(text, lang=view.lang)
    if one.supersedes:
        target = int(one.supersedes_seq)
        kind = "withdraws" if one.kind == Kind.RETRACTION else "corrects"
        seen = target if log_entries.public(view, target) else None
        yield say(f"entry.{kind}", action=say("entry.number", seq=target)), seen
    if one.uncounted:
        yield say(f"entry.uncounted_{one.uncounted}"), None
    if one.redacted_seq is not None:
        yield say("entry.redacted", seq=one.redacted_seq), None
    if one.withdrawn_seq is not None:
        why = one.withdrawn_reason or ""
        yield f"{say('entry.withdrawn_file', seq=one.withdrawn_seq)} {why}".strip(), None
    if not one.stands and one.later_seq is not None:
        kind = "withdrawn" if one.later_kind == Kind.RETRACTION else "corrected"
        why = f" {one.later_reason}" if one.later_reason else ""
        yield say(f"entry.{kind}", seq=one.later_seq) + why, one.later_seq


def _anchor(parent: ET.Element, label: str, url: str | None) -> None:
    if url and _is_web(url):
        _add(parent, "a", label).set("href", _safe(url))
    else:
        _add(parent, "span", label)


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))


def _safe(url: str) -> str:
    return quote(url, safe=":/?#@!$&+,;=%~-._()'*[]")


def _add(parent: ET.Element, tag: str, said: str | None = None) -> ET.Element:
    """A new child; within the feed in its namespace, within HTML in none."""
    space = f"{{{ATOM}}}" if parent.tag.startswith("{") else ""
    child = ET.SubElement(parent, f"{space}{tag}")
    if said is not None:
        child.text = xml_text(said)
    return child


def _link(parent: ET.Element, rel: str, href: str, media_type: str | None = None) -> None:
    link = _add(parent, "link")
    link.attrib |= {"rel": rel, "href": xml_text(href, "")}
    if media_type:
        link.set("type", media_type)


def _category(parent: ET.Element, base: str, scheme: str, term: str, label: str) -> None:
    said = {"term": term, "scheme": f"{base}/methode#{scheme}", "label": label}
    _add(parent, "category").attrib |= {name: xml_text(value) for name, value in said.items()}


def _urn(*parts: str) -> str:
    return uuid5(NAMESPACE_OID, " ".join(parts)).urn


def _time(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


ROUTES = [Route(files.FEED, Public(prepare))]
