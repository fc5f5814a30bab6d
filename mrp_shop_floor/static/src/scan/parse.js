const FIXED = {
    "00": 18,
    "01": 14,
    "02": 14,
    11: 6,
    12: 6,
    13: 6,
    15: 6,
    16: 6,
    17: 6,
    20: 2,
};
const VARIABLE = { 10: 20, 21: 20, 22: 20, 30: 8, 37: 8, 240: 30, 241: 30, 250: 30 };
const WEIGHT = /^31[0-6](\d)(\d{6})/;
const SEPARATOR = "\u001d";

function checkDigitFits(digits) {
    const body = digits.slice(0, -1).split("").reverse();
    const sum = body.reduce((total, d, i) => total + Number(d) * (i % 2 ? 1 : 3), 0);
    return (10 - (sum % 10)) % 10 === Number(digits.at(-1));
}

/**
 * What a barcode says. GS1 codes (element strings, also in brackets or with a symbology
 * prefix) are taken apart, everything else is taken as it is.
 *
 * @param {string} raw
 * @returns {{code: string, gtin?: string, lot?: string, quantity?: number,
 *     expiry?: string}}
 */
export function parseScan(raw) {
    const code = raw.trim();
    const elements = readElements(code);
    const gtin = elements?.["01"] || elements?.["02"];
    if (!elements || (gtin && !checkDigitFits(gtin))) {
        return { code };
    }
    const count = elements[30] || elements[37];
    return {
        code,
        gtin,
        lot: elements[10] || elements[21],
        expiry: elements[17] || elements[15],
        // what is counted and weighed is kept by the piece
        quantity: count ? Number(count) : elements.weight,
    };
}

function readWeight(rest) {
    const weight = WEIGHT.exec(rest);
    return (
        weight && [
            "weight",
            Number(weight[2]) / 10 ** Number(weight[1]),
            rest.slice(10),
        ]
    );
}

function readFixed(rest) {
    const key = rest.slice(0, 2);
    const size = FIXED[key];
    const value = rest.slice(2, 2 + size);
    return size && value.length === size && /^\d+$/.test(value)
        ? [key, value, rest.slice(2 + size)]
        : null;
}

function readVariable(rest) {
    const key = [rest.slice(0, 2), rest.slice(0, 3)].find((ai) => VARIABLE[ai]);
    if (!key) {
        return null;
    }
    const end = rest.indexOf(SEPARATOR);
    const value = rest.slice(key.length, end < 0 ? undefined : end);
    return value && value.length <= VARIABLE[key]
        ? [key, value, end < 0 ? "" : rest.slice(end)]
        : null;
}

/** @returns {object|null} value by application identifier; null when it is not GS1 */
function readElements(code) {
    let rest = code.replace(/^\](C1|d2|e0|Q3)/, "");
    const isMarked = rest !== code || rest.startsWith("(");
    if (rest.startsWith("(")) {
        rest = rest.replace(/\((\d{2,4})\)/g, `${SEPARATOR}$1`);
    }
    const elements = {};
    for (;;) {
        rest = rest.replace(/^\u001d+/, "");
        if (!rest) {
            break;
        }
        const found = readWeight(rest) || readFixed(rest) || readVariable(rest);
        if (!found) {
            return null;
        }
        elements[found[0]] = found[1];
        rest = found[2];
    }
    return isMarked || elements["01"] || elements["02"] ? elements : null;
}

/**
 * Which material was scanned, and may it be used?
 *
 * @param {object} scan of `parseScan`
 * @param {object[]} materials of a run
 * @returns {{material?: object, lot?: string, problem?: "unknown"|"lot_unknown"|
 *     "lot_held"|"lot_missing", expected?: string[]}}
 */
export function matchScan(scan, materials) {
    const isCode = (material) =>
        material.codes.some(
            (code) =>
                code === scan.code ||
                (scan.gtin && code.padStart(14, "0") === scan.gtin)
        );
    const lotName = scan.lot || scan.code;
    const byCode = materials.filter(isCode);
    const candidates = byCode.length ? byCode : scan.gtin ? [] : materials;
    const byLot = candidates.find((m) => m.lots.some((lot) => lot.name === lotName));
    const material = byLot || byCode[0];
    if (!material) {
        return { problem: "unknown" };
    }
    if (material.tracking === "none") {
        return { material };
    }
    const expected = material.lots.filter((lot) => lot.usable).map((lot) => lot.name);
    if (!byLot) {
        return {
            material,
            expected,
            problem: scan.lot ? "lot_unknown" : "lot_missing",
        };
    }
    const usable = material.lots.find((lot) => lot.name === lotName).usable;
    return usable
        ? { material, lot: lotName }
        : { material, lot: lotName, expected, problem: "lot_held" };
}
