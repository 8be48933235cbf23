"""A report is fetched without the token, resumed after a cut, and saved under a name that every disk takes."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paycli.sending.download import safe_name
from tests.providers.toman.service import Came, LittleToman, Reply

UUID = "5d0f2c44-9d67-4a5b-8a68-1d2c3b4a5f60"
ROUTE = f"/reports/{UUID}/download"
NAME = "/files/Shop_1404-12-01%2000%3A00%3A00_x7.xlsx"
SAVED = "Shop_1404-12-01_00-00-00_x7.xlsx"
GET = ("toman", "reports", "download", UUID, "-o", "json")
CONTENT = bytes(range(256)) * 40


@pytest.fixture(autouse=True)
def _quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr("paycli.sending.attempts.RealClock.sleep", lambda _clock, _seconds: None)


def link(toman: LittleToman, signature: str = "made-up-signature") -> dict[str, str]:
    """Return the answer that leads to the file."""
    return {"url": f"{toman.address}{NAME}?X-Amz-Expires=172800&X-Amz-Signature={signature}"}


def ranged(*cuts: int, tags: tuple[str, ...] = ('"one"',)) -> Callable[[Came], Reply]:
    """Return a file that knows ranges; each answer breaks off after so many bytes, the last one does not."""
    left, marks = list(cuts), list(tags)

    def answer(came: Came) -> Reply:
        tag = marks.pop(0) if len(marks) > 1 else marks[0]
        begin = 0
        if "range" in came.headers and came.headers.get("if-range", tag) == tag:
            begin = int(came.headers["range"].removeprefix("bytes=").removesuffix("-"))
        rest = CONTENT[begin:]
        headers = {"ETag": tag, "Content-Type": "application/octet-stream"}
        if begin:
            headers["Content-Range"] = f"bytes {begin}-{len(CONTENT) - 1}/{len(CONTENT)}"
        return Reply(206 if begin else 200, rest, headers, cut=left.pop(0) if left else None)

    return answer


def files(toman: LittleToman) -> list[Came]:
    """Return the requests for the file."""
    return [one for one in toman.came if one.path == NAME]


def test_the_file_is_saved_without_sending_the_token(run: Any, toman: LittleToman) -> None:
    """Under its own name, in the folder one is in; nothing of it is on standard output."""
    toman.put(ROUTE, link(toman))
    toman.routes[NAME] = ranged()
    ended = run(*GET, "-vv")
    assert (ended.code, ended.json) == (0, {"file": SAVED, "bytes": len(CONTENT)})
    assert Path(SAVED).read_bytes() == CONTENT
    assert [path.name for path in Path.cwd().iterdir()] == [SAVED]
    [came] = files(toman)
    assert "authorization" not in came.headers
    assert "made-up-access" not in str(came)
    assert "made-up-signature" not in ended.out + ended.err


def test_a_cut_file_goes_on_where_it_stopped(run: Any, toman: LittleToman) -> None:
    """As often as it brings anything; only if it is still the same file."""
    toman.put(ROUTE, link(toman))
    toman.routes[NAME] = ranged(1000, 2000, 1, 1, 1, 1, 1, 500)
    assert run(*GET).json["bytes"] == len(CONTENT)
    assert Path(SAVED).read_bytes() == CONTENT
    assert [one.headers.get("range") for one in files(toman)][:3] == [None, "bytes=1000-", "bytes=3000-"]
    assert files(toman)[1].headers["if-range"] == '"one"'
    assert len(toman.asked()) == 1 + 9


def test_another_file_than_before_starts_over(run: Any, toman: LittleToman) -> None:
    """Two halves of two files are no file."""
    toman.put(ROUTE, link(toman))
    toman.routes[NAME] = ranged(1000, tags=('"one"', '"two"'))
    assert run(*GET).json["bytes"] == len(CONTENT)
    assert Path(SAVED).read_bytes() == CONTENT


def test_a_file_that_never_comes_is_exit_6(run: Any, toman: LittleToman) -> None:
    """And leaves nothing behind."""
    toman.put(ROUTE, link(toman))
    toman.put(NAME, Reply(200, CONTENT, cut=0))
    ended = run(*GET)
    assert (ended.code, ended.out) == (6, "")
    assert list(Path.cwd().iterdir()) == []
    assert len(files(toman)) == 3


def test_an_expired_link_is_asked_for_once_more(run: Any, toman: LittleToman) -> None:
    """Also in the middle of the file."""
    toman.put(ROUTE, link(toman, "first-signature"), link(toman, "other-signature"))
    file = ranged(1000)

    def expiring(came: Came) -> Reply:
        if "first-signature" in came.query and len(files(toman)) > 1:
            return Reply(403, b"<Error><Code>AccessDenied</Code></Error>")
        return file(came)

    toman.routes[NAME] = expiring
    assert run(*GET).json["bytes"] == len(CONTENT)
    assert Path(SAVED).read_bytes() == CONTENT
    assert ["first" in one.query for one in files(toman)] == [True, True, False]


def test_a_link_that_is_refused_again_is_given_up(run: Any, toman: LittleToman) -> None:
    """Two links, two refusals, exit 6."""
    toman.put(ROUTE, link(toman))
    toman.put(NAME, Reply(403, b"no"))
    assert run(*GET).code == 6
    assert len(files(toman)) == 2


@pytest.mark.parametrize("status,code,tries", [(404, 3, 1), (302, 6, 1), (500, 6, 3), (503, 6, 3)])
def test_what_cannot_be_had_is_told(run: Any, toman: LittleToman, status: int, code: int, tries: int) -> None:
    """Redirects are not followed; a server's failure is tried again."""
    toman.put(ROUTE, link(toman))
    toman.put(NAME, Reply(status, b"", {"Location": f"{toman.address}/elsewhere"}))
    assert run(*GET).code == code
    assert len(files(toman)) == tries


