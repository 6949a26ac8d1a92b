"""A machine between the site and Elasticsearch, which passes everything on until told to spoil it."""

import http.client
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Proxy(ThreadingHTTPServer):
    """`does` is "pass", or how it spoils each answer: "error", "babble", "truncate" or "drip"."""

    daemon_threads = True

    def __init__(self, port: int):
        super().__init__(("127.0.0.1", 0), Passing)
        self.port = port
        self.does = "pass"
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request, client_address):
        pass


class Passing(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        behind = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            headers = {name: value for name, value in self.headers.items() if name != "Host"}
            behind.request(self.command, self.path, body, headers)
            answer = behind.getresponse()
            self.answer(answer.status, answer.headers, answer.read())
        finally:
            behind.close()

    def answer(self, status: int, headers, body: bytes):
        does = self.server.does
        if does == "error":
            status, body = 500, b'{"error": "out of order"}'
        elif does == "babble":
            body = b'{"took": 1, "responses": [{"status": 200}], "items": []}'
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in ("content-length", "content-encoding", "transfer-encoding"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        if does == "truncate":
            self.wfile.write(body[: len(body) // 2])
            self.close_connection = True
        elif does == "drip":
            for place in range(0, len(body), max(len(body) // 4, 1)):
                self.wfile.write(body[place : place + max(len(body) // 4, 1)])
                self.wfile.flush()
                time.sleep(0.6)
        else:
            self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = pass_on

    def log_message(self, *args):
        pass
