import { Talk } from "./talk";

/** Who is signed in on the device, and who of them acts. */
export class People extends Talk {
    signedIn = [];
    operatorId = false;
    operators = [];
    badgePin = false;
    /** The user supervises and is no operator himself. */
    isSupervisor = false;

    get operator() {
        return this.signedIn.find((one) => one.id === this.operatorId);
    }

    async setSignedIn(signedIn) {
        this.signedIn = signedIn;
        await this.store.write("signed_in", JSON.parse(JSON.stringify(signedIn)));
        await this.store.write("operator", this.operatorId);
    }

    async identify(params) {
        const answer = await this.ask("sign_in/identify", params);
        const one = answer?.data.signed_in;
        if (one) {
            const others = this.signedIn.filter((other) => other.id !== one.id);
            await this.setSignedIn([...others, one]);
            await this.choose(one.id);
        }
        return answer;
    }

    async choose(operatorId) {
        this.operatorId = operatorId;
        await this.store.write("operator", operatorId);
        const lang = this.operator?.lang;
        const current = document.documentElement.lang.replace("-", "_");
        if (lang && lang !== current && this.network === "online") {
            document.cookie = `shop_floor_lang=${lang}; path=/shop_floor; SameSite=Lax`;
            window.location.assign("/shop_floor");
            return;
        }
        Object.assign(this, { runs: {}, readAt: 0 });
        this.work = { rows: [], workcenters: [], colleagues: [], more: false };
        await this.recall();
        await this.goWork();
    }

    async signOut() {
        // whoever is chosen while the server is told stays
        const { id, token } = this.operator;
        this.signedIn = this.signedIn.filter((one) => one.id !== id);
        this.operatorId = false;
        this.go("sign_in");
        await this.setSignedIn(this.signedIn);
        await this.ask("sign_in/sign_out", { token });
    }

    async refreshSignIn() {
        const tokens = this.signedIn.map((one) => one.token);
        const answer = await this.ask("sign_in/start", { tokens });
        if (!answer) {
            return;
        }
        this.operators = answer.data.operators;
        this.badgePin = answer.data.badge_pin;
        this.isSupervisor = answer.data.supervisor;
        if (!answer.data.signed_in.some((one) => one.id === this.operatorId)) {
            this.operatorId = answer.data.signed_in[0]?.id || false;
        }
        await this.setSignedIn(answer.data.signed_in);
    }
}
