"""It orders what is no number."""

from zoo import *

for message in messages():
    if message["type"] == "hello":
        ready()
    if message["type"] == "turn":
        answer(message, [{"TakeRate": {"rate": float("nan")}}])
