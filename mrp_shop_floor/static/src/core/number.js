import { localization } from "@web/core/l10n/localization";

const MOST_DIGITS = 12;

/**
 * The text of the number pad after a key: digits, one decimal point in the language's
 * way, and one minus that takes the tare off the gross weight.
 *
 * @param {string} text
 * @param {string} key digit, "point", "tare", "back" or "clear"
 * @returns {string}
 */
export function pressKey(text, key) {
    const point = localization.decimalPoint || ".";
    const last = text.split("−").at(-1);
    if (key === "clear") {
        return "";
    } else if (key === "back") {
        return text.slice(0, -1);
    } else if (key === "tare") {
        return text && !text.includes("−") ? `${text}−` : text;
    } else if (key === "point") {
        return last.includes(point) ? text : `${text}${last ? "" : "0"}${point}`;
    }
    if (last.replace(point, "").length >= MOST_DIGITS) {
        return text;
    }
    return last === "0" ? text.slice(0, -1) + key : text + key;
}

/**
 * @param {string} text of the number pad
 * @returns {number} NaN when it is none
 */
export function parsePad(text) {
    const point = localization.decimalPoint || ".";
    const parts = text.split("−").map((part) => {
        const plain = part.replace(point, ".");
        return /^\d+(\.\d*)?$/.test(plain) ? Number(plain) : NaN;
    });
    const value = parts.length > 1 ? parts[0] - parts[1] : parts[0];
    return Math.round(value * 1e6) / 1e6;
}

/**
 * @param {number} value
 * @returns {string} in the language's way, without superfluous zeros
 */
export function formatQuantity(value) {
    const rounded = Math.round((value || 0) * 1e4) / 1e4;
    return String(rounded).replace(".", localization.decimalPoint || ".");
}

/**
 * @param {number} seconds
 * @returns {string} hours and minutes
 */
export function formatSpan(seconds) {
    const minutes = Math.max(Math.floor(seconds / 60), 0);
    return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

/**
 * @param {string} iso
 * @returns {string} time of the day, with the date unless it is today
 */
export function formatMoment(iso) {
    if (!iso) {
        return "";
    }
    const date = new Date(iso);
    const lang = document.documentElement.lang || undefined;
    const time = date.toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" });
    if (date.toDateString() === new Date().toDateString()) {
        return time;
    }
    const day = date.toLocaleDateString(lang, { day: "numeric", month: "short" });
    return `${day} ${time}`;
}
