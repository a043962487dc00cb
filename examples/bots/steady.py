"""Keeps every budget at a fixed part of its sales: what the program's own `steady-investor` does, order for order."""

import json
import sys

PARTS = {"Brand": ("brand", 0.004), "Category": ("categories", 0.004), "Marketing": ("marketing", 0.003), "Governance": ("governance", 0.003)}


def summed(numbers):
    """Their sum, added one by one: `sum` rounds otherwise since Python 3.12."""
    total = 0.0
    for number in numbers:
        total += number
    return total


def sold(public, platform):
    """What a company sold last turn, region by region and in each by category, in yuan."""
    _, categories, platforms = public["sales"]["shape"]
    cells = public["sales"]["cells"][platform::platforms]
    return [cells[region : region + categories] for region in range(0, len(cells), categories)]


def budgeted(level, view):
    """Sales that budgets are parts of: its own; of a newcomer that sells less, those of an average rival, as far as cash goes."""
    me, public, companies = view["me"], view["public"], level["platforms"]
    # As they would have been in a usual month.
    own = summed(sales / usual for region in sold(public, me) for sales, usual in zip(region, public["spending"]))
    if companies[me]["enters"] is None:
        return own
    others = [other % len(companies) for other in range(me + 1, me + len(companies))]
    rivals = [other for other in others if companies[other]["here"] and companies[other]["shop"]]
    mean = summed(summed(summed(region) for region in sold(public, rival)) for rival in rivals) / max(len(rivals), 1)
    return max(own, min(mean, max(view["own"]["cash"], 0.0) / 24.0 / 0.014))


parameters, level = {}, None
for message in map(json.loads, sys.stdin):
    level = message.get("level") or level
    if message["type"] == "hello":
        answer = {"type": "ready", "protocol": 1, "name": "steady"}
    elif message["type"] == "begin":
        parameters = message["parameters"]
        continue
    elif message["type"] == "turn":
        orders, company = [], level["platforms"][message["view"]["me"]]
        if company["shop"] and company["here"]:
            sales = budgeted(level, message["view"])
            for kind, (name, usual) in PARTS.items():
                orders.append({kind + "Budget": {"amount": parameters.get(name, usual) * sales}})
        answer = {"type": "orders", "match": message["match"], "turn": message["turn"], "orders": orders}
    else:
        continue
    print(json.dumps(answer), flush=True)
