"""Everything `make` runs: setting up, serving, testing and checking the suite.

The modules below use Python's standard library only, so that they run on a bare
machine.  What runs inside Odoo's own environment lives in `tools/odoo/inside`.
"""
