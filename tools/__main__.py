"""Entry point: `python3 -m tools COMMAND`."""

import sys

OLDEST, NEWEST = (3, 11), (3, 12)


def main():
    """Refuse a machine that cannot work in one sentence, else run the command."""
    if not sys.platform.startswith("linux"):
        sys.exit(
            "This suite runs on Linux (made for Debian 12); on another system use a "
            "Debian 12 virtual machine or container."
        )
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        sys.exit(
            "Python 3.11 or 3.12 is needed and this is Python "
            + ".".join(map(str, sys.version_info[:3]))
            + ": give another one with `make ... PYTHON=/usr/bin/python3.11`."
        )
    from tools.cli import run_command

    sys.exit(run_command(sys.argv[1:]))


if __name__ == "__main__":
    main()
