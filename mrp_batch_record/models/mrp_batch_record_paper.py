from odoo import api, fields, models

CHANGES = {"correction", "change", "erasure", "split", "replan", "unbuilt", "merged"}


class MrpBatchRecord(models.Model):
    """The record as one reads it: the same sections on the screen and on paper."""

    _inherit = "mrp.batch.record"

    paper = fields.Html(
        compute="_compute_paper", sanitize=False, string="Batch Record"
    )
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
        _ = self.env._
        return [
            (_("Product and run"), ["opening", "execution", "cancelled", "merged"]),
            (_("Recipe as designed"), ["recipe"]),
            (_("Plan"), ["plan", "split", "replan"]),
            (_("Materials"), ["materials"]),
            (_("Equipment"), ["equipment"]),
            (_("Operations and people"), ["operations"]),
            (_("Outputs"), ["outputs", "unbuilt"]),
            (_("Yield"), ["yield"]),
            (_("Scrap and rework"), ["rejects", "scrap", "scrap_returned"]),
            (_("Stops and delays"), ["delays", "delay_reason"]),
            (_("Results and checks"), ["result"]),
            (_("Notes and files"), ["notes"]),
            (_("Deviations"), ["deviation", "deviation_closed"]),
            (_("Corrections and changes"), ["correction", "change", "erasure"]),
            (_("Signatures"), ["signature"]),
            (_("Review and release"), ["review", "release", "rejection"]),
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
        _ = self.env._
        return {
            "opening": _("Opened"),
            "recipe": _("Recipe"),
            "plan": _("Frozen plan"),
            "materials": _("Materials"),
            "equipment": _("Equipment"),
            "operations": _("Operations"),
            "outputs": _("Outputs"),
            "yield": _("Yield"),
            "rejects": _("Scrap and rework"),
            "delays": _("Stops and delays"),
            "notes": _("Notes and files"),
            "execution": _("Executed"),
            "cancelled": _("Cancelled"),
            "merged": _("Merged"),
            "split": _("Split"),
            "replan": _("Re-planned"),
            "unbuilt": _("Taken apart"),
            "scrap": _("Scrapped"),
            "scrap_returned": _("Scrap brought back"),
            "delay_reason": _("Reason given"),
            "change": _("Changed in Odoo"),
            "correction": _("Correction"),
            "erasure": _("Names erased"),
            "result": _("Result"),
            "deviation": _("Deviation"),
            "deviation_closed": _("Deviation closed"),
            "signature": _("Signature"),
            "review": _("Review begun"),
            "release": _("Released"),
            "rejection": _("Rejected"),
        }
