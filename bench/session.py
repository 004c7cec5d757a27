"""A session of the running dashboard without a browser: the websocket messages that Streamlit's own page sends.

It draws nothing, so that one machine can hold fifty of them beside the server that is measured.
"""

import json
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

TRIGGER = "$$STREAMLIT_INTERNAL_KEY_{id}__events"  # streamlit.components.v2.bidi_component.main._make_trigger_id
LIMIT = 2**26
TIMEOUT = 120
QUIET = 1.0  # seconds without a message after which a page is taken to be drawn


class Session:
    """One open page. Elements are found by their kind (as in Element.proto) and label or component name."""

    def __init__(self, url: str, page: str, query: str = "") -> None:
        """Connect to the server at `url` ("http://…") and draw `page` ("Annotate", as in the address)."""
        address = url.replace("http", "ws", 1) + "/_stcore/stream"
        self._open = ExitStack()
        self._socket = self._open.enter_context(
            connect(
                address,
                subprotocols=[Subprotocol("streamlit")],
                origin=Origin(url),
                max_size=LIMIT,
                open_timeout=TIMEOUT,
            )
        )
        self._page, self._query = page, query
        self._states: dict[str, WidgetState] = {}
        self.elements: dict[str, tuple[str, Any, str]] = {}
        """(kind, message, fragment) by the id of the widget, else by its place on the page."""
        self.errors: list[str] = []
        self.run()
        self._settle()

    def close(self) -> None:
        """Leave."""
        self._open.close()

    def find(self, kind: str, label: str) -> tuple[Any, str]:
        """The message and the fragment of an element; raises KeyError when the page does not show it."""
        for its_kind, message, fragment in self.elements.values():
            named = getattr(message, "label", "") or getattr(message, "component_name", "")
            if its_kind == kind and named.rpartition(".")[2] == label:
                return message, fragment
        raise KeyError(f"{kind} {label!r}")

    def data(self, component: str) -> Any:
        """What a component was given."""
        message, _ = self.find("bidi_component", component)
        return json.loads(message.json or message.mixed.json)

    def type(self, label: str, text: str) -> None:
        """Fill a text input and leave it."""
        message, fragment = self.find("text_input", label)
        self._states[message.id] = WidgetState(id=message.id, string_value=text)
        self.run(fragment=fragment)
        self._settle()

    def click(self, label: str) -> None:
        """Press a button."""
        message, fragment = self.find("button", label)
        self.run(WidgetState(id=message.id, trigger_value=True), fragment=fragment)
        self._settle()

    def send(self, component: str, event: str, value: Mapping[str, Any]) -> None:
        """Let a component trigger an event, and wait until the page is drawn."""
        self.ask(component, event, value)
        self._wait()

    def ask(self, component: str, event: str, value: Mapping[str, Any]) -> None:
        """Let a component trigger an event; what comes back is not waited for."""
        message, fragment = self.find("bidi_component", component)
        self._states.setdefault(message.id, WidgetState(id=message.id, json_value="{}"))  # the component's own state
        payload = json.dumps([{"event": event, "value": value}])
        self._ask(WidgetState(id=TRIGGER.format(id=message.id), json_trigger_value=payload), fragment=fragment)

    def run(self, *triggers: WidgetState, fragment: str = "") -> None:
        """Have the page, or one fragment of it, run with what was entered, and wait until it is drawn."""
        self._ask(*triggers, fragment=fragment)
        self._wait()

    def _ask(self, *triggers: WidgetState, fragment: str = "") -> None:
        asked = BackMsg()
        asked.rerun_script.query_string = self._query
        asked.rerun_script.page_name = self._page
        asked.rerun_script.fragment_id = fragment
        asked.rerun_script.widget_states.widgets.extend([*self._states.values(), *triggers])
        self._socket.send(asked.SerializeToString())
        if not fragment:
            self.elements.clear()

    def _wait(self) -> None:
        while not self._finished(ForwardMsg.FromString(self._received())):
            pass

    def _settle(self) -> None:
        """Take what a page that draws itself again sends afterwards, until it is quiet."""
        with suppress(TimeoutError):
            while True:
                self._finished(ForwardMsg.FromString(self._received(QUIET)))

    def _received(self, timeout: float = TIMEOUT) -> bytes:
        message = self._socket.recv(timeout)
        assert isinstance(message, bytes)
        return message

    def _finished(self, message: ForwardMsg) -> bool:
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._note(message)
        return kind == "script_finished" and message.script_finished in (
            ForwardMsg.FINISHED_SUCCESSFULLY,
            ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
        )

    def _note(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = str(element.WhichOneof("type"))
        inner = getattr(element, kind)
        place = getattr(inner, "id", "") or str(list(message.metadata.delta_path))
        self.elements[place] = (kind, inner, message.delta.fragment_id)
        if kind == "exception" or (kind == "alert" and inner.format == inner.ERROR):
            self.errors.append(str(getattr(inner, "message", "") or getattr(inner, "body", "")))
