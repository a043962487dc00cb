"""It orders more than anybody can carry out."""

from zoo import *

for message in messages():
    if message["type"] == "hello":
        ready()
    if message["type"] == "turn":
        answer(message, ["Comply"] * 1_001)
