"""It orders more than there are numbers."""

from zoo import *

for message in messages():
    if message['type'] == 'hello':
        ready()
    if message['type'] == 'turn':
        print('{"type":"orders","match":%d,"turn":%d,"orders":[{"BrandBudget":{"amount":1e999}}]}' % (message['match'], message['turn']), flush=True)
