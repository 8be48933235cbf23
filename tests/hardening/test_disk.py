"""Disks that are full and directories that cannot be written: nothing is sent, nothing is half, nothing is lost."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from paycli.profiles import keyring
from tests.console.test_files import answer as files
from tests.filekeyring import FileKeyring
from tests.hardening.disks import Locked, Small, fillable, lockable
from tests.hardening.shop import Run, Shop, contents, opened
from tests.helpers import Result
from tests.providers.toman.service import Reply, environment, serving
from tests.reporting import serve_reports
from tests.sandbox.tranzzo_shop import pay
from tests.serving import Answered, Came, serve

Patch = pytest.MonkeyPatch
FULL, LOCKED = ("tmpfs", "limit"), ("mount", "modes")
Disk = Locked | Small


@pytest.fixture
def near(run: Run, monkeypatch: Patch) -> Iterator[Shop]:
    """Return a shop on loopback without TLS."""
    with opened(run, monkeypatch) as shop:
        yield shop


@contextmanager
def spoilt(kind: str, path: Path) -> Iterator[tuple[Callable[[], None], Callable[[], None]]]:
    """Return how to make a directory one that cannot be written, and how to make it one that can again."""
    disk: AbstractContextManager[Disk] = fillable(kind, path) if kind in FULL else lockable(kind, path)
    with disk as made:
        yield (made.fill, made.free) if isinstance(made, Small) else (made.close, made.open)


@pytest.mark.parametrize("kind", [*FULL, *LOCKED])
@pytest.mark.parametrize("used", [False, True], ids=["new", "used"])
def test_without_a_journal_nothing_is_sent_and_everything_can_be_read(
    near: Shop, tmp_path: Path, kind: str, used: bool, counted: Any
) -> None:
    """A change is exit 10 before anything leaves; reads and looks at the journal go on."""
    with spoilt(kind, tmp_path / "state") as (spoil, mend):
        if used:
            assert near.refund().code == 0
        posts = near.arrived.count("POST")
        spoil()
        refused = near.refund("-o", "json", amount="11"), near.refund("-o", "json", "--no-preflight", amount="12")
        looks = [near.read(), *(near.run("journal", word) for word in ("list", "export", "verify"))]
        mend()
        assert [(one.code, one.error["kind"]) for one in refused] == [(10, "refused_here")] * 2
        assert all("cannot be written" in one.error["message"] and "next" in one.error for one in refused)
        assert [look.code for look in looks] == [0] * 4, looks
        assert near.arrived.count("POST") == posts
        assert len(looks[1].json) == used
        assert near.refund(amount="11").code == 0
        assert near.states() == ["succeeded"] * (1 + used)
    counted("disk changes refused", 2)


@pytest.mark.parametrize("kind", FULL)
@pytest.mark.parametrize("lost", [False, True], ids=["answered", "lost"])
def test_a_disk_that_fills_up_after_sending_changes_nothing_about_what_is_told(
    near: Shop, tmp_path: Path, kind: str, lost: bool, counted: Any
) -> None:
    """Exit 0 and the answer; what could not be written down is found out again, and never sent again."""
    with spoilt(kind, tmp_path / "state") as (spoil, mend):

        def between(came: Came, answer: Callable[[], Answered]) -> Answered:
            done = answer()
            if came.method != "POST":
                return done
            spoil()
            return Answered(502) if lost else done

        near.between = between
        ended = near.refund()
        again = near.refund()
        mend()
        assert (ended.code, ended.json["amount"]) == (0, 10)
        assert "The outcome is not written down" in ended.err
        assert again.code == 10
        near.between = lambda _came, answer: answer()
        assert near.run("journal", "resolve").code == 0
        assert (near.states(), near.refund().code, near.refunded) == (["succeeded"], 10, [10])
        assert near.run("journal", "verify").code == 0
    counted("disk outcomes told though they could not be written")


def test_a_directory_that_closes_after_sending_changes_nothing_about_what_is_told(
    near: Shop, tmp_path: Path, counted: Any
) -> None:
    """Nor do its leftovers."""
    with spoilt("modes", tmp_path / "state") as (spoil, mend):

        def between(came: Came, answer: Callable[[], Answered]) -> Answered:
            if came.method == "POST":
                spoil()
            return answer()

        near.between = between
        ended = near.refund()
        mend()
    assert (ended.code, ended.json["amount"]) == (0, 10), ended.err
    assert near.run("journal", "resolve").code == 0
    assert (near.states(), near.refunded) == (["succeeded"], [10])
    counted("disk outcomes told though they could not be written")


class Broken:
    """Standard output on a full disk."""

    encoding = "utf-8"

    def write(self, _text: str) -> int:
        raise OSError(28, "No space left on device")

    def flush(self) -> None:
        """Have nothing to write."""

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        raise OSError


@pytest.mark.parametrize("kind", FULL)
def test_an_answer_that_exists_only_once_is_told_where_it_can_be_kept_nowhere(
    near: Shop, tmp_path: Path, monkeypatch: Patch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    """Standard output and the disk are full: it stands on standard error, and no half of it lies anywhere."""
    with spoilt(kind, tmp_path / "state") as (spoil, mend):

        def between(came: Came, answer: Callable[[], Answered]) -> Answered:
            if came.method == "POST":
                spoil()
            return answer()

        near.between = between
        page = ("tranzzo", "pay", "hosted", "P-1", "--amount", "5", "--description", "x", "-p", "shop")
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", Broken())
            ended = near.run(*page)
        capsys.readouterr()
        mend()
        assert ended.code == 0, ended.err
        assert "could not be kept either" in ended.err
        assert "redirect_url" in ended.err
        assert not list((tmp_path / "state").glob("answer-*"))


@dataclass(frozen=True)
class Saver:
    """A command that saves a file: what it is called then, its words, its profile's variables, and its exit code."""

    name: str
    words: tuple[str, ...]
    variables: dict[str, str]
    code: int = 2


