from odoo import models


class MrpBatchRecord(models.Model):
    """Entries about people, events and decisions as tables."""

    _inherit = "mrp.batch.record"

    def _draw_operations(self, payload, names):
        operations = {
            "head": [
                self.env._("Operation"),
                self.env._("Planned (UTC)"),
                self.env._("Real (UTC)"),
                self.env._("Expected / real (min)"),
                self.env._("Quantity"),
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
            "head": [
                self.env._("Work"),
                self.env._("By"),
                self.env._("From – to (UTC)"),
                self.env._("Minutes"),
                self.env._("Kind"),
            ],
            "rows": [
                [
                    line["name"],
                    self.env._("not measured: nobody's work")
                    if log["estimated"]
                    else self._get_name(log["by"], names),
                    self._get_span(log["from"], log["to"]),
                    log["minutes"],
                    log["loss"]
                    + (self.env._(", estimated") if log["estimated"] else "")
                    + (
                        self.env._(", stopped by the clock")
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
        quantities = [
            [
                self._get_quantity_kind(line["kind"]),
                self._get_amount(line),
                line["operation"] or "–",
                line["reason"] or self.env._("not classified"),
                self._get_name(line["by"], names)
                + (self.env._(" (taken back)") if line["taken_back"] else ""),
            ]
            for line in payload["quantities"]
        ]
        scraps = [self._get_scrap_row(line, names) for line in payload["scraps"]]
        head = [
            self.env._("What"),
            self.env._("Quantity"),
            self.env._("Operation"),
            self.env._("Reason"),
            self.env._("By"),
        ]
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
        head = [
            self.env._("What"),
            self.env._("Quantity"),
            self.env._("Operation"),
            self.env._("Reason"),
            self.env._("By"),
        ]
        return [{"head": head, "rows": [self._get_scrap_row(payload, names)]}]

    def _draw_scrap_returned(self, payload, names):
        return self._draw_scrap(payload, names)

    def _draw_delays(self, payload, names):
        field = self.env["mrp.delay"]._fields["kind"]
        kinds = dict(field._description_selection(self.env))
        return [
            {
                "head": [
                    self.env._("What"),
                    self.env._("Where"),
                    self.env._("From – to (UTC)"),
                    self.env._("Minutes"),
                    self.env._("Reason"),
                ],
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
        notes = {
            "head": [self.env._("Note"), self.env._("By"), self.env._("At (UTC)")],
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
            "head": [self.env._("File"), self.env._("Bytes"), self.env._("SHA-256")],
            "rows": [
                [file["name"], file["bytes"], file["sha256"]]
                for file in payload["files"]
            ],
        }
        return [block for block in (notes, files) if block["rows"]]

    def _draw_change(self, payload, names):
        changes = {
            "changed": self.env._("changed"),
            "added": self.env._("added"),
            "deleted": self.env._("deleted"),
        }
        facts = [
            (
                payload["document"],
                f"{payload['name']} ({changes.get(payload['what'])})",
            ),
            (self.env._("By"), self._get_name(payload["by"], names)),
        ]
        if payload.get("log"):
            log = payload["log"]
            facts.append((self.env._("Time"), self._get_span(log["from"], log["to"])))
            if log["by"]:
                facts.append((self.env._("Of"), self._get_name(log["by"], names)))
        if payload.get("line"):
            line = payload["line"]
            facts.append((self.env._("Lot"), self._get_lot_text(line["lot"])))
            facts.append((self.env._("Quantity"), self._get_amount(line)))
        blocks = [{"facts": facts}]
        if payload["lines"]:
            blocks.append(
                {
                    "head": [
                        self.env._("Field"),
                        self.env._("Before"),
                        self.env._("After"),
                    ],
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
        facts = [
            (self.env._("Corrects"), f"{payload['title']} ({payload['entry']})"),
            (self.env._("What"), payload["item"]),
            (self.env._("Before"), payload["old"] or "–"),
            (self.env._("Correct is"), payload["new"]),
            (self.env._("Reason"), payload["reason"]),
            (self.env._("By"), self._get_name(payload["by"], names)),
        ]
        return [{"facts": facts}]

    def _draw_signature(self, payload, names):
        facts = [
            (self.env._("Meaning"), payload["meaning_name"]),
            (self.env._("Signed by"), self._get_name(payload["by"], names)),
            (self.env._("Step"), payload["step"]),
            (
                self.env._("Time of the server (UTC)"),
                self._get_time(payload["server_time"]),
            ),
            (
                self.env._("Time of the device"),
                payload["device_time"] or self.env._("not known"),
            ),
            (self.env._("How"), payload["method_name"]),
            (self.env._("Signs entries up to"), payload["signs"]["entry"]),
            (self.env._("Remark"), payload["remark"]),
        ]
        return [{"facts": [fact for fact in facts if fact[1]]}]

    def _draw_result(self, payload, names):
        facts = [
            (payload["type_name"], payload["name"]),
            (
                self.env._("Value"),
                self._get_amount(payload, "value") if payload["value"] else None,
            ),
            (self.env._("Limits"), payload["limits"]),
            (self.env._("Verdict"), payload["verdict_name"]),
            (self.env._("Step"), payload["step"]),
            (self.env._("Remark"), payload["remark"]),
            (self.env._("By"), self._get_name(payload["by"], names)),
        ]
        facts += [
            (self.env._("File"), f"{file['name']} (SHA-256 {file['sha256']})")
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
