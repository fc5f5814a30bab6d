import { ConnectionLostError, rpc } from "@web/core/network/rpc";

const PATIENCE = 20000;
const SESSION_EXPIRED = 100;

export class Offline extends Error {}
export class SessionExpired extends Error {}

/**
 * Ask the server.
 *
 * @param {string} path kind of screen and action
 * @param {object} params
 * @param {number} [patience] in milliseconds
 * @returns {Promise<{next_state, data, message, popup}>}
 * @throws {Offline} when there is no answer
 * @throws {SessionExpired} when the user has to log in again
 */
export async function ask(path, params, patience = PATIENCE) {
    const call = rpc(`/shop_floor/api/${path}`, params, { silent: true });
    const timer = setTimeout(() => call.abort(), patience);
    try {
        return await call;
    } catch (error) {
        if (error.code === SESSION_EXPIRED) {
            throw new SessionExpired(error.message);
        }
        if (error instanceof ConnectionLostError || !error.code) {
            throw new Offline(error.message);
        }
        throw error;
    } finally {
        clearTimeout(timer);
    }
}