@contextmanager
def receipt(home: Path) -> Iterator[Saver]:
    """Save an answer that is a file."""
    with serve(files) as host:
        words = ("tranzzo", "receipts", "show", "A-1", "--out", "saved/x.pdf")
        yield Saver("x.pdf", words, host.variables(home))


@contextmanager
def code(home: Path) -> Iterator[Saver]:
    """Save an image of an answer, whose command is done already."""
    with serve(files) as host:
        words = ("tranzzo", "mvisa-qr", "create", "--amount", "100", "--merchant-name", "S", "--qr-png", "saved/x.png")
        yield Saver("x.png", words, host.variables(home), code=0)


@contextmanager
def report(home: Path) -> Iterator[Saver]:
    """Save rows that arrive."""
    with serve_reports(home) as reports:
        words = ("tranzzo", "reports", "run", "--from", "2026-03-01", "--to", "2026-03-02", "--out", "saved/x.csv")
        yield Saver("x.csv", words, reports.variables())


@contextmanager
def linked(_home: Path) -> Iterator[Saver]:
    """Save a file behind a link."""
    with serving() as toman:
        uuid = "5d0f2c44-9d67-4a5b-8a68-1d2c3b4a5f60"
        toman.put(f"/reports/{uuid}/download", {"url": f"{toman.address}/files/f.xlsx?X-Amz-Signature=made-up"})
        toman.routes["/files/f.xlsx"] = lambda _came: Reply(200, b"made up" * 1000)
        words = ("toman", "reports", "download", uuid, "--out", "saved/x.xlsx")
        yield Saver("x.xlsx", words, environment(toman.address))


SAVERS = {"receipt": receipt, "code": code, "report": report, "linked": linked}


# A code is an answer to a change, for which a limit of all files would refuse the journal too.
@pytest.mark.parametrize(
    "what,kind", [(what, kind) for what in SAVERS for kind in (*FULL, *LOCKED) if (what, kind) != ("code", "limit")]
)
def test_a_file_that_cannot_be_saved_is_told_and_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: Patch, kind: str, what: str, counted: Any
) -> None:
    """Neither a half under its name nor a leftover; the same command works once there is room."""
    monkeypatch.chdir(tmp_path)
    with SAVERS[what](tmp_path) as saver, spoilt(kind, tmp_path / "saved") as (spoil, mend):
        for name, value in saver.variables.items():
            monkeypatch.setenv(name, value)
        spoil()
        ended = run(*saver.words)
        mend()
        assert ended.code == saver.code, ended.err
        assert f"{Path('saved') / saver.name}" in ended.err
        assert "cannot be written: " in ended.err
        assert contents(tmp_path / "saved") == set()
        assert run(*saver.words, *(["--again"] if saver.code == 0 else [])).code == 0
        assert (tmp_path / "saved" / saver.name).stat().st_size > 0
    counted("disk files not half saved")


@pytest.mark.parametrize("kind", [*FULL, "modes"])
def test_images_that_cannot_be_saved_leave_no_half(
    near: Shop, tmp_path: Path, monkeypatch: Patch, kind: str, counted: Any
) -> None:
    """The answer is shown all the same."""
    monkeypatch.setenv("PAYCLI_SANDBOX_URL", near.host.address)
    folder = tmp_path / "images"
    words = ("tora", "topups", "products", "-p", "sandbox", "--media", str(folder))
    with spoilt(kind, folder) as (spoil, mend):
        spoil()
        ended = near.run(*words)
        mend()
        assert (ended.code, contents(folder)) == (0, set()), ended.err
        assert "an image could not be saved" in ended.err
        assert ended.json
        assert near.run(*words).code == 0
        assert contents(folder)
    counted("disk files not half saved")


