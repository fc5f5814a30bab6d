"""Steps that are done once: stamps, digests, atomic files and a lock.

A stamp is written *after* its step, so a run that was killed repeats the step.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil

from tools.base.console import say
from tools.base.paths import LOCAL


def digest(*parts):
    """Return a short hash of strings, bytes and plain data."""
    total = hashlib.sha256()
    for part in parts:
        if not isinstance(part, str | bytes):
            part = json.dumps(part, sort_keys=True, default=str)
        total.update(part if isinstance(part, bytes) else part.encode())
        total.update(b"\0")
    return total.hexdigest()[:16]


def write_atomically(path, text):
    """Write a file so that readers see the old one or the new one, never half."""
    part = path.with_name(f"{path.name}.part{os.getpid()}")
    part.write_text(text)
    part.replace(path)


def is_stamped(path, key):
    """Tell whether a step's result is there and made from the same inputs."""
    stamp = path.with_name(path.name + ".stamp")
    return path.exists() and stamp.exists() and stamp.read_text() == key


def stamp(path, key):
    """Record that a step's result is complete."""
    write_atomically(path.with_name(path.name + ".stamp"), key)


def unstamp(path):
    """Forget a step before its result is touched."""
    path.with_name(path.name + ".stamp").unlink(missing_ok=True)


@contextlib.contextmanager
def fresh_folder(path):
    """Fill `path` through a temporary folder that is renamed when complete."""
    part = path.with_name(path.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    yield part
    shutil.rmtree(path, ignore_errors=True)
    part.rename(path)


@contextlib.contextmanager
def locked(name):
    """Let one process at a time set things up; the lock dies with its holder."""
    with open(LOCAL / f"{name}.lock", "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another `make` is busy here: waiting for it")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
