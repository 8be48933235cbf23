"""One seeded history: people type commands while everything breaks, then all heals, and the truth is counted."""

import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial

from paycli.commands.reporter import ScreenReporter
from paycli.errors import ExitCode, PaycliError
from paycli.journal.entry import UNDER_WAY, UNKNOWN, Entry, parse
from paycli.operations.catalog import PROVIDERS, provider
from paycli.operations.operation import ALWAYS, Operation
from paycli.operations.outcome import Answer, Fault, Flow
from paycli.operations.provider import Provider
from paycli.output.errors import as_json
from paycli.sandbox.core import Sandbox
from paycli.sandbox.http import Call, Reply
from paycli.sending.pipeline import Pipeline, Reporter
from paycli.sending.resolve import resolve
from tests.simulation.disk import SimulatedDisk
from tests.simulation.machine import Machine
from tests.simulation.network import LATEST, Network, call_of
from tests.simulation.scheduler import Process, Scheduler, WorldClock
from tests.simulation.typed import LATE_ARRIVAL, SimulatedSession, Wish, changes, command_of, wish

SENT_NOTHING = {2, 3, 4, 5, 6, 10, 130}
UNDECIDED = {"sending", "intended", "unknown"}


@dataclass
class Intention:
    """Something one person wants done, and how often they want it."""

    machine: str
    wish: Wish
    request_id: str | None = None
    allowed: int = 0
    executed: int = 0


@dataclass
class Typing:
    """One time that a command was typed, and what came of it; no code when its process was killed."""

    intention: Intention
    code: int | None = None
    error: str = ""
    executed: int = 0
    answered_done: bool = False
    told: str = ""


@dataclass
class Report:
    """What happened in a history, or in many."""

    seeds: int = 0
    commands: int = 0
    faults: int = 0
    kills: int = 0
    settled: int = 0
    twins: int = 0
    inferred_of_others: int = 0

    def add(self, other: "Report") -> None:
        """Add another report's figures."""
        for name, count in vars(other).items():
            setattr(self, name, getattr(self, name) + count)


class BrokenRule(AssertionError):
    """A history broke a rule of money safety."""


