import { onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { useBus, useService } from "@web/core/utils/hooks";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";

export const PAGE_TIME = 12000;

/**
 * A wall screen: the board alone, in large type, that turns its pages by itself and
 * keeps the screen awake.
 *
 * @param {Object} options
 * @param {Object} options.model
 * @param {{ el: HTMLElement }} options.rootRef
 * @param {boolean} options.active
 */
export function useWall({ model, rootRef, active }) {
    const ui = useService("ui");
    const state = useState({ active: false, toggle, turn });
    let timer, lock;

    async function keepAwake() {
        if (!state.active || browser.document?.hidden) {
            return;
        }
        try {
            lock = await browser.navigator.wakeLock?.request("screen");
        } catch {
            // refused, such as by a browser that saves energy: the board goes on
        }
    }

    function turn() {
        const scrolled = rootRef.el?.querySelector(
            ".o_board_wall_rows, .o_board_timeline"
        );
        const left = scrolled
            ? scrolled.scrollHeight - scrolled.scrollTop - scrolled.clientHeight
            : 0;
        if (left > 8) {
            scrolled.scrollBy({ top: scrolled.clientHeight * 0.9, behavior: "smooth" });
            return;
        }
        const { isGrouped, offset, limit, count } = model.root;
        scrolled?.scrollTo({ top: 0 });
        if (!isGrouped && count > limit) {
            const next = offset + limit < count ? offset + limit : 0;
            model.root.load({ offset: next });
        }
    }

    function toggle(on = !state.active) {
        state.active = on;
        browser.clearInterval(timer);
        lock?.release?.();
        lock = null;
        if (on) {
            timer = browser.setInterval(turn, PAGE_TIME);
            keepAwake();
        }
    }

    useHotkey("escape", () => state.active && toggle(false), {
        bypassEditableProtection: true,
    });
    useBus(ui.bus, "resize", keepAwake);
    browser.addEventListener("visibilitychange", keepAwake);
    onWillUnmount(() => {
        toggle(false);
        browser.removeEventListener("visibilitychange", keepAwake);
    });
    if (active) {
        toggle(true);
    }
    return state;
}
