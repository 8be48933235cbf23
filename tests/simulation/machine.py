"""One machine: a disk with a journal, and its way to the providers."""

from dataclasses import dataclass
from pathlib import Path

from paycli.journal.store import Journal
from tests.simulation.disk import SimulatedDisk
from tests.simulation.network import Network
from tests.simulation.scheduler import Process


@dataclass
class Machine:
    """A machine of somebody who uses paycli."""

    name: str
    disk: SimulatedDisk
    network: Network

    def journal(self, process: Process) -> Journal:
        """Return the machine's journal as one process opens it."""
        return Journal(Path("/simulated"), process.scheduler.now, self.disk.of(process))
