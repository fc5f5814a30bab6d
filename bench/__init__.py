"""`make bench`: what the suite costs on top of Odoo's own work."""
