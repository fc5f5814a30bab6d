from odoo import fields


class ExactMonetary(fields.Monetary):
    """An amount that is written in whole currency units only.

    ``Monetary`` looks the currency up for every value of every record, to round what
    is rounded already; cost lines are created by the thousand.
    """

    def convert_to_column_insert(self, value, record, values=None, validate=True):
        return float(value or 0.0)

    def convert_to_cache(self, value, record, validate=True):
        return float(value or 0.0)
