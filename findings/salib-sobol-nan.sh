#!/usr/bin/env bash
# SALib 1.6.0: one NaN among the outputs, and sobol.analyze says that nothing matters. With two of 2,048 runs missing, S1 and ST are 0
# for every parameter, with intervals of width 0, and so is S2.
# Expected: NaN everywhere, as other analyses of the library give it (here RBD-FAST), or an error. Asked about it (SALib's issue 237,
# from which one learns that older versions gave NaN), the maintainers said that failing is wanted, so that missing data do not mislead.
# What happens: the outputs are standardised, which makes all of them NaN; the division is then done only where the variance is above the
# machine's epsilon, which NaN is not, and elsewhere 0 stays. No warning is given, though there is one for constant outputs.
# Whom it hurts: sweeps over a market's parameters, where a company that went under has no margin, and a month without sales no average
# price. A table of zeros looks like a result, namely that the figure depends on nothing.
# Instead: refuse outputs that are not all finite before analysing, as in the last line.
# Needs Python 3.11 or later and the network. Fails if what is printed changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check SALib==1.6.0 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1
found=$("$folder/venv/bin/python" - <<'PY' 2>&1
import numpy as np
from SALib.analyze import rbd_fast, sobol as analyse
from SALib.sample import latin, sobol as sample

PROBLEM = {"num_vars": 3, "names": ["fee", "coupon", "noise"], "bounds": [[0, 1]] * 3}


def show(name, result, keys):
    print(f"{name}:", "; ".join(f"{key} {' '.join(f'{value:.2f}' for value in np.ravel(result[key]))}" for key in keys))


def market(inputs):
    return inputs @ np.array([4.0, 2.0, 0.1]) + inputs[:, 0] * inputs[:, 1]


inputs = sample.sample(PROBLEM, 256, seed=1)
outputs = market(inputs)
show("all there", analyse.analyze(PROBLEM, outputs, seed=1), ("S1", "S1_conf", "ST", "ST_conf"))
outputs[[7, 700]] = np.nan
show("two missing", analyse.analyze(PROBLEM, outputs, seed=1), ("S1", "S1_conf", "ST", "ST_conf", "S2"))
inputs = latin.sample(PROBLEM, 1000, seed=1)
outputs_latin = market(inputs)
outputs_latin[7] = np.nan
show("RBD-FAST, one missing", rbd_fast.analyze(PROBLEM, inputs, outputs_latin, seed=1), ("S1", "S1_conf"))
# S2 is a matrix of which only the part above the diagonal is ever filled.
print("would have been refused:", not np.isfinite(outputs).all())
PY
)
expected='all there: S1 0.76 0.24 0.00; S1_conf 0.13 0.08 0.00; ST 0.76 0.24 0.00; ST_conf 0.11 0.04 0.00
two missing: S1 0.00 0.00 0.00; S1_conf 0.00 0.00 0.00; ST 0.00 0.00 0.00; ST_conf 0.00 0.00 0.00; S2 nan 0.00 0.00 nan nan 0.00 nan nan nan
RBD-FAST, one missing: S1 nan nan nan; S1_conf nan nan nan
would have been refused: True'
printf '%s\n' "$found"
[ "$found" = "$expected" ]
