import { PENDING } from "../outbox/outbox";

const CHANGES = {
    start(run, event) {
        run.running = true;
        run.state = "progress";
        run.since = new Date(event.device_date).toISOString();
    },
    pause(run, event) {
        run.worked += (event.device_date - new Date(run.since)) / 60000 || 0;
        run.running = false;
    },
    finish(run, event) {
        run.running = false;
        run.state = "done";
        const isLate = run.late_after && event.device_date > new Date(run.late_after);
        run.late_pending = Boolean(isLate && !event.payload.reason_id);
    },
    explain(run) {
        run.late_pending = false;
    },
    help(run, event) {
        run.help = {
            at: new Date(event.device_date).toISOString(),
            waits: event.state === PENDING,
        };
    },
    ask_override(run, event) {
        const at = new Date(event.device_date).toISOString();
        run.ask = run.ask && { ...run.ask, waits: true, refused: false, at };
    },
    hand_over(run) {
        run.running = false;
    },
    block(run) {
        run.running = false;
        run.blocked = true;
    },
    unblock(run) {
        run.blocked = false;
    },
    declare(run, event) {
        const { what, quantity, unit_id } = event.payload;
        const unit = run.units?.find((one) => one.id === unit_id);
        const field = { good: "good", scrap: "scrapped", rework: "in_rework" }[what];
        run[field] = (run[field] || 0) + quantity * (unit?.factor || 1);
    },
    take_back(run, event) {
        const row = run.declared?.find((one) => one.id === event.payload.row_id);
        if (row) {
            run.declared = run.declared.filter((one) => one !== row);
        }
    },
    issue(run, event) {
        const { move_id, quantity, lot } = event.payload;
        run.materials = (run.materials || []).map((material) =>
            material.id === move_id
                ? {
                      ...material,
                      done: material.done + quantity,
                      used: lot ? [...new Set([...material.used, lot])] : material.used,
                  }
                : material
        );
    },
};

/**
 * A run as it is with the taps that the server had not booked when it was read.
 *
 * @param {object} run as read, with `read_at`
 * @param {object[]} events of the outbox, in order
 * @returns {object}
 */
export function project(run, events) {
    const now = { ...run, waiting: 0 };
    for (const event of events) {
        if (event.workorder_id !== run.id || event.kind === "undo") {
            continue;
        }
        const isPending = event.state === PENDING;
        if (isPending || (event.state === "done" && event.answered > run.read_at)) {
            if (!event.undone) {
                CHANGES[event.kind]?.(now, event);
            }
            now.waiting += isPending ? 1 : 0;
        }
    }
    return now;
}
