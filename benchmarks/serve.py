"""A folder served as a web server would: packed by gzip, kept open, with dates of no matter."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PACKED = (".html", ".css", ".js", ".svg", ".json", ".csv", ".txt")
"""What servers pack; images and fonts are packed already."""


@cache
def packed(file: Path) -> bytes:
    """Return the content of `file` as it goes over the wire."""
    return gzip.compress(file.read_bytes(), mtime=0)


class Handler(SimpleHTTPRequestHandler):
    """Answers with packed files, several on one connection."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send the file that is asked for, or say that there is none."""
        file = Path(self.translate_path(self.path))
        if not file.is_file():
            self.send_error(404)
            return
        small = file.suffix in PACKED
        body = packed(file) if small else file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(body)))
        if small:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve `folder` from this machine while the block runs; yield its address."""
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), lambda *given: Handler(*given, directory=str(folder))
    )
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
