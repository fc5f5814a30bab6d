import doctest
import math

from odoo.tests import BaseCase, tagged

from ..tools import seal, values


@tagged("at_install", "-post_install")
class TestSealFormat(BaseCase):
    """Canonical JSON and hashes, without a database."""

    def test_examples(self):
        for module in (seal, values):
            self.assertFalse(doctest.testmod(module).failed)

    def test_order_of_names(self):
        """The example of RFC 8785, section 3.2.3: by UTF-16, not by code point."""
        names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
        text = seal.canonicalize(dict.fromkeys(names, 1))
        order = ["\\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
        self.assertEqual(text, "{" + ",".join(f'"{name}":1' for name in order) + "}")

    def test_strings(self):
        """RFC 8785, section 3.2.2.2: what is escaped, and how."""
        text = seal.canonicalize("\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/\u007f")
        self.assertEqual(text, '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u007f"')
        self.assertEqual(seal.canonicalize("\b\f\t"), '"\\b\\f\\t"')

    def test_literals(self):
        value = {"c": [None, True, False, 333333333, -1, {}], "a": []}
        self.assertEqual(
            seal.canonicalize(value),
            '{"a":[],"c":[null,true,false,333333333,-1,{}]}',
        )

    def test_what_two_machines_could_write_differently_is_refused(self):
        for value in (0.1, math.nan, 2**53, b"x", {1: 2}, {"a": {2}}, "\ud800"):
            with self.assertRaises(ValueError):
                seal.canonicalize(value)

    def test_known_hash(self):
        self.assertEqual(
            seal.get_hash('{"a":1}'),
            "$1$015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862",
        )
        self.assertFalse(seal.is_hash_of("a", "$9$00"))
        self.assertFalse(seal.is_hash_of("a", ""))

    def test_a_commitment_tells_nothing_without_its_salt(self):
        first = seal.get_commitment("salt", "Anna")
        self.assertEqual(first, seal.get_commitment("salt", "Anna"))
        self.assertNotEqual(first, seal.get_commitment("tlas", "Anna"))
        # no way to move a letter from the salt to the name
        self.assertNotEqual(
            seal.get_commitment("ab", "c"), seal.get_commitment("a", "bc")
        )
