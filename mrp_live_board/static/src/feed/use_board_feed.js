import { onMounted, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { useBus, useService } from "@web/core/utils/hooks";
import { getFieldsSpec } from "@web/model/relational_model/utils";
import { BoardFeed } from "./board_feed";
import { Flashes } from "./flashes";

const MESSAGE = "mrp_live_board/changed";
const COUNTS = ["run_count", "late_count", "blocked_count"];

export const clock = {
    setTimeout: (callback, delay) => browser.setTimeout(callback, delay),
    clearTimeout: (timer) => browser.clearTimeout(timer),
    now: () => Date.now(),
    random: () => Math.random(),
};

/** @returns {Object[]} the records on the screen, also those in open groups */
export function getRecords(list) {
    return list.isGrouped
        ? list.groups.flatMap((group) => getRecords(group.list))
        : list.records;
}

/**
 * Keep the records of a relational model up to date.
 *
 * @param {Object} model
 * @returns {{ state: Object, isFlashing: (id: number) => boolean }} state: `mode`,
 *  `asOf` and `counts`
 */
export function useBoardFeed(model) {
    const orm = useService("orm");
    const bus = useService("bus_service");
    const state = useState({ mode: "polling", asOf: Date.now(), counts: {}, beat: 0 });
    const flashes = new Flashes(clock, () => state.beat++);
    let reading = false;

    async function loadCounts() {
        const [record] = model.root.isGrouped ? [] : model.root.records;
        if (record) {
            COUNTS.forEach((name) => (state.counts[name] = record.data[name]));
        } else if (model.root.isGrouped) {
            Object.assign(
                state.counts,
                await orm.silent.call(model.root.resModel, "get_board_counts", [
                    model.root.domain,
                ])
            );
        } else {
            COUNTS.forEach((name) => (state.counts[name] = 0));
        }
    }

    async function readRows(ids) {
        const { resModel, activeFields, fields, evalContext } = model.root;
        const names = Object.keys(activeFields).filter(
            (name) => !COUNTS.includes(name)
        );
        const wanted = Object.fromEntries(
            names.map((name) => [name, activeFields[name]])
        );
        const { records } = await orm.silent.webSearchRead(
            resModel,
            [["id", "in", ids]],
            {
                specification: getFieldsSpec(wanted, fields, evalContext),
                context: { ...model.root.context, live_board_ids: ids },
            }
        );
        const found = new Map(records.map((values) => [values.id, values]));
        for (const record of getRecords(model.root)) {
            const values = found.get(record.resId);
            if (values) {
                const before = Flashes.mark([record]);
                record._applyValues(values);
                flashes.show(before, Flashes.mark([record]));
            }
        }
        state.beat++;
        if (found.size < ids.length) {
            // done, cancelled or deleted: it leaves the board
            await readAll();
        }
    }

    async function readAll() {
        const before = Flashes.mark(getRecords(model.root));
        reading = true;
        try {
            await model.load();
        } finally {
            reading = false;
        }
        flashes.show(before, Flashes.mark(getRecords(model.root)));
    }

    const feed = new BoardFeed({
        getIds: () => new Set(getRecords(model.root).map((record) => record.resId)),
        readRows,
        readAll,
        onState: (values) => Object.assign(state, values),
        clock,
    });
    const onRootLoaded = model.hooks.onRootLoaded;
    model.hooks.onRootLoaded = async (root) => {
        await onRootLoaded(root);
        await loadCounts();
        if (!reading) {
            feed.onRead();
        }
    };

    const onMessage = (payload) => feed.onMessage(payload);
    for (const event of ["BUS:CONNECT", "BUS:RECONNECT"]) {
        useBus(bus, event, () => feed.setConnected(true));
    }
    for (const event of ["BUS:DISCONNECT", "BUS:RECONNECTING"]) {
        useBus(bus, event, () => feed.setConnected(false));
    }
    onMounted(() => {
        bus.subscribe(MESSAGE, onMessage);
        bus.start();
        feed.setConnected(bus.workerState === "CONNECTED");
        feed.start();
    });
    onWillUnmount(() => {
        bus.unsubscribe(MESSAGE, onMessage);
        flashes.stop();
        feed.stop();
    });
    // reading the beat lets whoever asks render again when a flash begins or ends
    return { state, isFlashing: (id) => state.beat >= 0 && flashes.ids.has(id) };
}
