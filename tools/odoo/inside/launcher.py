"""Start Odoo's command line from wherever its package is.

A script rather than `-m odoo`: the process for live messages runs `sys.argv[0]` again.
"""

import sys

# this folder would otherwise be the first place modules are looked for
del sys.path[0]

import odoo.cli  # noqa: E402

if __name__ == "__main__":
    odoo.cli.main()
