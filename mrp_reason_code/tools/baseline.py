from odoo.exceptions import UserError

from .server_write import is_server

BASELINE = {"baseline_start", "baseline_end"}


def check_baseline_vals(records, vals):
    """Raise when somebody writes a frozen plan: it is changed by re-planning.

    :param records: orders or operations
    :param dict vals: what is to be written
    :raise UserError: naming the record and the way out
    """
    if BASELINE & set(vals) and not is_server(records):
        raise UserError(
            records.env._(
                "The plan of %(record)s is frozen. Use Re-plan on the manufacturing "
                "order and give the reason.",
                record=records[:1].display_name or records._description,
            )
        )
