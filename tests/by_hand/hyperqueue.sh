#!/usr/bin/env bash
# A real HyperQueue server with two workers on this machine plays a tournament in four parts; two tasks are killed by -9 on the way, and
# then a worker. In the end every byte must be that of the same tournament on one machine.
# Needs `hq` in PATH: one file from https://github.com/It4innovations/hyperqueue/releases, version 0.20 or later.
# Run from the project's root: tests/by_hand/hyperqueue.sh [PROGRAM]
set -euo pipefail
program=$(realpath "${1:-target/release/walled-gardens}")
source "$(dirname "$0")/spread.sh"
export HQ_SERVER_DIR=$scratch/server
hq server start > "$scratch/server.log" 2>&1 &
daemon $!
until hq server info > /dev/null 2>&1; do sleep 1; done
for worker in 1 2; do
    hq worker start --cpus=1 > "$scratch/worker-$worker.log" 2>&1 &
    daemon $!
done
# Tasks that are still to run or running: jobs that are neither finished, failed nor cancelled.
waiting() { hq --output-mode=quiet job list --filter waiting,running | grep -c . || true; }
ends() { hq job list --all; }
play hyperqueue
