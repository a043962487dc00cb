#!/usr/bin/env bash
# openskill 6.2.0: its model ThurstoneMostellerFull is certain after one match of eight. Eight new players with sigma 8.33 finish in some
# order, and all have sigma 0.083 then, a hundredth of it; where all are level, five are enough. Expected, as the documentation promises
# an accuracy that matches TrueSkill's: sigma falls as matches are played, and a draw brings ratings nearer. But when six with mu 30, 25, 25,
# 25, 25 and 20 are level, the one with 30 has 18 afterwards, and the one with 20 has 32.
# Why: what each pair says is added up as if no other pair had been in the match. At eight seats the drop of the variance passes 1, and is
# cut off at kappa = 0.0001 without a word. The documentation says what kappa is for, not that a match of usual size gets there.
# Whom it hurts: whoever rates strategies on levels of seven or eight seats. The first match decides: below it ends A to H, the next
# twenty end H to A, and A is still said to beat H for certain. Ordinals (mu - 3 sigma) look very well separated.
# Instead: PlackettLuce, a partial model, or a fit of all matches at once. (BradleyTerryFull does the same from seventeen seats on.)
# Needs Python 3.11 or later and the network. Fails if what is printed changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openskill==6.2.0
found=$("$folder/venv/bin/python" - <<'PY'
from openskill.models import BradleyTerryFull, PlackettLuce, ThurstoneMostellerFull, ThurstoneMostellerPart


def play(model, players, ranks):
    return [team[0] for team in model.rate([[player] for player in players], ranks=ranks)]


for kind in (ThurstoneMostellerFull, ThurstoneMostellerPart, BradleyTerryFull, PlackettLuce):
    model = kind()
    new = lambda seats: [model.rating() for _ in range(seats)]
    won = play(model, new(8), list(range(8)))
    level = play(model, new(5), [0] * 5)
    drawn = play(model, [model.rating(mu=mu) for mu in (30, 25, 25, 25, 25, 20)], [0] * 6)
    players = won
    for _ in range(20):
        players = play(model, players, list(range(7, -1, -1)))
    first_beats_last = model.predict_win([[players[0]], [players[7]]])[0]
    print(f"{kind.__name__}: sigma {won[0].sigma:.3f}, after a draw of five {level[0].sigma:.3f};",
          f"30 and 20 drew: {drawn[0].mu:.1f} and {drawn[5].mu:.1f}; won 1, lost 20: wins with {first_beats_last:.2f}")
PY
)
expected='ThurstoneMostellerFull: sigma 0.083, after a draw of five 0.083; 30 and 20 drew: 18.0 and 32.0; won 1, lost 20: wins with 1.00
ThurstoneMostellerPart: sigma 8.249, after a draw of five 8.201; 30 and 20 drew: 29.5 and 20.5; won 1, lost 20: wins with 0.00
BradleyTerryFull: sigma 6.221, after a draw of five 7.203; 30 and 20 drew: 27.1 and 22.9; won 1, lost 20: wins with 0.00
PlackettLuce: sigma 8.319, after a draw of five 8.291; 30 and 20 drew: 29.9 and 20.1; won 1, lost 20: wins with 0.00'
printf '%s\n' "$found"
[ "$found" = "$expected" ]
