"""The script for PowerShell: a native argument completer, chosen by the command path."""

import re
from collections.abc import Sequence

from paycli.tools.completions.script import fill, groups, lines, typed
from paycli.tools.completions.sharing import argument_counts, argument_values, share, usual_values
from paycli.tools.completions.tree import BUILT_IN, Command, Option, Value

SCRIPT = r"""# Completion of paycli for PowerShell 5.1 and newer, made by: paycli completions powershell
# It knows every word and option by itself; names of profiles are read from profiles.yaml. It starts no process.
# Files are completed by PowerShell itself, wherever this offers nothing.

Register-ArgumentCompleter -Native -CommandName @('paycli', 'paycli.exe') -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # The words that may follow the command, each with what it is for.
    function Get-PaycliWord([string]$At) {
        switch -CaseSensitive -Exact ($At) {
@WORDS@
        }
    }

    # What follows an option: a kind, and words.
    function Get-PaycliValue([string]$At, [string]$Flag) {
        switch -CaseSensitive -Exact ("$At $Flag") {
@SPECIAL@
        }
        if ($Flag -cmatch '^-[^-].') { return 'switch' }
        switch -CaseSensitive -Exact ($Flag) {
@USUAL@
        }
        'free'
    }

    # What an argument may be: a kind, and words.
    function Get-PaycliArgument([string]$At, [int]$Count) {
@ENDLESS@
        switch -CaseSensitive -Exact ("$At $Count") {
@ARGUMENTS@
        }
    }

    # How many arguments there are at most.
    function Get-PaycliMost([string]$At) {
        switch -CaseSensitive -Exact ($At) {
@COUNTS@
        }
        1
    }

    function Get-PaycliOption([string]$At) {
@SHARED@
        switch -CaseSensitive -Exact ($At) {
@OPTIONS@
        }
    }

    # Names in profiles.yaml, as far as it is written in lines: all, or those for a provider.
    function Get-PaycliProfile([string]$Provider) {
        if ($env:PAYCLI_CONFIG_DIR) {
            $folder = $env:PAYCLI_CONFIG_DIR
        } elseif ([Environment]::OSVersion.Platform -eq 'Win32NT') {
            $folder = Join-Path $env:LOCALAPPDATA 'paycli'
        } elseif ("$env:XDG_CONFIG_HOME".StartsWith('/')) {
            $folder = Join-Path $env:XDG_CONFIG_HOME 'paycli'
        } elseif (Test-Path -LiteralPath '/System/Library/CoreServices') {
            $folder = Join-Path $HOME 'Library/Application Support/paycli'
        } else {
            $folder = Join-Path $HOME '.config/paycli'
        }
        $file = Join-Path $folder 'profiles.yaml'
        if (-not (Test-Path -LiteralPath $file -PathType Leaf)) { return }
        $found = New-Object 'System.Collections.Specialized.OrderedDictionary'
        $inside = $false
        $step = ''
        $name = ''
        foreach ($line in @(Get-Content -LiteralPath $file -Encoding UTF8 -ErrorAction SilentlyContinue)) {
            if ($line -cmatch '^ *(#|$)') { continue }
            if (-not $line.StartsWith(' ')) {
                $inside = $line -cmatch '^["'']?profiles["'']? *:'
                continue
            }
            if (-not $inside) { continue }
            $line = $line -creplace ' #.*$', ''
            if ($line -cmatch '^( +)["'']?([^"'': ]+)["'']? *:( |$)' -and ($step -eq '' -or $Matches[1] -eq $step)) {
                $step = $Matches[1]
                $name = $Matches[2]
                $found[$name] = ''
            }
            if ($name -and -not $found[$name] -and
                $line -cmatch '(^|[{, ])["'']?provider["'']? *: *["'']?([a-z0-9-]+)') {
                $found[$name] = $Matches[2]
            }
        }
        foreach ($name in $found.Keys) {
            if ($name -cmatch '^[a-z0-9][a-z0-9.-]*$' -and
                (-not $Provider -or -not $found[$name] -or $found[$name] -ceq $Provider)) {
                $name
            }
        }
    }

    $typed = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { $_.Extent.Text.Trim('"', "'") })
    $at = ''
    $words = @(Get-PaycliWord $at)
    $count = 0
    $expects = ''
    $ended = $false
    foreach ($word in $typed) {
        if ($expects) {
            $expects = ''
        } elseif ($ended -or -not ($word -cmatch '^-.')) {
            if ($words.Count -eq 0) {
                $count++
            } elseif (@($words | Where-Object { $_.StartsWith("$word|", [StringComparison]::Ordinal) }).Count -gt 0) {
                $at = "$at $word".Trim()
                $words = @(Get-PaycliWord $at)
            } else {
                return
            }
        } elseif ($word -ceq '--') {
            $ended = $true
        } elseif (-not $word.Contains('=') -and @(Get-PaycliValue $at $word)[0] -ne 'switch') {
            $expects = $word
        }
    }
    $lead = ''
    $current = "$wordToComplete"
    if (-not $expects -and -not $ended -and $current -cmatch '^(--[^=]*)=(.*)$') {
        $expects = $Matches[1]
        $lead = $Matches[1] + '='
        $current = $Matches[2]
    }
    $offers = @()
    $value = @()
    if ($expects) {
        $value = @(Get-PaycliValue $at $expects)
    } elseif (-not $ended -and $current.StartsWith('-')) {
        $offers = @(Get-PaycliOption $at)
    } elseif ($words.Count -gt 0) {
        $offers = $words
    } else {
        $value = @(Get-PaycliArgument $at $count)
        if (-not $ended -and $count -ge (Get-PaycliMost $at)) { $offers = @(Get-PaycliOption $at) }
    }
    if ($value.Count -gt 0) {
        $offers += switch ($value[0]) {
            'words' { $value | Select-Object -Skip 1 }
            'here' { @(Get-PaycliProfile (($at -split ' ')[0])) + 'sandbox' }
            'known' { @(Get-PaycliProfile '') + @(@BUILT_IN@) }
            'named' { @(Get-PaycliProfile '') + @('sandbox', @BUILT_IN@) }
            'filed' { @(Get-PaycliProfile '') }
        }
    }
    foreach ($offer in $offers) {
        $text, $told = "$offer" -split '\|', 2
        if ($text -and $text.StartsWith($current, [StringComparison]::Ordinal)) {
            if (-not $told) { $told = $text }
            [System.Management.Automation.CompletionResult]::new("$lead$text", $text, 'ParameterValue', $told)
        }
    }
}
"""


