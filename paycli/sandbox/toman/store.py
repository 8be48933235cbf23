"""The file store behind presigned links: another host, no bearer token, two days, parts by Range.

The link's form is that of the S3 protocol, and so are its refusals.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote, urlencode

from paycli.sandbox.http import Call, Reply
from paycli.sandbox.toman.workbook import KIND

BUCKET = "reports"
LIFE = timedelta(hours=48)
STAMP = "%Y%m%dT%H%M%SZ"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)
SIGNATURE = "X-Amz-Signature"


def presigned(origin: str, key: bytes, filename: str, now: datetime) -> str:
    """Return a link that needs nothing else."""
    stamp = now.astimezone(UTC).strftime(STAMP)
    query = {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Credential": f"SANDBOX/{stamp[:8]}/us-east-1/s3/aws4_request",
        "X-Amz-Date": stamp,
        "X-Amz-Expires": str(int(LIFE.total_seconds())),
        "X-Amz-SignedHeaders": "host",
    }
    path = f"/{BUCKET}/{quote(filename)}"
    return f"{origin}{path}?{urlencode({**query, SIGNATURE: _signature(key, path, query)}, quote_via=quote)}"


def refusal(call: Call, key: bytes, now: datetime) -> Reply | None:
    """Return why the link does not open the file, or None."""
    if call.method != "GET":
        return s3_error(405, "MethodNotAllowed", "The link is signed for GET")
    if "authorization" in call.headers:
        return s3_error(400, "InvalidArgument", "Only one auth mechanism allowed: a presigned link needs no header")
    query = {name: value for name, value in call.query.items() if name != SIGNATURE}
    path = quote(unquote(call.path))
    if not hmac.compare_digest(call.query.get(SIGNATURE, "").encode(), _signature(key, path, query).encode()):
        return s3_error(403, "SignatureDoesNotMatch", "The link is not what was signed")
    signed = datetime.strptime(query["X-Amz-Date"], STAMP).replace(tzinfo=UTC)
    if now >= signed + timedelta(seconds=int(query["X-Amz-Expires"])):
        return s3_error(403, "AccessDenied", "Request has expired")
    return None


def part(call: Call, content: bytes) -> Reply:
    """Answer with the file, or with the part that a Range names unless If-Range names another file."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"Content-Type": KIND, "ETag": etag, "Accept-Ranges": "bytes"}
    match = _RANGE.fullmatch(call.headers.get("range", ""))
    if not match or match[0] == "bytes=-" or call.headers.get("if-range", etag) != etag:
        return Reply(200, content, headers)
    start, end = _span(match[1], match[2], len(content))
    if start >= len(content) or start > end:
        refused = s3_error(416, "InvalidRange", "The requested range is not satisfiable")
        return Reply(416, refused.body, {**refused.headers, "Content-Range": f"bytes */{len(content)}"})
    return Reply(206, content[start : end + 1], {**headers, "Content-Range": f"bytes {start}-{end}/{len(content)}"})


def s3_error(status: int, code: str, told: str) -> Reply:
    """Return an error of the store, in its own form."""
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{told}</Message></Error>'
    return Reply(status, text.encode(), {"Content-Type": "application/xml"})


def _span(first: str, last: str, length: int) -> tuple[int, int]:
    if not first:
        return max(0, length - int(last)), length - 1 if int(last) else -1
    return int(first), min(int(last), length - 1) if last else length - 1


def _signature(key: bytes, path: str, query: Mapping[str, str]) -> str:
    words = "\n".join([path, *(f"{name}={query[name]}" for name in sorted(query))])
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()
