"""What programs may ask, described: OpenAPI 3.1, made from the tables that the routes read."""

import json
from functools import cache, partial

from starlette.requests import Request
from starlette.routing import Route

from monitor import __version__, tables
from monitor.export import FORMS, fields
from monitor.i18n import LANGUAGES, text
from monitor.models import GroupBy
from monitor.read import files
from monitor.read.filters import FILTERS, NAMES, STANDING
from monitor.read.strict_query import BadQuery
from monitor.web.feed import OWN as OWN_OF_FEED
from monitor.web.language import language
from monitor.web.responses import Answer, Public, tag_of

VIEW = {column.name: column for column in fields.VIEW}
#: What the names of an address may hold, where the vocabulary says it.
VALUES = {name: each.codes for name, each in FILTERS.items()} | {"lang": LANGUAGES}
_DAY = {"format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
FORMATS = {
    "au": _DAY,
    "depuis": _DAY,
    "habitants": {"pattern": r"^([0-9]{1,9}-[0-9]{0,9}|-[0-9]{1,9})$"},
    "avant": {"pattern": r"^[0-9]{1,9}$"},
}


def prepare_description(request: Request) -> Answer:
    """The description in the language of the address; it asks the log for nothing."""
    lang = language(request)
    for name, value in request.query_params.multi_items():
        if name != "lang":
            raise BadQuery("query_unknown_name", name, value, known="lang")
        if value not in LANGUAGES:
            raise BadQuery("query_unknown_value", name, value, known=", ".join(LANGUAGES))
    return Answer(
        etag=tag_of(files.DESCRIPTION, lang),
        media_type="application/json",
        lang=lang,
        pieces=lambda: iter(
            [json.dumps(api_description(lang), ensure_ascii=False, indent=1).encode()]
        ),
    )


@cache
def api_description(lang: str) -> dict:
    """The whole description. Shared: never written to."""
    say = partial(text, lang=lang)
    paths = {
        files.table_path(table, form): {"get": _operation(table, form, lang)}
        for table in files.TABLES
        for form in FORMS
    }
    paths[files.PACT] = {"get": _pact(lang)}
    paths[files.UNIVERSE] = {"get": _universe(lang)}
    paths[files.FEED] = {"get": _feed(lang)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": say("app.title"),
            "version": __version__,
            "description": say("api.about", digits=tables.SHARE_DIGITS),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": {
                "Error": _error(lang),
                **{f"{table}_row": _row(table, lang) for table in files.TABLES},
                **{f"{table}_file": _file(table, lang) for table in files.TABLES},
            },
            "parameters": {
                name: _parameter(name, lang, values)
                for name, values in {**dict.fromkeys(NAMES), **_own_names()}.items()
            }
            | {
                _own_key(table, name): _parameter(name, lang, values)
                for table, described in files.TABLES.items()
                for name, values in described.own.items()
            },
        },
    }


def _own_names() -> dict:
    own = [table.own for table in files.TABLES.values()] + [OWN_OF_FEED]
    own.append({"plan": None})
    return {name: values for names in own for name, values in names.items()}


def _operation(table: str, form: str, lang: str) -> dict:
    described = files.TABLES[table]
    names = [name for name in NAMES if described.by_status or name not in STANDING]
    if described.whole:
        names = [name for name in names if name not in FILTERS]
    schema = FORMS[form].schema or {"$ref": _ref("schemas", f"{table}_file")}
    return {
        "operationId": f"{table}_{form.replace('.', '_')}",
        "summary": text(f"data.{table}", lang),
        "description": text(f"api.{table}", lang),
        "parameters": _references([*names, *(_own_key(table, name) for name in described.own)]),
        "responses": _responses({FORMS[form].media_type: {"schema": schema}}, lang),
    }


def _pact(lang: str) -> dict:
    return {
        "operationId": "pact",
        "summary": text("table_title.pact", lang),
        "description": text("api.pact", lang),
        "parameters": _references([name for name in NAMES if name not in FILTERS]),
        "responses": _responses({"application/toml": {"schema": {"type": "string"}}}, lang),
    }


