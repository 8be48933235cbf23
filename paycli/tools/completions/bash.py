"""The script for bash: a case over the command path, in shell words alone, so that Tab starts no process."""

from collections.abc import Iterable, Sequence

from paycli.tools.completions.script import fill, groups, lines, typed
from paycli.tools.completions.sharing import argument_counts, argument_values, share, usual_values
from paycli.tools.completions.tree import BUILT_IN, Command, Value

SCRIPT = r"""# Completion of paycli for bash 3.2 and newer, made by: paycli completions bash
# It knows every word and option by itself; names of profiles are read from profiles.yaml. It starts no process.

_paycli() {
  local IFS=$' \t\n' at= expects= prefix= words= offers= kind= ended= count=0 most=1 i word
  local current=${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  _paycli_words
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $expects ]]; then
      [[ $word == = ]] || expects=
    elif [[ $ended || $word != -?* ]]; then
      if [[ -z $words ]]; then
        count=$((count + 1))
      elif [[ " $words " == *" $word "* ]]; then
        at=${at:+$at }$word
        _paycli_words
      else
        return 0
      fi
    elif [[ $word == -- ]]; then
      ended=1
    elif [[ $word != *=* ]]; then
      _paycli_value "$word"
      [[ $kind == switch ]] || expects=$word
    fi
  done
  [[ $expects && $current == = ]] && current=
  if [[ -z $expects && -z $ended && $current == --*=* ]]; then
    expects=${current%%=*} prefix=${current%%=*}= current=${current#*=}
    # bash 3.2 gives the whole word here, and yet replaces only what stands behind the sign.
    [[ $COMP_WORDBREAKS == *=* ]] && prefix=
  fi
  if [[ $expects ]]; then
    _paycli_value "$expects"
  elif [[ -z $ended && $current == -* ]]; then
    _paycli_options
  elif [[ -z $words ]]; then
    _paycli_argument
    [[ $count -lt $most || $ended ]] || _paycli_options
  else
    offers=$words
  fi
  case $kind in
    files) compopt -o default 2>/dev/null ;;
    folders) compopt -o dirnames 2>/dev/null ;;
    here) _paycli_profiles "${at%% *}"; offers+=' sandbox' ;;
    known) _paycli_profiles; offers+=' @BUILT_IN@' ;;
    named) _paycli_profiles; offers+=' sandbox @BUILT_IN@' ;;
    filed) _paycli_profiles ;;
  esac
  for word in $offers; do
    [[ $word == "$current"* ]] && COMPREPLY+=("$prefix$word")
  done
  return 0
}

# The words that may follow the command so far; none where it is complete.
_paycli_words() {
  case $at in
@WORDS@
    *) words= ;;
  esac
}

# What follows an option.
_paycli_value() {
  kind= offers=
  case "$at $1" in
@SPECIAL@
  esac
  [[ $kind ]] && return
  case $1 in
    -[!-]?*) kind=switch ;;
@USUAL@
    *) kind=free ;;
  esac
}

# What the next argument may be, and how many there are at most.
_paycli_argument() {
  case $at in
@COUNTS@
  esac
  kind= offers=
  case "$at $count" in
@ARGUMENTS@
  esac
}

_paycli_options() {
  local \
@SHARED@
  case $at in
@OPTIONS@
  esac
}

# Names in profiles.yaml, as far as it is written in lines: all, or those for the provider $1.
_paycli_profiles() {
  local only=${1-} file=${XDG_CONFIG_HOME-} line name= of= step= inside=
  local quote="[\"']?" blank='^ *(#|$)' top entry owner
  top="^${quote}profiles${quote} *:" entry="^( +)${quote}([^\"': ]+)${quote} *:( |\$)"
  owner="(^|[{, ])${quote}provider${quote} *: *${quote}([a-z0-9-]+)"
  case $OSTYPE in
    msys* | cygwin*) file=${LOCALAPPDATA-} ;;
    darwin*) [[ $file == /* ]] || file="$HOME/Library/Application Support" ;;
    *) [[ $file == /* ]] || file=$HOME/.config ;;
  esac
  file=${PAYCLI_CONFIG_DIR:-$file/paycli}/profiles.yaml
  [[ -f $file && -r $file ]] || return
  while IFS= read -r line || [[ $line ]]; do
    line=${line%$'\r'} line=${line#$'\xef\xbb\xbf'}
    [[ $line =~ $blank ]] && continue
    if [[ $line != ' '* ]]; then
      inside=
      [[ $line =~ $top ]] && inside=1
      continue
    fi
    [[ $inside ]] || continue
    line=${line%% #*}
    if [[ $line =~ $entry && (-z $step || ${BASH_REMATCH[1]} == "$step") ]]; then
      _paycli_named
      step=${BASH_REMATCH[1]} name=${BASH_REMATCH[2]} of=
    fi
    [[ -z $of && $line =~ $owner ]] && of=${BASH_REMATCH[2]}
  done <"$file"
  _paycli_named
}

_paycli_named() {
  if [[ -z $only || -z $of || $of == "$only" ]]; then
    case $name in
      '' | [!a-z0-9]* | *[!a-z0-9.-]*) ;;
      *) offers+=" $name" ;;
    esac
  fi
}

if [[ ${BASH_VERSINFO[0]} -lt 4 ]]; then
  complete -o default -F _paycli paycli
else
  complete -F _paycli paycli
fi
"""


def bash(commands: Sequence[Command]) -> str:
    """Return the script for these commands."""
    usual, special = usual_values(commands)
    shared = share(commands, lambda option: " ".join(option.flags))
    return fill(
        SCRIPT,
        {
            "BUILT_IN": " ".join(BUILT_IN),
            "WORDS": lines(_arm([typed(group.path)], f"words='{_words(group)}'") for group in groups(commands)),
            "SPECIAL": lines(_arm(labels, _assigned(value)) for value, labels in special.items()),
            "USUAL": lines(_arm(flags, _assigned(value)) for value, flags in usual.items()),
            "COUNTS": lines(_arm(paths, f"most={count}") for count, paths in argument_counts(commands).items()),
            "ARGUMENTS": lines(_arm(labels, _assigned(value)) for value, labels in argument_values(commands).items()),
            "SHARED": " \\\n".join(f"    {name}='{' '.join(flags)}'" for name, flags in shared.named.items()),
            "OPTIONS": lines(_arm(map(typed, paths), _options(*pieces)) for pieces, paths in shared.alike()),
        },
    )


def _words(group: Command) -> str:
    return " ".join(name for name, _ in group.words)


def _assigned(value: Value) -> str:
    return f"kind=words offers='{' '.join(value.words)}'" if value.words else f"kind={value.kind.value}"


def _options(names: Sequence[str], own: Sequence[str]) -> str:
    return f'offers="{" ".join([*(f"${name}" for name in names), *own])}"'


def _arm(labels: Iterable[str], body: str) -> str:
    """Return one arm of a case."""
    return "    " + " | ".join(map(_pattern, labels)) + f") {body} ;;"


def _pattern(label: str) -> str:
    if label.endswith(" *"):
        return f"'{label[:-1]}'*"
    return f"'{label}'" if " " in label or not label else label
