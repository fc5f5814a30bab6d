"""What one invoicing of jobs takes up; nobody can send it over RPC."""

_KEY = "job_billing_plan"


class BillingPlan:
    """Quantities per sales line, and the runs they come from.

    :param dict quantities: quantity to bill per id of a sales line, in its unit
    :param runs: ``mrp.production`` that is billed; empty: whatever is open
    :param bool final: other lines of the order are billed, too
    """

    def __init__(self, quantities, runs=None, final=False):
        self.quantities = quantities
        self.runs = runs
        self.final = final

    def bind(self, records):
        """:return: the records, whose invoices follow this plan"""
        return records.with_context(**{_KEY: self})

    @classmethod
    def of(cls, env):
        """:return: the plan that is followed, if any"""
        plan = env.context.get(_KEY)
        return plan if isinstance(plan, cls) else None

    def includes(self, line):
        """:param line: ``sale.order.line`` that could be billed"""
        if line.id in self.quantities:
            return True
        if line.is_downpayment:
            return True
        # sudo: that a line has a job decides, whoever may see it
        return self.final and not line.display_type and not line.sudo().job_line_ids