@dataclass
class History:
    """A world and what happens in it; everything follows from the seed."""

    seed: int
    only: Operation | None = None
    calm: bool = False
    typings: list[Typing] = field(default_factory=list)
    log: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make the world."""
        random.seed(self.seed)
        self.chance = random.Random(self.seed)
        self.scheduler = Scheduler(self.chance, on_power_loss=self._power_loss)
        self.sandbox = Sandbox(WorldClock(self.scheduler), random.Random(self.seed))
        self.network = Network(self.scheduler, self.sandbox, self.chance, handled=self._handled)
        self.machines = [self._machine("ours")]
        self.of_process: dict[Process, tuple[Machine, Typing]] = {}
        self.crowd = 0.0

    def run(self) -> Report:
        """Let it all happen and return the figures. Raises BrokenRule."""
        wishes = self._wishes()
        self._furnish(wishes)
        self._trouble()
        for machine in self.machines:
            self.scheduler.start(partial(self._person, machine=machine, wishes=wishes))
        self.scheduler.run()
        self._heal()
        self._judge()
        return self._report()

    def _machine(self, name: str) -> Machine:
        return Machine(name, SimulatedDisk(self.chance), self.network)

    def _trouble(self) -> None:
        if self.calm:
            return
        self.network.trouble = self.chance.choice((0.0, 0.1, 0.3, 0.6))
        # Only in trouble an old state is read.
        self.sandbox.keeps_earlier = self.network.trouble > 0
        self.crowd = self.chance.choice((0.0, 0.1, 0.6))
        self.network.hides_marks = self.chance.random() < 0.25
        self.scheduler.killing = self.chance.choice((0.0, 0.0, 0.01, 0.05))
        if self.chance.random() < 0.35:
            self.machines.append(self._machine("theirs"))
        for machine in self.machines:
            machine.disk.failing = self.chance.choice((0.0, 0.0, 0.0, 0.03))

    def _wishes(self) -> list[Wish]:
        if self.only:
            return [wish(self.only, 1, 0)]
        name = self.chance.choice(sorted({operation.provider for operation in changes()}))
        known = [operation for operation in changes() if operation.provider == name]
        if self.chance.random() < 0.5:
            # What takes part of a thing can be done twice by mistake most easily.
            known = [operation for operation in known if "amount" in operation.same] or known
        chosen = self.chance.sample(known, min(len(known), self.chance.choice((1, 1, 2))))
        variants = range(1, 1 + self.chance.choice((1, 1, 2)))
        return [wish(op, variant, self.chance.choice((0, 0, 1))) for op in chosen for variant in variants]

    def _furnish(self, wishes: Sequence[Wish]) -> None:
        """Make what each command needs, by sending it once into a network that only looks."""
        machine = Machine("nobody's", SimulatedDisk(self.chance), self.network)
        for wanted in wishes:

            def body(process: Process, wanted: Wish = wanted) -> None:
                session = _Furnishing(process, machine, wanted.operation)
                command = command_of(wanted.operation.name)
                try:
                    words = [*wanted.words, "--no-preflight", "--again", "-p", "sandbox"]
                    command.invoke(command.make_context("paycli", words, obj=session))
                except PaycliError as problem:
                    assert problem.exit_code == ExitCode.NOTHING_SENT, problem.message  # noqa: PT017 not a test
                self.sandbox.furnish(session.last)

            self.scheduler.start(body)
            self.scheduler.run()

    def _person(self, process: Process, machine: Machine, wishes: Sequence[Wish]) -> None:
        for number in range(1 if self.calm else self.chance.choice((1, 2, 2, 3))):
            process.step(self.chance.choice((0.0, 1.0, 60.0)))
            named = f"R-{machine.name}-{number}" if self.chance.random() < 0.25 and not self.calm else None
            intention = self._intention(machine, self.chance.choice(list(wishes)), named)
            self._insist(process, machine, intention)

    def _intention(self, machine: Machine, wanted: Wish, request_id: str | None) -> Intention:
        same = [
            typing.intention
            for typing in self.typings
            if typing.intention.machine == machine.name and str(typing.intention.wish) == str(wanted)
        ]
        if same and request_id is None:
            # Wanted again without saying so: to the tool it is the same.
            return same[0]
        allowed = 1 if wanted.identified else 0
        if wanted.operation.retry == ALWAYS:
            # The declaration says that it may be done any number of times.
            allowed = sys.maxsize
        return Intention(machine.name, wanted, request_id, allowed)

    def _insist(self, process: Process, machine: Machine, intention: Intention) -> None:
        """Type the command, and again while it has not worked."""
        for _ in range(1 if self.calm else 5):
            typings = [self._type(machine, intention) for _ in range(2 if self._happens(self.crowd) else 1)]
            for typed, _ in typings:
                process.wait_for(typed)
            code = typings[-1][1].code
            if code == 0 and not self._happens(0.3):
                return
            if code in {5, 3} and not self._happens(0.3):
                return
            if code in {7, 8, 10, None} and self._happens(0.4):
                process.step(self.chance.choice((1.0, LATE_ARRIVAL + 60)))
                process.wait_for(self.scheduler.start(partial(self._resolve, machine=machine), mortal=True))
            process.step(self.chance.choice((0.0, 2.0, 30.0)))

    def _happens(self, probability: float) -> bool:
        return not self.calm and self.chance.random() < probability

    def _type(self, machine: Machine, intention: Intention) -> tuple[Process, Typing]:
        typing = Typing(intention)
        words = [*intention.wish.words, "-p", "sandbox"]
        if intention.request_id:
            words += ["--request-id", intention.request_id]
        if self._happens(0.05):
            words.append("--again")
            intention.allowed += 1
        if self._happens(0.05):
            words.append("--no-preflight")
        if not intention.wish.identified:
            intention.allowed += 1
        self.typings.append(typing)
        typed = self.scheduler.start(partial(self._run, machine=machine, typing=typing, words=words), mortal=True)
        self.of_process[typed] = (machine, typing)
        if self._happens(0.1):
            typed.signal = self.chance.randrange(12)
        return typed, typing

    def _run(self, process: Process, machine: Machine, typing: Typing, words: Sequence[str]) -> None:
        """Run one command, and look at what it says before anything else happens."""
        session = SimulatedSession(process, machine)
        command = command_of(typing.intention.wish.operation.name)
        problem: PaycliError | None = None
        try:
            code = int(command.invoke(command.make_context("paycli", list(words), obj=session)) or 0)
        except PaycliError as caught:
            problem, code = caught, int(caught.exit_code)
            session.err.write(session.masker.mask(as_json(caught)))
        except KeyboardInterrupt:
            code = 130
        finally:
            typing.told = session.out.getvalue() + session.err.getvalue()
        typing.code = code
        self._log(f"{machine.name}: {typing.intention.wish} {words[2:]} -> {code} {problem.message if problem else ''}")
        self._agrees(process, machine, typing, problem)

    def _agrees(self, process: Process, machine: Machine, typing: Typing, problem: PaycliError | None) -> None:
        """Hold an exit code against the provider's truth and the journal, at the moment it is told."""
        intention, code = typing.intention, typing.code
        entry = _entry(machine, problem.journal_id if problem else None)
        if code == 1:
            raise BrokenRule(f"a defect: {typing.told}")
        of_another = entry is not None and entry.state in UNDER_WAY and entry.owner != process.owner
        if code in {7, 8} and entry and not of_another:
            expected = {UNKNOWN} if code == 7 else {"pending"}
            if entry.state not in expected | (UNDECIDED if machine.disk.failures else set()):
                raise BrokenRule(f"exit {code}, but the journal says {entry.state}")
        if code == 0 and not intention.executed and not self._taken_for_ours(machine, typing):
            raise BrokenRule("exit 0, but it was never executed")

    def _taken_for_ours(self, machine: Machine, typing: Typing) -> bool:
        """Return whether an equal operation of somebody else was there to be taken for ours.

        By inference, or by the provider itself: a second capture of what is captured is answered as done.
        """
        if any(one.answered_done for one in self.typings if one.intention is typing.intention):
            return self._done_at_all(typing)
        elsewhere = any(one.executed and one.intention.machine != machine.name for one in self.typings)
        return "(inferred, " in typing.told and bool(self.network.twins or elsewhere)

    def _handled(self, process: Process, call: Call, reply: Reply) -> None:
        if process not in self.of_process:
            return
        _, typing = self.of_process[process]
        if not reply.executed:
            done = 200 <= reply.status < 300
            typing.answered_done |= done and _is_of(typing.intention.wish.operation, call)
            return
        typing.executed += 1
        typing.intention.executed += 1
        counted = f"{typing.intention.executed} of {typing.intention.allowed}"
        self._log(f"executed for {typing.intention.machine}: {typing.intention.wish} ({counted})")
        if typing.intention.executed > typing.intention.allowed:
            raise BrokenRule(f"executed {typing.intention.executed} times: {typing.intention.wish}")

    def _power_loss(self, process: Process) -> None:
        machine = self.of_process[process][0] if process in self.of_process else self.machines[0]
        machine.disk.lose_power()
        for other, (where, _) in self.of_process.items():
            if where is machine:
                other.doomed = True
        self._log(f"{machine.name}: power lost")

    def _resolve(self, process: Process, machine: Machine) -> None:
        """Run ``paycli journal resolve`` once."""
        session = SimulatedSession(process, machine)
        journal = machine.journal(process)
        try:
            journal.recover()
            for entry in journal.still_open():
                resolve(entry, journal, lambda declared: session.pipeline(declared, _Quiet(session)))
        except (PaycliError, KeyboardInterrupt):
            pass
        finally:
            if not process.doomed:
                journal.close()

    def _heal(self) -> None:
        """Stop all trouble, wait until nothing can arrive any more, and ask what became of what is open."""
        self.network.trouble = self.scheduler.killing = 0.0
        self.sandbox.keeps_earlier = False
        for machine in self.machines:
            machine.disk.failing = 0.0
        self.scheduler.time += LATEST + LATE_ARRIVAL
        for machine in self.machines * 2:
            self.scheduler.start(partial(self._resolve, machine=machine))
            self.scheduler.run()

    def _judge(self) -> None:
        for typing in self.typings:
            if typing.code in SENT_NOTHING and typing.executed:
                raise BrokenRule(f"exit {typing.code}, but executed: {typing.intention.wish}")
        for machine in self.machines:
            for entry in _entries(machine):
                self._judge_entry(entry)
                self._judge_truth(machine, entry)
        self._judge_secrets()

    def _judge_entry(self, entry: Entry) -> None:
        knowable = entry.marked and entry.settle_by and not entry.creates and not self.network.hides_marks
        # What went without a look before settles by its mark only; that nothing is there then proves nothing.
        if entry.state == UNKNOWN and knowable and entry.before is not None:
            raise BrokenRule(f"{entry.operation} {entry.target} is marked and stays unknown: {entry.sentence}")
        if entry.state in {"sending", "intended"}:
            raise BrokenRule(f"{entry.operation} {entry.target} was never looked at: {entry.state}")

    def _judge_truth(self, machine: Machine, entry: Entry) -> None:
        """Hold what the journal says in the end against what the provider did for the process that it names.

        Of two equal voids of one machine, which may go out one after the other, inference may swap the names.
        """
        typing = next(
            (typing for process, (_, typing) in self.of_process.items() if process.owner == entry.owner), None
        )
        swapped = any(
            (other.same, other.kind, other.settled) == (entry.same, entry.kind, "inferred")
            for other in _entries(machine)
            if other.id != entry.id
        )
        if typing is None or entry.key or swapped:
            return
        if entry.state in {"not-sent", "rejected"} and typing.executed:
            raise BrokenRule(f"the journal says {entry.state}, but it was executed: {typing.intention.wish}")
        if entry.state == "succeeded" and entry.settled != "inferred" and not self._done_at_all(typing):
            raise BrokenRule(f"the journal says succeeded, but nothing was executed: {typing.intention.wish}")

    def _done_at_all(self, typing: Typing) -> bool:
        """Return whether it was executed, by whomever: some providers then say of the next one that it is done."""
        same = [one.intention for one in self.typings if str(one.intention.wish) == str(typing.intention.wish)]
        return any(intention.executed for intention in same)

    def _judge_secrets(self) -> None:
        written = [entry.text() for machine in self.machines for entry in _entries(machine)]
        for text in [*(typing.told for typing in self.typings), *written]:
            if found := next((secret for secret in secrets() if secret in text), None):
                raise BrokenRule(f"a secret ({found[:3]}…) in an output or the journal")

    def _report(self) -> Report:
        entries = [entry for machine in self.machines for entry in _entries(machine)]
        return Report(
            seeds=1,
            commands=len(self.typings),
            faults=sum(self.network.injected.values()) + sum(machine.disk.failures for machine in self.machines),
            kills=self.scheduler.kills,
            settled=sum(1 for entry in entries if entry.settled),
            twins=self.network.twins,
            inferred_of_others=sum(1 for typing in self.typings if typing.code == 0 and not typing.intention.executed),
        )

    def _log(self, line: str) -> None:
        self.log.append(f"{self.scheduler.time:9.2f}  {line.strip()}")


