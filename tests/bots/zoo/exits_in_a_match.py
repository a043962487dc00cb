"""It answers once and is gone."""

from zoo import *

for message in messages():
    if message["type"] == "hello":
        ready()
    if message["type"] == "turn":
        answer(message)
        raise SystemExit(7)
