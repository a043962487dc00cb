"""What the bots of the zoo have in common: how a good one would speak."""

import json, sys


def say(message): print(json.dumps(message), flush=True)
def ready(): say({"type": "ready", "protocol": 1})
def messages(): return map(json.loads, sys.stdin)
def answer(message, orders=()): say({"type": "orders", "match": message["match"], "turn": message["turn"], "orders": list(orders)})
