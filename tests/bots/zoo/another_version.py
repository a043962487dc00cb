"""It speaks another version."""

from zoo import *

for message in messages():
    say({"type": "ready", "protocol": 99})
