"""Idempotency keys: the same request under the same key is answered, and not executed again.

The document says what a key is for and no more. Read here: a key belongs to the shop; the first executed request under
it is remembered for 24 hours; the same operation with an equal body gets the first answer; anything else under the key
is a conflict; a refused request leaves its key free.
"""

from dataclasses import replace

from paycli.sandbox.http import Reply
from paycli.sandbox.routes import Ask, Refused, Route
from paycli.sandbox.tora.access import KEY
from paycli.sandbox.tora.state import KEY_LIFETIME, Remembered, State


def answer(route: Route[State], state: State, ask: Ask) -> Reply:
    """Answer a request, from memory where its key was used for it before. Raises Refused."""
    key = ask.call.headers.get(KEY)
    if key is None:
        return route.answer(state, ask)
    operation = (route.method, route.path)
    first = state.answers.get(key)
    if first and state.now() - first.at < KEY_LIFETIME:
        if (first.operation, first.body) != (operation, ask.body):
            raise Refused(409, "IDEMPOTENCY_CONFLICT", "The idempotency key was used for another request")
        return replace(first.reply, executed=False)
    reply = route.answer(state, ask)
    if reply.executed:
        state.answers[key] = Remembered(operation, ask.body, reply, state.now())
    return reply
