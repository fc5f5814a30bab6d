"""Which statements a step sends, and which code asked for them."""

import contextlib
import linecache
import re
import sys
import threading
from collections import Counter
from pathlib import Path

STATEMENT = re.compile(
    r'\b(INSERT INTO|UPDATE|DELETE FROM|FROM)\s+"?(\w+)"?', re.IGNORECASE
)
COLUMN = re.compile(r'"(\w+)" = ')
CORE = "/odoo/addons/"


class Tracer:
    """Counts statements by (verb and table, code in the suite, code in core)."""

    def __init__(self, suite_folders):
        self._suite = tuple(f"{folder}/" for folder in suite_folders)
        self.counts = Counter()

    @contextlib.contextmanager
    def listening(self):
        """Note every statement this thread sends meanwhile."""
        thread = threading.current_thread()
        thread.query_hooks = [*getattr(thread, "query_hooks", ()), self._note]
        try:
            yield
        finally:
            thread.query_hooks.remove(self._note)

    def _note(self, _cr, query, _params, _start, _delay):
        text = query.decode() if isinstance(query, bytes) else str(query)
        own, core = self._places(sys._getframe(2))
        self.counts[describe(text), own, core] += 1

    def _places(self, frame):
        """Return the innermost code of the suite that is not waiting for `super()`,
        and the innermost code of a core add-on.
        """
        core = called = ""
        while frame:
            file, function = frame.f_code.co_filename, frame.f_code.co_name
            if file.startswith(self._suite):
                line = linecache.getline(file, frame.f_lineno)
                if function != called and "super(" not in line:
                    return _name(frame), core
            elif CORE in file and not core:
                core = _name(frame)
            called = function
            frame = frame.f_back
        return "", core


def describe(text):
    """Return what a statement does to which table (and columns, for an update)."""
    found = STATEMENT.search(text)
    if not found:
        return text.partition('"')[0].strip()
    verb = found[1].upper().split()[0]
    if verb == "UPDATE":
        head = text.partition(" FROM ")[0]
        return " ".join(("UPDATE", found[2], *sorted(COLUMN.findall(head))))
    return f"{'SELECT' if verb == 'FROM' else verb} {found[2]}"


def _name(frame):
    path = Path(frame.f_code.co_filename)
    place = "/".join(path.parts[-3:])
    return f"{place}:{frame.f_lineno} {frame.f_code.co_name}"
