import { BACKWARD, FORWARD } from "./directions";

const MOST_NODES = 120;
const BOX = { width: 168, height: 52, gapX: 64, gapY: 16 };

/** Where a picture places the lots of a genealogy, and the curves between them. */
export class GenealogyPicture {
    constructor(data) {
        this.data = data;
        const column = this._columns();
        Object.assign(this, this._place(column));
    }

    /** Columns of lots by their distance from the roots: sources left, uses right. */
    _columns() {
        const column = new Map(this.data.roots.map((root) => [root, 0]));
        let hidden = 0;
        for (const [direction, step] of [
            [BACKWARD, -1],
            [FORWARD, 1],
        ]) {
            let front = [...this.data.roots];
            for (let depth = step; front.length; depth += step) {
                const following = [];
                for (const edge of front.flatMap((id) =>
                    this.data.next(direction, id)
                )) {
                    if (!edge.lotId || column.has(edge.lotId)) {
                        continue;
                    }
                    if (column.size >= MOST_NODES) {
                        hidden++;
                        continue;
                    }
                    column.set(edge.lotId, depth);
                    following.push(edge.lotId);
                }
                front = following;
            }
        }
        this.hidden = hidden;
        return column;
    }

    _place(column) {
        const columns = new Map();
        for (const [lotId, depth] of column) {
            columns.set(depth, [...(columns.get(depth) || []), lotId]);
        }
        const depths = [...columns.keys()].sort((a, b) => a - b);
        const tallest = Math.max(...[...columns.values()].map((lots) => lots.length));
        const stepY = BOX.height + BOX.gapY;
        const height = tallest * stepY;
        const nodes = new Map();
        depths.forEach((depth, index) => {
            const lots = columns.get(depth);
            const top = (height - lots.length * stepY) / 2;
            lots.forEach((lotId, place) => {
                nodes.set(lotId, {
                    id: lotId,
                    lot: this.data.lots[lotId],
                    isRoot: depth === 0,
                    x: index * (BOX.width + BOX.gapX) + 8,
                    y: top + place * stepY + BOX.gapY / 2,
                    width: BOX.width,
                    height: BOX.height,
                });
            });
        });
        return {
            nodes: [...nodes.values()].filter((node) => node.lot),
            links: this._link(nodes),
            width: depths.length * (BOX.width + BOX.gapX),
            height: height + BOX.gapY,
        };
    }

    _link(nodes) {
        const links = new Map();
        for (const direction of [BACKWARD, FORWARD]) {
            for (const [from, edges] of this.data.edges[direction]) {
                for (const edge of edges) {
                    const ends =
                        direction === BACKWARD
                            ? [edge.lotId, from]
                            : [from, edge.lotId];
                    const [a, b] = ends.map((id) => nodes.get(id));
                    if (a && b) {
                        links.set(ends.join("-"), {
                            key: ends.join("-"),
                            path: curve(a, b),
                        });
                    }
                }
            }
        }
        return [...links.values()];
    }
}

function curve(a, b) {
    const [x1, y1] = [a.x + a.width, a.y + a.height / 2];
    const [x2, y2] = [b.x, b.y + b.height / 2];
    const bend = Math.max(24, Math.abs(x2 - x1) / 2);
    return `M ${x1} ${y1} C ${x1 + bend} ${y1}, ${x2 - bend} ${y2}, ${x2} ${y2}`;
}