@pytest.mark.parametrize(
    "address",
    [
        "http://files.example/x?X-Amz-Signature=s",
        "ftp://127.0.0.1/x",
        "file:///etc/passwd",
        "https://u@files.example/x",
        7,
    ],
)
def test_an_insecure_link_is_not_fetched(run: Any, toman: LittleToman, address: object) -> None:
    """Https or this very machine, and no user in it."""
    toman.put(ROUTE, {"url": address})
    assert run(*GET).code == 6
    assert len(toman.asked()) == 1


@pytest.mark.parametrize("answer", [{}, {"url": None}, {"url": ""}])
def test_an_answer_without_a_link_is_exit_6(run: Any, toman: LittleToman, answer: Any) -> None:
    """There is nothing to fetch."""
    toman.put(ROUTE, answer)
    assert run(*GET).code == 6


def test_a_file_that_is_there_is_kept(run: Any, toman: LittleToman) -> None:
    """Nothing is asked where --out names it; --force replaces it."""
    toman.put(ROUTE, link(toman))
    toman.routes[NAME] = ranged()
    Path(SAVED).write_text("mine")
    ended = run(*GET)
    assert (ended.code, Path(SAVED).read_text()) == (2, "mine")
    assert "--force" in ended.err
    assert files(toman) == []
    before = len(toman.came)
    assert run(*GET, "--out", SAVED).code == 2
    assert len(toman.came) == before
    assert run(*GET, "--force").code == 0
    assert Path(SAVED).read_bytes() == CONTENT


def test_out_names_a_file_or_a_folder(run: Any, toman: LittleToman) -> None:
    """A folder that is not there is a usage error, before anything is sent."""
    toman.put(ROUTE, link(toman))
    toman.routes[NAME] = ranged()
    Path("reports").mkdir()
    assert run(*GET, "--out", "reports").json["file"] == str(Path("reports") / SAVED)
    assert run(*GET, "--out", "گزارش.xlsx").json["file"] == "گزارش.xlsx"
    assert run(*GET, "--out", "nowhere/x").code == 2


def test_a_file_goes_to_a_pipe_but_not_onto_a_terminal(
    toman: LittleToman, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Bytes alone, without a word beside them."""
    from paycli.__main__ import main

    toman.put(ROUTE, link(toman))
    toman.routes[NAME] = ranged(1000)
    assert main([*GET, "--out", "-"]) == 0
    assert capfdbinary.readouterr().out == CONTENT
    before = len(toman.came)
    monkeypatch.setattr("paycli.sending.download.is_terminal", lambda _stream: True)
    assert main([*GET, "--out", "-"]) == 2
    assert len(toman.came) == before


@pytest.mark.usefixtures("toman")
def test_a_report_that_is_not_there_is_exit_3(run: Any) -> None:
    """No link, no file."""
    assert run(*GET).code == 3


def test_nothing_listens_where_a_link_without_security_points(run: Any, toman: LittleToman) -> None:
    """Not even a connection is made to another host's plain port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        port = listener.getsockname()[1]
        toman.put(ROUTE, {"url": f"http://files.example@127.0.0.1:{port}/x"})
        assert run(*GET).code == 6
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize(
    "path,expected",
    [
        ("/a/Toman_1404%3A1405.xlsx", "Toman_1404-1405.xlsx"),
        ("/..%2F..%2Fetc%2Fpasswd", "etc-passwd"),
        ("/..%5C..%5Cwindows", "windows"),
        ("/", "report"),
        ("/...", "report"),
        ("/%00%1b%5B2J%E2%80%AEx.xlsx", "[2Jx.xlsx"),
        ("/CON.xlsx", "report"),
        ("/nul", "report"),
        ("/%DA%AF%D8%B2%D8%A7%D8%B1%D8%B4.xlsx", "گزارش.xlsx"),
        ("/%20a%20%20b%20.xlsx", "a_b_.xlsx"),
        ("/-rf", "rf"),
    ],
)
def test_a_name_is_safe_on_every_disk(path: str, expected: str) -> None:
    """Separators, colons, blanks, control characters and the names that Windows reserves."""
    assert safe_name(f"https://files.example{path}?X=1", "report") == expected


def test_a_long_name_keeps_its_end() -> None:
    """Disks count bytes, not letters."""
    name = safe_name(f"https://files.example/{'ش' * 200}.xlsx", "report")
    assert name.endswith("ش.xlsx")
    assert len(name.encode()) <= 150
