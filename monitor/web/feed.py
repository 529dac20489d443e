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
from monitor.charts import xml_text
from monitor.export.licences import licence_in_words
from monitor.i18n import LANGUAGES, day, text
from monitor.log import EPOCH
from monitor.models import Kind
from monitor.read import feed, files, filter_labels, log_entries, replies
from monitor.read.entry_text import entry_status, entry_text
from monitor.read.labels import measure_title
from monitor.read.lines import Mark, Span, Topic
from monitor.read.selection import View
from monitor.read.strict_query import BadQuery
from monitor.web.html import site_address
from monitor.web.query import requested_view
from monitor.web.responses import Answer, Public, etag

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
#: The name of the feed's own: entries accepted before that one.
OWN = {"avant": None}
ATOM = "http://www.w3.org/2005/Atom"
ET.register_namespace("", ATOM)


def prepare_feed(request: Request) -> Answer:
    """A page of the feed of the view that the address asks for."""
    view = requested_view(request, OWN)
    asked = request.query_params.get("avant")
    before = log_entries.entry_number_in(asked)
    if asked is not None and not view.state.is_public(before):
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
    items, following = feed.feed_page(view, before or None)
    samples = feed.samples_of_page(view, before or None, following)
    every = sorted([*items, *samples], key=partial(feed.place_of_item, view), reverse=True)
    yield ET.tostring(_feed(view, base, before, every, following), "utf-8", xml_declaration=True)


def _feed(
    view: View,
    base: str,
    before: int,
    items: list[feed.Item | feed.SampleItem],
    following: int | None,
) -> ET.Element:
    say = partial(text, lang=view.lang)
    asked = files.feed_query(view)
    root = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": view.lang})
    # Who follows the French feed has always known it by an address that did not name French.
    known_by = [one for one in asked.items() if one != ("lang", LANGUAGES[0])]
    _add(root, "id", _urn("flux", *(f"{name}={value}" for name, value in known_by)))
    _add(root, "title", feed_title(view))
    _add(
        root, "subtitle", f"{say('feed.subtitle')} {filter_labels.language_of_texts(view)}".rstrip()
    )
    newest = max((item.updated for item in items), default=None)
    _add(root, "updated", _time(newest or view.snapshot.recorded_at or EPOCH))
    _add(_add(root, "author"), "name", say("app.title"))
    _add(root, "rights", say("feed.rights", licence=licence_in_words(view.pact.licence, view.lang)))
    pages = [("self", before), ("first", 0), *([("next", following)] if following else [])]
    for rel, seq in pages:
        own = {"avant": str(seq)} if seq else {}
        _link(root, rel, f"{base}{files.feed_address(view, **own)}", "application/atom+xml")
    _link(root, "alternate", f"{base}/actions?{urlencode(asked)}", "text/html")
    for item in items:
        if isinstance(item, feed.SampleItem):
            _sample_entry(root, view, base, item)
        else:
            _entry(root, view, base, item)
    return root


def feed_title(view: View) -> str:
    """The pact and the filters in words; that the pact is made up, if it is."""
    parts = [
        text("feed.actions", view.lang, pact=view.pact.title),
        *filter_labels.filters_in_words(view),
    ]
    if "au" in dict(view.query):
        parts.append(text("feed.as_of", view.lang, day=day(view.day, view.lang)))
    return _marked(view, " · ".join(parts))


def _marked(view: View, title: str) -> str:
    return text("feed.fictional", view.lang, title=title) if view.pact.fictional else title


def _entry(root: ET.Element, view: View, base: str, item: feed.Item) -> None:
    one, lang = item.entry, view.lang
    own = {"pacte": view.log.pact.id, "lang": lang}
    entry = _begin_entry(root, view, base, item.hash, one.seq, _entry_title(view, item))
    _add(entry, "published", _time(item.published))
    _add(entry, "updated", _time(item.updated))
    if item.person is not None:
        city = quote(str(item.person.commune), safe="")
        _link(entry, "related", f"{base}/ville/{city}?{urlencode(own)}", "text/html")
    if one.source_url and _is_web(one.source_url):
        _link(entry, "via", _safe(one.source_url))
    if one.status:
        _category(entry, base, "status", one.status, text(f"status.{one.status}", lang))
    _category(entry, base, "measure", one.measure, measure_title(view, one.measure))
    _end_entry(entry, view, _content(view, base, own, item))


def _sample_entry(root: ET.Element, view: View, base: str, item: feed.SampleItem) -> None:
    """A sampling plan, its numbers or its end: a sentence, and where it is told in full."""
    own = {"pacte": view.log.pact.id, "lang": view.lang}
    entry = _begin_entry(root, view, base, item.hash, item.entry.seq, item.entry.words)
    _add(entry, "published", _time(item.entry.recorded_at))
    _add(entry, "updated", _time(item.updated))
    div = ET.Element("div")
    _add(div, "p", item.entry.words)
    address = f"{base}/echantillon?{urlencode(own)}"
    _add(_add(div, "p"), "a", view.text("page.sample")).set("href", address)
    _end_entry(entry, view, div)


