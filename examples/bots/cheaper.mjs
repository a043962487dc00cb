// Asks merchants a little less than the cheapest of its rivals.
import { createInterface } from "node:readline";

let level;
let step = 0.002;

const say = (message) => console.log(JSON.stringify(message));

function orders({ me, public: known }) {
  if (!known.prices[me]) return [];
  return level.categories.flatMap((category, place) => {
    const rates = known.prices.filter((prices, of) => prices && of !== me).map((prices) => prices.take_rates[place]);
    const rate = Math.max(0, Math.min(...rates, 0.5) - step);
    return rate < known.prices[me].take_rates[place] ? [{ TakeRate: { category: category.id, rate } }] : [];
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  level = message.level ?? level;
  if (message.type === "hello") {
    say({ type: "ready", protocol: 1, name: "cheaper" });
  } else if (message.type === "begin") {
    step = message.parameters.step ?? 0.002;
  } else if (message.type === "turn") {
    say({ type: "orders", match: message.match, turn: message.turn, orders: orders(message.view) });
  }
}
