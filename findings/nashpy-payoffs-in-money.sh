#!/usr/bin/env bash
# nashpy 0.0.43: what vertex_enumeration finds depends on the unit of the payoffs. A game of two prices has three equilibria where payoffs
# are in hundreds of millions of yuan (0 to 7), five where they are in tens of yuan, of which two are none, and none at all in yuan.
# Expected: equilibria stay when all payoffs are multiplied by a positive number, and every finite game has one (Nash 1951). The
# documentation says that the algorithm returns all of them in a game that is not degenerate, and nothing about sizes.
# What happens: corners of the best-response polytopes are as large as 1 / payoff, and numpy.isclose compares them and the strategies' weights with
# 0 to within 1e-8, whatever the unit. From payoffs of some 1e7 on, weights count as nothing, which makes false equilibria; above 1e8
# every corner soon counts as the origin, and an empty list comes back. No warning is given.
# Whom it hurts: whoever makes a game between strategies of what matches end with, 1e8 to 1e12 yuan. Of a hundred random games with payoffs
# of up to 1e7, 15 have a false equilibrium, in which somebody wins over 1% by changing; at 1e8 it is 83.
# Instead: divide each matrix by its largest payoff, or use support_enumeration, which is right at each size here.
# Needs Python 3.11 or later and the network. Fails if what is printed changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check nashpy==0.0.43 numpy==2.4.6 scipy==1.17.1 networkx==3.6.1
found=$("$folder/venv/bin/python" - <<'PY'
import nashpy
import numpy as np

# Of two prices each, high and low: who alone is low wins most; if both are low, neither earns a thing.
ROW = np.array([[6.0, 2.0], [7.0, 0.0]])
COLUMN = ROW.T


def gain(rows, columns, row, column):
    """What the one wins who wins most by changing alone."""
    return max((rows @ column).max() - row @ rows @ column, (row @ columns).max() - row @ columns @ column)


def found(rows, columns, unit, method="vertex_enumeration"):
    pairs = list(getattr(nashpy.Game(rows * unit, columns * unit), method)())
    return len(pairs), sum(bool(gain(rows, columns, *pair) > 0.01 * rows.max()) for pair in pairs)


for unit in (1.0, 1e6, 1e7, 1e8):
    false = 0
    for seed in range(100):
        random = np.random.default_rng(seed)
        false += found(random.random((3, 3)), random.random((3, 3)), unit)[1] > 0
    print(f"times {unit:.0e}: (all, false ones) {found(ROW, COLUMN, unit)}, by supports {found(ROW, COLUMN, unit, 'support_enumeration')};",
          f"random games with false ones: {false}")
PY
)
expected='times 1e+00: (all, false ones) (3, 0), by supports (3, 0); random games with false ones: 0
times 1e+06: (all, false ones) (3, 0), by supports (3, 0); random games with false ones: 0
times 1e+07: (all, false ones) (5, 2), by supports (3, 0); random games with false ones: 15
times 1e+08: (all, false ones) (0, 0), by supports (3, 0); random games with false ones: 83'
printf '%s\n' "$found"
[ "$found" = "$expected" ]
