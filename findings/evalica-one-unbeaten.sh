#!/usr/bin/env bash
# evalica 0.4.2: where one player has won everything, or lost everything, all Bradley-Terry strengths are the same. A is better than B and B
# than C in forty-five matches; then Z joins and beats A five times. Everybody has 0.000001, and is said to win half the time.
# Expected: the likelihood has no maximum there, so that a good engineer looks for an error (choix.ilsr_pairwise raises one), for the limit
# of iterations, or for a huge number for Z; and A, B and C stay apart, about whom the matches still speak.
# What happens: the geometric mean of the strengths comes out as infinite or nothing, all turn into NaN, each NaN is replaced by the
# tolerance, and two such vectors have "converged": `iterations` is 2 of 100. With a winless Z it is 100 of 100. `newman` does the same for
# an unbeaten one. Both solvers agree, so that comparing them shows nothing. Not in the documentation, as far as could be found.
# Whom it hurts: in a round robin of strategies often one wins or loses every match, and the table says that nobody is better than
# anybody. Bootstrap intervals (evalica.bootstrap) have such resamples among them even where the data are not like that.
# Instead: a draw of everybody with one player more, as in the last line, or choix with alpha > 0. Refuse strengths that are all alike.
# Needs Python 3.11 or later and the network. Fails if what is printed changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check evalica==0.4.2 numpy==2.4.6 pandas==3.1.1 scipy==1.17.1
found=$("$folder/venv/bin/python" - <<'PY'
import evalica
from evalica import Winner

ROUND = [("A", "B", 11, 4), ("B", "C", 9, 6), ("A", "C", 12, 3)]


def strengths(name, played, method=evalica.bradley_terry, drawn="", **options):
    xs, ys, winners = [], [], []
    for x, y, won, lost in played:
        xs += [x] * (won + lost)
        ys += [y] * (won + lost)
        winners += [Winner.X] * won + [Winner.Y] * lost
    for player in drawn:
        xs, ys, winners = xs + [player], ys + ["nobody"], winners + [Winner.Draw]
    result = method(xs, ys, winners, **options)
    chance = evalica.pairwise_frame(result.scores).loc["A", "C"]
    scores = " ".join(f"{player} {result.scores[player]:.6f}" for player in sorted(result.scores.index) if player != "nobody")
    print(f"{name}: {scores}; A beats C: {chance:.2f}; iterations {result.iterations}")


strengths("three", ROUND)
strengths("Z unbeaten", [*ROUND, ("Z", "A", 5, 0)])
strengths("the other solver", [*ROUND, ("Z", "A", 5, 0)], solver="naive")
strengths("Z winless", [*ROUND, ("Z", "A", 0, 5)])
strengths("Newman, Z unbeaten", [*ROUND, ("Z", "A", 5, 0)], method=evalica.newman)
strengths("with a draw each", [*ROUND, ("Z", "A", 5, 0)], drawn="ABCZ")
PY
)
expected='three: A 2.225701 B 0.817564 C 0.549555; A beats C: 0.80; iterations 8
Z unbeaten: A 0.000001 B 0.000001 C 0.000001 Z 0.000001; A beats C: 0.50; iterations 2
the other solver: A 0.000001 B 0.000001 C 0.000001 Z 0.000001; A beats C: 0.50; iterations 2
Z winless: A 0.000001 B 0.000001 C 0.000001 Z 0.000001; A beats C: 0.50; iterations 100
Newman, Z unbeaten: A 0.000001 B 0.000001 C 0.000001 Z 0.000001; A beats C: 0.50; iterations 100
with a draw each: A 0.995649 B 0.395428 C 0.269094 Z 10.736725; A beats C: 0.79; iterations 12'
printf '%s\n' "$found"
[ "$found" = "$expected" ]
