"""It leaves children behind, which make themselves at home in sessions of their own."""

import os
import time

from zoo import *

for message in messages():
    if message["type"] == "hello":
        ready()
    if message["type"] == "turn":
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.environ.clear()
                os.execv("/bin/sleep", ["sleep", "86399"])
            os._exit(0)
        answer(message)
