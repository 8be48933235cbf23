"""What holds for every declaration of every provider."""

import contextlib
import csv
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperArgument

from paycli.commands.build import OperationCommand, build_values, example_line
from paycli.commands.hidden import Reader, Rehearsed, Typed
from paycli.commands.operations import KEYS, as_row
from paycli.operations.catalog import PROVIDERS, all_operations, provider
from paycli.operations.compose import METHODS_WITHOUT_BODY, compose, spelt
from paycli.operations.operation import Effect, Operation, Request
from paycli.operations.params import Argument, Compound, Hidden, Option
from paycli.operations.signature import parameters
from paycli.operations.steps import Call

OPERATIONS = list(all_operations())
CONTRACT = Path(__file__).parent.parent / "data" / "operations.tsv"

# Changing this set is a decision about money: it is written out so that it shows in a diff.
SIGN_INS = {"toman login", "toman refresh", "terapay portal login", "terapay customers login"}
MOVES_MONEY = {
    "tranzzo pay card",
    "tranzzo pay token",
    "tranzzo pay privat24",
    "tranzzo pay payparts",
    "tranzzo pay apple-pay",
    "tranzzo pay google-pay",
    "tranzzo pay mvisa",
    "tranzzo pay apm",
    "tranzzo payout card",
    "tranzzo payout token",
    "tranzzo payout apm",
    "tranzzo p2p card",
    "tranzzo p2p token",
    "tranzzo p2p-credit card",
    "tranzzo p2p-credit token",
    "tranzzo lookup card",
    "tranzzo split card",
    "tranzzo split capture",
    "tranzzo split refund",
    "tranzzo capture",
    "tranzzo void",
    "tranzzo refund",
    "tranzzo recurring refund",
    *("mobilepay payments capture", "mobilepay payments cancel"),
    *("mobilepay refunds create", "mobilepay refunds capture", "mobilepay refunds cancel"),
    *("terapay batches submit", "terapay batches process", "terapay batches retry", "terapay cards submit"),
    *("terapay wallet top-up", "terapay wallet transfer", "terapay wallet pay"),
    *("terapay transfers bank", "terapay transfers mobile"),
    *("terapay transfers client-bank", "terapay transfers client-mobile"),
    *("tora topups create", "tora topups capture", "tora topups void"),
    *("tora bills pay", "tora bills capture", "tora bills void"),
    "tora elaiko issue",
}
CHANGES_WITHOUT_MONEY = {
    "tranzzo pay hosted",
    "tranzzo pay qr",
    "tranzzo lookup hosted",
    "tranzzo split hosted",
    "tranzzo recurring cancel",
    "tranzzo webhooks resend",
    "tranzzo mvisa-qr create",
    *("mobilepay payments start", "mobilepay payments start-by-pos"),
    *("mobilepay payments prepare", "mobilepay payments ready"),
    *("mobilepay terminals create-pos", "mobilepay terminals delete-pos"),
    *("mobilepay tokens create", "mobilepay tokens reset"),
    *("toman terminals create", *SIGN_INS),
    *("terapay portal reset-password", "terapay users create", "terapay users override-permissions"),
    *("terapay developers register", "terapay checkout create", "terapay api-keys create"),
    *("terapay clients register", "terapay clients approve", "terapay customers register"),
    *("terapay transfers resend-otp", "terapay permissions create", "terapay permissions import"),
    *("terapay roles create", "terapay roles set-permissions"),
    *("terapay sms send", "terapay sms bulk", "terapay sms send-as"),
    *("tora elaiko request", "tora reclamations create"),
}
# A customer may want a second ticket, or the password once more: nothing in the request tells that from a slip.
ASKED_FOR_AGAIN = {"tora elaiko request"}


# Nothing that they send, or that may be written down, tells a repetition from a second one that is meant.
UNIDENTIFIED = {"terapay cards submit", "terapay checkout create", "terapay api-keys create"}


def contract_rows() -> dict[str, dict[str, str]]:
    """Return the contract's rows by command."""
    with CONTRACT.open(newline="") as file:
        return {f"{row['provider']} {row['command']}": row for row in csv.DictReader(file, delimiter="\t")}


@pytest.fixture(params=OPERATIONS, ids=lambda operation: operation.name)
def operation(request: pytest.FixtureRequest) -> Operation:
    """Return each operation in turn."""
    found: Operation = request.param
    return found


def test_the_declaration_equals_the_contract_character_for_character(operation: Operation) -> None:
    """Arguments, method, path, effect, retry rule and source of the route are those of the contract."""
    assert as_row(operation) == contract_rows()[operation.name]


def test_the_contracts_columns_are_the_keys() -> None:
    """The keys of the list of operations are the contract's column names."""
    assert tuple(next(iter(contract_rows().values()))) == KEYS


def test_every_operation_has_a_sentence_an_example_and_a_source(operation: Operation) -> None:
    """A command without help or example is not done."""
    assert operation.summary.endswith((".", "…"))
    assert operation.example is not None
    assert operation.documented_as


def test_every_parameter_says_what_it_is(operation: Operation) -> None:
    """Each argument and option has a help text that ends as a sentence does."""
    command = OperationCommand(provider(operation.provider), operation)
    for parameter in command.params:
        told = getattr(parameter, "help", None)
        assert told, parameter.name
        assert told.rstrip("]").endswith(".") or "[default:" in told, parameter.name


def test_a_lookup_rule_names_a_read_of_the_same_provider(operation: Operation) -> None:
    """What settles an operation is itself a read."""
    if read := operation.retry.settled_by:
        assert not provider(operation.provider).load()[read].changes


