"""The sentences with which paycli ends in an error: one page, to be read, and held to the code."""

import pytest

from tests.messages import PAGE, Message, messages, page

MESSAGES = messages()
LOCAL = {
    "You said no; nothing was changed.",
    "{question} Nobody can be asked here.",
    "{entry.id} is {entry.state} already.",
}
OPEN = ("}", ".", "?", "…")


def test_the_page_is_that_of_the_code() -> None:
    """A message that changes shows in a diff: ``python -m tests.messages`` writes the page anew."""
    assert PAGE.read_text(encoding="utf-8") == page()
    assert len(MESSAGES) > 200


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: f"{message.file} {message.sentence[:40]}")
def test_a_message_is_a_sentence_and_its_next_step_something_to_type(message: Message) -> None:
    """It ends as one, and the next step does not, since it follows ``next:`` and may be copied."""
    assert message.sentence.endswith(OPEN)
    assert not message.money or message.money.endswith((".", "}"))
    assert not message.next_step.endswith((".", " "))
    assert message.next_step[:1].islower() or message.next_step[:1] in {"", "{", "-", "&"}


def test_what_was_refused_here_says_that_nothing_was_sent() -> None:
    """Who reads it wants to know first whether money may have moved."""
    quiet = [m.sentence for m in MESSAGES if m.kind == "refused_here" and not m.money and m.sentence not in LOCAL]
    assert quiet == []
