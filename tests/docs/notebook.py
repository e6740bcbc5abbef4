"""The notebook of the documentation: its cells run as IPython runs them, with what they give.

The cells are run in this process, one after the other. Of what a cell gives, the text is kept: what
it prints and how its last value is shown. What is a page of megabytes or has another id each time,
a widget and its frame, is not. Run as a program, this module rewrites the outputs of the notebook
(`scripts/update-docs`).
"""

from __future__ import annotations

import atexit
import json
from pathlib import Path
from typing import Any

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebook.ipynb"


def actual(path: Path = NOTEBOOK) -> str:
    """The notebook as it should read, with the outputs of its cells; raises what a cell raises."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    notebook = json.loads(path.read_text("utf-8"))
    shell = InteractiveShell()
    shell.history_manager.enabled = False
    try:
        number = 0
        for cell in notebook["cells"]:
            if cell["cell_type"] != "code":
                continue
            number += 1
            with capture_output(display=False) as captured:
                result = shell.run_cell("".join(cell["source"]), store_history=True)
            result.raise_error()
            cell["execution_count"] = number
            cell["outputs"] = list(_outputs(captured, result.result, shell, number))
    finally:
        atexit.unregister(shell.atexit_operations)
        shell.atexit_operations()
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _outputs(captured: Any, value: Any, shell: Any, number: int) -> Any:
    printed = captured.stdout
    shown = ""
    if value is not None:
        data, _ = shell.display_formatter.format(value)
        shown = data["text/plain"]
        printed = printed[: printed.rfind(f"Out[{number}]")] if f"Out[{number}]" in printed else printed  # fmt: skip
        if "application/vnd.jupyter.widget-view+json" in data:
            shown = ""  # a page
    if printed.strip():
        yield {"name": "stdout", "output_type": "stream", "text": _lines(printed)}
    if shown:
        yield {
            "data": {"text/plain": _lines(shown)},
            "execution_count": number,
            "metadata": {},
            "output_type": "execute_result",
        }


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


if __name__ == "__main__":
    NOTEBOOK.write_text(actual(), "utf-8")
