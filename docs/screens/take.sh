#!/usr/bin/env bash
# Takes a picture of every screen, at two sizes, into this folder: for the README, and to look at after a change.
# Needs Xvfb and a software Vulkan driver, and makes the pictures small with ImageMagick:
# apt-get install xvfb mesa-vulkan-drivers imagemagick
# Run from the project's root: docs/screens/take.sh [PROGRAM]
set -euo pipefail
program=${1:-target/debug/walled-gardens}
folder=$(dirname "$0")
scratch=$(mktemp -d)
for needed in Xvfb "$program"; do
    command -v "$needed" > /dev/null || { echo "$0: $needed is missing" >&2; exit 2; }
done
trap 'kill "${server:-}" 2> /dev/null || true; rm -rf "$scratch"' EXIT

number=97
for size in 1280x800 1920x1080; do
    number=$((number + 1))
    Xvfb ":$number" -screen 0 "${size}x24" > /dev/null 2>&1 &
    server=$!
    sleep 1
    export DISPLAY=":$number" XDG_CONFIG_HOME="$scratch/config"
    for script in screens watch first-game; do
        sed "s#FOLDER#$folder#g; s#SIZE#$size#g" "$folder/$script.script" > "$scratch/$script.script"
    done
    "$program" play history/china_2024 --seat jd --script "$scratch/screens.script" --size "$size" \
        --saves "$scratch/saves-$size"
    "$program" play history/china_2024 --watch --script "$scratch/watch.script" --size "$size" \
        --saves "$scratch/saves-$size"
    "$program" play tutorial/first-game --seat lotus --script "$scratch/first-game.script" --size "$size" \
        --saves "$scratch/saves-$size"
    kill "$server"
    wait "$server" 2> /dev/null || true
done
# A palette is enough for these, and a third of the size.
if command -v mogrify > /dev/null; then
    mogrify +dither -colors 255 -define png:compression-level=9 "$folder"/*.png
fi
echo "pictures are in $folder"
