from .base import Tap, TapRefused, tap


@tap
class Help(Tap):
    """Somebody can not go on alone: the supervisors are called."""

    kind = "help"

    def apply(self):
        requests = self.env["mrp.shop.floor.help"]
        topic = self.payload.get("topic")
        if topic not in requests._fields["topic"].get_values(self.env):
            raise TapRefused(self.env._("Say what you need help with."))
        requests._ask(self.workorder, self.operator, topic, self._get_note(), self.at)
        return {}


@tap
class AskOverride(Tap):
    """Somebody lacks a qualification: a supervisor may let him do it all the same."""

    kind = "ask_override"

    def apply(self):
        self._check_open()
        requests = self.workorder._ask_override(self.operator, self._get_note())
        self.trace = {"overrides": requests.ids}
        return {}
