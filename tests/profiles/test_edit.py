"""Edits of profiles.yaml change what is meant and not one byte besides."""

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from paycli.errors import ConfigurationProblem
from paycli.profiles.edit import add_profile, remove_profile, set_default, set_field
from paycli.profiles.file import parse_profiles

HERE = Path("profiles.yaml")
TEXT = """\
# our shops
defaults: {tranzzo: shop}   # the usual one

profiles:

  # the test shop
  shop:
    provider: tranzzo     # Kyiv
    environment: 'test'
    timeout:
      read: 30   # slow
    currency: "UAH"

  # the real one
  live: {provider: tranzzo, access: read}
# the end
"""


def values(text: str) -> dict[str, dict[str, str]]:
    """Return what the text holds."""
    file = parse_profiles(text.encode(), HERE)
    return {name: {field: w.text for field, w in fields.items()} for name, fields in file.profiles.items()}


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that went and the lines that came, between those that both begin and both end with."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    most = min(len(old), len(new))
    first = next((index for index in range(most) if old[index] != new[index]), most)
    last = next((index for index in range(most - first) if old[-1 - index] != new[-1 - index]), most - first)
    return old[first : len(old) - last], new[first : len(new) - last]


@pytest.mark.parametrize(
    "name,field,value,went,came",
    [
        ("shop", "environment", "live", "    environment: 'test'\n", "    environment: 'live'\n"),
        ("shop", "currency", "EUR", '    currency: "UAH"\n', '    currency: "EUR"\n'),
        ("shop", "provider", "x", "    provider: tranzzo     # Kyiv\n", "    provider: x     # Kyiv\n"),
        ("shop", "timeout.read", "5", "      read: 30   # slow\n", "      read: 5   # slow\n"),
        ("shop", "timeout.connect", "5", "", "      connect: 5\n"),
        ("shop", "pos_id", "p-1", "", "    pos_id: p-1\n"),
        ("shop", "limits.refund.per_day", "5", "", "    limits:\n      refund:\n        per_day: 5\n"),
        ("shop", "signing_label", "a: #b", "", "    signing_label: 'a: #b'\n"),
        (
            "live",
            "access",
            "write",
            "  live: {provider: tranzzo, access: read}\n",
            "  live: {provider: tranzzo, access: write}\n",
        ),
        (
            "live",
            "currency",
            "UAH",
            "  live: {provider: tranzzo, access: read}\n",
            "  live: {provider: tranzzo, access: read, currency: UAH}\n",
        ),
    ],
)
def test_one_field_is_one_change(name: str, field: str, value: str, went: str, came: str) -> None:
    """In the style in which it stood."""
    after = set_field(TEXT, HERE, name, field, value)
    gone, new = changed(TEXT, after)
    assert ("".join(gone), "".join(new)) == (went, came)
    assert values(after)[name][field] == value


def test_a_profile_is_added_below_the_others() -> None:
    """And comments at the end stay there."""
    after = add_profile(TEXT, HERE, "new", {"provider": "tranzzo", "currency": "UAH"})
    assert changed(TEXT, after) == ([], ["  new:\n", "    provider: tranzzo\n", "    currency: UAH\n"])


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "profiles:\n", "profiles: {}\n", "defaults: {}\nprofiles:"])
def test_the_first_profile_can_be_added(text: str) -> None:
    """To whatever stands there."""
    after = add_profile(text, HERE, "new", {"provider": "tranzzo"})
    assert values(after) == {"new": {"provider": "tranzzo"}}
    assert after.startswith(text.rstrip("{}\n"))


def test_a_profile_is_removed_with_its_own_lines_and_its_default() -> None:
    """Comments of others stay."""
    after = remove_profile(TEXT, HERE, "shop")
    assert values(after) == {"live": {"provider": "tranzzo", "access": "read"}}
    assert "defaults: {}   # the usual one" in after
    assert "# the real one" in after
    assert remove_profile(TEXT, HERE, "live").replace("\n", "").endswith("# the real one# the end")


def test_a_default_is_set_where_it_stands() -> None:
    """Or added."""
    assert changed(TEXT, set_default(TEXT, HERE, "tranzzo", "live"))[1] == [
        "defaults: {tranzzo: live}   # the usual one\n"
    ]
    assert set_default("profiles:\n  a: {}\n", HERE, "tranzzo", "a").endswith("defaults:\n  tranzzo: a\n")


