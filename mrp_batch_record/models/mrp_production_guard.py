from odoo import models
from odoo.exceptions import UserError

from ..tools import COMPLETING

REFUSED = {"name", "state", "product_id", "product_uom_id", "bom_id", "origin"}
RECORDED = {"product_qty", "qty_producing", "lot_producing_ids", "date_finished"}


class MrpProduction(models.Model):
    """What was done stays as it was; what has to change is recorded."""

    _inherit = "mrp.production"

    def write(self, vals):
        watched = (REFUSED | RECORDED) & vals.keys()
        if not watched or COMPLETING.is_on(self.env):
            return super().write(vals)
        records = self._get_executed_records()
        if not records:
            return super().write(vals)
        records.production_id._check_batch_refused(vals)
        names = watched & RECORDED
        before = {
            record: record._get_values(record.production_id, names)
            for record in records
        }
        res = super().write(vals)
        records._record_changes(
            {record: (record.production_id, before[record]) for record in records}
        )
        return res

    def _get_executed_records(self):
        """:return: records of those of these orders that are done and recorded"""
        # the company first: who keeps no records computes no states for them
        done = self._get_kept().filtered(lambda p: p.state in ("done", "cancel"))
        return done._get_batch_records().filtered(lambda r: r.state != "open")

    def _check_batch_refused(self, vals):
        for production in self:
            for name in sorted(REFUSED & vals.keys()):
                field = self._fields[name]
                old = field.convert_to_write(production[name], production)
                if (old or False) != (vals[name] or False):
                    raise UserError(
                        self.env._(
                            "%(order)s is recorded in %(record)s: its %(field)s stays "
                            "as it was. Add a correction to the record, with the "
                            "reason.",
                            order=production.display_name,
                            # sudo: which record it is may be told to everybody
                            record=production.sudo().batch_record_id.name,
                            field=field._description_string(self.env),
                        )
                    )
