const STEPS = [1, 2, 4, 8, 24, 48, 168, 336, 720];
const MOST_TICKS = 8;
const LEAST_HOURS = 4;
const MOST_HOURS = 24 * 60;

/** From now to the last of the moments; what is years away ends at the right edge. */
export function getWindow(now, moments) {
    const last = Math.max(
        ...moments.filter(Boolean).map((moment) => moment.toMillis()),
        now.plus({ hours: LEAST_HOURS }).toMillis()
    );
    const end = Math.min(last, now.plus({ hours: MOST_HOURS }).toMillis());
    return { start: now, hours: ((end - now.toMillis()) / 3600000) * 1.03 };
}

/** @returns {number} percent from the left, between the edges */
export function place({ start, hours }, moment) {
    const share = (moment.toMillis() - start.toMillis()) / 36000 / hours;
    return Math.round(Math.min(Math.max(share, 0), 100) * 100) / 100;
}

/** @returns {Object[]} round moments within the window, eight at most */
export function getTicks({ start, hours }) {
    const step = STEPS.find((each) => hours / each <= MOST_TICKS) || STEPS.at(-1);
    const ticks = [];
    let tick = step >= 24 ? start.startOf("day") : start.startOf("hour");
    if (step < 24) {
        tick = tick.set({ hour: tick.hour - (tick.hour % step) });
    }
    for (let i = 0; i <= MOST_TICKS + 1; i++) {
        tick = tick.plus(step >= 24 ? { days: step / 24 } : { hours: step });
        if (tick > start && tick.diff(start, "hours").hours < hours) {
            ticks.push(tick);
        }
    }
    return ticks;
}
