"""Run one command and print how long it took and the most memory that it had.

A process of its own, started without libraries: what a child inherits as its peak is then small.
"""

import json
import os
import sys
import time


def main(out: str, *argv: str) -> None:
    """Run the command with its output in a file, and print its seconds, also of the processor, KiB and exit code."""
    started = time.perf_counter()
    child = os.posix_spawnp(
        argv[0], argv, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, out, os.O_WRONLY | os.O_CREAT, 0o600)]
    )
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - started
    cpu = usage.ru_utime + usage.ru_stime
    sys.stdout.write(json.dumps([seconds, cpu, usage.ru_maxrss, os.waitstatus_to_exitcode(status)]))


main(*sys.argv[1:])
