"""``paycli help TOPIC``: what is true of every command, told once."""

import difflib
import re
import sys
import textwrap
from typing import Annotated

import typer

from paycli.errors import UsageProblem

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)

WIDTH = 79
GLUE = "\x00"
EXIT_CODES = """\
0    done
1    a defect of paycli
2    usage, or a file that cannot be used; a damaged journal
3    not found
4    credentials or configuration; a finding of `paycli doctor`
5    the provider refused; nothing moved; a wrong webhook signature
6    nothing was sent or nothing was changed; safe to run again
7    OUTCOME UNKNOWN: run `paycli journal resolve`, do not repeat
8    accepted, not finished
9    some rows of a bulk run did not succeed (7 if any is unknown); what
     `paycli bulk report` found differs
10   refused here: policy, limit, duplicate, or you said no
11   the list is incomplete, and completeness was required; or a profile that
     `paycli find` asked could not answer
130  interrupted, nothing in flight
"""
PROFILES = """\
A profile is one account at one provider. `paycli profiles add NAME` makes one, `paycli profiles check NAME` asks the
provider harmlessly whether it is right, `paycli profiles show NAME` says where each value comes from.

`paycli doctor` is the first thing to type when something is odd: it proves files, variables, keyring, hosts and clock.

Which one: --profile NAME, else PAYCLI_PROFILE, else `defaults` in profiles.yaml, else the provider's only one.
`-p sandbox` is a server on your own
machine: `paycli sandbox serve`.

A profile is live unless it says `environment: test`. A live one can only read unless it says `access: write`.

Secrets lie in the keyring (`paycli secrets set NAME`) or come from variables; never in profiles.yaml.

Routes. The documents of Tora and TeraPay lost nearly every path. What paycli declares there is assumed: right in its
fields, guessed in its address. The sandbox and test profiles use it as it is. A live profile sends an assumed operation
only when it names the route, as the provider tells it:

  routes:
    topups create: POST /v2/topups
    transactions show: "GET /v2/transactions/{id}"

`paycli operations export-routes PROVIDER` prints all of them, ready to be filled in; what stands in braces stays.
"""
OUTPUT = """\
Data goes to standard output, everything else to standard error. A terminal gets a table, a pipe gets JSON; -o and
PAYCLI_OUTPUT choose among table, json, ndjson, csv, yaml and id.

JSON is the provider's own answer; numbers keep their value and scale. --query takes a JMESPath expression over exact
decimals; --columns a,b.c chooses fields. With -o json an error is one JSON object, the last line of standard error.

Lists show 100 rows unless --limit N or --all says otherwise, and say so when there is more; --require-complete makes
that exit code 11. Secrets and card data of the run are masked everywhere, also in what a provider repeats.

-v says on standard error what is sent: method, address, status, time; -vv headers and bodies too. --dry-run prints the
request as it would be signed and sends nothing.
"""
SAFETY = """\
Every change is written into a journal on this machine before its first byte leaves, and its outcome before anything is
shown. Before a capture, refund or void the state is read: more than is left, and what was done within 24 hours, is
refused (exit 10). While the outcome of a change is unknown, nothing but a void or a cancel goes to the same thing.

When an answer is lost, paycli looks what became of it: what carries its mark is ours; failing marks, the only new one
of the same kind and amount is inferred to be. Else it ends with exit code 7: do not repeat it. `paycli journal resolve`
looks again, now or later; what no read can tell, a person closes with --as succeeded|not-sent --reason TEXT.

--request-id TEXT names an intention: the same id is never done twice. --again means it a second time. `paycli bulk run`
typed again does only what is not done, and settles what is unknown first.

On a live profile paycli shows what it will do and asks; the default is No, and without a terminal it needs --yes. A
profile can demand a reason, set limits, and want large amounts typed (profiles.example.yaml).

Limits, guards and the journal are per machine; they stop slips, not people. Operations whose rule is `never` are
unprotected across machines. Typing cards brings your workstation into the scope of PCI DSS.
"""
ENVIRONMENT = """\
PAYCLI_PROFILE              the profile when --profile is not typed
PAYCLI_OUTPUT               the output form when -o is not typed
PAYCLI_<PROFILE>_<FIELD>    any field of a profile; upper case, - and . as _
  …_FILE                    names a file that holds the value
PAYCLI_CONFIG_DIR           where profiles.yaml lies
PAYCLI_STATE_DIR            where the journal lies
PAYCLI_SANDBOX_URL          where `-p sandbox` leads (http://127.0.0.1:8700)
HTTPS_PROXY, NO_PROXY       the proxy where the profile names none
NO_COLOR, TERM=dumb         no colours
TZ                          the zone in which times are shown

An empty variable counts as not set. With PAYCLI_CI_PROVIDER=tranzzo and the rest, a profile `ci` needs no file.
"""
TOPICS = {
    "exit-codes": EXIT_CODES,
    "profiles": PROFILES,
    "output": OUTPUT,
    "safety": SAFETY,
    "environment": ENVIRONMENT,
}


@app.command()
def topic(
    name: Annotated[str, typer.Argument(metavar="TOPIC", help=", ".join(TOPICS), autocompletion=lambda: [*TOPICS])],
) -> None:
    """Tell what is true of every command: exit-codes, profiles, output, safety, environment.

    Example: paycli help safety
    """
    if name not in TOPICS:
        close = difflib.get_close_matches(name, TOPICS, 1)
        told = f"did you mean {close[0]}?" if close else "for a command: paycli COMMAND --help"
        raise UsageProblem(f"There is no topic {name!r}; there are {', '.join(TOPICS)}.", next_step=told)
    sys.stdout.write(fitted(TOPICS[name]))


def fitted(text: str) -> str:
    """Return the text with its paragraphs in lines of at most 79 characters; lists and samples stay as they are."""
    paragraphs = [block if "  " in block else _filled(block) for block in text.strip().split("\n\n")]
    return "\n\n".join(paragraphs) + "\n"


def _filled(block: str) -> str:
    # A command to copy stays in one line.
    glued = re.sub(r"`[^`]+`", lambda found: " ".join(found[0].split()).replace(" ", GLUE), block)
    return textwrap.fill(glued, WIDTH, break_on_hyphens=False).replace(GLUE, " ")
