// one key after another
/* eslint-disable no-await-in-loop */
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import {
    mountWithCleanup,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import { localization } from "@web/core/l10n/localization";

import { NumberPad } from "@mrp_shop_floor/components/number_pad/number_pad";
import { formatQuantity, parsePad, pressKey } from "@mrp_shop_floor/core/number";

defineMailModels();

function typeKeys(keys) {
    return keys.reduce((text, key) => pressKey(text, key), "");
}

test("the language's comma", () => {
    patchWithCleanup(localization, { decimalPoint: "," });
    const text = typeKeys(["9", "4", "point", "2", "point"]);
    expect(text).toBe("94,2");
    expect(parsePad(text)).toBe(94.2);
    expect(formatQuantity(94.25)).toBe("94,25");
    expect(formatQuantity(0.1 + 0.2)).toBe("0,3");
});

test("nonsense is no number", () => {
    patchWithCleanup(localization, { decimalPoint: "." });
    expect(parsePad("")).toBe(NaN);
    expect(parsePad(".")).toBe(NaN);
    expect(typeKeys(["point", "5"])).toBe("0.5");
    expect(typeKeys(["0", "0", "7"])).toBe("7");
    expect(typeKeys(["1", "2", "back"])).toBe("1");
    expect(typeKeys(["1", "2", "clear"])).toBe("");
    expect(typeKeys(Array(20).fill("9")).length).toBe(12);
});

test("gross less tare", () => {
    patchWithCleanup(localization, { decimalPoint: "." });
    const text = typeKeys(["9", "6", "tare", "1", "point", "8", "tare"]);
    expect(text).toBe("96−1.8");
    expect(parsePad(text)).toBe(94.2);
    expect(parsePad("96−")).toBe(NaN);
    expect(typeKeys(["tare"])).toBe("");
});

async function mountPad(props) {
    serverState.lang = "en_US";
    const confirmed = [];
    await mountWithCleanup(NumberPad, {
        props: {
            confirm: "Confirm",
            onConfirm: (...args) => confirmed.push(args),
            ...props,
        },
    });
    return confirmed;
}

test("the first digit replaces what is proposed", async () => {
    const confirmed = await mountPad({ value: 10, unit: "kg" });
    expect("output").toHaveText("10");
    expect(".o_sf_unit").toHaveText("kg");
    await click(".o_sf_key[data-key='7']");
    await animationFrame();
    await click(".o_sf_confirm");
    expect(confirmed).toEqual([[7, undefined, false, 0]]);
});

test("ten times the plan is asked about", async () => {
    const units = [
        { id: 1, name: "Units", factor: 1 },
        { id: 2, name: "Dozens", factor: 12 },
    ];
    const confirmed = await mountPad({ plan: 10, units });
    await click(".o_sf_key[data-key='9']");
    await animationFrame();
    await click(".o_sf_unit");
    await animationFrame();
    await click(".o_sf_confirm");
    await animationFrame();
    expect(confirmed).toEqual([]);
    expect(".o_sf_alert").toHaveText(/More than 10/);
    await click(".o_sf_sure");
    expect(confirmed).toEqual([[9, 2, true, 0]]);
});

test("nothing can not be confirmed", async () => {
    await mountPad({});
    expect(".o_sf_confirm").toHaveAttribute("disabled");
});

test("gross and tare: the net is entered, the gross told", async () => {
    const units = [{ id: 1, name: "kg", factor: 1 }];
    const confirmed = await mountPad({ units });
    for (const key of ["5", "2"]) {
        await click(`.o_sf_key[data-key='${key}']`);
        await animationFrame();
    }
    await click(".o_sf_pad .o_sf_row .o_sf_button:first");
    await animationFrame();
    await click(".o_sf_key[data-key='7']");
    await animationFrame();
    await click(".o_sf_confirm");
    expect(confirmed).toEqual([[45, 1, false, 52]]);
});
