"""The script for fish: one function that prints what may come next, chosen by the command path."""

from collections.abc import Iterable, Sequence

from paycli.tools.completions.script import fill, groups, lines, typed
from paycli.tools.completions.sharing import argument_counts, argument_values, share, usual_values
from paycli.tools.completions.tree import BUILT_IN, Command, Option, Value

SCRIPT = r"""# Completion of paycli for fish 3.2 and newer, made by: paycli completions fish
# It knows every word and option by itself; names of profiles are read from profiles.yaml. It starts no process.

function __paycli_offer
    set -l current (commandline -ct)
    set -l typed (commandline -opc)
    while set -q typed[1]; and not string match -qr '(^|/)paycli(\.exe)?$' -- $typed[1]
        set -e typed[1]
    end
    set -e typed[1]
    set -l at ''
    set -l words (__paycli_words $at)
    set -l count 0
    set -l expects ''
    set -l ended ''
    for word in $typed
        if test -n "$expects"
            set expects ''
        else if test -n "$ended"; or not string match -q -- '-?*' $word
            if not set -q words[1]
                set count (math $count + 1)
            else if string match -q -- $word\t'*' $words
                set at (string trim -- "$at $word")
                set words (__paycli_words $at)
            else
                return
            end
        else if test "$word" = --
            set ended 1
        else if not string match -q -- '*=*' $word; and test (__paycli_value "$at" $word)[1] != switch
            set expects $word
        end
    end
    if test -n "$expects"
        __paycli_values '' "$current" "$at" (__paycli_value "$at" $expects)
    else if test -z "$ended"; and string match -q -- '--*=*' $current
        set -l pair (string split -m 1 = -- $current)
        __paycli_values $pair[1]= "$pair[2]" "$at" (__paycli_value "$at" $pair[1])
    else if test -z "$ended"; and string match -q -- '-*' $current
        __paycli_options "$at"
    else if set -q words[1]
        string collect -- $words
    else
        __paycli_values '' "$current" "$at" (__paycli_argument "$at" $count)
        if test -z "$ended"; and test $count -ge (__paycli_most "$at")
            __paycli_options "$at"
        end
    end
end

# Print what may stand for a value: the option's own beginning, what is typed of it, the command, the kind, words.
function __paycli_values
    set -l words $argv[5..-1]
    switch $argv[4]
        case files
            set words (__fish_complete_path $argv[2])
        case folders
            set words (__fish_complete_directories $argv[2])
        case here
            set words (__paycli_profiles (string split -f 1 ' ' -- $argv[3])) sandbox
        case known
            set words (__paycli_profiles) @BUILT_IN@
        case named
            set words (__paycli_profiles) sandbox @BUILT_IN@
        case filed
            set words (__paycli_profiles)
    end
    set -q words[1]; and printf '%s\n' $argv[1]$words
end

# The words that may follow the command, with what they are for.
function __paycli_words
    switch "$argv"
@WORDS@
    end
end

# What follows an option: a kind, and words.
function __paycli_value
    switch "$argv"
@SPECIAL@
    end
    switch $argv[2]
        case '--*'
        case '-??*'
            printf '%s\n' switch
            return
    end
    switch $argv[2]
@USUAL@
        case '*'
            printf '%s\n' free
    end
end

# What an argument may be: a kind, and words.
function __paycli_argument
    switch "$argv"
@ARGUMENTS@
    end
end

# How many arguments there are at most.
function __paycli_most
    switch "$argv"
@COUNTS@
        case '*'
            echo 1
    end
end

function __paycli_options
@SHARED@
    switch "$argv"
@OPTIONS@
    end
end

# Names in profiles.yaml, as far as it is written in lines: all, or those for a provider.
function __paycli_profiles
    set -l file $HOME/.config
    if string match -q '/*' -- "$XDG_CONFIG_HOME"
        set file $XDG_CONFIG_HOME
    else if test -d /System/Library/CoreServices
        set file "$HOME/Library/Application Support"
    end
    set file $file/paycli/profiles.yaml
    test -n "$PAYCLI_CONFIG_DIR"; and set file $PAYCLI_CONFIG_DIR/profiles.yaml
    test -f $file; and test -r $file; or return
    set -l quote "[\"']?"
    set -l inside ''
    set -l step ''
    set -l name ''
    set -l of ''
    while read -l line; or test -n "$line"
        set line (string trim -r -c \r -- $line)
        string match -qr '^ *(#|$)' -- $line; and continue
        if not string match -q ' *' -- $line
            string match -qr "^\x{feff}?$quote""profiles$quote *:" -- $line; and set inside 1; or set inside ''
            continue
        end
        test -n "$inside"; or continue
        set line (string replace -r ' #.*' '' -- $line)
        set -l entry (string match -r "^( +)$quote([^\"': ]+)$quote *:( |\$)" -- $line)
        if set -q entry[1]; and begin
                test -z "$step"; or test "$entry[2]" = "$step"
            end
            __paycli_named "$argv[1]" "$of" $name
            set step $entry[2]
            set name $entry[3]
            set of ''
        end
        set -l owner (string match -r "(^|[{, ])$quote""provider$quote *: *$quote([a-z0-9-]+)" -- $line)
        test -z "$of"; and set -q owner[1]; and set of $owner[3]
    end <$file
    __paycli_named "$argv[1]" "$of" $name
end

function __paycli_named
    if test -z "$argv[1]"; or test -z "$argv[2]"; or test "$argv[1]" = "$argv[2]"
        string match -r '^[a-z0-9][a-z0-9.-]*$' -- $argv[3]
    end
end

complete -c paycli -f -a '(__paycli_offer)'
"""
LEAVE = "\n            return"


def fish(commands: Sequence[Command]) -> str:
    """Return the script for these commands."""
    usual, special = usual_values(commands)
    shared = share(commands, _option)
    return fill(
        SCRIPT,
        {
            "BUILT_IN": " ".join(BUILT_IN),
            "WORDS": lines(_case([typed(group.path)], _printed(_words(group))) for group in groups(commands)),
            "SPECIAL": lines(_case(labels, _value(value) + LEAVE) for value, labels in special.items()),
            "USUAL": lines(_case(flags, _value(value)) for value, flags in usual.items()),
            "ARGUMENTS": lines(_case(labels, _value(value)) for value, labels in argument_values(commands).items()),
            "COUNTS": lines(_case(paths, f"echo {count}") for count, paths in argument_counts(commands).items()),
            "SHARED": lines(f"    set -l {name} {' '.join(pieces)}" for name, pieces in shared.named.items()),
            "OPTIONS": lines(
                _case(map(typed, paths), _printed([*(f"${name}" for name in names), *own]))
                for (names, own), paths in shared.alike()
            ),
        },
    )


def _words(group: Command) -> Iterable[str]:
    return (_told(name, summary) for name, summary in group.words)


def _option(option: Option) -> str:
    return " ".join(_told(flag, option.help) for flag in option.flags)


def _told(word: str, help_: str) -> str:
    return f"{word}\\t{_quoted(help_)}"


def _printed(pieces: Iterable[str]) -> str:
    return f"printf '%s\\n' {' '.join(pieces)}"


def _value(value: Value) -> str:
    return _printed([value.kind.value, *value.words])


def _case(labels: Iterable[str], body: str) -> str:
    return f"        case {' '.join(map(_pattern, labels))}\n            {body}"


def _pattern(label: str) -> str:
    return label if label.startswith("-") else _quoted(label)


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
