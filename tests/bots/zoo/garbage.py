"""It answers what is no JSON."""

from zoo import *

for message in messages():
    if message['type'] == 'hello':
        ready()
    if message['type'] == 'turn':
        print('{orders: yes please', flush=True)
