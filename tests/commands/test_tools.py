"""The commands above the providers, and the rehearsal of every operation."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from paycli.commands.build import example_line
from paycli.operations.catalog import all_operations, provider
from paycli.operations.operation import Operation
from paycli.operations.params import Argument
from paycli.operations.signature import parameters
from tests.helpers import Served
from tests.operations.test_contract import contract_rows

OPERATIONS = list(all_operations())
SHOP = """
defaults: {tranzzo: shop}
profiles:
  shop: {provider: tranzzo, environment: test, currency: UAH, pos_id: p-1}
"""


def test_operations_list_equals_the_contract(run: Any) -> None:
    """Keys and values, for everything that is declared."""
    rows = run("operations", "list", "-o", "json").json
    contract = contract_rows()
    assert rows == [contract[f"{row['provider']} {row['command']}"] for row in rows]
    assert len(rows) == len(OPERATIONS)


def test_operations_show_knows_one_of_them(run: Any) -> None:
    """With its example; an unknown name is exit 3."""
    shown = run("operations", "show", "tranzzo", "refund").json
    assert (shown["effect"], shown["example"]["status"]) == ("moves-money", "success")
    assert run("operations", "show", "tranzzo", "refnd").code == 3


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_every_operation_rehearses_without_credentials_or_network(
    run: Any, operation: Operation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In an empty home: missing values as <field>, secrets as variables, exit 0."""
    words = _typed(operation)
    monkeypatch.chdir(tmp_path)
    for parameter in parameters(operation.fields):
        if isinstance(parameter.marker, Argument) and parameter.marker.sample_file is not None:
            (tmp_path / parameter.marker.sample).write_text(parameter.marker.sample_file)
    ended = run(*words, "--dry-run", "-o", "json")
    assert ended.code == 0, ended.err
    assert set(ended.json) == {"method", "url", "headers", "body", "string_to_sign", "curl"}
    assert ended.json["method"] == operation.verb
    settings = provider(operation.provider).settings
    plain = [setting.name for setting in settings if setting.needed and not setting.secret]
    secret = [f"${{PAYCLI_CI_{setting.name.upper()}}}" for setting in settings if setting.secret and setting.needed]
    if sign_in := provider(operation.provider).sign_in_of(operation):
        # A token stands for what it was got with; renewing one takes that alone.
        plain = []
        secret = ["${PAYCLI_CI_"] if operation.sign_in else [f"${{PAYCLI_CI_{sign_in.value.upper()}}}"]
    # What has neither a body nor a query names the account by its credentials alone.
    carries = ended.json["body"] is not None or "?" in ended.json["url"]
    if (operation.changes and carries) or any(f"{{{name}}}" in operation.path for name in plain):
        told = json.dumps([ended.json["url"], ended.json["body"], ended.json["curl"]])
        assert all(f"<{name}>" in told or f"${{PAYCLI_CI_{name.upper()}}}" in told for name in plain)
    assert operation.public or all(variable in ended.json["curl"] for variable in secret)


def _typed(operation: Operation) -> list[str]:
    import shlex

    return shlex.split(example_line(operation).removesuffix(" -p sandbox"))[1:]


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("openssl")), reason="needs curl and openssl")
@pytest.mark.parametrize("scheme", ["hmac-sha1", "sha1", "plain"])
def test_the_curl_line_signs_for_itself(sandbox: Served, scheme: str) -> None:
    """What it sends is accepted, with the secrets in variables only."""
    sandbox.held("C-1")
    made = sandbox.paycli(
        *(
            "tranzzo",
            "capture",
            "C-1",
            "--amount",
            "1.50",
            "--comment",
            'it\'s "fine" $HOME `x` Ωμέγα',
            "-p",
            "sandbox",
        ),
        "--dry-run",
        PAYCLI_SANDBOX_TRANZZO_SIGNING=scheme,
    ).json
    secrets = {
        "PAYCLI_SANDBOX_TRANZZO_API_KEY": "sandbox-key-7f31c2",
        "PAYCLI_SANDBOX_TRANZZO_API_SECRET": "sandbox-secret-b81f04e6",
        "PAYCLI_SANDBOX_TRANZZO_ENDPOINTS_KEY": "sandbox-endpoints-39ad55",
    }
    assert not any(value in json.dumps(made) for value in secrets.values())
    ended = subprocess.run(
        ["/bin/sh", "-c", made["curl"]],
        env={**sandbox.environment, **secrets},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(ended.stdout)["status"] == "success"
    assert json.loads(ended.stdout)["comment"] == 'it\'s "fine" $HOME `x` Ωμέγα'


def test_a_rehearsal_tells_what_policy_would_say(run: Any, config: Path) -> None:
    """On standard error; the exit code stays 0."""
    (config / "profiles.yaml").write_text("profiles: {live: {provider: tranzzo, currency: UAH}}")
    ended = run("tranzzo", "refund", "A-1", "--all", "--dry-run")
    assert ended.code == 0
    assert "would be refused here" in ended.err


def test_profiles_show_says_where_each_value_came_from(run: Any, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what a variable shadows; never a secret."""
    (config / "profiles.yaml").write_text(SHOP)
    monkeypatch.setenv("PAYCLI_SHOP_CURRENCY", "EUR")
    monkeypatch.setenv("PAYCLI_SHOP_API_SECRET", "s3cret-s3cret")
    ended = run("profiles", "show", "shop", "-o", "json")
    rows = {row["field"]: row for row in ended.json}
    assert rows["currency"]["source"] == "variable PAYCLI_SHOP_CURRENCY"
    assert rows["currency"]["shadows"] == "profiles.yaml, line 4"
    assert rows["api_secret"]["source"] == "variable PAYCLI_SHOP_API_SECRET"
    assert rows["api_key"]["source"] == "missing"
    assert rows["access"]["value"] == "write"
    assert "s3cret-s3cret" not in ended.out + ended.err


def test_profiles_list_and_path(run: Any, config: Path) -> None:
    """Built-in profiles are not counted."""
    assert run("profiles", "list", "-o", "json").json == []
    (config / "profiles.yaml").write_text(SHOP)
    assert [(row["name"], row["access"]) for row in run("profiles", "list", "-o", "json").json] == [("shop", "write")]
    assert run("profiles", "path").out == f"{config / 'profiles.yaml'}\n"


@pytest.mark.parametrize("words,hint", [(("mobilpay",), "mobilepay"), (("tranzzo", "refnd", "A"), "refund")])
def test_a_mistyped_command_is_told_with_the_nearest_one(run: Any, words: tuple[str, ...], hint: str) -> None:
    """Exit 2."""
    ended = run(*words)
    assert ended.code == 2
    assert f"Did you mean {hint}?" in ended.err


def test_help_shows_example_effect_and_retry_rule(run: Any) -> None:
    """As a newcomer reads it."""
    told = run("tranzzo", "refund", "--help").out
    assert "paycli tranzzo refund A-1001 --amount 12.50 --currency UAH -p sandbox" in told
    assert "MOVES MONEY" in told
    assert "never sent again by itself" in told


def test_a_defect_is_a_sentence_and_exit_1(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never a traceback, which could hold a key."""
    monkeypatch.setattr("paycli.commands.operations.all_operations", lambda: 1 / 0)
    ended = run("operations", "list", "-o", "json")
    assert (ended.code, ended.error["kind"]) == (1, "defect")
    assert "ZeroDivisionError" in ended.error["message"]
