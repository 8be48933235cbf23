"""Text messages; whoever runs the sandbox sees what would arrive."""

from paycli.sandbox.http import Reply, as_json
from paycli.sandbox.routes import Ask, Route
from paycli.sandbox.shapes import array, phone, table, text
from paycli.sandbox.terapay.state import State

LONGEST_MESSAGE = 320
LONGEST_SENDER = 11

SEND = table({"phoneNumber": (True, phone), "message": (True, text(1, LONGEST_MESSAGE))})
# The document calls these nullable; nothing could be sent without them.
BULK = table({"phoneNumbers": (True, array(phone)), "message": (True, text(1))})
SEND_AS = table(
    {"phoneNumber": (True, text(1)), "message": (True, text(1)), "senderId": (True, text(1, LONGEST_SENDER))}
)


def _send(state: State, ask: Ask) -> Reply:
    return as_json(200, _sent(state, ask.body["phoneNumber"], ask.body["message"], "TeraPay"), executed=True)


def _bulk(state: State, ask: Ask) -> Reply:
    numbers, message = ask.body["phoneNumbers"], ask.body["message"]
    return as_json(200, [_sent(state, number, message, "TeraPay") for number in numbers], executed=True)


def _send_as(state: State, ask: Ask) -> Reply:
    body = ask.body
    return as_json(200, _sent(state, body["phoneNumber"], body["message"], body["senderId"]), executed=True)


def _sent(state: State, number: str, message: str, sender: str) -> dict[str, str]:
    state.world.tell(f"terapay: SMS to {number} from {sender}: {message}")
    return {"messageId": state.world.fresh_id(), "phoneNumber": number, "status": "Sent"}


ROUTES: tuple[Route[State], ...] = (
    Route("POST", "/api/sms/send", _send, SEND),
    Route("POST", "/api/sms/bulk", _bulk, BULK),
    Route("POST", "/api/sms/send-as", _send_as, SEND_AS),
)
