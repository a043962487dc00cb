"""It nests its answer without end."""

from zoo import *

for message in messages():
    if message['type'] == 'hello':
        ready()
    if message['type'] == 'turn':
        print('{"type":"orders","orders":' + '[' * 100_000, flush=True)
