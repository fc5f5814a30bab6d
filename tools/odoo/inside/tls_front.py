"""TLS in front of Odoo, whose own server speaks plain HTTP.

Usage: tls_front.py ADDRESS PORT BACKEND_PORT CERTIFICATE KEY

Every request gets the headers that tell Odoo where it came from.  One request per
connection: the bytes that follow the head can then be passed on unread, websockets
included.
"""

import asyncio
import ssl
import sys

HEAD_LIMIT = 64 * 1024
HOP_HEADERS = (b"connection", b"keep-alive", b"proxy-connection", b"forwarded")


def rewrite_head(head, client, port):
    """Return a request's head with our headers in place of what the client claims."""
    request, *lines = head.rstrip(b"\r\n").split(b"\r\n")
    headers = [(name.strip().lower(), line) for line in lines for name in [_name(line)]]
    upgrades = any(name == b"upgrade" for name, _line in headers)
    host = next((_value(line) for name, line in headers if name == b"host"), b"")
    kept = [
        line
        for name, line in headers
        if not name.startswith(b"x-forwarded-")
        and (name not in HOP_HEADERS or (upgrades and name == b"connection"))
    ]
    if not upgrades:
        kept.append(b"Connection: close")
    kept += [
        b"X-Forwarded-For: " + client.encode(),
        b"X-Forwarded-Host: " + host,
        b"X-Forwarded-Port: " + str(port).encode(),
        b"X-Forwarded-Proto: https",
    ]
    return b"\r\n".join([request, *kept]) + b"\r\n\r\n"


def _name(line):
    return line.split(b":", 1)[0]


def _value(line):
    return line.split(b":", 1)[1].strip()


class Front:
    """Listens on one address and passes on to Odoo."""

    def __init__(self, port, backend_port):
        self.port = port
        self.backend_port = backend_port

    async def handle(self, reader, writer):
        """Pass one request, or one websocket, to Odoo and the answer back."""
        backend = None
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)
            source, backend = await asyncio.open_connection(
                "127.0.0.1", self.backend_port
            )
            client = writer.get_extra_info("peername")[0]
            backend.write(rewrite_head(head, client, self.port))
            upload = asyncio.ensure_future(_pump(reader, backend))
            await _pump(source, writer)
            upload.cancel()
        except (
            OSError,
            TimeoutError,
            asyncio.IncompleteReadError,
            asyncio.LimitOverrunError,
        ):
            # a client that goes away or talks nonsense is no event
            pass
        finally:
            for stream in filter(None, (backend, writer)):
                stream.close()


async def _pump(reader, writer):
    try:
        while data := await reader.read(HEAD_LIMIT):
            writer.write(data)
            await writer.drain()
    except (OSError, ssl.SSLError):
        return


async def main(address, port, backend_port, certificate, key):
    """Serve until killed."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    front = Front(int(port), int(backend_port))
    server = await asyncio.start_server(
        front.handle, address, int(port), ssl=context, limit=HEAD_LIMIT
    )
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
