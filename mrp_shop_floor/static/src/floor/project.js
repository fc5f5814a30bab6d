import { PENDING } from "../outbox/outbox";

const FIELDS = { good: "good", scrap: "scrapped", rework: "in_rework" };

/** Add to what an output, or an operation, has made. */
function count(run, outputId, what, amount) {
    const output = run.outputs.find((one) => one.id === outputId) || run.outputs[0];
    if (output.main) {
        run[FIELDS[what]] = (run[FIELDS[what]] || 0) + amount;
    }
    if (what === "good") {
        run.outputs = run.outputs.map((one) =>
            one === output ? { ...one, good: one.good + amount } : one
        );
    }
}

/** What was noted, until the server tells it. */
function note(run, event) {
    const at = new Date(event.device_date).toISOString();
    const one = { id: event.uuid, text: event.payload.text, by: "", at, photo: false };
    run.notes = [one, ...(run.notes || [])];
}

const CHANGES = {
    note,
    photo: note,
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
        if (!run.outputs) {
            // a row of a list tells nothing about quantities
            return;
        }
        const { what, quantity, unit_id, output_id, lot } = event.payload;
        const output =
            run.outputs.find((one) => one.id === output_id) || run.outputs[0];
        const unit = output.units.find((one) => one.id === unit_id);
        const amount = quantity * (unit?.factor || 1);
        count(run, output.id, what, amount);
        const row = { id: event.uuid, uuid: event.uuid, kind: what, quantity: amount };
        run.declared = [
            {
                ...row,
                output_id: output.id,
                product: output.product,
                unit: output.unit,
                lot: lot || "",
                at: new Date(event.device_date).toISOString(),
            },
            ...run.declared,
        ];
    },
    take_back(run, event) {
        const { row_id, line_id } = event.payload;
        const row = run.declared?.find((one) =>
            line_id ? one.line_id === line_id : one.row_id && one.row_id === row_id
        );
        if (row) {
            run.declared = run.declared.filter((one) => one !== row);
            count(run, row.output_id, row.kind, -row.quantity);
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
