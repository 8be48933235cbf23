"""An error as text for people, and as one JSON object for scripts."""

import json

from paycli.errors import PaycliError
from paycli.output.visible import visible


def as_text(problem: PaycliError) -> str:
    """Return what happened, whether money may have moved, and what to type next, a line each."""
    lines = [f"error: {visible(problem.message)}"]
    lines += [f"       {visible(problem.money)}"] if problem.money else []
    lines += [f"next:  {visible(problem.next_step)}"] if problem.next_step else []
    return "\n".join(lines)


def as_json(problem: PaycliError) -> str:
    """Return the same as one JSON object on one line."""
    message = " ".join(filter(None, [problem.message, problem.money]))
    told = {
        "kind": problem.kind,
        "message": message,
        "exit_code": int(problem.exit_code),
        "provider_code": problem.provider_code,
        "journal_id": problem.journal_id,
        "next": problem.next_step,
    }
    return visible(json.dumps({"error": told}, ensure_ascii=False))
