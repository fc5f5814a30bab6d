import {
    Component,
    onMounted,
    onWillStart,
    useExternalListener,
    useState,
} from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { Banner } from "../components/banner/banner";
import { Toast } from "../components/toast/toast";
import { Containers } from "../screens/containers/containers";
import { Declare } from "../screens/declare/declare";
import { Help } from "../screens/help/help";
import { HandOver } from "../screens/hand_over/hand_over";
import { Instructions } from "../screens/instructions/instructions";
import { Label } from "../screens/label/label";
import { Materials } from "../screens/materials/materials";
import { MyWork } from "../screens/my_work/my_work";
import { Note } from "../screens/note/note";
import { OutboxScreen } from "../screens/outbox/outbox_screen";
import { Reason } from "../screens/reason/reason";
import { Run } from "../screens/run/run";
import { Sign } from "../screens/sign/sign";
import { ToSign } from "../screens/sign/to_sign";
import { SignIn } from "../screens/sign_in/sign_in";
import { SUPERVISOR_SCREENS } from "../screens/supervisor/screens";

const SCREENS = {
    sign_in: SignIn,
    my_work: MyWork,
    run: Run,
    declare: Declare,
    containers: Containers,
    label: Label,
    note: Note,
    reason: Reason,
    materials: Materials,
    instructions: Instructions,
    hand_over: HandOver,
    outbox: OutboxScreen,
    help: Help,
    sign: Sign,
    to_sign: ToSign,
    ...SUPERVISOR_SCREENS,
};
const REFRESH = 60000;

export class ShopFloor extends Component {
    static template = "mrp_shop_floor.ShopFloor";
    static components = { Banner, Toast };
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        onWillStart(() => this.floor.store.open().catch(() => (this.noStorage = true)));
        onMounted(() => !this.noStorage && this.floor.start());
        useExternalListener(window, "online", () => this.wake());
        useExternalListener(document, "visibilitychange", () => {
            if (!document.hidden) {
                this.wake();
            }
        });
        const timer = setInterval(() => this.refresh(), REFRESH);
        useExternalListener(window, "pagehide", () => clearInterval(timer));
    }

    get Screen() {
        return SCREENS[this.floor.screen];
    }

    get pending() {
        return this.floor.events.filter((event) => event.state === "pending").length;
    }

    wake() {
        this.floor.outbox.send();
        this.refresh();
    }

    refresh() {
        const { screen, params } = this.floor;
        if (document.hidden || !this.floor.operator) {
            return;
        }
        if (screen === "my_work") {
            this.floor.loadWork();
        } else if (screen === "run") {
            this.floor.loadRun(params.id);
        }
    }

    back() {
        const { screen, params } = this.floor;
        const isBelowRun = !["run", "outbox", "sign_in"].includes(screen);
        if (params.back) {
            const isPart = params.back in SUPERVISOR_SCREENS;
            const back = isPart && params.back !== "supervisor" ? "supervisor" : null;
            this.floor.go(params.back, { id: params.id, place: params.place, back });
        } else if (isBelowRun && params.id) {
            this.floor.go("run", { id: params.id });
        } else if (this.floor.operator) {
            this.floor.goWork();
        } else {
            this.floor.go("sign_in");
        }
    }
}
