"""`make test`: template databases, the stages and the reading of Odoo's log."""
