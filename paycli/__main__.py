"""The entry: arguments to exit code, and the only place that turns an error into text and a code."""

import errno
import gc
import os
import sys
from collections.abc import Sequence

from paycli import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typer.exceptions import TyperException

    from paycli.commands.session import Session
    from paycli.errors import PaycliError

FEW_COLLECTIONS = 100_000
UNWRITTEN = 2
TAKES_NOTHING = frozenset({errno.EBADF, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def console() -> None:
    """Run paycli as a process."""
    # What start-up makes is kept; looking through it for garbage every 700 objects takes 8 ms of a look-up's 80.
    gc.set_threshold(FEW_COLLECTIONS)
    _speak_utf8()
    leave(main(sys.argv[1:]))


def _speak_utf8() -> None:
    """Become an interpreter whose text is UTF-8 where this one knows ASCII alone.

    Python takes UTF-8 in the locale C by itself, but for PYTHONUTF8=0. What was typed, variables and names of files
    would come as halves of characters then.
    """
    if sys.getfilesystemencoding() == "ascii" and sys.executable and os.environ.get("PYTHONUTF8") != "1":
        os.environ["PYTHONUTF8"] = "1"
        words = [os.fsencode(word) for word in sys.orig_argv]
        try:
            os.execv(sys.executable, words)  # noqa: S606 this very interpreter, with what was typed
        except OSError:
            return


def leave(code: int) -> None:
    """End the process without taking the interpreter apart, which takes 10 ms; what must be closed is closed by now."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as problem:
            # Nobody being there to read it is no failure, and a sentence that is lost is none either.
            if stream is sys.stdout and not isinstance(problem, BrokenPipeError):
                code = code or UNWRITTEN
    os._exit(code)


def main(argv: Sequence[str]) -> int:
    """Run the command that was typed and return its exit code; every error ends here as a sentence."""
    _streams()
    code = 0
    try:
        code = _answer(argv)
        sys.stdout.flush()
    except BrokenPipeError:
        from paycli.commands.run import silence_stdout

        silence_stdout()
        return code
    except OSError as problem:
        from paycli.commands.session import Session

        return code or _report(_unwritten(problem), Session(argv))
    return code


def _answer(argv: Sequence[str]) -> int:
    if list(argv[:1]) == ["--version"]:
        sys.stdout.write(f"paycli {__version__}\n")
        return 0
    from paycli.commands.session import Session

    _no_core_file()
    return _run(argv, Session(argv))


def _run(argv: Sequence[str], session: "Session") -> int:
    from typer import Abort
    from typer.exceptions import TyperException

    from paycli.cli import root
    from paycli.errors import Interrupted, PaycliError, UsageProblem
    from paycli.given import refuse_what_is_no_text

    try:
        refuse_what_is_no_text(argv, os.environ)
        with _stoppable():
            code = root().main(list(argv), prog_name="paycli", standalone_mode=False, obj=session)
    except PaycliError as problem:
        return _report(problem, session)
    except Abort:
        return _report(Interrupted("Stopped; nothing was in flight."), session)
    except TyperException as problem:
        return _report(UsageProblem(_told(problem), next_step=_help_for(problem)), session)
    except BrokenPipeError:
        raise
    except Exception as problem:  # noqa: BLE001 never a traceback: it could hold a key
        return _report(_stdout_problem(problem) or _defect(problem), session)
    if code == Interrupted.exit_code:
        return _report(Interrupted("Stopped; nothing was in flight."), session)
    return int(code or 0)


def _stdout_problem(problem: Exception) -> "PaycliError | None":
    """Return what tells that standard output takes nothing, or None where the problem is another."""
    if not isinstance(problem, OSError):
        return None
    try:
        # A little that could not be written is in the buffer still; much of it is gone.
        sys.stdout.flush()
    except OSError as found:
        return _unwritten(found)
    return _unwritten(problem) if problem.filename is None and problem.errno in TAKES_NOTHING else None


def _unwritten(problem: OSError) -> "PaycliError":
    from paycli.commands.run import silence_stdout
    from paycli.errors import UsageProblem

    silence_stdout()
    return UsageProblem(
        f"Standard output cannot be written: {problem.strerror}.",
        next_step="write it elsewhere; what was sent stands in: paycli journal list",
    )


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


def _told(problem: "TyperException") -> str:
    from paycli.operations.meant import meant

    # Only the error of an unknown option has possibilities; Typer exports no name for it.
    if not hasattr(problem, "possibilities"):
        return problem.format_message()
    return f"{problem.message}.{meant(problem.option_name, problem.possibilities or ())}"  # type: ignore[attr-defined]


def _help_for(problem: Exception) -> str:
    context = getattr(problem, "ctx", None)
    return f"see: {context.command_path if context else 'paycli'} --help"


def _no_core_file() -> None:
    """Let no core file hold what this process knows, however it ends."""
    import contextlib

    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _streams() -> None:
    """Have all three standard streams, in UTF-8."""
    # A process may be started without them. Each is filled in order, so that no file or connection that is opened
    # later takes its number; what is written to standard output then fails as on a full disk.
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY))
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure and not stream.closed:
            reconfigure(encoding="utf-8", errors="surrogateescape" if stream is sys.stdin else "backslashreplace")


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
