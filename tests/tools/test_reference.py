"""The reference that lies in the repository, held to the commands."""

import re

from paycli.tools.completions.tree import commands
from paycli.tools.reference import FILE, reference


def test_the_reference_is_that_of_this_command_tree() -> None:
    """``python -m paycli.tools.reference`` writes it anew."""
    assert FILE.read_text(encoding="utf-8") == reference()


def test_every_command_has_its_section() -> None:
    """Groups as well."""
    headings = re.findall(r"^#+ (paycli.*)$", FILE.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == [" ".join(["paycli", *command.path]) for command in commands()]
