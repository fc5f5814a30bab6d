/** Which rows changed: each change flashes once. */
export const FLASH_TIME = 2500;
const LOOKED_AT = [
    "state",
    "priority",
    "operation_name",
    "people",
    "blockers",
    "blocker_text",
    "is_late",
    "is_blocked",
    "delay_reason",
    "last_event",
];

export class Flashes {
    constructor(clock, onEnd) {
        this.clock = clock;
        this.onEnd = onEnd;
        this.ids = new Set();
        this.timers = new Map();
    }

    /** @returns {Map} of id to what is looked at, for the rows on the screen */
    static mark(records) {
        return new Map(
            records.map((record) => [
                record.resId,
                JSON.stringify(
                    LOOKED_AT.map((name) => record.data[name]?.ts ?? record.data[name])
                ),
            ])
        );
    }

    /** Flash what differs from before; what was not on the screen does not. */
    show(before, after) {
        for (const [id, mark] of after) {
            if (before.has(id) && before.get(id) !== mark) {
                this.flash(id);
            }
        }
    }

    flash(id) {
        this.clock.clearTimeout(this.timers.get(id));
        this.ids.add(id);
        this.timers.set(
            id,
            this.clock.setTimeout(() => {
                this.ids.delete(id);
                this.timers.delete(id);
                this.onEnd();
            }, FLASH_TIME)
        );
    }

    stop() {
        this.timers.forEach((timer) => this.clock.clearTimeout(timer));
        this.timers.clear();
        this.ids.clear();
    }
}
