"""Presigned downloads of Toman's reports: another port, no bearer token, two days, parts by Range."""

import http.client
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from paycli.sandbox.files import FileServer, serving_files
from paycli.sandbox.http import Reply
from tests.helpers import Served
from tests.sandbox.desks import CLIENT, PERSON, Office


@pytest.fixture
def office() -> Office:
    """Return a desk at a fresh sandbox."""
    return Office()


def report(office: Office, status: int) -> str:
    """Return the newest report of a status."""
    return [one.uuid for one in office.books.reports.values() if one.status == status][-1]


def link(office: Office) -> str:
    """Return a link to a report's file."""
    return str(office.get(f"/reports/{report(office, 2)}/download")["url"])


def fetch(office: Office, url: str, method: str = "GET", **headers: str) -> Reply:
    """Fetch a link from the core."""
    parts = urlsplit(url)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return office.sandbox.file(method, parts.path, dict(parse_qsl(parts.query)), named)


def test_a_report_is_a_workbook(office: Office) -> None:
    """With a line per payment, under a name with colons and spaces."""
    filename = office.books.reports[report(office, 2)].filename
    reply = fetch(office, link(office))
    with zipfile.ZipFile(io.BytesIO(reply.body)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row>") > 100
    assert filename is not None
    assert (":" in filename, " " in filename, filename.endswith(".xlsx")) == (True, True, True)


def test_a_link_is_signed(office: Office) -> None:
    """Neither another file nor a longer life opens with it."""
    url = link(office)
    for changed in (url.replace("172800", "999999"), url.replace(".xlsx", "x.xlsx"), url.partition("?")[0]):
        reply = fetch(office, changed)
        assert (reply.status, b"SignatureDoesNotMatch" in reply.body) == (403, True)


def test_a_link_lives_two_days(office: Office) -> None:
    """On the sandbox's clock."""
    url = link(office)
    office.sandbox.move(timedelta(hours=48) - timedelta(seconds=1))
    assert fetch(office, url).status == 200
    office.sandbox.move(timedelta(seconds=1))
    reply = fetch(office, url)
    assert (reply.status, b"Request has expired" in reply.body) == (403, True)


def test_a_bearer_token_is_refused_there(office: Office) -> None:
    """It has no business on another host."""
    assert fetch(office, link(office), authorization="Bearer x").status == 400
    assert fetch(office, link(office), method="HEAD").status == 405


@pytest.mark.parametrize("status", [0, 1, 3, 4])
def test_a_report_that_did_not_succeed_has_no_file(office: Office, status: int) -> None:
    """Nor has one that is expired."""
    assert "url" not in office.get(f"/reports/{report(office, status)}/download")


def test_a_report_succeeds_fails_or_expires_by_an_event(office: Office) -> None:
    """What Toman does without a request."""
    waiting, working, done = (report(office, status) for status in (0, 1, 2))
    url = link(office)
    office.sandbox.act("toman", "finish", waiting)
    office.sandbox.act("toman", "fail", working)
    office.sandbox.act("toman", "expire", done)
    assert [office.books.reports[one].status for one in (waiting, working, done)] == [2, 3, 4]
    assert fetch(office, url).status == 404
    assert office.get(f"/reports/{waiting}/download")["url"].startswith("http://")


@pytest.mark.parametrize(
    "asked,first,last",
    [("bytes=0-99", 0, 100), ("bytes=100-", 100, None), ("bytes=-50", -50, None), ("bytes=10-999999999", 10, None)],
)
def test_a_part_can_be_fetched(office: Office, asked: str, first: int, last: int | None) -> None:
    """Its place in the whole stands beside it."""
    whole = fetch(office, link(office)).body
    reply = fetch(office, link(office), range=asked)
    assert (reply.status, reply.body) == (206, whole[first:last])
    start = first % len(whole)
    assert reply.headers["Content-Range"] == f"bytes {start}-{start + len(reply.body) - 1}/{len(whole)}"


def test_a_part_behind_the_end_is_refused(office: Office) -> None:
    """And one of another file is the whole file; what is no range is ignored."""
    whole = fetch(office, link(office))
    for asked in (f"bytes={len(whole.body)}-", "bytes=9-5", "bytes=-0"):
        reply = fetch(office, link(office), range=asked)
        assert (reply.status, reply.headers["Content-Range"]) == (416, f"bytes */{len(whole.body)}")
    assert fetch(office, link(office), range="bytes=5-", if_range='"other"').status == 200
    assert fetch(office, link(office), range="bytes=5-", if_range=whole.headers["ETag"]).status == 206
    assert fetch(office, link(office), range="lines=1-2").status == 200


def test_only_some_providers_have_files(office: Office) -> None:
    """Nothing else is found there."""
    assert office.sandbox.file("GET", "/tranzzo/reports/x", {}, {}).status == 404


@pytest.fixture
def files(office: Office) -> Iterator[FileServer]:
    """Serve the files of the office's sandbox."""
    with serving_files(office.sandbox) as server:
        yield server


def over_socket(url: str, **headers: str) -> tuple[int, bytes]:
    """Fetch a link over a socket; what is cut is returned as far as it came."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}", headers=headers)
        answer = connection.getresponse()
        try:
            return answer.status, answer.read()
        except http.client.IncompleteRead as cut:
            return answer.status, cut.partial
    finally:
        connection.close()


def test_a_cut_download_can_be_resumed(office: Office, files: FileServer) -> None:
    """The link names the file server, and the rest comes by Range."""
    url = link(office)
    assert urlsplit(url).port == files.server_address[1]
    whole = over_socket(url)[1]
    office.sandbox.faults.add("toman", "GET /_files/*", "truncate", 1)
    status, start = over_socket(url)
    assert (status, 0 < len(start) < len(whole)) == (200, True)
    status, rest = over_socket(url, Range=f"bytes={len(start)}-")
    assert (status, start + rest) == (206, whole)


def test_downloads_fail_on_request(office: Office, files: FileServer) -> None:
    """By their own path; the API's port has no files."""
    url = link(office)
    office.sandbox.faults.add("toman", "GET /_files/*", "500", 1)
    office.sandbox.faults.add("toman", "GET /_files/*", "refuse", 1)
    office.sandbox.faults.add("toman", "GET /_files/*", "drop-before-commit", 1)
    assert [over_socket(url)[0] for _ in range(2)] == [500, 400]
    with pytest.raises(http.client.RemoteDisconnected):
        over_socket(url)
    assert over_socket(url, Authorization="Bearer x")[0] == 400
    assert files.sandbox.handle("GET", urlsplit(url).path, {}, {}, b"").status == 404


def test_serve_opens_the_second_port(sandbox: Served) -> None:
    """And the links of a served sandbox lead there."""
    api = urlsplit(sandbox.address)
    connection = http.client.HTTPConnection(api.hostname or "", api.port, timeout=10)
    scope = "repigma.report.list repigma.report.download"
    body = "&".join(f"{name}={value}" for name, value in {**PERSON, **CLIENT, "scope": scope.replace(" ", "+")}.items())
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/toman/oauth2/token/", body, kind)
    token = json.loads(connection.getresponse().read())["access_token"]

    def get(path: str) -> dict[str, object]:
        connection.request("GET", f"/toman{path}", headers={"Authorization": f"Bearer {token}"})
        content: dict[str, object] = json.loads(connection.getresponse().read())
        return content

    rows = get("/reports/")["results"]
    assert isinstance(rows, list)
    done = next(row["uuid"] for row in rows if row["status"] == 2)
    url = str(get(f"/reports/{done}/download")["url"])
    connection.close()
    assert urlsplit(url).port != api.port
    status, content = over_socket(url)
    assert (status, content[:2]) == (200, b"PK")
