import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { NumberPad } from "../../components/number_pad/number_pad";
import { formatQuantity } from "../../core/number";
import { signalRight, signalWrong } from "../../scan/feedback";
import { matchScan, parseScan } from "../../scan/parse";
import { ScanButton } from "../../scan/scan_button";

/** Material by scan: the right lot in green, the wrong one red, heard and felt. */
export class Materials extends Component {
    static template = "mrp_shop_floor.Materials";
    static components = { NumberPad, ScanButton };
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        this.state = useState({ match: null, wrong: "" });
        this.formatQuantity = formatQuantity;
        this.onCode = this.onCode.bind(this);
        this.onQuantity = this.onQuantity.bind(this);
    }

    get run() {
        return this.floor.getRun();
    }

    get left() {
        const { needed, done } = this.state.match.material;
        return this.state.match.quantity || Math.max(needed - done, 0);
    }

    onCode(code) {
        const scan = parseScan(code);
        const match = matchScan(scan, this.run.materials);
        if (match.problem) {
            this.state.match = null;
            this.state.wrong = this.explain(match, scan);
            signalWrong();
            return;
        }
        signalRight();
        this.state.wrong = "";
        this.state.match = { ...match, quantity: scan.quantity };
    }

    explain({ problem, material, lot, expected = [] }, scan) {
        const product = material?.product;
        const take = expected.slice(0, 3).join(", ") || _t("none: ask a supervisor");
        return {
            unknown: _t("WRONG: %s is no material of this operation.", scan.code),
            lot_unknown: _t("WRONG LOT of %(product)s. Take: %(take)s", {
                product,
                take,
            }),
            lot_missing: _t("%(product)s: scan the lot. Take: %(take)s", {
                product,
                take,
            }),
            lot_held: _t("Lot %(lot)s may NOT be used. Take: %(take)s", { lot, take }),
        }[problem];
    }

    choose(material) {
        this.state.wrong = "";
        if (material.tracking === "none") {
            this.state.match = { material };
        } else {
            this.state.wrong = this.explain(
                {
                    problem: "lot_missing",
                    material,
                    expected: material.lots.filter((l) => l.usable).map((l) => l.name),
                },
                {}
            );
        }
    }

    async onQuantity(quantity, _unit, sure) {
        const { material, lot } = this.state.match;
        await this.floor.tap("issue", this.run.id, {
            move_id: material.id,
            quantity,
            ...(lot ? { lot } : {}),
            ...(sure ? { sure: true } : {}),
        });
        this.state.match = null;
    }
}