def test_a_change_that_is_a_repetition_can_be_told(operation: Operation) -> None:
    """Every change says what makes two of it the same, but for what asks again or nothing identifies."""
    if operation.changes and operation.name not in ASKED_FOR_AGAIN | UNIDENTIFIED:
        assert operation.same
    told = operation.same or operation.retry.rule == "key" or operation.name in UNIDENTIFIED
    assert told or not operation.changes


def test_placeholders_are_arguments_or_profile_fields(operation: Operation) -> None:
    """The path is filled from what is declared, never from thin air."""
    declared = provider(operation.provider)
    arguments = {spelt(p.marker.name) for p in parameters(operation.fields) if isinstance(p.marker, Argument)}
    plain = {setting.name for setting in declared.settings if not setting.secret}
    names = {part.partition("}")[0] for part in operation.path.split("{")[1:]}
    assert {name for name in names if name not in plain} <= {name for name in names if spelt(name) in arguments}


def test_an_example_can_be_typed(operation: Operation) -> None:
    """The example names every required argument."""
    command = OperationCommand(provider(operation.provider), operation)
    required = [parameter for parameter in command.params if isinstance(parameter, TyperArgument)]
    assert len(example_line(operation).split()) >= 2 + len(required)


def test_a_table_has_an_identifier_where_something_is_done(operation: Operation) -> None:
    """What a change made can be named afterwards."""
    if operation.changes:
        assert [column for column in operation.columns if column.primary]


def test_a_get_that_changes_something_is_not_declared_as_a_read(operation: Operation) -> None:
    """Only true reads are free to repeat."""
    if operation.effect is Effect.READS and operation.verb in METHODS_WITHOUT_BODY:
        assert operation.retry.rule == "always"


def composed(operation: Operation, reader: Reader, where: Path) -> Request:
    """Compose what the example types, with the files that its samples name in a directory."""
    for parameter in parameters(operation.fields):
        marker = parameter.marker
        for option in [marker, *getattr(marker, "options", {}).values()]:
            if (content := getattr(option, "sample_file", None)) is not None:
                (where / option.sample).write_text(content)
    command = OperationCommand(provider(operation.provider), operation)
    words = shlex.split(example_line(operation))[2 + len(operation.command.split()) : -2]
    with contextlib.chdir(where):
        typed = command.make_context("x", words).params
        values = build_values(command.declared, typed, {}, reader)
    return compose(provider(operation.provider), operation, values, {})


class Samples:
    """Has the made-up value of every hidden one."""

    def read(self, marker: Hidden, typed: Typed, *, required: bool) -> Any:
        """Return it as it would come from standard input."""
        if not required and not any(typed[name] for name in marker.options):
            return None
        values = {part.name: part.parse(part.sample) for part in marker.parts}
        return values if marker.json else values[marker.parts[0].name]


def test_hidden_values_go_only_where_nothing_is_recorded(operation: Operation, tmp_path: Path) -> None:
    """The fields that a card, a token or a password fills are those that the journal's hash leaves out."""
    markers = [p.marker for p in parameters(operation.fields) if isinstance(p.marker, Hidden) and p.required]
    if not markers:
        return
    one, other = composed(operation, Samples(), tmp_path), composed(operation, Rehearsed(), tmp_path)
    mine, theirs = {**dict(one.query), **(one.body or {})}, {**dict(other.query), **(other.body or {})}
    hidden = {name for name in mine if mine[name] != theirs.get(name)}
    assert hidden
    assert hidden <= provider(operation.provider).unrecorded
    assert operation.card_data == any(marker.name == "card" and not marker.unless for marker in markers)


def test_the_set_of_money_moving_commands_is_this_one() -> None:
    """A command that begins to move money is seen in this file's diff."""
    found = {effect: {op.name for op in OPERATIONS if op.effect is effect} for effect in Effect}
    assert found[Effect.MOVES_MONEY] == MOVES_MONEY
    assert found[Effect.WRITES] == CHANGES_WITHOUT_MONEY


def test_a_command_of_several_requests_begins_by_asking() -> None:
    """It has a sentence, and each of its requests is a declared read."""
    for name in PROVIDERS:
        declared = provider(name)
        for command in declared.procedures:
            procedure = declared.procedure(command)
            assert (procedure.name, procedure.summary[-1]) == (f"{name} {command}", ".")
            samples = {
                parameter.name: parameter.marker.parse(parameter.marker.sample)
                for parameter in parameters(procedure.begin)
                if parameter.required and isinstance(parameter.marker, Option)
            }
            step = next(procedure.follow(procedure.begin(**samples)))
            assert isinstance(step, Call)
            assert not declared.load()[step.command].changes


def test_every_resource_of_a_provider_declares_something() -> None:
    """The table of first words matches the declarations."""
    for name in PROVIDERS:
        declared = provider(name)
        words = {command.split()[0] for command in declared.load()}
        assert words == set(declared.resources)
        assert {word for word in words if word not in declared.operations} == set(declared.groups)


def test_a_get_declares_every_parameter_that_it_may_carry(operation: Operation) -> None:
    """A raw request with another one is taken for a change."""
    if operation.verb not in METHODS_WITHOUT_BODY:
        return
    command = OperationCommand(provider(operation.provider), operation)
    typed = {str(p.name): getattr(p, "default", None) for p in command.params}
    for parameter in parameters(operation.fields):
        if (parameter.required and isinstance(parameter.marker, Option)) or isinstance(parameter.marker, Argument):
            typed[parameter.name] = parameter.marker.parse(parameter.marker.sample)
        elif isinstance(parameter.marker, Compound):
            options = parameter.marker.options
            typed |= {name: option.parse(option.sample) for name, option in options.items() if option.sample}
    names = set(operation.fields(**build_values(command.declared, typed, {})))
    assert names <= {*operation.query, *operation.headers}
