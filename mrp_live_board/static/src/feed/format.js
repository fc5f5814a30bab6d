import { _t } from "@web/core/l10n/translation";
import { formatDateTime } from "@web/core/l10n/dates";

const { DateTime } = luxon;

/** A moment as short as it can be told: the time today, the day this week, the date. */
export function formatMoment(moment, now = DateTime.now()) {
    if (!moment) {
        return "";
    }
    const time = formatDateTime(moment, { format: "HH:mm" });
    if (moment.hasSame(now, "day")) {
        return time;
    }
    const days = Math.abs(moment.startOf("day").diff(now.startOf("day"), "days").days);
    if (days < 6) {
        return `${moment.toFormat("ccc")} ${time}`;
    }
    return moment.hasSame(now, "year")
        ? moment.toFormat("d LLL")
        : moment.toFormat("d LLL yyyy");
}

/** From when until when: one moment when both read alike. */
export function formatSpan(early, late, now = DateTime.now()) {
    const from = formatMoment(early, now);
    const to = formatMoment(late, now);
    if (from === to || !from || !to) {
        return to || from;
    }
    // the day is said once
    const [fromDay, toDay] = [from, to].map((text) =>
        text.split(" ").slice(0, -1).join()
    );
    return early.hasSame(late, "day") && fromDay === toDay
        ? `${from}–${to.split(" ").at(-1)}`
        : `${from} – ${to}`;
}

/** Hours as people say them: minutes, hours, then days. */
export function formatHours(hours) {
    const minutes = Math.round(Math.abs(hours) * 60);
    if (minutes < 60) {
        return _t("%s min", minutes);
    }
    if (minutes < 48 * 60) {
        return _t("%s h", Math.round(minutes / 6) / 10);
    }
    return _t("%s d", Math.round(minutes / 144) / 10);
}
