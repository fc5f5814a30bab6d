import { BACKWARD, FORWARD } from "./directions";
import { GenealogyPicture } from "./genealogy_picture";

/** @typedef {{id: number, name: string, product: string, unit: string}} Lot */

/** What a person can still read, and a browser draw without stopping. */
const MOST_ROWS = 3000;
const OPEN_AT_FIRST = 60;

/**
 * The genealogy of some lots, as the server sent it: which edges leave a lot in which
 * direction, and which of them are unfolded.
 */
export class GenealogyData {
    constructor(data) {
        this.roots = data.roots;
        this.lots = data.lots;
        this.products = data.products;
        this.states = data.states;
        this.cut = data.cut;
        this.edges = { [BACKWARD]: new Map(), [FORWARD]: new Map() };
        for (const direction of [BACKWARD, FORWARD]) {
            for (const edge of data[direction]) {
                this._addEdge(direction, edge);
            }
        }
        this.open = { [BACKWARD]: new Set(), [FORWARD]: new Set() };
        for (const direction of [BACKWARD, FORWARD]) {
            this._openFirst(direction);
        }
    }

    /** One line per lot and run, even when several operations drew from the lot. */
    _addEdge(direction, edge) {
        const [near, far] =
            direction === BACKWARD ? ["child", "parent"] : ["parent", "child"];
        const input = this._goods(edge, "parent");
        const output = this._goods(edge, "child");
        const next = {
            id: edge.id,
            lotId: edge[`${far}_lot_id`],
            filling: edge[`${far}_filling`],
            nearFilling: edge[`${near}_filling`],
            product: (far === "parent" ? input : output).product,
            unit: input.unit,
            quantity: edge.quantity,
            made: edge.child_quantity,
            madeUnit: output.unit,
            run: edge.run,
            productionId: edge.production_id,
            unbuildId: edge.unbuild_id,
            operation: edge.operation,
            date: edge.date,
        };
        const from = edge[`${near}_lot_id`];
        if (!this.edges[direction].has(from)) {
            this.edges[direction].set(from, []);
        }
        this.edges[direction].get(from).push(next);
    }

    /** What is at an end of an edge: name of the product and its unit. */
    _goods(edge, end) {
        return (
            this.lots[edge[`${end}_lot_id`]] ||
            this.products[edge[`${end}_product_id`]] ||
            {}
        );
    }

    /** What follows a lot; of a tank that was emptied between, one filling only. */
    next(direction, lotId, filling) {
        const edges = (lotId && this.edges[direction].get(lotId)) || [];
        return filling === undefined
            ? edges
            : edges.filter((edge) => edge.nearFilling === filling);
    }

    isEmpty(direction) {
        return this.roots.every((root) => !this.next(direction, root).length);
    }

    toggle(direction, key) {
        const open = this.open[direction];
        if (!open.delete(key)) {
            open.add(key);
        }
    }

    foldAll(direction) {
        this.open[direction].clear();
    }

    /** Unfold every lot where it is met first; further places can be unfolded by hand. */
    unfoldAll(direction, most = MOST_ROWS) {
        const open = new Set();
        const met = new Set(this.roots);
        const queue = this.roots.map((root) => [root, undefined, String(root)]);
        let rows = 0;
        while (queue.length && rows < most) {
            const [lotId, filling, key] = queue.shift();
            for (const edge of this.next(direction, lotId, filling)) {
                rows++;
                const childKey = `${key}/${edge.id}`;
                const place = `${edge.lotId}:${edge.filling}`;
                if (edge.lotId && !met.has(place) && !met.has(edge.lotId)) {
                    met.add(place);
                    open.add(childKey);
                    queue.push([edge.lotId, edge.filling, childKey]);
                }
            }
        }
        this.open[direction] = open;
    }

    _openFirst(direction) {
        if (this.edges[direction].size <= OPEN_AT_FIRST) {
            this.unfoldAll(direction);
        }
    }

    /** The lines to show: depth first, ends where a lot comes again below itself. */
    rows(direction) {
        const rows = [];
        const visit = (lotId, filling, key, level, above) => {
            for (const edge of this.next(direction, lotId, filling)) {
                if (rows.length >= MOST_ROWS) {
                    return;
                }
                const childKey = `${key}/${edge.id}`;
                const place = `${edge.lotId}:${edge.filling}`;
                const repeats = above.has(place) || above.has(edge.lotId);
                const foldable =
                    !repeats &&
                    this.next(direction, edge.lotId, edge.filling).length > 0;
                const unfolded = foldable && this.open[direction].has(childKey);
                rows.push({
                    key: childKey,
                    level,
                    edge,
                    lot: edge.lotId ? this.lots[edge.lotId] : null,
                    repeats,
                    foldable,
                    unfolded,
                });
                if (unfolded) {
                    const path = new Set([...above, place]);
                    visit(edge.lotId, edge.filling, childKey, level + 1, path);
                }
            }
        };
        for (const root of this.roots) {
            visit(root, undefined, String(root), 0, new Set([root]));
        }
        return rows;
    }

    /** Whether an input was used before any of it was received: a mistake in the dates. */
    isTooEarly(direction, row) {
        if (direction !== BACKWARD || !row.lot || !row.lot.receipt.length) {
            return false;
        }
        return row.lot.receipt.every((fact) => fact.date > row.edge.date);
    }

    picture() {
        return new GenealogyPicture(this);
    }
}
