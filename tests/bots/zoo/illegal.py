"""It orders what is refused; that is no fault."""

from zoo import *

for message in messages():
    if message["type"] == "hello":
        ready()
    if message["type"] == "turn":
        answer(message, [{"BrandBudget": {"amount": 1e300}}, {"Block": {"platform": "nobody"}}])
