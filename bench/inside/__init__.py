"""What runs inside Odoo's process: the fixture, the steps and the meters."""
