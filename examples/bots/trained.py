"""Plays by what `examples/learning/train.py` learned: a table of weights beside this file, from what it sees to what it sets."""

import json
import sys
from pathlib import Path


def seen(view, level):
    """What the policy looks at, by the names and in the scales that `describe` gives for observations."""
    me, public = view["me"], view["public"]
    companies = len(level["platforms"])
    rival = (me + 1) % companies
    cells = public["sales"]["cells"]
    variety, categories = public["variety"]["cells"], len(level["categories"])
    prices = public["prices"][rival]
    coupons = [coupon["depth"] for coupon in prices["coupons"]["cells"]]
    return {
        "time": (view["turn"] - 1) / max(view["last_turn"], 1),
        "own.share": sum(cells[me::companies]) / (sum(cells) or 1.0),
        "own.trust": public["trust"][me],
        "own.variety": sum(variety[me::companies]) / categories,
        "own.awareness": view["own_awareness"][0],
        "rival1.variety": sum(variety[rival::companies]) / categories,
        "rival1.trust": public["trust"][rival],
        "rival1.take_rate": prices["take_rates"][0] / 0.5,
        "rival1.coupon": sum(coupons) / len(coupons) / 0.5,
        "rival1.advert_load": prices["advert_load"] / 0.5,
    }


def orders(policy, features):
    """A number from −1 to 1 for each lever, and the order that sets it."""
    given = []
    for lever in policy["levers"]:
        number = lever["bias"] + sum(weight * (features[name] - policy["usual"][name]) for name, weight in lever["weights"].items())
        part = (min(max(number, -1.0), 1.0) + 1.0) / 2.0
        given.append({lever["order"]: {lever["field"]: lever["most"] * part * part}})
    return given


if __name__ == "__main__":
    policy = json.loads(Path(__file__).with_name("trained.json").read_text(encoding="utf-8"))
    level = None
    for message in map(json.loads, sys.stdin):
        level = message.get("level") or level
        if message["type"] == "hello":
            answer = {"type": "ready", "protocol": 1, "name": "trained"}
        elif message["type"] == "turn":
            given = orders(policy, seen(message["view"], level))
            answer = {"type": "orders", "match": message["match"], "turn": message["turn"], "orders": given}
        else:
            continue
        print(json.dumps(answer), flush=True)
