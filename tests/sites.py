"""Websites for captures: local servers, reached as if they lay in the internet."""

import socket
import ssl
import threading
from contextlib import contextmanager

from hufu.doors.capture.addresses import Network

SHOP = "93.184.215.14"  # public, and answered by a local server only


class Site:
    """A server that answers each request by a function of its path."""

    def __init__(self, answer, context=None):
        self.answer, self.context = answer, context
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.asked = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client):
        try:
            if self.context:
                client = self.context.wrap_socket(client, server_side=True)
            with client:
                head = b""
                while b"\r\n\r\n" not in head:
                    data = client.recv(65536)
                    if not data:
                        return
                    head += data
                path = head.split(b" ")[1].decode()
                self.asked.append(path)
                for piece in self.answer(path):
                    client.sendall(piece)
        except (OSError, ssl.SSLError):
            return


def html(body, status="200 OK", more=""):
    data = body.encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{more}"
    return [f"{head}Content-Length: {len(data)}\r\n\r\n".encode(), data]


def redirect(url):
    return html("", "302 Found", f"Location: {url}\r\n")


class Internet:
    """Names with their answers, and addresses behind which local servers stand.

    A name may have several answers: one for each time it is asked.
    """

    def __init__(self, names, sites):
        self.names = {name: list(answers) for name, answers in names.items()}
        self.sites = sites
        self.asked, self.reached = [], []

    def resolve(self, name):
        self.asked.append(name)
        answers = self.names.get(name)
        if not answers:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, address, port, seconds):
        self.reached.append((address, port))
        site = self.sites[address, port]
        return socket.create_connection(("127.0.0.1", site.port), timeout=seconds)

    def network(self, roots=None):
        return Network(self.resolve, self.connect, roots)


@contextmanager
def internet(pages, **names):
    """Give one shop at SHOP that answers by `pages(path)`."""
    site = Site(pages)
    known = {"shop.example": [[SHOP]], **names}
    try:
        yield Internet(known, {(SHOP, 80): site})
    finally:
        site.server.close()
