"""Write the scripts into ``completions/`` again: ``python -m paycli.tools.completions`` where that folder lies."""

from pathlib import Path

from paycli.tools.completions.shells import files

if __name__ == "__main__":
    Path("completions").mkdir(exist_ok=True)
    for name, text in files().items():
        Path("completions", name).write_text(text, encoding="utf-8", newline="\n")
