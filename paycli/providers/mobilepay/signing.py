"""MobilePay's credentials: the access token and the merchant's code stand among the fields of every request.

There is no signature and no header. The token is the profile's secret; here only its place is made, and the bytes that
leave hold the value. Two routes go without a token: the one that makes it, and the one that replaces it, which takes it
as ``previousAccessToken``.
"""

from collections.abc import Mapping

from paycli.operations.credential import Credential
from paycli.operations.operation import Request
from paycli.operations.provider import Signature, Unsigned, Values
from paycli.values import replace

MAKES_TOKEN = "/api/pos/manage/token"  # noqa: S105 a route
REPLACES_TOKEN = "/api/pos/manage/token/reset"  # noqa: S105 a route
# Half of the GETs change something, and the others tell what became of it: nothing between may answer for them.
UNCACHED = {"Cache-Control": "no-cache, no-store"}


def carry(request: Request, values: Values) -> Request:
    """Put the places of the credentials into the query, or into the body where there is one."""
    fields = {"bioCode": Credential("bio_code", values.get("bio_code"))}
    if request.path == REPLACES_TOKEN:
        fields["previousAccessToken"] = Credential("access_token")
    elif request.path != MAKES_TOKEN:
        fields = {"accessToken": Credential("access_token"), **fields}
    if request.method in {"GET", "DELETE"}:
        given = tuple(pair for pair in request.query if pair[0] not in fields)
        return replace(request, query=(*given, *fields.items()), headers={**request.headers, **UNCACHED})
    if request.raw is not None and not isinstance(request.content, Mapping):
        return request
    return replace(request, body={**request.fields, **fields}, raw=None)


def sign(_unsigned: Unsigned, _values: Values) -> Signature:
    """Return no headers: the credentials are in the request already."""
    return Signature({}, "", {})
