import contextlib
import select
import socket
import threading


class CutProxy:
    """A network between browser and server that can be cut, or lose answers."""

    def __init__(self, port):
        self.target = port
        self.is_cut = False
        self.loses_answers = False
        self.lost = 0
        self.connections = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def cut(self):
        self.is_cut = True
        for connection in list(self.connections):
            self._close(connection)

    def restore(self):
        self.is_cut = False

    def stop(self):
        self._close(self.listener)
        self.cut()
        self.thread.join(5)

    @staticmethod
    def _close(connection):
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
        connection.close()

    def _listen(self):
        while True:
            try:
                client, _address = self.listener.accept()
            except OSError:
                return
            if self.is_cut:
                self._close(client)
                continue
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client):
        try:
            server = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            self._close(client)
            return
        ends = {client: server, server: client}
        self.connections |= set(ends)
        is_tap = False
        try:
            while True:
                for source in select.select(list(ends), [], [])[0]:
                    data = source.recv(65536)
                    if not data:
                        return
                    if source is client and b" /shop_floor/api/events/" in data[:200]:
                        is_tap = True
                    if source is server and is_tap and self.loses_answers:
                        # the server has booked it, the device never hears of it
                        self.lost += 1
                        return
                    ends[source].sendall(data)
        except (OSError, ValueError):
            return
        finally:
            self.connections -= set(ends)
            self._close(client)
            self._close(server)
