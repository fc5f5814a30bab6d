"""What a bare machine lacks: Odoo, Python packages, PostgreSQL, a browser."""