def _universe(lang: str) -> dict:
    names = [name for name in NAMES if name not in FILTERS]
    return {
        "operationId": "sample_universe",
        "summary": text("dictionary.universe", lang),
        "description": text("api.universe", lang),
        "parameters": _references([*names, "plan"]),
        "responses": _responses({"text/plain": {"schema": {"type": "string"}}}, lang),
    }


def _feed(lang: str) -> dict:
    return {
        "operationId": "feed",
        "summary": text("data.feed", lang),
        "description": text("feed.subtitle", lang),
        "parameters": _references([*NAMES, *OWN_OF_FEED]),
        "responses": _responses({"application/atom+xml": {"schema": {"type": "string"}}}, lang),
    }


def _own_key(table: str, name: str) -> str:
    """Where a name of a table's own is described: apart where its values are not those of others."""
    same = files.TABLES[table].own[name] == _own_names()[name]
    return name if same else f"{table}_{name}"


def _references(names: list[str]) -> list[dict]:
    return [{"$ref": _ref("parameters", name)} for name in names]


def _ref(kind: str, name: str) -> str:
    return f"#/components/{kind}/{name}"


def _responses(content: dict, lang: str) -> dict:
    say = partial(text, lang=lang)
    etag = {"ETag": {"description": say("api.etag"), "schema": {"type": "string"}}}
    refusal = {"application/json": {"schema": {"$ref": _ref("schemas", "Error")}}}
    retry = {"Retry-After": {"schema": {"type": "integer"}}}
    return {
        "200": {"description": say("api.ok"), "headers": etag, "content": content},
        "304": {"description": say("api.unchanged"), "headers": etag},
        "400": {"description": say("api.bad"), "content": refusal},
        "404": {"description": say("api.none"), "content": refusal},
        "503": {"description": say("api.away"), "headers": retry, "content": refusal},
    }


def _parameter(name: str, lang: str, values) -> dict:
    schema: dict = {"type": "string", "minLength": 1} | FORMATS.get(name, {})
    if possible := values or VALUES.get(name):
        schema = {"type": "string", "enum": [str(value) for value in possible]}
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": text(f"api.name_{name}", lang),
        "schema": schema,
    }


def _error(lang: str) -> dict:
    texts = {"error": ["string"], "message": ["string"]}
    given = {"name": ["string", "null"], "value": ["string", "null"]}
    return {
        "type": "object",
        "description": text("api.error", lang),
        "properties": {name: {"type": kinds} for name, kinds in (texts | given).items()},
        "required": [*texts, *given],
    }


def _file(table: str, lang: str) -> dict:
    rows = {"type": "array", "items": {"$ref": _ref("schemas", f"{table}_row")}}
    return {
        "type": "object",
        "properties": {name: _column(each, table, lang) for name, each in VIEW.items()}
        | {"rows": rows},
        "required": [*VIEW, "rows"],
        "additionalProperties": False,
    }


def _row(table: str, lang: str) -> dict:
    columns = {name: _column(each, table, lang) for name, each in files.COLUMNS[table].items()}
    if "par" in files.TABLES[table].own:
        groups = {
            str(group): {"type": "string", "description": text(f"group_by.{group}", lang)}
            for group in GroupBy
        }
        return _exactly(groups | columns, list(columns))
    return _exactly(columns, list(columns))


def _exactly(properties: dict, required: list[str]) -> dict:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _column(column: fields.Field, table: str, lang: str) -> dict:
    """The type of a column, its codes, whether it may be empty, and its meaning."""
    kind, more = ("string", {"format": "date"}) if column.type == "date" else (column.type, {})
    schema: dict = {"type": kind if column.required else [kind, "null"], **more}
    if column.values:
        schema["enum"] = [*column.values, *([] if column.required else [None])]
    if column.pattern:
        schema["pattern"] = f"^({column.pattern})$"
    bounds = {"minimum": column.low, "maximum": column.high}
    schema |= {name: bound for name, bound in bounds.items() if bound is not None}
    return schema | {"description": fields.describe_column(table, column.name, lang)}


ROUTES = [Route(files.DESCRIPTION, Public(prepare_description))]
