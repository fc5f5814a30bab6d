from odoo import fields, models


class MrpUnbuild(models.Model):
    """Taking apart is a run of its own, and part of the story of the first one."""

    _inherit = "mrp.unbuild"

    batch_record_ids = fields.One2many("mrp.batch.record", "unbuild_id")

    def action_unbuild(self):
        res = super().action_unbuild()
        kept = self.filtered(
            lambda unbuild: (
                unbuild.state == "done" and unbuild.company_id.mrp_batch_record
            )
        )
        if kept:
            records = self.env["mrp.batch.record"]._open(kept, "unbuild")
            records._execute()
            kept._tell_first_runs(records)
        return res

    def action_open_batch_record(self):
        """Open the record of what was taken apart."""
        return self.batch_record_ids.get_formview_action()

    def _tell_first_runs(self, records):
        """Tell the record of the run that it was taken apart."""
        for record in records:
            unbuild = record.unbuild_id
            first = unbuild.mo_id._get_batch_records()
            if first:
                first._add(
                    "unbuilt",
                    {
                        first: {
                            "run": unbuild.name,
                            "record": record.name,
                            "quantity": first._quantity(unbuild.product_qty),
                            "unit": unbuild.product_uom_id.name,
                            "lot": first._describe_lot(unbuild.lot_id),
                            "by": first._get_user(),
                        }
                    },
                )
