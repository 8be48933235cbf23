"""The entry: arguments to exit code, and the only place that turns an error into text and a code."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from paycli import __version__

if TYPE_CHECKING:
    from paycli.commands.session import Session
    from paycli.errors import PaycliError


def console() -> None:
    """Run paycli as a process."""
    sys.exit(main(sys.argv[1:]))


def main(argv: Sequence[str]) -> int:
    """Run the command that was typed and return its exit code; every error ends here as a sentence."""
    if list(argv[:1]) == ["--version"]:
        sys.stdout.write(f"paycli {__version__}\n")
        return 0
    from paycli.commands.session import Session

    _no_core_file()
    _utf8()
    session = Session(argv)
    try:
        return _run(argv, session)
    except BrokenPipeError:
        from paycli.commands.run import silence_stdout

        silence_stdout()
        return 0


def _run(argv: Sequence[str], session: "Session") -> int:
    from typer import Abort
    from typer.exceptions import TyperException

    from paycli.cli import root
    from paycli.errors import Interrupted, PaycliError, UsageProblem

    try:
        with _stoppable():
            code = root().main(list(argv), prog_name="paycli", standalone_mode=False, obj=session)
    except PaycliError as problem:
        return _report(problem, session)
    except Abort:
        return _report(Interrupted("Stopped; nothing was in flight."), session)
    except TyperException as problem:
        return _report(UsageProblem(problem.format_message(), next_step=_help_for(problem)), session)
    except BrokenPipeError:
        raise
    except Exception as problem:  # noqa: BLE001 never a traceback: it could hold a key
        return _report(_defect(problem), session)
    if code == Interrupted.exit_code:
        return _report(Interrupted("Stopped; nothing was in flight."), session)
    return int(code or 0)


def _defect(problem: Exception) -> "PaycliError":
    from paycli.errors import PaycliError

    trace = problem.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" at {trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}" if trace else ""
    return PaycliError(
        f"A defect of paycli: {type(problem).__name__}{place}.",
        next_step="please report it, with the command you typed",
    )


def _report(problem: "PaycliError", session: "Session") -> int:
    from paycli.errors import UsageProblem
    from paycli.operations.scan import without_card_numbers
    from paycli.output.errors import as_json, as_text

    told = as_json(problem) if session.wants_json_errors else as_text(problem)
    if isinstance(problem, UsageProblem):
        # Typer repeats what was typed, and a card number may have been.
        told = without_card_numbers(told)
    try:
        sys.stderr.write(session.masker.mask(told) + "\n")
        sys.stderr.flush()
    except OSError:
        pass
    return int(problem.exit_code)


def _help_for(problem: Exception) -> str:
    context = getattr(problem, "ctx", None)
    return f"see: {context.command_path if context else 'paycli'} --help"


def _no_core_file() -> None:
    """Let no core file hold what this process knows, however it ends."""
    import contextlib

    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _utf8() -> None:
    import os

    # A process may be started without standard streams; what is written to one then fails as on a full disk.
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")


class _stoppable:  # noqa: N801 reads as a statement
    """SIGTERM and SIGHUP stop the command as Ctrl-C does, and once is enough."""

    def __enter__(self) -> None:
        import signal
        import threading

        self.before = {}
        if threading.current_thread() is threading.main_thread():
            for name in ("SIGINT", "SIGTERM", "SIGHUP"):
                if number := getattr(signal, name, None):
                    self.before[number] = signal.signal(number, _interrupt)

    def __exit__(self, *_: object) -> None:
        import signal

        for number, handler in self.before.items():
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, handler)


def _interrupt(*_: object) -> None:
    import signal

    # The first signal ends the command in order; further ones must not end it out of order.
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    console()
