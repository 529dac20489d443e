"""The tables of a view, for programs and spreadsheets: /api/v1/<table>.<form>."""

from functools import partial

from starlette.requests import Request
from starlette.routing import Route

from monitor import export
from monitor.models import GROUPINGS
from monitor.read import current_log, files, sample_tables
from monitor.read.filters import STANDING
from monitor.read.query import earlier_day
from monitor.read.strict_query import BadQuery
from monitor.web.query import requested_view
from monitor.web.responses import Answer, Public, etag


def prepare_table(table: str, form: str, request: Request) -> Answer:
    """One table of the view that the address asks for, in one form."""
    asked = request.query_params
    view = requested_view(request, files.TABLES[table].own)
    if files.TABLES[table].whole and view.filters:
        raise BadQuery("query_whole", *next(iter(view.filters.items())))
    chosen = [name for name in STANDING if name in view.filters]
    if chosen and not files.TABLES[table].by_status:
        raise BadQuery("query_status_of_rates", chosen[0], view.filters[chosen[0]])
    by = asked.get("par", "")
    since, scope = asked.get("depuis", ""), asked.get("portee", "")
    if by and scope:
        raise BadQuery("query_one_or_other", "portee", scope, other="par")
    if since and earlier_day(since, view) is None:
        raise BadQuery("not_a_day_before", "depuis", since, on=view.day.isoformat())
    encoded = export.FORMS[form]
    name = files.file_name(view, table, form, GROUPINGS.get(by or scope))
    current_log.KEEPER.note_export()
    return Answer(
        etag=etag(view, f"{table}.{form}", by or since or scope),
        media_type=encoded.media_type,
        lang=view.lang,
        pieces=lambda: encoded.encode(
            files.table_parts(view, table, by or since or scope),
            files.table_caption(view, table, GROUPINGS.get(by)),
        ),
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def prepare_pact(request: Request) -> Answer:
    """The pact of the view, as a pact.toml."""
    view = requested_view(request, {})
    if view.filters:
        raise BadQuery("query_pact_whole", *next(iter(view.filters.items())))
    return Answer(
        etag=etag(view, files.PACT),
        media_type="application/toml",
        lang=view.lang,
        pieces=lambda: iter([export.pact_as_toml(view.pact).encode()]),
        headers={"content-disposition": 'attachment; filename="pact.toml"'},
    )


def prepare_universe(request: Request) -> Answer:
    """What a sampling plan starts from, as the lines whose digest the plan holds; none of whoever
    was taken back since."""
    view = requested_view(request, {"plan": None})
    if view.filters:
        raise BadQuery("query_whole", *next(iter(view.filters.items())))
    plan = sample_tables.plan_named(view.state, request.query_params.get("plan"))
    name = f"{view.log.pact.id}-{sample_tables.list_name(plan)}"
    return Answer(
        etag=etag(view, files.UNIVERSE, plan.plan_id),
        media_type="text/plain",
        lang=view.lang,
        pieces=lambda: iter([sample_tables.published_text(view.state, plan).encode()]),
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


ROUTES = [
    Route(files.UNIVERSE, Public(prepare_universe)),
    Route(files.PACT, Public(prepare_pact)),
    *(
        Route(files.table_path(table, form), Public(partial(prepare_table, table, form)))
        for table in files.TABLES
        for form in export.FORMS
    ),
]
