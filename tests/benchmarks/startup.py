"""Rows for what needs no network: version, help, a dry run, Tab."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tests.benchmarks.measuring import Command
from tests.benchmarks.rows import ROOT, Contest, NotMeasurable, Row, path_with, paycli, peer, require

COMPLETION = ROOT / "completions" / "paycli.bash"
DRY = ("tranzzo", "refund", "A-1", "--amount", "12.50", "--currency", "UAH", "--dry-run", "-o", "json", "-p", "sandbox")
TAB = """
source {completion}
COMP_WORDS=(paycli tranzzo orders sh) COMP_CWORD=3 COMP_LINE='paycli tranzzo orders sh' COMP_POINT=24 COMP_TYPE=9
read -r -a registered < <(complete -p paycli)
for ((i = 0; i < ${{#registered[@]}}; i++)); do
  [[ ${{registered[i]}} == -F ]] && made=${{registered[i + 1]}}
done
$made paycli sh orders
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
COUNTING = "#!/bin/sh\necho started >> '{home}/started'\n"


def beside_gh(*argv: str, gh: tuple[str, ...]) -> Callable[[Path], AbstractContextManager[Contest]]:
    """Return the contest of a command of paycli's with one of GitHub's command line, a Go program."""

    @contextmanager
    def contest(home: Path) -> Iterator[Contest]:
        quiet = {"HOME": str(home), "GH_NO_UPDATE_NOTIFIER": "1", "DO_NOT_TRACK": "1"}
        yield Contest(paycli(home, *argv), *peer("gh", Command(("gh", *gh), quiet)))

    return contest


@contextmanager
def dry_run(home: Path) -> Iterator[Contest]:
    """Build and sign a refund that is not sent."""
    yield Contest(paycli(home, *DRY), missing="nobody else has one")


@contextmanager
def tab(home: Path) -> Iterator[Contest]:
    """Complete a word in bash, where starting Python or paycli is noticed."""
    require("bash")
    if not COMPLETION.exists():
        raise NotMeasurable("completions/paycli.bash does not exist")
    for name in ("python", "python3", "paycli"):
        (home / name).write_text(COUNTING.format(home=home))
        (home / name).chmod(0o755)
    variables = {**paycli(home).variables, "PATH": path_with(home)}
    bash = ("bash", "--norc", "--noprofile", "-c")
    yield Contest(
        Command((*bash, TAB.format(completion=COMPLETION)), variables, lines=1),
        Command((*bash, ":"), variables),
        note=lambda: f"{_started(home)} processes of Python",
    )


def _started(home: Path) -> int:
    counted = home / "started"
    return len(counted.read_text().splitlines()) if counted.exists() else 0


ROWS = (
    Row("--version", "gh --version", 1.0, beside_gh("--version", gh=("--version",))),
    Row("--help", "gh --help", 3.5, beside_gh("--help", gh=("--help",))),
    Row("tranzzo --help", "gh --help", 4.5, beside_gh("tranzzo", "--help", gh=("--help",))),
    Row("dry run", "", None, dry_run),
    Row("Tab in bash", "bash doing nothing", None, tab),
)
