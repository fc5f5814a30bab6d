from decimal import Decimal

from odoo import api, fields, models


class MrpBatchRecord(models.Model):
    """Review by exception: only what was not as it should be, on one page."""

    _inherit = "mrp.batch.record"

    exceptions = fields.Html(
        compute="_compute_exceptions", sanitize=False, string="Review by Exception"
    )
    exception_count = fields.Integer(compute="_compute_exceptions")

    @api.depends("entry_count")
    def _compute_exceptions(self):
        qweb = self.env["ir.qweb"]
        for record in self:
            groups = record._get_exceptions()
            record.exception_count = sum(len(lines) for _title, lines in groups)
            record.exceptions = qweb._render(
                "mrp_batch_record.record_exceptions",
                {"record": record, "groups": groups},
            )

    def _get_exceptions(self):
        """What a reviewer has to look at; rooms above add theirs.

        :return: list of (title, list of sentences), empty ones left out
        """
        self.ensure_one()
        entries = self._get_entries()
        # sudo: who reads the record reads the names in it
        names = self.env["mrp.batch.person"].sudo()._get_names([self.key])
        groups = [
            (self.env._("Stands in the way of release"), self._get_blockers()),
            (self.env._("Yield out of tolerance"), self._get_yield_exceptions(entries)),
            (
                self.env._("Material beside the recipe"),
                self._get_material_exceptions(entries),
            ),
            (self.env._("Failed results"), self._get_failed_results(entries, names)),
            (self.env._("Deviations"), self._get_deviation_lines()),
            (self.env._("Not measured"), self._get_estimates(entries)),
            (
                self.env._("Scrapped or reworked"),
                self._get_titles(entries, ("scrap", "rejects"), names),
            ),
            (
                self.env._("Stops and delays"),
                self._get_delay_exceptions(entries, names),
            ),
            (
                self.env._("Corrected or changed afterwards"),
                self._get_titles(entries, self._get_change_kinds(), names),
            ),
        ]
        return [(title, lines) for title, lines in groups if lines]

    def _get_payloads(self, entries, kind):
        return [entry["payload"] for entry in entries if entry["kind"] == kind]

    def _is_out(self, percent):
        tolerance = Decimal(repr(self.company_id.mrp_batch_tolerance))
        return percent is not None and abs(Decimal(percent)) > tolerance

    def _get_yield_exceptions(self, entries):
        return [
            self.env._(
                "%(output)s: %(actual)s of %(planned)s, %(percent)s %% of theoretical",
                output=self._get_text(line["product"], {}),
                actual=self._get_amount(line, "actual"),
                planned=self._get_amount(line, "theoretical"),
                percent=line["percent"],
            )
            for payload in self._get_payloads(entries, "yield")
            for line in payload["outputs"]
            if line["percent"] is not None
            and self._is_out(Decimal(line["percent"]) - 100)
        ]

    def _get_material_exceptions(self, entries):
        lines = []
        for payload in self._get_payloads(entries, "materials"):
            for total in payload["totals"]:
                unplanned = total["percent"] is None and total["used"] != "0"
                if unplanned or self._is_out(total["percent"]):
                    lines.append(
                        self.env._(
                            "%(product)s: used %(used)s, expected %(expected)s",
                            product=self._get_text(total["product"], {}),
                            used=self._get_amount(total, "used"),
                            expected=self._get_amount(total, "expected"),
                        )
                    )
        return lines

    def _get_failed_results(self, entries, names):
        return [
            f"{payload['type_name']}: {payload['name']} {payload['value'] or ''} "
            f"({self._get_name(payload['by'], names)})"
            for payload in self._get_payloads(entries, "result")
            if payload["verdict"] == "fail"
        ]

    def _get_deviation_lines(self):
        states = dict(
            self.env["mrp.batch.deviation"]
            ._fields["state"]
            ._description_selection(self.env)
        )
        return [
            f"{each.name}: {each.description} ({states[each.state]})"
            for each in self.deviation_ids
        ]

    def _get_estimates(self, entries):
        return [
            self.env._(
                "%(step)s: %(minutes)s minutes filled in, nobody's work",
                step=line["name"],
                minutes=log["minutes"],
            )
            for payload in self._get_payloads(entries, "operations")
            for line in payload["lines"]
            for log in line["work"]
            if log["estimated"]
        ]

    def _get_delay_exceptions(self, entries, names):
        later = {
            payload["id"]: payload
            for payload in self._get_payloads(entries, "delay_reason")
        }
        field = self.env["mrp.delay"]._fields["kind"]
        kinds = dict(field._description_selection(self.env))
        return [
            " ".join(filter(None, (kinds.get(line["kind"]), line["where"])))
            + f": {line['minutes']} min, "
            + self._get_delay_reason(later.get(line["id"], line), names)
            for payload in self._get_payloads(entries, "delays")
            for line in payload["lines"]
            if line["state"] != "micro"
        ]

    def _get_titles(self, entries, kinds, names):
        """:return: one line per entry of these kinds"""
        labels = self._get_kind_names()
        return [
            f"{labels.get(entry['kind'], entry['kind'])} ({entry['sequence']}): "
            f"{self._summarize(entry, names)}"
            for entry in entries
            if entry["kind"] in kinds
        ]
