"""Text messages.

Document: the requests for one message (at most 320 characters), for one message to many phones, and for one message
under a sender's name (at most 11 characters).
"""

from typing import Annotated

from paycli.operations.columns import identifier, status
from paycli.operations.hidden import LONGEST_TEXT
from paycli.operations.operation import NEVER, Effect, Fields, Request, Route
from paycli.operations.params import Option, at_most
from paycli.providers.terapay import TERAPAY
from paycli.providers.terapay.fields import SAMPLE_PHONE, PhoneNumber, phone, text_of, unlike

LONGEST_MESSAGE, LONGEST_SENDER = 320, 11
COLUMNS = (identifier("messageId", primary=True, otherwise="id"), status("status"))
EXAMPLE = {"messageId": "m-1001", "status": "Queued"}


def message(longest: int) -> Option:
    """Return the option of a message's text, which may have several lines."""

    def parse(text: str) -> str:
        if not text.strip():
            raise ValueError("it is empty")
        return at_most(longest)(text)

    return Option("Text of the message.", flag="--message", parse=parse, metavar="TEXT", sample="'Your order is ready'")


def preview_of_bulk(request: Request) -> tuple[str, ...]:
    """Return to how many phones it goes."""
    return (f"one message to {len((request.body or {})['phoneNumbers'])} phones",)


Message = Annotated[str, message(LONGEST_MESSAGE)]
AnyMessage = Annotated[str, message(LONGEST_TEXT)]
PhoneNumbers = Annotated[
    tuple[str, ...],
    Option(
        "Recipient with the country code; repeat it for several.",
        parse=phone,
        many=True,
        metavar="PHONE",
        sample=SAMPLE_PHONE,
    ),
]
SenderId = Annotated[
    str,
    Option("Name under which it arrives.", parse=text_of(LONGEST_SENDER), metavar="TEXT", sample="MadeUp"),
]


@TERAPAY.post(
    "sms send",
    "/api/sms/send",
    documented_as="Send one SMS",
    route=Route.ASSUMED,
    effect=Effect.WRITES,
    retry=NEVER,
    same=("phone_number", "message"),
    movement="sms",
    columns=COLUMNS,
    example=EXAMPLE,
)
def sms_send(phone_number: PhoneNumber, message: Message) -> Fields:
    """Send a text message to one phone."""
    return {"phoneNumber": phone_number, "message": message}


@TERAPAY.post(
    "sms bulk",
    "/api/sms/bulk",
    documented_as="Send one SMS to many",
    route=Route.ASSUMED,
    effect=Effect.WRITES,
    retry=NEVER,
    same=("phone_numbers", "message"),
    movement="sms-bulk",
    preview=preview_of_bulk,
    columns=COLUMNS,
    example=EXAMPLE,
)
def sms_bulk(phone_numbers: PhoneNumbers, message: AnyMessage) -> Fields:
    """Send one text message to several phones."""
    return {"phoneNumbers": unlike(phone_numbers, "--phone-numbers"), "message": message}


@TERAPAY.post(
    "sms send-as",
    "/api/sms/send-as",
    documented_as="Send one SMS under a sender id",
    route=Route.ASSUMED,
    effect=Effect.WRITES,
    retry=NEVER,
    same=("phone_number", "message"),
    movement="sms-as",
    columns=COLUMNS,
    example=EXAMPLE,
)
def sms_send_as(phone_number: PhoneNumber, message: AnyMessage, sender_id: SenderId) -> Fields:
    """Send a text message to one phone, under a sender's name."""
    return {"phoneNumber": phone_number, "message": message, "senderId": sender_id}
