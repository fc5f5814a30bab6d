# kept at most, each some kilobytes: whoever makes more starts over
MOST = 1000


class TriggerTrees:
    """What depends on written fields, put together once instead of at every write.

    At every write Odoo merges the trees of all written fields and drops what is neither
    stored nor in the cache. Jobs tell how far, how late and how costly their runs are,
    which makes the trees of moves and operations three times larger, although few
    of them belong to a job. Here the outcome is kept for each set of fields and of what
    was dropped; it is what Odoo would make again.
    """

    def __init__(self, registry):
        self._registry = registry
        self._merge = type(registry).get_trigger_tree.__get__(registry)
        self._forget()

    def install(self):
        """Answer in the place of the registry."""
        self._registry.get_trigger_tree = self.get

    @staticmethod
    def uninstall(registry):
        """Let the registry answer for itself."""
        registry.__dict__.pop("get_trigger_tree", None)

    def get(self, fields, select=bool):
        """Like ``get_trigger_tree`` of the registry."""
        # another one when fields were set up again
        if self._registry._field_triggers is not self._triggers:
            self._forget()
        # what another thread forgets meanwhile may still be used here
        kept = self._kept
        fields = tuple(fields)
        of_fields = kept.get(fields)
        if of_fields is None:
            of_fields = kept[fields] = (self._find_dependents(fields), {})
        dependents, trees = of_fields
        selected = bytes(map(bool, map(select, dependents)))
        tree = trees.get(selected)
        if tree is None:
            if self._count >= MOST:
                self._forget()
            tree = trees[selected] = self._merge(fields, select)
            self._count += 1
        return tree

    def _forget(self):
        triggers = self._registry._field_triggers
        self._kept = {}
        self._count = 0
        # last: until then other threads forget, too
        self._triggers = triggers

    def _find_dependents(self, fields):
        return list(
            dict.fromkeys(
                dependent
                for tree in self._merge(fields).depth_first()
                for dependent in tree.root
            )
        )