def _begin_entry(
    root: ET.Element, view: View, base: str, hash_: str, seq: int, title: str
) -> ET.Element:
    """An entry with what all have: what it is called, and where on the page of the log it is."""
    own = {"pacte": view.log.pact.id, "lang": view.lang}
    entry = _add(root, "entry")
    _add(entry, "id", uuid5(NAMESPACE_OID, hash_).urn)
    _add(entry, "title", _marked(view, title))
    _link(entry, "alternate", f"{base}/actions?{urlencode({'entree': seq} | own)}", "text/html")
    return entry


def _end_entry(entry: ET.Element, view: View, content: ET.Element) -> None:
    """Under which licence it is, and what it says as HTML."""
    licence = licence_in_words(view.pact.licence, view.lang)
    _add(entry, "rights", text("feed.rights", view.lang, licence=licence))
    _add(entry, "content", ET.tostring(content, "unicode", method="html")).set("type", "html")


def _entry_title(view: View, item: feed.Item) -> str:
    """« Paris (75) · Anne Hidalgo · 1. Innovation sociale : ◐ partiellement mis en œuvre »"""
    one, person = item.entry, item.person
    who = one.signatory_id
    if person is not None:
        who = f"{with_department(person.commune_name, person.department_code)} · {person.name}"
    status = entry_status(view, one)
    if one.supersedes and one.kind != Kind.RETRACTION:
        status = text("feed.correction", view.lang, said=status)
    if mark := _mark(view, one):
        status = f"{status} ({mark})"
    if one.summary:
        status = f"{status} — {textwrap.shorten(one.summary, 90, placeholder='…')}"
    measure = measure_title(view, one.measure)
    return text("feed.title", view.lang, who=who, measure=measure, said=status)


def _mark(view: View, one: log_entries.LogEntry) -> str:
    """In a title, which may be all that is read: why an entry does not count, "" where it does."""
    if one.withdrawn_seq is not None or (not one.stands and one.later_kind == Kind.RETRACTION):
        return view.text("feed.withdrawn")
    if not one.stands:
        return view.text("feed.corrected")
    return view.text(f"feed.uncounted_{one.uncounted}") if one.uncounted else ""


def _content(view: View, base: str, own: dict[str, str], item: feed.Item) -> ET.Element:
    """All that the entry says and what became of it, as HTML whose texts are escaped."""
    words, div = entry_text(view, item.entry), ET.Element("div")
    happened = text("feed.happened", view.lang, day=words.when)
    _add(div, "p", f"{happened} {words.summary}" if words.summary else words.when)
    lines = list(words.lines)
    if item.reply is not None:
        lines.append(replies.reply_beside_entry(view, item.reply, item.entry))
    for line in lines:
        shown = _add(div, "blockquote" if line.topic is Topic.QUOTE else "p")
        for before, span in line.spans:
            _append(shown, before)
            _dress(shown, span, base, own)
        if line.topic in (Topic.QUOTE, Topic.REPLY):
            _append(shown, filter_labels.language_note(view))
    return div


def _dress(parent: ET.Element, span: Span, base: str, own: dict[str, str]) -> None:
    """A span as HTML; an entry that it names is a link to the page."""
    if span.entry:
        address = f"{base}/actions?{urlencode({'entree': span.entry} | own)}"
        _add(parent, "a", span.text).set("href", address)
    elif span.href and _is_web(span.href):
        _add(parent, "a", span.text).set("href", _safe(span.href))
    elif span.mark is Mark.STRONG:
        _add(parent, "b", span.text)
    else:
        _append(parent, span.text)


def _append(parent: ET.Element, words: str) -> None:
    """Words at the end of an element, after what it already holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + xml_text(words)
    else:
        parent.text = (parent.text or "") + xml_text(words)


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))


def _safe(url: str) -> str:
    return quote(url, safe=":/?#@!$&+,;=%~-._()'*[]")


def _add(parent: ET.Element, tag: str, words: str | None = None) -> ET.Element:
    """A new child; within the feed in its namespace, within HTML in none."""
    space = f"{{{ATOM}}}" if parent.tag.startswith("{") else ""
    child = ET.SubElement(parent, f"{space}{tag}")
    if words is not None:
        child.text = xml_text(words)
    return child


def _link(parent: ET.Element, rel: str, href: str, media_type: str | None = None) -> None:
    link = _add(parent, "link")
    link.attrib |= {"rel": rel, "href": xml_text(href, "")}
    if media_type:
        link.set("type", media_type)


def _category(parent: ET.Element, base: str, scheme: str, term: str, label: str) -> None:
    attributes = {"term": term, "scheme": f"{base}/methode#{scheme}", "label": label}
    _add(parent, "category").attrib |= {name: xml_text(value) for name, value in attributes.items()}


def _urn(*parts: str) -> str:
    return uuid5(NAMESPACE_OID, " ".join(parts)).urn


def _time(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


ROUTES = [Route(files.FEED, Public(prepare_feed))]
