from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import COMPLETING


class MrpProduction(models.Model):
    """Every door an order comes in or goes out by opens or closes its record."""

    _inherit = "mrp.production"

    batch_record_ids = fields.One2many(
        "mrp.batch.record", "production_id", string="Batch Records"
    )
    batch_record_id = fields.Many2one(
        "mrp.batch.record",
        compute="_compute_batch_record_id",
        search="_search_batch_record_id",
    )
    batch_record_state = fields.Selection(
        lambda self: self._get_batch_record_states(),
        string="State of the Record",
        compute="_compute_batch_record_state",
        search="_search_batch_record_state",
        tracking=True,
    )

    @api.depends("batch_record_ids")
    def _compute_batch_record_id(self):
        for production in self:
            production.batch_record_id = production.batch_record_ids[:1]

    def _search_batch_record_id(self, operator, value):
        return [("batch_record_ids", operator, value)]

    def _get_batch_record_states(self):
        field = self.env["mrp.batch.record"]._fields["state"]
        return field._description_selection(self.env)

    # not related: what is reached by a computed field is searched for at every change
    @api.depends("batch_record_ids.state")
    def _compute_batch_record_state(self):
        # sudo: as related fields are read
        for production in self:
            states = production.sudo().batch_record_ids.mapped("state")
            production.batch_record_state = states[0] if states else False

    def _search_batch_record_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain("batch_record_ids.state", "in", value)
        if False in value:
            domain |= Domain("batch_record_ids", "=", False)
        return domain

    def action_confirm(self):
        drafts = self.filtered(lambda production: production.state == "draft")
        res = super().action_confirm()
        drafts.filtered(lambda p: p.state != "draft")._open_batch_records("confirmed")
        return res

    def _split_productions(
        self, amounts=False, cancel_remaining_qty=False, set_consumed_qty=False
    ):
        before = {production: production.product_qty for production in self}
        productions = super()._split_productions(
            amounts, cancel_remaining_qty, set_consumed_qty
        )
        backorders = (productions - self).filtered(
            lambda p: p.state not in ("draft", "cancel")
        )
        if backorders:
            backorders._open_batch_records("split")
            self._record_batch_split(before, backorders)
        return productions

    def button_mark_done(self):
        before = self.filtered(lambda production: production.state != "done")
        with COMPLETING.begun(self.env):
            res = super().button_mark_done()
        before._execute_batch_records()
        return res

    def _action_cancel(self):
        res = super()._action_cancel()
        kept = self._get_kept()
        kept.filtered(lambda p: p.state == "done")._execute_batch_records()
        cancelled = kept.filtered(lambda p: p.state == "cancel")
        cancelled._get_batch_records()._cancel()
        return res

    def action_merge(self):
        action = super().action_merge()
        merged = self.browse(action["res_id"])
        records = self._get_kept()._get_batch_records()
        records._add(
            "merged",
            {
                record: {"into": merged.name, "record": merged.batch_record_id.name}
                for record in records
            },
        )
        return action

    def _get_kept(self):
        """:return: the orders whose company keeps batch records"""
        return self.filtered(lambda production: production.company_id.mrp_batch_record)

    def _get_batch_records(self):
        """:return: the records of these orders, as the server sees them"""
        if not self:
            # sudo: as below, none of them
            return self.env["mrp.batch.record"].sudo()
        # sudo: whoever works on the order need not have rights on its record
        return self.sudo().batch_record_ids

    def _open_batch_records(self, door):
        kept = self._get_kept()
        if kept:
            self.env["mrp.batch.record"]._open(kept, door)

    def _execute_batch_records(self):
        """Close the records of orders that are done; open what was never confirmed."""
        done = self._get_kept().filtered(lambda production: production.state == "done")
        if not done:
            return
        missing = done - done._get_batch_records().production_id
        if missing:
            self.env["mrp.batch.record"]._open(missing, "completed")
        done._get_batch_records()._execute()

    def _record_batch_split(self, before, backorders):
        records = self._get_kept()._get_batch_records()
        user = self.env["mrp.batch.record"]._get_user()
        payloads = {}
        for record in records:
            order = record.production_id
            payloads[record] = {
                "what": "split",
                "old": record._quantity(before[order]),
                "new": record._quantity(order.product_qty),
                "unit": order.product_uom_id.name,
                "others": [
                    backorder.name
                    for backorder in backorders
                    if backorder.production_group_id == order.production_group_id
                ],
                "by": user,
            }
        records._add("split", payloads)

    def action_open_batch_record(self):
        """Open the record of what happened."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mrp_batch_record.mrp_batch_record_action"
        )
        return action | {
            "res_id": self.batch_record_id.id,
            "views": [(False, "form")],
        }
