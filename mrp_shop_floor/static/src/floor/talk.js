import { ask, Offline, SessionExpired } from "./api";

/** What the page says, and what it asks of the server. */
export class Talk {
    screen = "loading";
    params = {};
    network = "online";
    message = null;
    device = "";

    /** @returns {Promise<object|null>} the envelope; null without network */
    async ask(path, params = {}) {
        try {
            const answer = await ask(path, {
                device: this.device,
                token: this.operator?.token,
                ...params,
            });
            this.network = "online";
            if (answer.message) {
                this.say(answer.message.kind, answer.message.text);
            }
            return answer;
        } catch (error) {
            this.onFailure(error);
            return null;
        }
    }

    onFailure(error) {
        if (error instanceof SessionExpired) {
            this.network = "expired";
        } else if (error instanceof Offline) {
            this.network = "offline";
        } else {
            this.network = "failing";
            this.say("danger", error.data?.message || error.message);
        }
    }

    say(kind, text) {
        this.message = { kind, text, at: Date.now() };
    }

    go(screen, params = {}) {
        this.message = null;
        this.screen = screen;
        this.params = params;
        window.scrollTo(0, 0);
    }
}
