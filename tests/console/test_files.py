"""Answers that are files: saved whole or not at all, never onto a terminal, and QR codes that are drawn."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.console.test_terminal import screen
from tests.serving import Answered, Came, Host, serve

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
CODE = "00020102124216400000000000000052045999530398054041.005802UA5904SHOP6004Kyiv6304ABCD"


def answer(came: Came) -> Answered:
    """Answer as the document says, with what the test asks for in the order's name."""
    if "cut" in came.path:
        return Answered(200, PDF, "application/pdf", cut=100)
    if "odd" in came.path:
        return Answered(200, b"<html>", "text/html")
    if "nobody" in came.path:
        return Answered(404, b'{"message":"Order not found","args":{"code":"O-404"}}')
    if came.path.startswith("/api/v1/mvisa"):
        png = came.path.endswith("type=png")
        return Answered(200, PDF, "image/png") if png else Answered(200, json.dumps({"raw": CODE}).encode())
    if "/date/" in came.path:
        return Answered(200, b"PK\x03\x04zip", "application/zip")
    return Answered(200, PDF, "application/pdf" if came.path.endswith("pdf") else "text/html; charset=UTF-8")


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """Return a host, a profile that knows it, and an empty working folder."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    with serve(answer) as served:
        for name, value in served.variables(tmp_path).items():
            monkeypatch.setenv(name, value)
        yield served


def names() -> list[str]:
    """Return what lies in the working folder."""
    return sorted(path.name for path in Path().iterdir())


def test_a_receipt_is_saved_under_a_sensible_name(host: Host, run: Any) -> None:
    """Which no order id can turn into another place."""
    ended = run("tranzzo", "receipts", "show", "A/1 b")
    assert (ended.code, ended.json) == (0, {"file": "receipt-A-1-b.pdf", "bytes": len(PDF)})
    assert Path("receipt-A-1-b.pdf").read_bytes() == PDF
    assert host.came[0].path == "/api/v1/pos/pos-1/orders/A%2F1%20b/report/receipt?format=pdf"
    assert host.came[0].headers["accept"].startswith("application/pdf, ")
    assert run("tranzzo", "receipts", "show", "..html", "--format", "html").json["file"] == "receipt-..html.html"
    assert run("tranzzo", "receipts", "day", "2026-03-01").json["file"] == "receipts-2026-03-01.zip"
    assert host.came[-1].path == "/api/v1/pos/pos-1/date/2026-03-01/report/receipt?format=pdf"


def test_a_file_that_is_there_is_kept_unless_forced(host: Host, run: Any) -> None:
    """Nothing is asked for when it could not be saved."""
    Path("r.pdf").write_text("mine")
    ended = run("tranzzo", "receipts", "show", "A-1", "--out", "r.pdf")
    assert (ended.code, Path("r.pdf").read_text(), host.came) == (2, "mine", [])
    assert "--force" in ended.err
    assert run("tranzzo", "receipts", "show", "A-1", "--out", "r.pdf", "--force").code == 0
    assert Path("r.pdf").read_bytes() == PDF
    Path("folder").mkdir()
    assert run("tranzzo", "receipts", "show", "A-1", "--out", "folder").json["file"] == "folder/receipt-A-1.pdf"
    assert run("tranzzo", "receipts", "show", "A-1", "--out", "no/such/r.pdf").code == 2


@pytest.mark.usefixtures("host")
@pytest.mark.parametrize("order,code", [("cut", 6), ("odd", 6), ("nobody", 3)])
def test_what_is_not_the_whole_file_is_not_saved(run: Any, order: str, code: int) -> None:
    """Neither a part, nor a page that says something else, nor an error."""
    ended = run("tranzzo", "receipts", "show", order)
    assert (ended.code, ended.out, names()) == (code, "", [])


def test_bytes_go_to_standard_output_only_when_asked_and_never_onto_a_terminal(host: Host, tmp_path: Path) -> None:
    """Which would be unreadable at best."""
    words = ("tranzzo", "receipts", "show", "A-1", "--out", "-")
    code, text = screen(host.variables(tmp_path), *words)
    assert code == 2
    assert "%PDF" not in text
    assert host.came == []


def test_a_qr_code_is_text_or_an_image(host: Host, run: Any) -> None:
    """As it was asked for; --qr-png makes an image of the text."""
    words = ("tranzzo", "mvisa-qr", "create", "--amount", "100", "--merchant-name", "SHOP")
    made = run(*words, "--qr-png", "code.png")
    assert (made.code, made.json) == (0, {"raw": CODE})
    assert Path("code.png").read_bytes().startswith(b"\x89PNG")
    assert (host.came[0].path, json.loads(host.came[0].body)) == (
        "/api/v1/mvisa?type=raw",
        {"pos_id": "pos-1", "amount": 100, "currency": "UAH", "merchant_name": "SHOP"},
    )
    assert run(*words, "--type", "png").json == {"file": "mvisa-qr-100.00-UAH.png", "bytes": len(PDF)}
    assert run(*words, "--type", "png").code == 2
    assert run(*words, "--qr-png", "code.png").code == 2
    assert len(host.came) == 2


def test_the_merchants_card_comes_from_standard_input(
    host: Host, run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is sent, shown nowhere but in the code, and never an argument."""
    (tmp_path / "card").write_text('{"number": "4242 4242 4242 4242"}')
    words = ("tranzzo", "mvisa-qr", "create", "--amount", "100", "--card-stdin", "-vv")
    with (tmp_path / "card").open() as file:
        monkeypatch.setattr(sys, "stdin", file)
        made = run(*words)
    assert (made.code, json.loads(host.came[0].body)["merchant_pan"]) == (0, "4242424242424242")
    assert "424242424242" not in made.err
    assert run("tranzzo", "mvisa-qr", "create", "--amount", "1", "--merchant-name", "4242424242424242").code == 2


def test_a_qr_code_is_drawn_in_a_terminal(host: Host, tmp_path: Path) -> None:
    """And not into a pipe."""
    code, text = screen(host.variables(tmp_path), "tranzzo", "mvisa-qr", "create", "--amount", "100")
    assert code == 0
    assert CODE in text
    assert sum("█" in line for line in text.splitlines()) > 20
