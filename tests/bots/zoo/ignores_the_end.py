"""It stays when everybody has gone."""

import time

from zoo import *

for message in messages():
    if message["type"] == "hello":
        ready()
    if message["type"] == "turn":
        answer(message)
while True:
    time.sleep(60)
