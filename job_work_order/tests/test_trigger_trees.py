from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from ..tools import TriggerTrees

MODELS = ("mrp.production", "mrp.workorder", "stock.move", "stock.move.line")


@tagged("at_install", "-post_install")
class TestTriggerTrees(TransactionCase):
    """What is kept is what Odoo would put together again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.trees = TriggerTrees(cls.registry)
        cls.merge = type(cls.registry).get_trigger_tree.__get__(cls.registry)

    def _flatten(self, tree):
        return (
            [str(field) for field in tree.root],
            [(str(label), self._flatten(part)) for label, part in tree.items()],
        )

    def _check(self, fields, select=bool):
        self.assertEqual(
            self._flatten(self.trees.get(fields, select)),
            self._flatten(self.merge(fields, select)),
        )

    def test_trees_are_the_same(self):
        selections = (
            bool,
            lambda field: field.compute and field.store,
            lambda field: not field.store or "",
            lambda field: field.model_name.startswith("job."),
            lambda field: False,
        )
        for model in MODELS:
            fields = list(self.env[model]._fields.values())
            some = [[field] for field in fields[::5]]
            for chosen in [*some, fields, fields[::-2], []]:
                # each twice: made, and kept
                for select in (*selections, *selections):
                    self._check(chosen, select)

    def test_merged_once(self):
        fields = [self.env["stock.move"]._fields["state"]]
        self.trees.get(fields, lambda field: field.store)
        with patch.object(self.trees, "_merge", side_effect=AssertionError):
            self.trees.get(fields, lambda field: field.store)
            with self.assertRaises(AssertionError):
                self.trees.get(fields, lambda field: not field.store)

    def test_forgotten_when_fields_are_set_up(self):
        fields = [self.env["stock.move"]._fields["state"]]
        kept = self.trees.get(fields)
        self.assertIs(self.trees.get(fields), kept)
        triggers = self.registry.__dict__.pop("_field_triggers")
        self.addCleanup(self.registry.__dict__.update, _field_triggers=triggers)
        self.assertIsNot(self.trees.get(fields), kept)

    def test_no_more_than_so_many(self):
        fields = list(self.env["stock.move"]._fields.values())
        with patch("odoo.addons.job_work_order.tools.trigger_trees.MOST", 5):
            for field in fields:
                self._check([field])
        self.assertLessEqual(self.trees._count, 5)


@tagged("post_install", "-at_install")
class TestTriggerTreesInstalled(TransactionCase):
    def test_registry_keeps_them(self):
        self.assertIsInstance(self.registry.get_trigger_tree.__self__, TriggerTrees)
        self.env["job.work.order"]._unregister_hook()
        self.assertIs(self.registry.get_trigger_tree.__self__, self.registry)
        self.env["job.work.order"]._register_hook()
        self.assertIsInstance(self.registry.get_trigger_tree.__self__, TriggerTrees)
