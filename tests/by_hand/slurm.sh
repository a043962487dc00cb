#!/usr/bin/env bash
# A real Slurm on this one machine plays a tournament in four parts; two tasks are killed by -9 on the way. What is not whole is submitted
# again, and in the end every byte must be that of the same tournament on one machine.
# Needs root and Debian's packages, which it installs: slurm-wlm, munge. Daemons and files are its own and end with it.
# Run from the project's root: tests/by_hand/slurm.sh [PROGRAM]
set -euo pipefail
program=$(realpath "${1:-target/release/walled-gardens}")
command -v slurmctld munged > /dev/null || apt-get install -y --no-install-recommends slurm-wlm munge > /dev/null
source "$(dirname "$0")/spread.sh"
chmod 755 "$scratch"
host=$(hostname -s)
mkdir "$scratch/state" "$scratch/spool"
cat > "$scratch/slurm.conf" << CONFIGURATION
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$scratch/munge.socket
CredType=cred/munge
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
ReturnToService=2
SlurmctldPidFile=$scratch/slurmctld.pid
SlurmdPidFile=$scratch/slurmd.pid
StateSaveLocation=$scratch/state
SlurmdSpoolDir=$scratch/spool
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONFIGURATION
export SLURM_CONF=$scratch/slurm.conf
dd if=/dev/urandom of="$scratch/munge.key" bs=128 count=1 status=none
chmod 600 "$scratch/munge.key"
munged --foreground --force --key-file="$scratch/munge.key" --socket="$scratch/munge.socket" \
    --pid-file="$scratch/munged.pid" --log-file="$scratch/munged.log" --seed-file="$scratch/munge.seed" 2> /dev/null &
daemon $!
sleep 1
slurmctld -D > "$scratch/slurmctld.log" 2>&1 &
daemon $!
sleep 2
slurmd -D > "$scratch/slurmd.log" 2>&1 &
daemon $!
until sinfo --noheader --format=%T 2> /dev/null | grep -q idle; do sleep 1; done
# Tasks that are still to run or running.
waiting() { squeue --noheader --array | wc -l; }
ends() { scontrol show job | grep -o 'JobState=[A-Z]*\|ExitCode=[0-9:]*' | paste - - | sort | uniq -c; }
play slurm
