"""Where things are.  All private state lives in `.local/` of the checkout."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCAL = Path(os.environ.get("SUITE_LOCAL") or ROOT / ".local").resolve()
LOGS = LOCAL / "logs"
BIN = LOCAL / "bin"
DATA = LOCAL / "data"
FILESTORE = DATA / "filestore"
REQUIREMENTS = ROOT / "requirements"
INSIDE = ROOT / "tools" / "odoo" / "inside"


def ensure_local():
    """Create the private folder; say so in one sentence when it cannot be written."""
    from tools.base.console import Failure

    try:
        for folder in (LOCAL, LOGS, BIN, FILESTORE):
            folder.mkdir(parents=True, exist_ok=True)
        probe = LOCAL / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Failure(
            f"{LOCAL} cannot be written ({error.strerror}): use a checkout of your "
            "own, or set SUITE_LOCAL to a folder you can write."
        ) from error
