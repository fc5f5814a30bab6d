/**
 * Drag rows of a list with a finger, a pen or a mouse; arrow keys do the same.
 *
 * The handle needs `touch-action: none`: the page must not scroll instead.
 *
 * @param {object} options
 * @param {(from: number, to: number) => void} options.move a row to another place
 * @param {() => void} options.drop the row is where it should be
 */
export function makeDrag({ move, drop }) {
    let place = null;
    let hasMoved = false;

    const rowsOf = (handle) =>
        [...handle.closest("[data-drag-list]").children].filter((row) =>
            row.matches("[data-drag-row]")
        );

    return {
        get place() {
            return place;
        },
        start(ev, index) {
            ev.target.setPointerCapture?.(ev.pointerId);
            place = index;
            hasMoved = false;
        },
        over(ev) {
            if (place === null) {
                return;
            }
            const boxes = rowsOf(ev.currentTarget).map((row) =>
                row.getBoundingClientRect()
            );
            const under = boxes.findIndex(
                (box) => ev.clientY >= box.top && ev.clientY <= box.bottom
            );
            // a tall row that was just passed must not jump back under the finger
            const box = boxes[under];
            const isPast =
                under > place
                    ? ev.clientY > box?.top + boxes[place].height / 2
                    : ev.clientY < box?.bottom - boxes[place].height / 2;
            if (under !== -1 && under !== place && isPast) {
                move(place, under);
                place = under;
                hasMoved = true;
            }
        },
        stop() {
            place = null;
            if (hasMoved) {
                hasMoved = false;
                drop();
            }
        },
        key(ev, index) {
            const step = { ArrowUp: -1, ArrowDown: 1 }[ev.key];
            const last = rowsOf(ev.currentTarget).length - 1;
            if (step && index + step >= 0 && index + step <= last) {
                ev.preventDefault();
                move(index, index + step);
                drop();
            }
        },
    };
}

/**
 * @param {Array} list
 * @param {number} from
 * @param {number} to
 * @returns {Array} with the element elsewhere
 */
export function moved(list, from, to) {
    const copy = [...list];
    copy.splice(to, 0, ...copy.splice(from, 1));
    return copy;
}
