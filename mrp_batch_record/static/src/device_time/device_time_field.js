import { CharField, charField } from "@web/views/fields/char/char_field";
import { onMounted } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useBus } from "@web/core/utils/hooks";

/**
 * What the clock of this device says: shown when the dialog that signs is opened, taken
 * again when it is signed. The server keeps it beside its own time.
 */
export class DeviceTimeField extends CharField {
    setup() {
        super.setup();
        onMounted(() => this.takeTime());
        // buttons ask fields for what they have not told yet
        useBus(this.props.record.model.bus, "NEED_LOCAL_CHANGES", (ev) =>
            ev.detail.proms.push(this.takeTime())
        );
    }

    takeTime() {
        const { name, record } = this.props;
        return record.update({ [name]: this.now() });
    }

    now() {
        const { DateTime } = luxon;
        return DateTime.now().startOf("second").toISO({ suppressMilliseconds: true });
    }
}

registry.category("fields").add("mrp_batch_device_time", {
    ...charField,
    component: DeviceTimeField,
});
