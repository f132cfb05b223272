# SPDX-License-Identifier: Apache-2.0
"""Opens wss://HOST/events by 127.0.0.1, says {} and waits for the pong.
Usage: websocket.py HOST AUTHORITY-FILE COOKIE"""

import base64
import os
import socket
import ssl
import struct
import sys

DEADLINE = 10


def read(stream, count):
    result = b""
    while len(result) < count:
        more = stream.recv(count - len(result))
        if not more:
            sys.exit("the connection ended")
        result += more
    return result


def main(host, authority, cookie):
    context = ssl.create_default_context(cafile=authority)
    plain = socket.create_connection(("127.0.0.1", 443), DEADLINE)
    with context.wrap_socket(plain, server_hostname=host) as stream:
        key = base64.b64encode(os.urandom(16)).decode()
        stream.sendall(
            f"GET /events HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\nOrigin: https://{host}\r\n"
            f"Cookie: {cookie}\r\n\r\n".encode())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += read(stream, 1)
        if not head.startswith(b"HTTP/1.1 101 "):
            sys.exit(head.decode())
        stream.sendall(b"\x81\x82\0\0\0\0{}")
        _, length = read(stream, 2)
        if length == 126:
            length, = struct.unpack(">H", read(stream, 2))
        frame = read(stream, length).decode()
        if '"event":"pong"' not in frame:
            sys.exit(frame)


if __name__ == "__main__":
    main(*sys.argv[1:])
