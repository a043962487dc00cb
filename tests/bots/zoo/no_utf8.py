"""It answers in another encoding."""

import sys

from zoo import *

for message in messages():
    if message["type"] == "hello":
        ready()
    if message["type"] == "turn":
        sys.stdout.buffer.write(b"\xff\xfe\xfa\n")
        sys.stdout.buffer.flush()
