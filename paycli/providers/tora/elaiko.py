"""E-laiko lottery tickets: a request, which sends the customer a one-time password, and the ticket for that password.

Document: "Register an e-laiko ticket request", "Issue an e-laiko ticket". Its text forbids to choose odd or even
together with the ending digit or the thousand, which its own example does.
"""

from typing import Annotated

from paycli.errors import UsageProblem
from paycli.operations.columns import identifier, minor, text
from paycli.operations.hidden import one_time
from paycli.operations.operation import KEY, Effect, Fields, Route
from paycli.operations.params import Argument, Identifier, Option, one_of
from paycli.providers.tora import TORA
from paycli.providers.tora.fields import EURO, LONGEST_ID, Terminal, between, phone
from paycli.providers.tora.headers import TERMINAL_ID

LAST_DIGIT, LAST_THOUSAND = 9, 80

TicketProduct = Annotated[
    str, Argument("PRODUCT_CODE", "Code of the ticket's product.", Identifier(LONGEST_ID), sample="LAIKO-K")
]
RequestId = Annotated[
    str, Argument("REQUEST_ID", "What `elaiko request` answered.", Identifier(LONGEST_ID), sample="ER-1001")
]
Mobile = Annotated[
    str,
    Option("The customer's mobile, which gets the password.", parse=phone, metavar="NUMBER", sample="6900000001"),
]
Ending = Annotated[
    int | None,
    Option("Last digit of the ticket, 0 to 9.", parse=between(0, LAST_DIGIT), metavar="DIGIT"),
]
Thousand = Annotated[
    int | None,
    Option("Thousand with which the ticket begins, 0 to 80.", parse=between(0, LAST_THOUSAND), metavar="NUMBER"),
]
OddOrEven = Annotated[
    str | None,
    Option(
        "Whether the last digit is odd or even; not with --ending or --thousand.",
        parse=one_of("ODD", "EVEN"),
        choices=("ODD", "EVEN"),
    ),
]
Otp = Annotated[str, one_time("otp", "One-time password from the customer's mobile", sample="092345")]


@TORA.post(
    "elaiko request",
    "/elaiko/requests",
    documented_as="Register an e-laiko ticket request (sends an OTP)",
    effect=Effect.WRITES,
    retry=KEY,
    headers=(TERMINAL_ID,),
    columns=(identifier("requestId", primary=True),),
    example={"requestId": "ER-1001"},
)
def elaiko_request(
    product: TicketProduct,
    mobile: Mobile,
    ending: Ending = None,
    thousand: Thousand = None,
    odd_or_even: OddOrEven = None,
    terminal_id: Terminal = None,
) -> Fields:
    """Ask for a ticket; the customer's mobile gets the password with which `elaiko issue` sells it."""
    if odd_or_even is not None and (ending is not None or thousand is not None):
        other = "--ending" if ending is not None else "--thousand"
        raise UsageProblem(f"--odd-or-even and {other} contradict each other.", next_step="keep one of them")
    return {
        TERMINAL_ID: terminal_id,
        "productCode": product,
        "mobile": mobile,
        "ending": ending,
        "thousand": thousand,
        "oddOrEven": odd_or_even,
    }


@TORA.post(
    "elaiko issue",
    "/elaiko/tickets",
    documented_as="Issue an e-laiko ticket",
    effect=Effect.MOVES_MONEY,
    retry=KEY,
    route=Route.ASSUMED,
    same=("requestId",),
    creates="id",
    columns=(
        identifier("id", primary=True),
        minor("amount", EURO),
        identifier("ticketNumber"),
        text("ticketRow"),
        identifier("barcodes"),
        minor("barcodeCost", EURO),
        text("drawId"),
        text("drawDate"),
        text("drawType"),
        text("drawPayment"),
    ),
    example={
        "id": "990012347",
        "amount": 1000,
        "ticketNumber": "80019",
        "ticketRow": "3",
        "barcodes": ["00011122233344455566677788899900011"],
        "barcodeCost": 200,
        "drawId": 7,
        "drawDate": "2026-08-24",
        "drawType": "ΚΑΛΟΚΑΙΡΙΝΗ",
        "drawPayment": "2026-08-25",
    },
)
def elaiko_issue(request: RequestId, otp: Otp) -> Fields:
    """Sell the ticket that was asked for, with the password that the customer got."""
    return {"requestId": request, "otp": otp}
