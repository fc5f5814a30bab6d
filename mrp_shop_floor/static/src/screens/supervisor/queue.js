import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { makeDrag, moved } from "../../core/drag";
import { formatMoment, formatQuantity } from "../../core/number";
import { useSupervision } from "../../floor/supervision";

/** What is done next at a work center: drag it into order. */
export class Queue extends Component {
    static template = "mrp_shop_floor.Queue";
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        this.supervision = useSupervision();
        this.formatMoment = formatMoment;
        this.formatQuantity = formatQuantity;
        this.state = useState({ rows: null, dragged: null });
        this.drag = makeDrag({
            move: (from, to) => {
                this.state.rows = moved(this.rows, from, to);
                this.state.dragged = this.state.rows[to].id;
            },
            drop: () => this.save(),
        });
    }

    get places() {
        return this.supervision.data?.queue || [];
    }

    get place() {
        const { places } = this;
        return places.find((one) => one.id === this.floor.params.place) || places[0];
    }

    get rows() {
        return this.state.rows || this.place.rows;
    }

    choose(ev) {
        this.state.rows = null;
        this.floor.params.place = Number(ev.target.value);
    }

    start(ev, index) {
        this.state.dragged = this.rows[index].id;
        this.drag.start(ev, index);
    }

    stop() {
        this.state.dragged = null;
        this.drag.stop();
    }

    async save() {
        const ids = this.rows.map((row) => row.id);
        await this.send(ids);
    }

    /** @param {number[]} ids what comes first; none: the order of the plan */
    async send(ids) {
        await this.supervision.act("order", {
            workcenter_id: this.place.id,
            workorder_ids: ids,
        });
        // what the server says holds, also when it refused
        this.state.rows = null;
        this.state.dragged = null;
    }

    assign(row) {
        this.floor.go("assigning", {
            row: row.id,
            place: this.place.id,
            back: "queue",
        });
    }
}
