#!/usr/bin/env bash
# A person plays a match through the window alone: twelve months by clicks and keys, saved, left, loaded and played to the
# end. Then the saved match is verified without a window: every state must come out as it was recorded.
# Needs Xvfb and a software Vulkan driver: apt-get install xvfb mesa-vulkan-drivers
# Run from the project's root: tests/by_hand/run.sh [PROGRAM]
set -euo pipefail
program=${1:-target/debug/walled-gardens}
folder=$(dirname "$0")
scratch=$(mktemp -d)
trap 'kill "${server:-}" 2> /dev/null || true; rm -rf "$scratch"' EXIT
Xvfb :96 -screen 0 1280x800x24 > /dev/null 2>&1 &
server=$!
sleep 1
export DISPLAY=:96 XDG_CONFIG_HOME="$scratch/config"
for part in year rest; do
    sed "s#FOLDER#${PICTURES:-$scratch}#g" "$folder/$part.script" > "$scratch/$part.script"
done
"$program" play history/china_2024 --seat jd --script "$scratch/year.script" --size 1280x800 --saves "$scratch/saves"
"$program" play --script "$scratch/rest.script" --size 1280x800 --saves "$scratch/saves"
for save in "$scratch/saves/history-china_2024 12.wgsave" "$scratch/saves/history-china_2024 36.wgsave"; do
    "$program" replay "$save" --verify
done
