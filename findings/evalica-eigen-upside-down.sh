#!/usr/bin/env bash
# evalica 0.4.2: `eigen` gives the highest score to the one who loses most. It stands beside `elo`, `bradley_terry` and `newman` with the
# same arguments and results; the documentation calls it the eigenvalue method (Bonacich 1987). Expected: as with all the others more is
# better, and rank 1 of the command line is the best.
# What happens: A wins 14 of 15 against C, and C comes first, in both solvers and on the command line. The vector is that of the
# transposed matrix. That is more than a sign to remember: it measures who was beaten by whom, and who never lost has just nothing.
# A second surprise adds to it. In a gauntlet, where all have met one player only, the iteration goes to and fro between two vectors, and
# whether the limit is even or odd decides who is first, without a word. `iterations` tells nothing: the default solver is at the limit
# even where the other has come to rest after 26.
# Whom it hurts: tables of strategies by several methods, as a check of robustness, and gauntlets.
# Instead: bradley_terry; or eigen with winners exchanged (last line), but not for gauntlets.
# Needs Python 3.11 or later and the network. Fails if what is printed changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check evalica==0.4.2 numpy==2.4.6 pandas==3.1.1 scipy==1.17.1
found=$("$folder/venv/bin/python" - <<'PY'
import evalica
from evalica import Winner

ROUND = [("A", "B", 11, 4), ("B", "C", 11, 4), ("A", "C", 14, 1)]
GAUNTLET = [("A", "B", 8, 2), ("A", "C", 6, 4), ("A", "D", 6, 4)]
OTHER = {Winner.X: Winner.Y, Winner.Y: Winner.X}


def table(name, played, method=evalica.eigen, exchange=False, **options):
    xs, ys, winners = [], [], []
    for x, y, won, lost in played:
        xs += [x] * (won + lost)
        ys += [y] * (won + lost)
        winners += [Winner.X] * won + [Winner.Y] * lost
    if exchange:
        winners = [OTHER[winner] for winner in winners]
    result = method(xs, ys, winners, **options)
    scores = result.scores.sort_values(ascending=False)
    print(f"{name}:", " ".join(f"{player} {score:.3f}" for player, score in scores.items()), getattr(result, "iterations", "-"))


for method in (evalica.bradley_terry, evalica.newman, evalica.elo, evalica.eigen):
    table(method.__name__, ROUND, method)
table("eigen, the other solver", ROUND, solver="naive")
table("eigen, A beat all", [("A", "B", 15, 0), ("B", "C", 11, 4), ("A", "C", 15, 0)])
table("eigen, a gauntlet, at most 100", GAUNTLET, limit=100)
table("eigen, a gauntlet, at most 101", GAUNTLET, limit=101)
table("eigen, winners exchanged", ROUND, exchange=True, limit=1000, solver="naive")
PY
)
expected='bradley_terry: A 3.143 B 1.000 C 0.318 9
newman: A 3.143 B 1.000 C 0.318 16
elo: A 1033.726 B 1000.951 C 965.322 -
eigen: C 0.812 B 0.526 A 0.254 100
eigen, the other solver: C 0.812 B 0.526 A 0.254 26
eigen, A beat all: C 0.895 B 0.445 A 0.000 100
eigen, a gauntlet, at most 100: B 0.601 A 0.481 C 0.451 D 0.451 100
eigen, a gauntlet, at most 101: A 0.651 B 0.521 C 0.391 D 0.391 101
eigen, winners exchanged: A 0.812 B 0.526 C 0.254 26'
printf '%s\n' "$found"
[ "$found" = "$expected" ]
