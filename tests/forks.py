"""Processes that begin at once: forked from one that has imported what they need.

A worker that is killed has to be a process of its own; a second of imports it need not have.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple, Self

SERVER = """
import gc, json, os, socketserver, sys, traceback

exec(sys.argv[2])

class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        words, environ = json.loads(self.rfile.readline())
        pid = os.fork()
        if pid == 0:
            work(words, environ, self.connection.fileno())
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        self.wfile.write(b"\\n%d" % code)

def work(words, environ, output):
    code = 1
    try:
        os.environ.update(environ)
        os.dup2(output, 1)
        main(*words)
        sys.stdout.flush()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)

class Server(socketserver.ForkingMixIn, socketserver.UnixStreamServer):
    request_queue_size = 100

gc.freeze()
Server(sys.argv[1], Handler).serve_forever(poll_interval=60)
"""
PATIENCE_S = 60.0


class Ended(NamedTuple):
    """How a process ended."""

    code: int
    """As `Popen.returncode`."""
    said: str


class Fork:
    """A process that was begun."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def wait(self) -> Ended:
        """Wait for its end."""
        with self._connection, self._connection.makefile() as told:
            said, _, code = told.read().rpartition("\n")
        return Ended(int(code), said)


class Forks:
    """A process that others are forked from. Use it as a context manager.

    Args:
        code: imports what they need, and defines their `main`, which is called with words.
        folder: has room for its socket.
    """

    def __init__(self, code: str, folder: Path) -> None:
        self._address = str(folder / "forks")
        command = [sys.executable, "-c", SERVER, self._address, code]
        self._process = subprocess.Popen(command)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def begin(self, *words: str, **environ: str) -> Fork:
        """Begin a process, with these members of the environment besides those of this one."""
        connection = self._connected()
        connection.sendall(json.dumps([words, environ]).encode() + b"\n")
        return Fork(connection)

    def _connected(self) -> socket.socket:
        until = time.monotonic() + PATIENCE_S
        while True:
            connection = socket.socket(socket.AF_UNIX)
            try:
                connection.connect(self._address)
            except OSError:
                connection.close()
                assert self._process.poll() is None, "it has ended by itself"
                assert time.monotonic() < until, "it does not begin"
                time.sleep(0.01)
            else:
                return connection
