"""It answers the turn after the one that it is asked for."""

from zoo import *

for message in messages():
    if message["type"] == "hello":
        ready()
    if message["type"] == "turn":
        answer(message | {"turn": message["turn"] + 1})
