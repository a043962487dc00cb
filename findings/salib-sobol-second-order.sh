#!/usr/bin/env bash
# SALib 1.6.0: whether sobol.analyze notices that it is told of another kind of sample than was drawn depends on the number of parameters.
# sobol.sample and sobol.analyze have calc_second_order, both True when absent. Where they differ one expects the error "Incorrect number of
# samples [...] Confirm that calc_second_order matches", and gets it for 4, 5 or 8 parameters. But all that is looked at is whether
# the outputs can be divided by D + 2, or by 2 D + 2. With a power of 2 as sample size, which the sampler asks for,
#   3 or 7 parameters drawn without second order are analysed with it (one forgot the argument once), and
#   2 or 6 parameters drawn with second order are analysed without it,
# runs being taken for other runs. Nothing is said, and intervals are about as narrow as always: of three parameters the one that makes 76%
# of the variance has 0.12 +- 0.09, and of six the one that makes less than 0.1% is the most important, with 0.75 +- 0.06.
# Whom it hurts: whoever learns on four parameters that mistakes are refused, and then publishes a sweep of three or six. Only negative
# indices, or strange sums, would show it.
# Instead: one function that draws and analyses with one argument; compare the outputs' number with N (D + 2) or N (2 D + 2).
# Needs Python 3.11 or later and the network. Fails if what is printed changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check SALib==1.6.0 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1
found=$("$folder/venv/bin/python" - <<'PY' 2>&1
import numpy as np
from SALib.analyze import sobol as analyse
from SALib.sample import sobol as sample

WEIGHTS = np.array([4, 2, 1, 0.5, 0.25, 0.125, 0.0625, 0.03125])


def indices(problem, outputs, second):
    try:
        result = analyse.analyze(problem, outputs, calc_second_order=second, seed=1)
    except RuntimeError:
        return "refused"
    return " ".join(f"{index:.2f}+-{width:.2f}" for index, width in zip(result["S1"], result["S1_conf"]))


for parameters in range(2, 9):
    problem = {"num_vars": parameters, "names": [f"x{i}" for i in range(parameters)], "bounds": [[0, 1]] * parameters}
    for second in (True, False):
        outputs = sample.sample(problem, 1024, calc_second_order=second, seed=1) @ WEIGHTS[:parameters]
        wrong = indices(problem, outputs, not second)
        if wrong == "refused":
            print(f"{parameters}, drawn {'with' if second else 'without'}: {wrong}")
        else:
            print(f"{parameters}, drawn {'with' if second else 'without'}: {wrong}\n  should be {indices(problem, outputs, second)}")
PY
)
expected='2, drawn with: -0.23+-0.04 0.52+-0.05
  should be 0.80+-0.08 0.20+-0.03
2, drawn without: refused
3, drawn with: refused
3, drawn without: 0.12+-0.09 -0.95+-0.10 -0.04+-0.14
  should be 0.76+-0.07 0.19+-0.03 0.05+-0.02
4, drawn with: refused
4, drawn without: refused
5, drawn with: refused
5, drawn without: refused
6, drawn with: -0.08+-0.03 0.36+-0.05 0.23+-0.06 0.56+-0.06 0.52+-0.06 0.75+-0.06
  should be 0.75+-0.07 0.19+-0.04 0.05+-0.02 0.01+-0.01 0.00+-0.00 0.00+-0.00
6, drawn without: refused
7, drawn with: refused
7, drawn without: 0.35+-0.09 0.07+-0.08 0.29+-0.08 0.16+-0.08 0.15+-0.10 -0.27+-0.13 -0.14+-0.12
  should be 0.75+-0.07 0.19+-0.03 0.05+-0.02 0.01+-0.01 0.00+-0.00 0.00+-0.00 0.00+-0.00
8, drawn with: refused
8, drawn without: refused'
printf '%s\n' "$found"
[ "$found" = "$expected" ]
