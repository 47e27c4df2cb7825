"""Requests as bytes, answers as they come: what a client library would tidy up is sent as it is."""
import re
import socket


class Answer:
    def __init__(self, status=0, head=b"", body=b""):
        self.status, self.head, self.body = status, head, body  # status 0: the connection was closed without a word

    def header(self, name):
        found = re.search(rb"^%s:[ \t]*([^\r\n]*)" % re.escape(name.encode()), self.head, re.M | re.I)
        return found.group(1).decode("latin-1") if found else ""


class Wire:
    """One connection at a time, kept while the server keeps it. From changing loopback addresses, so that the limit for
    one address is not what is met; or from one that is named."""

    def __init__(self, port, address=None, patience=20):
        self.port, self.address, self.patience = port, address, patience
        self.socket, self.buffer, self.made, self.used = None, b"", 0, 0

    def connect(self):
        self.made += 1
        local = self.address or "127.1.%d.%d" % (self.made // 250 % 250 + 1, self.made % 250 + 1)
        self.socket = socket.create_connection(("127.0.0.1", self.port), self.patience, (local, 0))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer, self.used = b"", 0

    def close(self):
        if self.socket is not None:
            self.socket.close()
        self.socket = None

    def ask(self, request):
        """The answer to one whole request."""
        if self.used >= 20:
            self.close()
        for _ in range(2):  # the server may have closed between two requests
            fresh = self.socket is None
            if fresh:
                self.connect()
            try:
                self.send(request)
                answer = self.read(request.startswith(b"HEAD "))
            except OSError:
                answer = Answer()
            self.used += 1
            if answer.status == 0 or answer.header("connection").lower() == "close":
                self.close()
            if answer.status != 0 or fresh:
                return answer
        return answer

    def ask_once(self, request):
        """What comes to bytes that may be no request; we say that no more will follow."""
        self.close()
        self.connect()
        try:
            self.send(request)
            self.socket.shutdown(socket.SHUT_WR)
            answer = self.read(request.startswith(b"HEAD "))
        except OSError:
            answer = Answer()
        self.close()
        return answer

    def send(self, request):
        try:
            self.socket.sendall(request)
        except OSError:  # refused before all of it was sent; the answer may be there
            pass

    def read(self, is_head):
        while b"\r\n\r\n" not in self.buffer:
            if not self.more():
                return Answer()
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        head += b"\r\n"
        status = int(head.split(b" ", 2)[1])
        if status == 100:
            return self.read(is_head)
        answer = Answer(status, head)
        length = 0 if is_head or status in (204, 304) else int(answer.header("content-length") or 0)
        while len(self.buffer) < length:
            if not self.more():
                return Answer()  # cut off is no answer
        answer.body, self.buffer = self.buffer[:length], self.buffer[length:]
        return answer

    def more(self):
        read = self.socket.recv(65536)
        self.buffer += read
        return bool(read)
