// a tour waits
/* eslint-disable no-await-in-loop */
const PATIENCE = 15000;
const PAUSE = 40;
const SMALLEST = 56;
const tours = {};

/**
 * A tour of the page, which has none of the web client's own.
 *
 * @param {string} name
 * @param {() => Promise<void>} run
 */
export function addTour(name, run) {
    tours[name] = run;
}

export function pause(milliseconds = PAUSE) {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function isShown(element) {
    return element.getClientRects().length > 0;
}

/**
 * @param {string} selector
 * @param {string} [text] that it contains
 * @returns {Promise<HTMLElement>} once it is shown
 */
export async function find(selector, text = "") {
    const until = Date.now() + PATIENCE;
    while (Date.now() < until) {
        const found = [...document.querySelectorAll(selector)].find(
            (element) => isShown(element) && element.textContent.includes(text)
        );
        if (found) {
            return found;
        }
        await pause();
    }
    throw new Error(`not found: ${selector} ${text}\n${document.body.innerText}`);
}

export async function findNone(selector, text = "") {
    const until = Date.now() + PATIENCE;
    while (Date.now() < until) {
        const found = [...document.querySelectorAll(selector)].some(
            (element) => isShown(element) && element.textContent.includes(text)
        );
        if (!found) {
            return;
        }
        await pause();
    }
    throw new Error(`still there: ${selector} ${text}\n${document.body.innerText}`);
}

export async function tap(selector, text) {
    const element = await find(selector, text);
    if (element.disabled) {
        throw new Error(`disabled: ${selector} ${text || ""}`);
    }
    checkLayout();
    element.scrollIntoView({ block: "center" });
    element.click();
    await pause();
}

export async function type(number) {
    for (const digit of String(number)) {
        const key = /\d/.test(digit) ? digit : "point";
        await tap(`.o_sf_key[data-key='${key}']`);
    }
}

/** A scanner that types like a keyboard. */
export async function scan(code) {
    for (const key of [...code, "Enter"]) {
        document.body.dispatchEvent(
            new KeyboardEvent("keydown", { key, bubbles: true })
        );
    }
    await pause();
}

/** Fits the width, and gloves hit the buttons. */
function checkLayout() {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) {
        throw new Error(`wider than the screen: ${scrollWidth} > ${clientWidth}`);
    }
    for (const button of document.querySelectorAll(".o_sf_main button")) {
        const { height } = button.getBoundingClientRect();
        if (isShown(button) && height < SMALLEST && !button.matches(".o_sf_unit")) {
            throw new Error(`too small for gloves: ${height} ${button.outerHTML}`);
        }
    }
}

odoo.isTourReady = (name) =>
    Boolean(tours[name] && document.querySelector(".o_sf_stack"));
odoo.startTour = async (name) => {
    try {
        await tours[name]();
        // eslint-disable-next-line no-console
        console.log("tour succeeded");
    } catch (error) {
        console.error(`${name}: ${error.message}`);
    }
};
