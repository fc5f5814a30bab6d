"""Odoo seen from outside: its add-ons, its processes and its databases."""
