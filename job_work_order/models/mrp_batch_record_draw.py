from odoo import models

from .mrp_batch_record import KIND


class MrpBatchRecord(models.Model):
    """As designed and as built, as it is read."""

    _inherit = "mrp.batch.record"

    def _get_section_titles(self):
        titles = super()._get_section_titles()
        # sudo: that the run belongs to a job decides what is printed
        if self.sudo().production_id.job_id:
            place = [kinds for _title, kinds in titles].index(["yield"]) + 1
            titles.insert(place, (self.env._("As designed and as built"), [KIND]))
        return titles

    def _get_kind_names(self):
        return super()._get_kind_names() | {KIND: self.env._("As built")}

    def _draw_as_built(self, payload, names):
        blocks = [{"facts": self._draw_job(payload, names)}]
        for head, rows in (
            self._draw_approvals(payload, names),
            self._draw_changes(payload, names),
            self._draw_differences(payload, names),
            self._draw_operation_differences(payload),
            self._draw_subassemblies(payload, names),
        ):
            if rows:
                blocks.append({"head": head, "rows": rows})
        return blocks

    def _draw_job(self, payload, names):
        facts = [
            (self.env._("Job"), payload["job"]["name"]),
            (self.env._("About"), payload["title"]),
            (self.env._("Type"), payload["type"]),
            (self.env._("Customer"), payload["customer"]),
            (self.env._("Customer's order"), payload["customer_order"]),
            (self.env._("Ordered"), self._get_amount(payload, "ordered")),
            (self.env._("Instructions"), payload["instructions"]),
            (self.env._("Documents"), ", ".join(payload["documents"])),
            *((row["attribute"], row["value"]) for row in payload["configuration"]),
        ]
        if not self._differs(payload):
            facts.append(
                (self.env._("Differences"), self.env._("none: built as designed"))
            )
        return [fact for fact in facts if fact[1]]

    @staticmethod
    def _differs(payload):
        return any(payload[k] for k in ("changes", "differences", "operations"))

    def _draw_approvals(self, payload, names):
        head = [
            self.env._("Approval asked for by"),
            self.env._("Approved by"),
            self.env._("On (UTC)"),
        ]
        return head, [
            [
                row["asked_by"],
                self._get_name(row["by"], names),
                self._get_time(row["at"]),
            ]
            for row in payload["approvals"]
        ]

    def _draw_changes(self, payload, names):
        head = [
            self.env._("Change"),
            self.env._("Why"),
            self.env._("By"),
            self.env._("Approved by"),
            self.env._("On (UTC)"),
        ]
        return head, [
            [
                row["what"],
                row["why"] or "–",
                self._get_name(row["by"], names),
                self._get_name(row["approved_by"], names)
                if row["approved_by"]
                else "–",
                self._get_time(row["at"]),
            ]
            for row in payload["changes"]
        ]

    def _get_difference_names(self):
        return {
            "added": self.env._("added"),
            "left_out": self.env._("left out"),
            "quantity": self.env._("another quantity"),
        }

    def _draw_differences(self, payload, names):
        kinds = self._get_difference_names()
        head = [
            self.env._("Component"),
            self.env._("As built"),
            self.env._("Expected"),
            self.env._("Used"),
            self.env._("Difference"),
        ]
        return head, [
            [
                self._get_text(row["product"], names),
                kinds[row["kind"]],
                self._get_amount(row, "expected"),
                self._get_amount(row, "used"),
                self._get_amount(row, "difference"),
            ]
            for row in payload["differences"]
        ]

    def _draw_operation_differences(self, payload):
        kinds = self._get_difference_names()
        head = [
            self.env._("Operation"),
            self.env._("Work center"),
            self.env._("As built"),
        ]
        return head, [
            [row["name"], row["work_center"], kinds[row["kind"]]]
            for row in payload["operations"]
        ]

    def _draw_subassemblies(self, payload, names):
        head = [
            self.env._("Sub-assembly"),
            self.env._("Run"),
            self.env._("Batch record"),
        ]
        return head, [
            [
                self._get_text(row["product"], names),
                row["run"]["name"],
                row["record"] or "–",
            ]
            for row in payload["sub_assemblies"]
        ]
