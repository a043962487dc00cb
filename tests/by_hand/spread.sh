# What the scripts beside this one have in common: they start an engine, then `play` it. They say how many tasks it still has
# (`waiting`) and how tasks have ended (`ends`).
scratch=$(mktemp -d)
daemons=()
# Notes a process that is to end with this one.
daemon() { daemons=("$1" "${daemons[@]}"); }
trap 'kill "${daemons[@]}" 2> /dev/null || true; wait; [ -n "${KEEP:-}" ] && echo "kept: $scratch" || rm -rf "$scratch"' EXIT

cat > "$scratch/plan.ron" << 'PLAN'
(
    title: "By hand",
    levels: ["arena/duel"],
    strategies: ["planner", "premium", "passive"],
    blocks: 40, turns: 6, consumers: 400, merchants: 100, seed: 11,
)
PLAN

# The process that plays a part, once it has kept a record.
at() {
    local records=$scratch/league/parts/$1/matches.jsonl
    [ -e "$records" ] && [ "$(wc -l < "$records")" -gt 1 ] || return 1
    pgrep --full --exact ".*walled-gardens shard $scratch/league/plan.ron .*--index $1 .*"
}

drained() { until [ "$(waiting)" = 0 ]; do sleep 1; done; }

play() {
    local engine=$1 begun=$SECONDS killed=0 part task rounds=1
    "$program" tournament "$scratch/plan.ron" --out "$scratch/plain" --quiet > /dev/null
    echo "On one machine: $((SECONDS - begun)) s."
    begun=$SECONDS
    "$program" tournament "$scratch/plan.ron" --engine "$engine" --parts 4 --out "$scratch/league"
    for part in 0 1 2 3; do
        [ $killed = 2 ] && break
        until task=$(at $part); do sleep 0.1; done
        kill -9 "$task" && echo "Killed part $part, process $task, after $(wc -l < "$scratch/league/parts/$part/matches.jsonl") lines."
        killed=$((killed + 1))
    done
    drained
    ends
    until "$program" tournament --engine "$engine" --out "$scratch/league" --resume && [ -e "$scratch/league/whole/report.html" ]; do
        rounds=$((rounds + 1))
        drained
    done
    echo "In parts: $((SECONDS - begun)) s, submitted $rounds times."
    ends
    cat "$scratch/league/jobs.txt"
    diff --recursive "$scratch/plain" "$scratch/league/whole" && echo "The same bytes."
}
