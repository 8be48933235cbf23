"""What somebody probably meant who typed a word that there is not."""

from collections.abc import Iterable


def meant(text: str, words: Iterable[str]) -> str:
    """Return `` Did you mean refund?``, to stand behind a sentence, or nothing where no word is near."""
    import difflib

    close = difflib.get_close_matches(text, list(words), 2)
    return f" Did you mean {' or '.join(close)}?" if close else ""


def not_one_of(text: str, words: Iterable[str]) -> ValueError:
    """Return the error of a word that is none of a few, without its last full stop."""
    told = list(words)
    return ValueError(f"{text!r} is not one of {', '.join(told)}.{meant(text, told)}".rstrip("."))


def sentence(problem: ValueError) -> str:
    """Return what a parser says, with the mark that ends a sentence."""
    told = str(problem)
    return told if told.endswith(("?", ".")) else f"{told}."
