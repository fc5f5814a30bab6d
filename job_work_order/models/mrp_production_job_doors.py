from odoo import models
from odoo.exceptions import UserError

from ..tools import as_server, is_server


class MrpProduction(models.Model):
    """Changes that are made on the manufacturing order reach the job's record."""

    _inherit = "mrp.production"

    def write(self, vals):
        runs = self.browse()
        if "product_qty" in vals and not is_server(self):
            runs = self.filtered(lambda run: run.job_id and not run.job_is_child)
        old = {run: run.product_uom_qty for run in runs}
        for run in runs:
            run._check_job_quantity(run._get_new_quantity(vals))
        costs = runs._get_job_planned_costs()
        res = super().write(vals)
        for run in runs:
            if run.product_id.uom_id.compare(old[run], run.product_uom_qty):
                run._log_job_quantity(old[run], costs[run])
        return res

    def _get_new_quantity(self, vals):
        """:return: quantity of the order after a write, in the unit of the product"""
        self.ensure_one()
        # core gives a record instead of its id
        unit_id = vals.get("product_uom_id")
        unit = self.env["uom.uom"].browse(getattr(unit_id, "id", unit_id))
        return (unit or self.product_uom_id)._compute_quantity(
            vals["product_qty"], self.product_id.uom_id, round=False
        )

    def _check_job_quantity(self, quantity):
        """Raise when a run would grow beyond what was approved.

        :param float quantity: in the unit of the product
        """
        # sudo: an approval holds for those who may not read the job
        job = self.sudo().job_id
        grows = self.product_id.uom_id.compare(quantity, self.product_uom_qty) > 0
        if grows and self.state != "done" and job._needs_approval():
            raise UserError(
                self.env._(
                    "%(run)s cannot become larger: %(job)s was approved as it is. "
                    "Press Change Run on the job and add a run for what is missing; it "
                    "is approved like the job.",
                    run=self.name,
                    job=job.name,
                )
            )

    def _log_job_quantity(self, old, cost, reason=None):
        """Record another quantity, and order as much from the job's line.

        :param float old: quantity before, in the unit of the product
        :param float cost: planned cost before
        """
        self.ensure_one()
        unit = self.product_id.uom_id
        self._order_from_line(self.product_uom_qty - old)
        return self._log_job_change(
            "quantity",
            self.env._(
                "%(run)s: %(old)s → %(new)s",
                run=self.name,
                old=f"{old:.12g} {unit.name}",
                new=f"{self.product_uom_qty:.12g} {unit.name}",
            ),
            reason=reason,
            cost=cost,
        )

    def _order_from_line(self, added):
        """The line and the planned run ask for what the order makes.

        :param float added: in the unit of the product
        """
        # sudo: whoever changes a run need not be able to write jobs
        line = as_server(self).sudo().job_line_id
        added = self.product_id.uom_id._compute_quantity(
            added, line.product_uom_id, round=False
        )
        line.quantity += added
        row = line.run_ids.filtered(lambda row: row.production_id == self)
        row.quantity += added

    def _log_split(self, quantities, productions):
        """Record runs that were split, with what each part has to make."""
        for run in self.filtered("job_id"):
            group = run.production_group_id
            parts = productions.filtered(
                lambda part, group=group: part.production_group_id == group
            )
            if len(parts) > 1:
                run._log_job_split(quantities[run], parts)

    def _log_job_split(self, old, parts, reason=None):
        self.ensure_one()
        return self._log_job_change(
            "split",
            self.env._(
                "%(run)s: %(old)s → %(parts)s %(unit)s",
                run=self.name,
                old=f"{old:.12g}",
                parts=" + ".join(f"{part.product_qty:.12g}" for part in parts),
                unit=self.product_uom_id.name,
            ),
            reason=reason,
        )

    def action_cancel(self):
        runs = self.browse()
        if not is_server(self):
            runs = self.filtered(
                lambda run: run.job_id and run.state not in ("done", "cancel")
            )
        costs = runs._get_job_planned_costs()
        res = super().action_cancel()
        for run in runs.filtered(lambda run: run.state == "cancel"):
            run._log_job_cancel(costs[run])
        return res

    def _log_job_cancel(self, cost, reason=None):
        """Record a run that was given up; its line asks for that much less."""
        self.ensure_one()
        if not self.job_is_child:
            # sudo: whoever changes a run need not be able to write jobs
            line = as_server(self).sudo().job_line_id
            left = line.quantity - self.product_uom_id._compute_quantity(
                self.product_qty, line.product_uom_id, round=False
            )
            if line.product_uom_id.compare(left, 0) > 0:
                line.quantity = left
        return self._log_job_change(
            "cancel",
            self.env._(
                "%(run)s: %(quantity)s %(unit)s cancelled",
                run=self.name,
                quantity=f"{self.product_qty:.12g}",
                unit=self.product_uom_id.name,
            ),
            reason=reason,
            effect=-cost,
        )

    def _log_job_change(self, kind, description, reason=None, cost=None, effect=None):
        """Record a change of a run on its job.

        :param float cost: planned cost before, to tell the effect
        :param float effect: on the planned cost, where it is known already
        """
        self.ensure_one()
        if cost is not None:
            effect = self._get_job_planned_costs()[self] - cost
        # sudo: whoever changes a run need not be able to write jobs
        return self.sudo().job_id._log_change(
            kind,
            description,
            line_id=self.job_line_id.id,
            production_id=self.id,
            reason=reason or self.env._("On the manufacturing order"),
            user_id=self.env.uid,
            cost_effect=effect or 0.0,
        )

    def _get_job_planned_costs(self):
        """:return: dict from run to its planned cost"""
        # sudo: whoever changes a run need not see cost
        lines = self.env["mrp.run.cost.line"].sudo()
        sums = dict(
            lines._read_group(
                [("production_id", "in", self.ids)],
                ["production_id"],
                ["planned_amount:sum"],
            )
            if self
            else []
        )
        costs = {run.id: amount for run, amount in sums.items()}
        return {run: costs.get(run.id, 0.0) for run in self}

    def _pre_action_split_merge_hook(self, merge=False, split=False):
        if merge and self.job_id:
            raise UserError(
                self.env._(
                    "Runs of a job are not merged: %(runs)s. Cancel one of them and "
                    "add its quantity to the other with Change Run.",
                    runs=", ".join(self.filtered("job_id").mapped("name")),
                )
            )
        return super()._pre_action_split_merge_hook(merge=merge, split=split)
