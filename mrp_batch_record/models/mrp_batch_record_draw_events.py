from odoo import models


class MrpBatchRecord(models.Model):
    """Entries about people, events and decisions as tables."""

    _inherit = "mrp.batch.record"

    def _draw_operations(self, payload, names):
        _ = self.env._
        operations = {
            "head": [
                _("Operation"),
                _("Planned (UTC)"),
                _("Real (UTC)"),
                _("Expected / real (min)"),
                _("Quantity"),
            ],
            "rows": [
                [
                    f"{line['name']} ({line['work_center']})",
                    self._get_span(line["planned_start"], line["planned_end"]),
                    self._get_span(line["start"], line["end"]),
                    f"{line['expected_minutes']} / {line['minutes']}",
                    line["quantity"],
                ]
                for line in payload["lines"]
            ],
        }
        work = {
            "head": [_("Work"), _("By"), _("From – to (UTC)"), _("Minutes"), _("Kind")],
            "rows": [
                [
                    line["name"],
                    _("not measured: nobody's work")
                    if log["estimated"]
                    else self._get_name(log["by"], names),
                    self._get_span(log["from"], log["to"]),
                    log["minutes"],
                    log["loss"]
                    + (_(", estimated") if log["estimated"] else "")
                    + (
                        _(", stopped by the clock")
                        if log["stopped_by_the_clock"]
                        else ""
                    ),
                ]
                for line in payload["lines"]
                for log in line["work"]
            ],
        }
        return [block for block in (operations, work) if block["rows"]]

    def _get_span(self, start, end):
        if not start and not end:
            return "–"
        return f"{self._get_time(start)} – {self._get_time(end)}"

    def _draw_rejects(self, payload, names):
        _ = self.env._
        quantities = [
            [
                self._get_quantity_kind(line["kind"]),
                self._get_amount(line),
                line["operation"] or "–",
                line["reason"] or _("not classified"),
                self._get_name(line["by"], names)
                + (_(" (taken back)") if line["taken_back"] else ""),
            ]
            for line in payload["quantities"]
        ]
        scraps = [self._get_scrap_row(line, names) for line in payload["scraps"]]
        head = [_("What"), _("Quantity"), _("Operation"), _("Reason"), _("By")]
        return [{"head": head, "rows": quantities + scraps}]

    def _get_quantity_kind(self, code):
        field = self.env["mrp.operation.quantity"]._fields["kind"]
        return dict(field._description_selection(self.env)).get(code, code)

    def _get_scrap_row(self, line, names):
        what = self._get_text(line["product"], names)
        if line["lot"]:
            what += f", {line['lot']['name']}"
        return [
            what,
            self._get_amount(line),
            line["operation"] or "–",
            line["reason"] or self.env._("not classified"),
            self._get_name(line["by"], names),
        ]

    def _draw_scrap(self, payload, names):
        _ = self.env._
        head = [_("What"), _("Quantity"), _("Operation"), _("Reason"), _("By")]
        return [{"head": head, "rows": [self._get_scrap_row(payload, names)]}]

    def _draw_scrap_returned(self, payload, names):
        return self._draw_scrap(payload, names)

    def _draw_delays(self, payload, names):
        _ = self.env._
        field = self.env["mrp.delay"]._fields["kind"]
        kinds = dict(field._description_selection(self.env))
        return [
            {
                "head": [_("What"), _("Where"), _("From – to (UTC)"), _("Minutes"), _("Reason")],
                "rows": [
                    [
                        kinds.get(line["kind"], line["kind"]),
                        line["where"] or "–",
                        self._get_span(line["from"], line["to"]),
                        line["minutes"],
                        self._get_delay_reason(line, names),
                    ]
                    for line in payload["lines"]
                ],
            }
        ]

    def _get_delay_reason(self, line, names):
        if line["reasons"]:
            return "; ".join(
                " ".join(filter(None, (reason["reason"], reason["note"])))
                + f" ({self._get_name(reason['by'], names)})"
                for reason in line["reasons"]
            )
        if line["state"] == "micro":
            return self.env._("micro-stop")
        return self.env._("reason pending")

    def _draw_delay_reason(self, payload, names):
        return self._draw_delays({"lines": [payload]}, names)

    def _draw_notes(self, payload, names):
        _ = self.env._
        notes = {
            "head": [_("Note"), _("By"), _("At (UTC)")],
            "rows": [
                [
                    note["text"] or "–",
                    self._get_name(note["by"], names),
                    self._get_time(note["at"]),
                ]
                for note in payload["notes"]
            ],
        }
        files = {
            "head": [_("File"), _("Bytes"), _("SHA-256")],
            "rows": [
                [file["name"], file["bytes"], file["sha256"]] for file in payload["files"]
            ],
        }
        return [block for block in (notes, files) if block["rows"]]

    def _draw_change(self, payload, names):
        _ = self.env._
        whats = {
            "changed": _("changed"),
            "added": _("added"),
            "deleted": _("deleted"),
        }
        facts = [
            (payload["document"], f"{payload['name']} ({whats.get(payload['what'])})"),
            (_("By"), self._get_name(payload["by"], names)),
        ]
        if payload.get("log"):
            log = payload["log"]
            facts.append((_("Time"), self._get_span(log["from"], log["to"])))
            if log["by"]:
                facts.append((_("Of"), self._get_name(log["by"], names)))
        if payload.get("line"):
            line = payload["line"]
            facts.append((_("Lot"), self._get_lot_text(line["lot"])))
            facts.append((_("Quantity"), self._get_amount(line)))
        blocks = [{"facts": facts}]
        if payload["lines"]:
            blocks.append(
                {
                    "head": [_("Field"), _("Before"), _("After")],
                    "rows": [
                        [line["field"], line["old"] or "–", line["new"] or "–"]
                        for line in payload["lines"]
                    ],
                }
            )
        return blocks

    def _describe_correction(self, entry, names):
        """:return: what is printed beside the entry it corrects"""
        payload = entry["payload"]
        return {
            "number": entry["sequence"],
            "item": payload["item"],
            "old": payload["old"] or "–",
            "new": payload["new"],
            "reason": payload["reason"],
            "by": self._get_name(payload["by"], names),
            "at": self._get_time(entry["at"]),
        }

    def _draw_correction(self, payload, names):
        _ = self.env._
        facts = [
            (_("Corrects"), f"{payload['title']} ({payload['entry']})"),
            (_("What"), payload["item"]),
            (_("Before"), payload["old"] or "–"),
            (_("Correct is"), payload["new"]),
            (_("Reason"), payload["reason"]),
            (_("By"), self._get_name(payload["by"], names)),
        ]
        return [{"facts": facts}]

    def _draw_signature(self, payload, names):
        _ = self.env._
        facts = [
            (_("Meaning"), payload["meaning_name"]),
            (_("Signed by"), self._get_name(payload["by"], names)),
            (_("Step"), payload["step"]),
            (_("Time of the server (UTC)"), self._get_time(payload["server_time"])),
            (_("Time of the device"), payload["device_time"] or _("not known")),
            (_("How"), payload["method_name"]),
            (_("Signs entries up to"), payload["signs"]["entry"]),
            (_("Remark"), payload["remark"]),
        ]
        return [{"facts": [fact for fact in facts if fact[1]]}]

    def _draw_result(self, payload, names):
        _ = self.env._
        facts = [
            (payload["type_name"], payload["name"]),
            (_("Value"), self._get_amount(payload, "value") if payload["value"] else None),
            (_("Limits"), payload["limits"]),
            (_("Verdict"), payload["verdict_name"]),
            (_("Step"), payload["step"]),
            (_("Remark"), payload["remark"]),
            (_("By"), self._get_name(payload["by"], names)),
        ]
        facts += [
            (_("File"), f"{file['name']} (SHA-256 {file['sha256']})")
            for file in payload["files"]
        ]
        return [{"facts": [fact for fact in facts if fact[1]]}]

    def _summarize(self, entry, names):
        """:return: one line about an entry, for the timeline"""
        payload = entry["payload"]
        by = payload.get("by") or payload.get("told_by")
        parts = [self._get_name(by, names)] if by else []
        for name in ("reason", "description", "item", "what", "name", "number"):
            if isinstance(payload.get(name), str):
                parts.append(payload[name])
        if "lines" in payload:
            parts.append(self.env._("%(count)s lines", count=len(payload["lines"])))
        return " · ".join(parts)
