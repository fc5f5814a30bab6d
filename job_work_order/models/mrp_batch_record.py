from decimal import Decimal

from odoo import models

from odoo.addons.mrp_batch_record.tools import decimal_text, reference, utc_text

KIND = "as_built"


class MrpBatchRecord(models.Model):
    """As designed and as built: the job, what was changed, and what differs."""

    _inherit = "mrp.batch.record"

    def _get_section_kinds(self, moment):
        kinds = super()._get_section_kinds(moment)
        if moment == "execution":
            kinds.insert(kinds.index("execution"), KIND)
        return kinds

    def _prepare_section_as_built(self):
        """What was ordered and approved, and how the run came to differ from it."""
        of_jobs = self.filtered("production_id.job_id")
        recipes = of_jobs._get_sealed("recipe")
        changes = of_jobs._get_job_changes()
        return {
            record: {
                **record._describe_job(),
                "configuration": record._describe_configuration(),
                "approvals": record._describe_approvals(),
                "changes": [record._describe_change(c) for c in changes[record]],
                "differences": record._describe_differences(recipes.get(record)),
                "operations": record._describe_operations(recipes.get(record)),
                "sub_assemblies": record._describe_subassemblies(),
            }
            for record in of_jobs
        }

    def _get_job_changes(self):
        """:return: dict from record to the changes of its run, its line or its job"""
        changes = self.env["job.work.order.change"].search(
            [("job_id", "in", self.production_id.job_id.ids)], order="id"
        )
        return {
            record: changes.filtered(
                lambda change, run=record.production_id: (
                    change.job_id == run.job_id
                    and change.production_id in (run, run.browse())
                    and change.line_id in (run.job_line_id, change.line_id.browse())
                )
            )
            for record in self
        }

    def _describe_job(self):
        job = self.production_id.job_id
        line = self.production_id.job_line_id
        return {
            "job": {"ref": reference(job), "name": job.name},
            "title": job.title or None,
            "type": job.type_id.name,
            "customer": job.partner_id.display_name or None,
            "customer_order": job.customer_ref or None,
            "ordered": self._quantity(line.quantity),
            "unit": line.product_uom_id.name or None,
            "instructions": line.note or None,
            "documents": job.document_ids.mapped("name"),
        }

    def _describe_configuration(self):
        run = self.production_id
        values = (
            run.product_id.product_template_attribute_value_ids
            | run.never_product_template_attribute_value_ids
        )
        return [
            {"attribute": value.attribute_id.name, "value": value.name}
            for value in values
        ]

    def _describe_approvals(self):
        return [
            {
                "asked_by": approval.reason,
                "by": self._get_user(approval.user_id),
                "at": utc_text(approval.date),
            }
            for approval in self.production_id.job_id.approval_ids
            if approval.state == "approved"
        ]

    def _describe_change(self, change):
        approver = change.approved_by_id
        return {
            "at": utc_text(change.date),
            "kind": change.kind,
            "what": change.description,
            "why": change.reason or None,
            "by": self._get_user(change.user_id),
            "approved_by": self._get_user(approver) if approver else None,
        }

    def _describe_differences(self, recipe):
        """Components that were not used as the recipe says."""
        return [
            {
                **total,
                "kind": "added"
                if not Decimal(total["designed"])
                else "left_out"
                if not Decimal(total["used"])
                else "quantity",
            }
            for total in self._compare_materials(recipe)
            if Decimal(total["difference"])
        ]

    def _describe_operations(self, recipe):
        """Operations that were added or left out since the run was confirmed."""
        designed = {row["id"]: row for row in (recipe or {}).get("operations", [])}
        done = {
            workorder.id: workorder
            for workorder in self.production_id.workorder_ids
            if workorder.state == "done"
        }
        left_out = [
            {
                "name": row["name"],
                "work_center": row["work_center"],
                "kind": "left_out",
            }
            for key, row in designed.items()
            if key not in done
        ]
        added = [
            {
                "name": workorder.name,
                "work_center": workorder.workcenter_id.name,
                "kind": "added",
                "minutes": decimal_text(workorder.duration, 2),
            }
            for key, workorder in done.items()
            if key not in designed
        ]
        return left_out + added

    def _describe_subassemblies(self):
        return [
            {
                "run": {"ref": reference(run), "name": run.name},
                "product": self._describe_product(run.product_id),
                "record": run.batch_record_id.name or None,
            }
            for run in self.production_id._get_job_children()
            if run.state == "done"
        ]
