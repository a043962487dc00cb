"""It ends its whole group, itself included."""

import os
import signal

from zoo import *

for message in messages():
    if message["type"] == "hello":
        ready()
    if message["type"] == "turn":
        os.killpg(0, signal.SIGKILL)
