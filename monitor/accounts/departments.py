"""The departments that an account looks after: whom a sample draws there comes first for it."""

from collections.abc import Iterable
from datetime import datetime

from monitor import areas
from monitor.accounts.people import check_account_exists
from monitor.accounts.team_record import Act, record_act
from monitor.errors import InvalidValue
from monitor.store import Session


def set_departments(
    session: Session, name: str, departments: Iterable[str], by: str, now: datetime
) -> None:
    """Set the departments that the account looks after, by their codes, replacing the former ones; every
    change is in the record of the team. Raises InvalidValue (`unknown_department`)."""
    before = check_account_exists(session, name).departments
    wanted = {code.strip() for code in departments} - {""}
    for code in sorted(wanted - before):
        if not _is_known(session, code):
            raise InvalidValue("unknown_department", value=code)
    given, taken = sorted(wanted - before), sorted(before - wanted)
    for code in taken:
        session.execute(
            "DELETE FROM account_department WHERE name = :name AND department = :code",
            name=name,
            code=code,
        )
    session.insert("account_department", ("name", "department"), [(name, one) for one in given])
    for act, codes in ((Act.DEPARTMENT_TAKEN, taken), (Act.DEPARTMENT_GIVEN, given)):
        for code in codes:
            record_act(session, act, now, by, name, department=code)


def _is_known(session: Session, code: str) -> bool:
    return code in set(areas.insee_areas()["department_code"]) or bool(
        session.rows("SELECT seq FROM area WHERE department_code = :code LIMIT 1", code=code)
    )
