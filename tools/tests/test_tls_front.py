"""Tests of the headers the TLS front adds."""

import unittest

from tools.odoo.inside.tls_front import rewrite_head


class TestRewriteHead(unittest.TestCase):
    def rewrite(self, *lines):
        head = b"\r\n".join([b"GET / HTTP/1.1", *lines]) + b"\r\n\r\n"
        return rewrite_head(head, "10.0.0.7", 8443).split(b"\r\n")

    def test_tells_where_the_request_came_from(self):
        head = self.rewrite(b"Host: 10.0.0.1:8443")
        self.assertIn(b"X-Forwarded-Proto: https", head)
        self.assertIn(b"X-Forwarded-For: 10.0.0.7", head)
        self.assertIn(b"X-Forwarded-Host: 10.0.0.1:8443", head)
        self.assertEqual(head[-2:], [b"", b""])

    def test_believes_no_claim_of_the_client(self):
        head = self.rewrite(b"Host: a", b"x-forwarded-for: 1.2.3.4", b"Forwarded: x")
        claims = [
            line for line in head if b"1.2.3.4" in line or line == b"Forwarded: x"
        ]
        self.assertFalse(claims)

    def test_ends_the_connection_after_one_answer(self):
        head = self.rewrite(b"Host: a", b"Connection: keep-alive")
        self.assertIn(b"Connection: close", head)
        self.assertNotIn(b"Connection: keep-alive", head)

    def test_leaves_a_websocket_its_upgrade(self):
        head = self.rewrite(b"Host: a", b"Connection: Upgrade", b"Upgrade: websocket")
        self.assertIn(b"Connection: Upgrade", head)
        self.assertNotIn(b"Connection: close", head)