def powershell(commands: Sequence[Command]) -> str:
    """Return the script for these commands."""
    usual, special = usual_values(commands)
    shared = share(commands, _option)
    once, endless = _parted(argument_values(commands))
    return fill(
        SCRIPT,
        {
            "BUILT_IN": ", ".join(map(_quoted, BUILT_IN)),
            "WORDS": lines(_case(typed(group.path), _words(group)) for group in groups(commands)),
            "SPECIAL": _values(special),
            "USUAL": _values(usual),
            "ENDLESS": lines(
                f'        if ("$At " -ceq {_quoted(label)}) {{ return {_value(value)} }}' for label, value in endless
            ),
            "ARGUMENTS": _values(once),
            "COUNTS": lines(
                _case(path, f"return {count}") for count, paths in argument_counts(commands).items() for path in paths
            ),
            "SHARED": lines(f"        ${name} = {', '.join(pieces)}" for name, pieces in shared.named.items()),
            "OPTIONS": lines(
                _case(typed(path), "; ".join([*(f"${name}" for name in names), *own]))
                for path, (names, own) in shared.of.items()
            ),
        },
    )


def _parted(arguments: dict[Value, list[str]]) -> tuple[dict[Value, list[str]], list[tuple[str, Value]]]:
    """Return the arguments that stand once by their value, and the commands whose last one repeats."""
    once = {value: [label for label in labels if not label.endswith("*")] for value, labels in arguments.items()}
    endless = [(label[:-1], value) for value, labels in arguments.items() for label in labels if label.endswith("*")]
    return once, endless


def _values(table: dict[Value, list[str]]) -> str:
    return lines(_case(label, f"return {_value(value)}") for value, labels in table.items() for label in labels)


def _value(value: Value) -> str:
    return ", ".join(map(_quoted, [value.kind.value, *value.words]))


def _words(group: Command) -> str:
    return "; ".join(_told(name, summary) for name, summary in group.words)


def _option(option: Option) -> str:
    return ", ".join(_told(flag, option.help) for flag in option.flags)


def _told(word: str, help_: str) -> str:
    return _quoted(f"{word}|{help_}")


def _case(label: str, body: str) -> str:
    return f"            {_quoted(label)} {{ {body} }}"


def _quoted(text: str) -> str:
    """Return the text as a literal; PowerShell takes typographic quotes for plain ones."""
    return "'" + re.sub("(['\u2018\u2019\u201a\u201b])", r"\1\1", text) + "'"
