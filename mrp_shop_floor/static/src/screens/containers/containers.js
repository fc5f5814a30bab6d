import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { formatMoment, formatQuantity } from "../../core/number";
import { kindName, typeName } from "../declare/kinds";

/** What was declared so far, container by container; the last one can be corrected. */
export class Containers extends Component {
    static template = "mrp_shop_floor.Containers";
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        this.formatMoment = formatMoment;
        this.formatQuantity = formatQuantity;
        this.kindName = kindName;
        this.typeName = typeName;
    }

    get run() {
        return this.floor.getRun();
    }

    get isOpen() {
        return this.run.state !== "done";
    }

    async takeBack(row) {
        const { id } = this.run;
        if (row.uuid) {
            await this.floor.undo({ uuid: row.uuid, kind: "declare", workorderId: id });
        } else {
            const { row_id, line_id } = row;
            await this.floor.tap("take_back", id, { row_id, line_id });
        }
    }

    async correct(row) {
        await this.takeBack(row);
        this.floor.go("declare", {
            id: this.run.id,
            what: row.kind,
            output_id: row.output_id,
            value: row.quantity,
            lot: row.lot,
        });
    }

    next() {
        const { id, output_id } = this.floor.params;
        this.floor.go("declare", { id, what: "good", output_id });
    }

    label(row) {
        this.floor.go("label", { id: this.run.id, line_id: row.line_id });
    }
}
