#!/bin/sh
# Tell somebody that a unit failed: runs MONITOR_TELL, a command of the shell that is given a sentence to read.
# usage: tell.sh UNIT
# Without MONITOR_TELL nobody is told, and it fails: `systemctl --failed` shows both.
set -eu
said="$(uname -n): $1 failed, $(date -u '+%Y-%m-%d %H:%M') UTC. Look at: systemctl status $1; journalctl -u $1"
# At the start of a line: how serious it is, for the journal.
echo "<1>$said"
if [ -z "${MONITOR_TELL:-}" ]; then
    echo "<1>Nobody was told: set MONITOR_TELL in /etc/monitor/monitor.env." >&2
    exit 1
fi
printf '%s\n' "$said" | sh -c "$MONITOR_TELL"