def test_line_ends_of_windows_stay() -> None:
    """New lines get them too."""
    after = set_field(TEXT.replace("\n", "\r\n"), HERE, "shop", "pos_id", "p")
    assert "    pos_id: p\r\n" in after
    assert after.replace("\r\n", "\n") == set_field(TEXT, HERE, "shop", "pos_id", "p")


@pytest.mark.parametrize(
    "text", ["profiles: &a\n  x: {provider: t}\n  y: *b\n", "profiles:\n  x:\n    currency: |\n      UAH\n"]
)
def test_what_cannot_be_edited_safely_is_refused(text: str) -> None:
    """Nothing is changed."""
    with pytest.raises(ConfigurationProblem):
        set_field(text, HERE, "x", "currency", "EUR")


NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,6}", fullmatch=True)
FIELDS = st.sampled_from(["provider", "currency", "pos_id", "access", "base_url", "signing_label"])
TEXTS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Cn", "Co"), blacklist_characters="\ufeff"), max_size=12
)
NOISE = st.sampled_from(["", "# a comment\n", "\n", "  # deep\n", "\n\n"])


@st.composite
def files(draw: st.DrawFn) -> tuple[str, dict[str, dict[str, str]]]:
    """Return a profiles file in some style, and what it holds."""
    content = draw(
        st.dictionaries(NAMES, st.dictionaries(FIELDS, TEXTS, min_size=1, max_size=4), min_size=1, max_size=4)
    )
    step = draw(st.sampled_from([2, 3, 4]))
    text = draw(NOISE).lstrip(" ") + "profiles:" + draw(st.sampled_from(["", "  # ours"])) + "\n"
    for name, fields in content.items():
        text += draw(NOISE)
        quoted = {field: _quoted(draw, value) for field, value in fields.items()}
        if draw(st.booleans()):
            inner = ", ".join(f"{field}: {value}" for field, value in quoted.items())
            text += f"{' ' * step}{name}: {{{inner}}}{draw(st.sampled_from(['', ' # flow']))}\n"
        else:
            text += f"{' ' * step}{name}:\n"
            for field, value in quoted.items():
                text += (
                    f"{' ' * 2 * step}{field}: {value}{draw(st.sampled_from(['', '   # why', '  ']))}\n{draw(NOISE)}"
                )
    return text + draw(NOISE), content


def _quoted(draw: st.DrawFn, value: str) -> str:
    plain = value.isalnum() and value.isascii()
    style = draw(st.sampled_from(["'", '"', ""] if plain else ["'", '"']))
    if style == '"':
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"'{value.replace(chr(39), chr(39) * 2)}'" if style else value


@given(made=files(), field=FIELDS, value=TEXTS, data=st.data())
def test_any_edit_of_any_file_leaves_every_other_byte(
    made: tuple[str, dict[str, dict[str, str]]], field: str, value: str, data: st.DataObject
) -> None:
    """Comments, order, quoting and blank lines of everything else are untouched."""
    text, content = made
    assume(values(text) == content)
    name = data.draw(st.sampled_from(sorted(content)))
    after = set_field(text, HERE, name, field, value)
    assert values(after) == {**content, name: {**content[name], field: value}}
    gone, new = changed(text, after)
    assert len(gone) <= 1
    assert len(new) <= 1
    removed = remove_profile(text, HERE, name)
    assert values(removed) == {other: fields for other, fields in content.items() if other != name}
    assert not changed(text, removed)[1]
    if "fresh" not in content:
        added = add_profile(text, HERE, "fresh", {"currency": value})
        assert values(added) == {**content, "fresh": {"currency": value}}
        assert not changed(text, added)[0]


def test_what_only_the_faster_parser_takes_is_not_edited() -> None:
    """It is said, and nothing is changed."""
    text = TEXT.replace("{tranzzo: shop}", "{tranzzo: shop\t}")
    assert values(text) == values(TEXT)
    with pytest.raises(ConfigurationProblem, match="cannot be edited safely"):
        set_field(text, HERE, "shop", "currency", "EUR")
