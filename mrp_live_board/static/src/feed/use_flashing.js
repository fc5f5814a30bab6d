import { useEnv, useState } from "@odoo/owl";

/**
 * @returns {(id: number) => boolean} whether a run just changed; whoever asks renders
 *  again when that is over
 */
export function useFlashing() {
    const { board } = useEnv();
    const state = useState(board ? board.state : {});
    return (id) => Boolean(board) && state.beat >= 0 && board.isFlashing(id);
}
