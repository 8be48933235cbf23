"""The script for zsh: the specifications of ``_arguments``, chosen by the command path."""

from collections.abc import Iterable, Sequence

from paycli.tools.completions.script import fill, groups, lines, typed
from paycli.tools.completions.sharing import share
from paycli.tools.completions.tree import BUILT_IN, Argument, Command, Kind, Option, Path, Value

SCRIPT = r"""#compdef paycli
# Completion of paycli for zsh, made by: paycli completions zsh
# It knows every word and option by itself; names of profiles are read from profiles.yaml. It starts no process.

_paycli() {
  local curcontext=$curcontext at= i
  local -a commands specs
  _paycli_commands
  for ((i = 2; i < CURRENT && $#commands; i++)); do
    [[ $words[i] == -* ]] && continue
    (( ${commands[(I)${(b)words[i]}:*]} )) || return 1
    at+=${at:+ }$words[i]
    _paycli_commands
  done
  shift $((i - 2)) words
  (( CURRENT -= i - 2 ))
  curcontext=${curcontext%:*:*}:paycli-${at// /-}:
  _paycli_specs
  if (( $#commands )); then
    specs+=('*: :{_describe -t commands "paycli command" commands}')
  fi
  _arguments -s -S : $specs
}

# The words that may follow the command so far; none where it is complete.
_paycli_commands() {
  commands=()
  case $at in
@COMMANDS@
  esac
}

# Options and arguments of the command.
_paycli_specs() {
  local -a @NAMES@
@SHARED@
  case $at in
@SPECS@
  esac
}

# Offer profiles: filed (those of profiles.yaml), known (the built-in ones too), named (and sandbox) or here (those for
# the command's own provider).
_paycli_profiles() {
  local -a reply
  case $1 in
    here) _paycli_read_profiles ${at%% *}; reply+=(sandbox) ;;
    known) _paycli_read_profiles; reply+=(@BUILT_IN@) ;;
    named) _paycli_read_profiles; reply+=(sandbox @BUILT_IN@) ;;
    *) _paycli_read_profiles ;;
  esac
  _describe -t profiles profile reply
}

# Names in profiles.yaml, as far as it is written in lines: all, or those for the provider $1.
_paycli_read_profiles() {
  emulate -L zsh
  local file=${XDG_CONFIG_HOME-} line name= of= step= inside= MATCH
  local -a match mbegin mend
  local -i MBEGIN MEND
  local quote="[\"']?"
  local top="^${quote}profiles${quote} *:" entry="^( +)${quote}([^\"': ]+)${quote} *:( |\$)"
  local owner="(^|[{, ])${quote}provider${quote} *: *${quote}([a-z0-9-]+)"
  reply=()
  if [[ $file != /* ]]; then
    file=$HOME/.config
    [[ $OSTYPE == darwin* ]] && file="$HOME/Library/Application Support"
  fi
  file=${PAYCLI_CONFIG_DIR:-$file/paycli}/profiles.yaml
  [[ -f $file && -r $file ]] || return
  while IFS= read -r line || [[ -n $line ]]; do
    line=${${line%$'\r'}#$'\xef\xbb\xbf'}
    [[ $line =~ '^ *(#|$)' ]] && continue
    if [[ $line != ' '* ]]; then
      inside=
      [[ $line =~ $top ]] && inside=1
      continue
    fi
    [[ -n $inside ]] || continue
    line=${line%% \#*}
    if [[ $line =~ $entry && (-z $step || $match[1] == $step) ]]; then
      _paycli_named "${1-}"
      step=$match[1] name=$match[2] of=
    fi
    [[ -z $of && $line =~ $owner ]] && of=$match[2]
  done <$file
  _paycli_named "${1-}"
}

_paycli_named() {
  [[ -n $name && $name != *[^a-z0-9.-]* && $name != [.-]* ]] || return 0
  [[ -n $1 && -n $of && $of != $1 ]] || reply+=($name)
}

if [[ $funcstack[1] == _paycli ]]; then
  _paycli "$@"
else
  compdef _paycli paycli
fi
"""


def zsh(commands: Sequence[Command]) -> str:
    """Return the script for these commands."""
    shared = share(commands, _option)
    arguments = {command.path: list(map(_argument, command.arguments)) for command in commands}
    return fill(
        SCRIPT,
        {
            "BUILT_IN": " ".join(BUILT_IN),
            "COMMANDS": lines(_words(group) for group in groups(commands)),
            "NAMES": " ".join(shared.named),
            "SHARED": lines(_array(name, pieces) for name, pieces in shared.named.items()),
            "SPECS": lines(_specs(path, names, [*own, *arguments[path]]) for path, (names, own) in shared.of.items()),
        },
    )


def _words(group: Command) -> str:
    words = lines(f"        {_quoted(f'{name}:{summary}')}" for name, summary in group.words)
    return f"    {_quoted(typed(group.path))})\n      commands=(\n{words}\n      )\n      ;;"


def _array(name: str, pieces: Iterable[str]) -> str:
    return lines([f"  {name}=(", *(f"    {piece}" for piece in pieces), "  )"])


def _specs(path: Path, names: Sequence[str], own: Sequence[str]) -> str:
    shared = " ".join(f"${name}" for name in names)
    if not own:
        return f"    {_quoted(typed(path))}) specs=({shared}) ;;"
    rest = lines(f"        {piece}" for piece in own)
    return f"    {_quoted(typed(path))})\n      specs=({shared}\n{rest}\n      )\n      ;;"


def _option(option: Option) -> str:
    """Return the specification of an option, as one word of zsh for each of its flags."""
    told = f"[{_escaped(option.help)}]"
    value = _value(option.name, option.value) if option.name else ""
    excluded = "*" if option.repeats else f"({' '.join(option.flags)})" if len(option.flags) > 1 else ""
    return " ".join(
        _quoted(f"{excluded}{flag}{_joined(flag) if option.name else ''}{told}{value}") for flag in option.flags
    )


def _joined(flag: str) -> str:
    """Return the sign that the value may follow at once, too: ``-pNAME``, ``--profile=NAME``."""
    return "=" if flag.startswith("--") else "+"


def _argument(argument: Argument) -> str:
    lead = "*" if argument.endless else "" if argument.required else ":"
    return _quoted(f"{lead}{_value(argument.name, argument.value)}")


def _value(name: str, value: Value) -> str:
    return f":{_escaped(name)}:{_action(value)}"


def _action(value: Value) -> str:
    match value.kind:
        case Kind.WORDS:
            return f"({' '.join(value.words)})"
        case Kind.FILES:
            return "_files"
        case Kind.FOLDERS:
            return "_files -/"
        case Kind.HERE | Kind.KNOWN | Kind.NAMED | Kind.FILED:
            return f" _paycli_profiles {value.kind.value}"
        case _:
            return " "


def _escaped(text: str) -> str:
    """Return text as it stands in a specification."""
    for character in "\\[]:":
        text = text.replace(character, f"\\{character}")
    return text


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
