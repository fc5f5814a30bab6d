from odoo import api, fields, models

CHANGES = {"correction", "change", "erasure", "split", "replan", "unbuilt", "merged"}


class MrpBatchRecord(models.Model):
    """The record as one reads it: the same sections on the screen and on paper."""

    _inherit = "mrp.batch.record"

    paper = fields.Html(compute="_compute_paper", sanitize=False, string="Batch Record")
    timeline = fields.Html(compute="_compute_paper", sanitize=False)

    @api.depends("entry_count")
    def _compute_paper(self):
        qweb = self.env["ir.qweb"]
        for record in self:
            values = record._prepare_paper()
            record.paper = qweb._render("mrp_batch_record.record_sections", values)
            record.timeline = qweb._render("mrp_batch_record.record_timeline", values)

    def _get_section_titles(self):
        """The sections in their order, and the kinds of entries each one shows; rooms
        above add theirs.

        :return: list of (title, kinds)
        """
        return [
            (
                self.env._("Product and run"),
                ["opening", "execution", "cancelled", "merged"],
            ),
            (self.env._("Recipe as designed"), ["recipe"]),
            (self.env._("Plan"), ["plan", "split", "replan"]),
            (self.env._("Materials"), ["materials"]),
            (self.env._("Equipment"), ["equipment"]),
            (self.env._("Operations and people"), ["operations"]),
            (self.env._("Outputs"), ["outputs", "unbuilt"]),
            (self.env._("Yield"), ["yield"]),
            (self.env._("Scrap and rework"), ["rejects", "scrap", "scrap_returned"]),
            (self.env._("Stops and delays"), ["delays", "delay_reason"]),
            (self.env._("Results and checks"), ["result"]),
            (self.env._("Notes and files"), ["notes"]),
            (self.env._("Deviations"), ["deviation", "deviation_closed"]),
            (
                self.env._("Corrections and changes"),
                ["correction", "change", "erasure"],
            ),
            (self.env._("Signatures"), ["signature"]),
            (self.env._("Review and release"), ["review", "release", "rejection"]),
        ]

    def _prepare_paper(self):
        """:return: values of the templates"""
        self.ensure_one()
        entries = self._get_entries()
        # sudo: who reads the record reads the names in it
        names = self.env["mrp.batch.person"].sudo()._get_names([self.key])
        executed = [e["sequence"] for e in entries if e["kind"] == "execution"]
        corrections = {}
        for entry in entries:
            if entry["kind"] == "correction":
                corrections.setdefault(entry["payload"].get("entry"), []).append(entry)
        kinds = self._get_kind_names()
        for entry in entries:
            entry["title"] = kinds.get(entry["kind"], entry["kind"])
            entry["late"] = bool(executed) and entry["sequence"] > executed[0]
            entry["changes"] = entry["kind"] in CHANGES
            entry["blocks"] = self._draw(entry, names)
            entry["summary"] = self._summarize(entry, names)
            entry["corrections"] = [
                self._describe_correction(each, names)
                for each in corrections.get(entry["sequence"], [])
            ]
        sections, shown = [], set()
        for number, (title, section_kinds) in enumerate(self._get_section_titles(), 1):
            own = [entry for entry in entries if entry["kind"] in section_kinds]
            shown.update(section_kinds)
            sections.append({"number": number, "title": title, "entries": own})
        rest = [entry for entry in entries if entry["kind"] not in shown]
        if rest:
            sections.append(
                {
                    "number": len(sections) + 1,
                    "title": self.env._("Other"),
                    "entries": rest,
                }
            )
        return {
            "record": self,
            "sections": sections,
            "entries": entries,
            "seal_number": len(sections) + 1,
        }

    def _get_kind_names(self):
        """:return: dict of names per kind of entry; rooms above add theirs"""
        return {
            "opening": self.env._("Opened"),
            "recipe": self.env._("Recipe"),
            "plan": self.env._("Frozen plan"),
            "materials": self.env._("Materials"),
            "equipment": self.env._("Equipment"),
            "operations": self.env._("Operations"),
            "outputs": self.env._("Outputs"),
            "yield": self.env._("Yield"),
            "rejects": self.env._("Scrap and rework"),
            "delays": self.env._("Stops and delays"),
            "notes": self.env._("Notes and files"),
            "execution": self.env._("Executed"),
            "cancelled": self.env._("Cancelled"),
            "merged": self.env._("Merged"),
            "split": self.env._("Split"),
            "replan": self.env._("Re-planned"),
            "unbuilt": self.env._("Taken apart"),
            "scrap": self.env._("Scrapped"),
            "scrap_returned": self.env._("Scrap brought back"),
            "delay_reason": self.env._("Reason given"),
            "change": self.env._("Changed in Odoo"),
            "correction": self.env._("Correction"),
            "erasure": self.env._("Names erased"),
            "result": self.env._("Result"),
            "deviation": self.env._("Deviation"),
            "deviation_closed": self.env._("Deviation closed"),
            "signature": self.env._("Signature"),
            "review": self.env._("Review begun"),
            "release": self.env._("Released"),
            "rejection": self.env._("Rejected"),
        }