class _Furnishing(SimulatedSession):
    """A run whose change is caught on its way."""

    def __init__(self, process: Process, machine: Machine, operation: Operation) -> None:
        super().__init__(process, machine)
        self.operation = operation
        self.last = Call("", "")

    def pipeline(self, declared: Provider, reporter: Reporter) -> Pipeline:
        """Return the pipeline over a network that carries everything else."""

        def exchange(
            method: str, url: str, sent: dict[str, str], body: bytes, *, stream: bool, fresh: bool
        ) -> Answer | Flow | Fault:
            call = call_of(method, url, sent, body)
            if not _is_of(self.operation, call):
                return self.machine.network.of(self.process)(method, url, sent, body, stream=stream, fresh=fresh)
            self.last = call
            return Fault("nobody is there", may_have_left=False)

        return replace(super().pipeline(declared, reporter), connect=lambda _profile, _total: exchange)


def _is_of(operation: Operation, call: Call) -> bool:
    """Return whether a request is that of an operation, and not a read or a sign-in beside it."""
    template = operation.path.partition("?")[0].partition("_url}")
    path = "[^/]+".join(map(re.escape, re.split(r"\{[^}]+\}", template[2] or template[0])))
    return bool(re.fullmatch(f"(?:{operation.method}) /{operation.provider}{path}", f"{call.method} {call.path}"))


class _Quiet(ScreenReporter):
    """A reporter that is heard by nobody."""

    def __init__(self, session: SimulatedSession) -> None:
        super().__init__(session.screen())


def _entry(machine: Machine, identifier: str | None) -> Entry | None:
    return next((entry for entry in _entries(machine) if entry.id == identifier), None)


def _entries(machine: Machine) -> Iterator[Entry]:
    seen = machine.disk.seen
    if seen.execute("SELECT 1 FROM sqlite_master WHERE name = 'entries'").fetchone():
        for (text,) in seen.execute("SELECT entry FROM entries ORDER BY seq").fetchall():
            yield parse(text)


@cache
def secrets() -> tuple[str, ...]:
    """Return the made-up secrets of every provider's sandbox."""
    return tuple(
        setting.sandbox
        for name in PROVIDERS
        for setting in provider(name).settings
        if setting.secret and setting.sandbox
    )
