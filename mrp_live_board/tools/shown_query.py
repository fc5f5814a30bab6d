from odoo.tools import Query


class ShownQuery(Query):
    """The rows within the limit of another query, which are shown."""
