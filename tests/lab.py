"""A real JupyterLab on this machine, for the tests that drive one in a browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "invented"  # noqa: S105 - of a server for this test alone
START_SECONDS = 60
SETTINGS = {
    # every cell stands in the page, also those that are not in view
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


class Lab(NamedTuple):
    """A running JupyterLab, and the folder it shows."""

    process: subprocess.Popen[bytes]
    address: str
    folder: Path

    def open(self, page: Any, name: str) -> None:
        """Open a notebook, and wait until its kernel can be asked."""
        page.goto(f"{self.address}/lab/tree/{name}?token={TOKEN}&reset")
        page.wait_for_selector(".jp-Notebook .jp-CodeCell .jp-InputPrompt", timeout=60_000)
        page.get_by_text("(ipykernel) | Idle").wait_for(timeout=60_000)

    def run_all(self, page: Any, name: str, seconds: float = 240) -> dict[str, Any]:
        """Choose Run > Run All Cells, wait for the last one, save, and return what was saved."""
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            page.wait_for_timeout(500)
            prompts = page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()
            if any("*" in prompt for prompt in prompts) or page.get_by_text("| Busy").count():
                continue
            page.keyboard.press("Control+s")
            page.wait_for_timeout(500)
            saved = json.loads((self.folder / name).read_text("utf-8"))
            code = [cell for cell in saved["cells"] if cell["cell_type"] == "code"]
            failed = any(out["output_type"] == "error" for cell in code for out in cell["outputs"])
            if failed or all(cell["execution_count"] for cell in code):
                return dict(saved)
        raise TimeoutError(f"{name}: did not end in {seconds} seconds")


def start(folder: Path, home: Path) -> Lab:
    """Start JupyterLab on a folder, with nothing of this user's own settings."""
    for name, value in SETTINGS.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value), "utf-8")
    own = {name: str(home / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "IPYTHONDIR")}
    runtime = home / "runtime"
    env = os.environ | own | {
        "JUPYTER_RUNTIME_DIR": str(runtime),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # conftest.py asks for none
    }  # fmt: skip
    process = subprocess.Popen(
        [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
            "--port=0", f"--ServerApp.root_dir={folder}", f"--IdentityProvider.token={TOKEN}",
            "--ServerApp.terminals_enabled=False", "--log-level=ERROR",
        ],
        env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        for path in runtime.glob("jpserver-*.json"):
            text = path.read_text("utf-8")
            if text:
                return Lab(process, json.loads(text)["url"].rstrip("/"), folder)
        time.sleep(0.2)
    process.kill()
    raise RuntimeError("JupyterLab did not start")
