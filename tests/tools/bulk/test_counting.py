"""How far a bulk run is, as somebody at a terminal sees it."""

import io

import pytest

from paycli.output.screen import Screen, Shape
from paycli.tools.bulk.counting import Count
from paycli.tools.bulk.rows import Finished

GONE = "\r\x1b[K"


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    "form, out, between", [("ndjson", Terminal(), 3), ("table", Terminal(), 1), ("csv", io.StringIO(), 1)]
)
def test_the_line_that_tells_how_far_it_is_makes_room(form: str, out: io.StringIO, between: int) -> None:
    """Before each row on the same terminal; a table comes at the end, and a file has no line in the way."""
    err = Terminal()
    count = Count(Screen(Shape(form), out, err), 4)
    for place, row in enumerate(count.over(Finished(place, 0, []) for place in range(3))):
        count.next = 0.0
        count(row)
        assert f"… {place + 1} of 4 rows" in err.getvalue()
    assert err.getvalue().count(f"{GONE}") == between + 3
    assert err.getvalue().endswith(GONE)
