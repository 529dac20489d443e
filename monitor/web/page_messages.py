"""What the messages between a page and the framework ask for."""

from google.protobuf.message import DecodeError
from starlette.types import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from monitor.read.limits import QUERY_BYTES

#: Widgets that one message tells of: no page has a tenth of them.
MOST_WIDGETS = 5_000
#: The framework says in so few bytes that a run is over.
_SHORT = 200


def run_in(data: bytes) -> ClientState | None:
    """The run that a message asks for, None when it is about something else."""
    asked = BackMsg()
    try:
        asked.ParseFromString(data)
    except DecodeError:
        return None
    return asked.rerun_script if asked.WhichOneof("type") == "rerun_script" else None


def is_too_long(run: ClientState) -> bool:
    return len(run.query_string) > QUERY_BYTES or len(run.widget_states.widgets) > MOST_WIDGETS


def is_replaceable(run: ClientState) -> bool:
    """Whether a later run stands for this one: of the whole page, and no button was pressed."""
    return not run.fragment_id and not any(map(_is_pressed, run.widget_states.widgets))


def _is_pressed(state) -> bool:
    """Whether a widget was pressed: it says so once."""
    kind = state.WhichOneof("value") or ""
    return "trigger" in kind or kind == "chat_input_value"


def is_end_of_run(message: Message) -> bool:
    data = message.get("bytes")
    if not data or len(data) > _SHORT:
        return False
    try:
        return ForwardMsg.FromString(data).WhichOneof("type") == "script_finished"
    except DecodeError:
        return False