TEXT = """\
# mine
profiles:
  a:
    provider: tranzzo   # the shop
    currency: UAH
"""


@pytest.mark.parametrize("kind", [*FULL, *LOCKED])
@pytest.mark.parametrize(
    "words",
    [
        ("set", "a", "currency", "EUR"),
        ("use", "a"),
        ("add", "b", "--provider", "tora"),
        ("remove", "a", "--yes"),
    ],
    ids=lambda words: words[0],
)
def test_profiles_are_never_half_written(
    run: Run, tmp_path: Path, kind: str, words: tuple[str, ...], counted: Any
) -> None:
    """The file stays as it was, byte for byte, with nothing beside it; exit 4."""
    folder = tmp_path / "config"
    with spoilt(kind, folder) as (spoil, mend):
        (folder / "profiles.yaml").write_text(TEXT)
        spoil()
        ended: Result = run("profiles", *words, "-o", "json") if words[0] == "list" else run("profiles", *words)
        shown = run("profiles", "list", "-o", "json")
        mend()
        assert (ended.code, (folder / "profiles.yaml").read_text()) == (4, TEXT), ended.err
        assert "cannot be written" in ended.err
        assert "Nothing was changed" in ended.err
        assert contents(folder) == {"profiles.yaml"}
        assert [row["name"] for row in shown.json] == ["a"]
        assert run("profiles", *words).code == 0
        assert (folder / "profiles.yaml").read_text() != TEXT
    counted("disk edits of profiles undone")


@pytest.mark.parametrize("kind", LOCKED)
def test_profiles_are_not_edited_without_a_lock(run: Run, tmp_path: Path, kind: str) -> None:
    """The state directory, where it lies, is named with what to do."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "profiles.yaml").write_text(TEXT)
    with spoilt(kind, tmp_path / "state") as (spoil, mend):
        spoil()
        ended = run("profiles", "set", "a", "currency", "EUR")
        mend()
    assert (ended.code, (tmp_path / "config" / "profiles.yaml").read_text()) == (4, TEXT)
    assert "PAYCLI_STATE_DIR" in ended.err


@pytest.mark.parametrize("kind", LOCKED)
def test_a_read_that_must_sign_in_needs_no_state_directory(
    run: Run, tmp_path: Path, monkeypatch: Patch, kind: str
) -> None:
    """Where no lock can be had it goes on without."""
    kept = tmp_path / "keyring.json"
    monkeypatch.setattr(keyring, "_usual_backend", lambda: FileKeyring(kept))
    with ExitStack() as stack:
        toman = stack.enter_context(serving())
        for name, value in environment(toman.address).items():
            monkeypatch.setenv(name, value)
        toman.put("/psps", {"count": 0, "next": None, "previous": None, "results": []})
        spoil, mend = stack.enter_context(spoilt(kind, tmp_path / "state"))
        spoil()
        ended = run("toman", "psps", "list", "-o", "json")
        mend()
        assert (ended.code, ended.json) == (0, []), ended.err
        assert run("toman", "psps", "list", "-o", "json").code == 0
        assert "token" in kept.read_text()


@pytest.mark.parametrize("kind", FULL)
def test_a_bulk_run_on_a_disk_that_fills_up_pays_each_row_once(
    near: Shop, tmp_path: Path, kind: str, counted: Any
) -> None:
    """It sends nothing that the journal does not hold, and goes on where it stopped."""
    orders = [f"O-{number}" for number in range(1, 9)]
    for order in orders:
        pay(near.core, order_id=order, amount=20)
    sheet = tmp_path / "rows.csv"
    sheet.write_text("order_id,amount\n" + "".join(f"{order},10\n" for order in orders))
    turn, full = threading.Lock(), list[bool]()
    words = ("bulk", "run", str(sheet), "--command", "tranzzo refund", "-p", "shop", "--yes", "--concurrency", "2")
    with spoilt(kind, tmp_path / "state") as (spoil, mend):

        def between(came: Came, answer: Callable[[], Answered]) -> Answered:
            with turn:
                if came.method == "POST" and near.arrived.count("POST") >= 3 and not full:
                    full.append(True)
                    spoil()
            return answer()

        near.between = between
        first = near.run(*words)
        posts = near.arrived.count("POST")
        mend()
        held = [row["target"] for row in near.entries()]
        near.between = lambda _came, answer: answer()
        codes = [near.run(*words).code for _ in range(3)]
        assert near.run("journal", "verify").code == 0
    assert first.code == 9, first.err
    assert 3 <= posts <= len(held) < len(orders)
    assert codes[-1] == 0, codes
    sent = [came.body for came in near.host.came if came.method == "POST"]
    assert [sum(f'"{order}"'.encode() in body for body in sent) for order in orders] == [1] * len(orders)
    counted("disk bulk rows paid once", len(orders))
