"""It answers each turn too late."""

import time

from zoo import *

for message in messages():
    if message["type"] == "hello":
        ready()
    if message["type"] == "turn":
        time.sleep(1.5)
        answer(message)
