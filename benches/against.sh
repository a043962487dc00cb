#!/usr/bin/env bash
# How much faster imagined markets are than at an earlier commit: both built the same way, measured turn and turn about on the same machine.
#   benches/against.sh COMMIT [ROUNDS]
# Prints, for each level and for the opening, the world and a turn, both medians in microseconds and the ratio of paired rounds with its
# 95% interval (order statistics).
set -euo pipefail
wrong() { echo "error: $*; expected benches/against.sh COMMIT [ROUNDS]" >&2; exit 2; }
here=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
(($# == 1 || $# == 2)) || wrong "$# arguments"
commit=$(git -C "$here" rev-parse --verify --quiet "$1^{commit}") || wrong "there is no commit $1"
rounds=${2:-15}
# Of fewer the extremes hold the median less often than 95 times in 100.
[[ $rounds =~ ^[0-9]+$ ]] && ((rounds >= 9)) || wrong "$rounds is no number of rounds from 9 on"
scratch=$(mktemp -d)
trap 'git -C "$here" worktree remove --force "$scratch/then" 2>/dev/null || true; rm -rf "$scratch"' EXIT
git -C "$here" worktree add --quiet "$scratch/then" "$commit"
program() { # FOLDER
    mkdir -p "$1/examples"
    cp "$here/benches/speed/imagined.rs" "$1/examples/imagined_measure.rs.txt"
    cat > "$1/examples/imagined.rs" <<'RUST'
//! Measured by benches/against.sh.
#![allow(missing_docs, dead_code)]
#[path = "imagined_measure.rs.txt"]
mod imagined;
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
fn main() {
    for level in imagined::LEVELS {
        let times = imagined::measure(&imagined::view(level));
        println!("{level} {} {} {}", times[0], times[1], times[2]);
    }
}
RUST
}
mkdir "$scratch/now"
cp -r "$here"/{src,level,engine,window,levels,assets,benches,docs,Cargo.toml,Cargo.lock} "$scratch/now/"
for side in then now; do
    program "$scratch/$side"
    (cd "$scratch/$side" && CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$here/target-against}" \
        cargo build --quiet --release --locked --no-default-features --example imagined)
    cp "${CARGO_TARGET_DIR:-$here/target-against}/release/examples/imagined" "$scratch/$side.program"
done
for ((round = 0; round < rounds; round++)); do
    order="then now"; ((round % 2)) && order="now then"
    for side in $order; do
        "$scratch/$side.program" | sed "s/^/$side $round /"
    done
done > "$scratch/times"
python3 - "$scratch/times" <<'PY'
import math, statistics, sys
rows = {}
for line in open(sys.argv[1]):
    side, number, level, *times = line.split()
    for what, time in zip(["opening", "world", "turn"], map(float, times)):
        rows.setdefault((level, what), {}).setdefault(side, {})[number] = time
print(f"{'level':<24}{'what':<9}{'then':>12}{'now':>12}{'ratio':>9}  95% interval")
for (level, what), sides in rows.items():
    ratios = sorted(sides["then"][number] / sides["now"][number] for number in sides["now"])
    n = len(ratios)
    below = max(int(0.5 * n - 0.98 * math.sqrt(n)), 0)
    low, high = ratios[max(below - 1, 0)], ratios[min(n - below, n - 1)]
    then, now = (statistics.median(sides[side].values()) for side in ("then", "now"))
    print(f"{level:<24}{what:<9}{then:>12.1f}{now:>12.1f}{statistics.median(ratios):>9.2f}  {low:.2f} to {high:.2f}")
PY
