import { reactive } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { EventStore } from "../outbox/event_store";
import { Floor } from "./floor";

/** The one store of the page. */
export const floorService = {
    dependencies: ["localization"],
    start() {
        const floor = reactive(new Floor(new EventStore()));
        floor.bind(floor);
        return floor;
    },
};

registry.category("services").add("shop_floor", floorService);
