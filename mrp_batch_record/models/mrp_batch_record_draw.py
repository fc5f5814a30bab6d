from odoo import api, models


class MrpBatchRecord(models.Model):
    """Entries as tables: blocks of ``head``, ``rows`` and ``facts``."""

    _inherit = "mrp.batch.record"

    def _draw(self, entry, names):
        """:return: list of blocks; a kind nobody draws shows its facts as they are"""
        draw = getattr(self, f"_draw_{entry['kind']}", None)
        payload = entry["payload"]
        if draw and payload:
            return draw(payload, names)
        return [{"facts": self._get_facts(payload, names)}]

    @api.model
    def _get_facts(self, payload, names):
        return [
            (key.replace("_", " ").capitalize(), self._get_text(value, names))
            for key, value in payload.items()
            if value not in (None, "", [], {})
        ]

    @api.model
    def _get_text(self, value, names):
        """:return: one value of an entry, as people read it"""
        if isinstance(value, dict):
            if "person" in value:
                return self._get_name(value, names)
            if "name" in value:
                code = f"[{value['code']}] " if value.get("code") else ""
                return code + (value["name"] or "")
            return ", ".join(
                self._get_text(each, names) for each in value.values() if each
            )
        if isinstance(value, list):
            return ", ".join(self._get_text(each, names) for each in value)
        if isinstance(value, bool):
            return self.env._("yes") if value else self.env._("no")
        return str(value) if value is not None else ""

    @api.model
    def _get_name(self, person, names):
        """:return: printed name; says so when it is erased or was never somebody's"""
        if not person:
            return self.env._("nobody in person")
        name = names.get(person.get("person"))
        return name if name else self.env._("(name erased)")

    @api.model
    def _get_time(self, text):
        """:return: a moment as it is printed, in UTC"""
        return text.replace("T", " ").replace("Z", "") if text else "–"

    @api.model
    def _get_amount(self, line, name="quantity"):
        return f"{line[name]} {line.get('unit') or ''}".strip()

    def _get_lot_text(self, lot):
        if not lot:
            return "–"
        if lot.get("supplier_lot"):
            return self.env._(
                "%(lot)s (supplier: %(supplier)s)",
                lot=lot["name"],
                supplier=lot["supplier_lot"],
            )
        return lot["name"]

    def _draw_opening(self, payload, names):
        facts = [
            (self.env._("Run"), payload["run"]["name"]),
            (self.env._("Company"), payload["company"]),
            (self.env._("Product"), self._get_text(payload["product"], names)),
            (self.env._("Quantity ordered"), self._get_amount(payload)),
            (self.env._("Origin"), payload["origin"]),
            (
                self.env._("Responsible"),
                payload["responsible"]
                and self._get_name(payload["responsible"], names),
            ),
            (self.env._("Opened by"), self._get_name(payload["by"], names)),
        ]
        return [{"facts": [fact for fact in facts if fact[1]]}]

    def _draw_execution(self, payload, names):
        facts = [
            (self.env._("Quantity made"), self._get_amount(payload)),
            (self.env._("Lots"), ", ".join(payload["lots"]) or "–"),
            (self.env._("Finished (UTC)"), self._get_time(payload["finished"])),
            (self.env._("Closed by"), self._get_name(payload["by"], names)),
        ]
        return [{"facts": facts}]

    def _draw_recipe(self, payload, names):
        bom, meanings = payload["bom"], self._get_meanings()
        facts = []
        if bom:
            facts = [
                (self.env._("Bill of materials"), bom["code"] or bom["ref"]),
                (self.env._("For"), self._get_amount(bom)),
                (self.env._("Last changed (UTC)"), self._get_time(bom["changed"])),
            ]
        blocks = [{"facts": facts}]
        blocks.append(
            {
                "head": [
                    self.env._("Component"),
                    self.env._("Quantity"),
                    self.env._("Operation"),
                    self.env._("In the recipe"),
                ],
                "rows": [
                    [
                        self._get_text(line["product"], names),
                        self._get_amount(line),
                        line["operation"] or "–",
                        self.env._("yes")
                        if line["of_bom"]
                        else self.env._("added by hand"),
                    ]
                    for line in payload["components"]
                ],
            }
        )
        blocks.append(
            {
                "head": [
                    self.env._("Operation"),
                    self.env._("Work center"),
                    self.env._("Expected (min)"),
                    self.env._("To be signed"),
                ],
                "rows": [
                    [
                        line["name"],
                        line["work_center"],
                        line["minutes"],
                        ", ".join(
                            meanings.get(meaning, meaning)
                            for meaning in line.get("signatures", ())
                        )
                        or "–",
                    ]
                    for line in payload["operations"]
                ],
            }
        )
        blocks.append(
            {
                "head": [
                    self.env._("Output"),
                    self.env._("Type"),
                    self.env._("Quantity"),
                ],
                "rows": [
                    [
                        self._get_text(line["product"], names),
                        self._get_output_type(line["type"]),
                        self._get_amount(line),
                    ]
                    for line in payload["outputs"]
                ],
            }
        )
        return [block for block in blocks if block.get("rows") or block.get("facts")]

    def _get_output_type(self, code):
        field = self.env["stock.move"]._fields["output_type"]
        return dict(field._description_selection(self.env)).get(code, code or "–")

    def _draw_plan(self, payload, names):
        rows = [
            [
                self.env._("Whole run"),
                *map(self._get_time, (payload["start"], payload["end"])),
            ]
        ]
        rows += [
            [line["name"], self._get_time(line["start"]), self._get_time(line["end"])]
            for line in payload["operations"]
        ]
        return [
            {
                "head": [
                    self.env._("What"),
                    self.env._("Start (UTC)"),
                    self.env._("End (UTC)"),
                ],
                "rows": rows,
            }
        ]

    def _draw_materials(self, payload, names):
        lines = {
            "head": [
                self.env._("Material"),
                self.env._("Lot"),
                self.env._("Quantity"),
                self.env._("From"),
                self.env._("Issued (UTC)"),
            ],
            "rows": [
                [
                    self._get_text(line["product"], names),
                    self._get_material_lot(line),
                    self._get_amount(line),
                    line["from"],
                    self._get_time(line["at"]),
                ]
                for line in payload["lines"]
            ],
        }
        totals = {
            "head": [
                self.env._("As designed / as built"),
                self.env._("Designed"),
                self.env._("Expected for what was made"),
                self.env._("Used"),
                self.env._("Difference"),
            ],
            "rows": [
                [
                    self._get_text(total["product"], names),
                    self._get_amount(total, "designed"),
                    self._get_amount(total, "expected"),
                    self._get_amount(total, "used"),
                    self._get_amount(total, "difference")
                    + (f" ({total['percent']} %)" if total["percent"] else ""),
                ]
                for total in payload["totals"]
            ],
        }
        return [block for block in (lines, totals) if block["rows"]]

    def _get_material_lot(self, line):
        """:return: lot as it is printed; add-ons add what else they sealed of it"""
        return self._get_lot_text(line["lot"])

    def _draw_equipment(self, payload, names):
        return [
            {
                "head": [
                    self.env._("Work center"),
                    self.env._("Code"),
                    self.env._("Used for"),
                ],
                "rows": [
                    [line["name"], line["code"] or "–", ", ".join(line["operations"])]
                    for line in payload["lines"]
                ],
            }
        ]

    def _draw_outputs(self, payload, names):
        return [
            {
                "head": [
                    self.env._("Output"),
                    self.env._("Type"),
                    self.env._("Lot"),
                    self.env._("Quantity"),
                    self.env._("To"),
                ],
                "rows": [
                    [
                        self._get_text(line["product"], names),
                        self._get_output_type(line["type"]),
                        self._get_lot_text(line["lot"]),
                        self._get_amount(line),
                        line["to"],
                    ]
                    for line in payload["lines"]
                ],
            }
        ]

    def _draw_yield(self, payload, names):
        outputs = {
            "head": [
                self.env._("Output"),
                self.env._("Theoretical"),
                self.env._("Actual"),
                self.env._("% of theoretical"),
            ],
            "rows": [
                [
                    self._get_text(line["product"], names),
                    self._get_amount(line, "theoretical"),
                    self._get_amount(line, "actual"),
                    line["percent"] or "–",
                ]
                for line in payload["outputs"]
            ],
        }
        phases = {
            "head": [
                self.env._("Operation"),
                self.env._("Started"),
                self.env._("Good"),
                self.env._("% good the first time"),
            ],
            "rows": [
                [line["name"], line["started"], line["good"], line["percent"]]
                for line in payload["operations"]
            ],
        }
        facts = [
            (self.env._("Mass in"), payload["input"]),
            (self.env._("Mass out"), payload["output"]),
            (self.env._("Unaccounted (%)"), payload["unaccounted_percent"]),
            (self.env._("Without weight"), payload["without_weight"]),
        ]
        blocks = [outputs, phases, {"facts": [fact for fact in facts if fact[1]]}]
        return [block for block in blocks if block.get("rows") or block.get("facts")]
