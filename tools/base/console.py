"""What a person sees: progress lines, and one sentence when something is wrong."""

import subprocess
import sys
import time

_STARTED = time.monotonic()


class Failure(Exception):
    """Its text is the sentence the person reads: what is wrong and what to do."""


def elapsed():
    """Return the seconds since the command started."""
    return time.monotonic() - _STARTED


def say(text):
    """Print one line of progress, with the seconds since the start."""
    print(f"[{elapsed():5.1f} s] {text}", flush=True)


def show(text=""):
    """Print text as it is."""
    print(text, flush=True)


def warn(text):
    """Print a warning to standard error."""
    print(f"warning: {text}", file=sys.stderr, flush=True)


def run(command, what, **options):
    """Run quietly and return the output; raise a `Failure` that shows its end."""
    command = [str(part) for part in command]
    try:
        done = subprocess.run(
            command,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            errors="replace",
            **options,
        )
    except FileNotFoundError as error:
        raise Failure(f"{what} failed: {error.filename} is not installed.") from error
    if done.returncode:
        tail = "\n".join(done.stdout.strip().splitlines()[-15:])
        raise Failure(f"{what} failed (exit {done.returncode}).\n{tail}")
    return done.stdout


def succeeds(command, **options):
    """Tell whether a command can be run and exits with 0."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **options,
        )
    except OSError:
        return False
    return done.returncode == 0
