"""The pages that a payer sees, as plain HTML; every value is escaped."""

from collections.abc import Mapping
from html import escape
from typing import Any

from paycli.sandbox.http import Reply

HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>body{{font:1.1em/1.5 sans-serif;max-width:32em;margin:3em auto;padding:0 1em}}
button{{font:inherit;padding:.4em 1.5em;margin-right:1em}}dt{{color:#555}}dd{{margin:0 0 .6em}}</style></head>
<body><h1>{title}</h1>
{content}
<p><small>This is the sandbox: no money moves.</small></p></body></html>
"""


def page(title: str, *blocks: str, status: int = 200, executed: bool = False) -> Reply:
    """Return a page; its blocks are HTML already."""
    text = _PAGE.format(title=escape(title), content="\n".join(blocks))
    return Reply(status, text.encode(), HEADERS, executed)


def facts(values: Mapping[str, Any]) -> str:
    """Return a list of names and values."""
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(str(value))}</dd>" for name, value in values.items())
    return f"<dl>{rows}</dl>"


def buttons(**actions: str) -> str:
    """Return a form whose buttons post an action each to the page's own address."""
    made = "".join(
        f'<button name="action" value="{escape(action)}">{escape(told)}</button>' for action, told in actions.items()
    )
    return f'<form method="post">{made}</form>'


def link(url: str, told: str) -> str:
    """Return a link."""
    return f'<p><a rel="noreferrer" href="{escape(url)}">{escape(told)}</a></p>'


def picture(data_url: str, told: str) -> str:
    """Return a picture that the page carries itself."""
    return f'<p><img src="{escape(data_url)}" alt="{escape(told)}"></p>'
