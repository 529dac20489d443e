#!/bin/sh
# Back up the database into FOLDER and check the backup; keep the last KEEP backups.
# usage: backup.sh FOLDER [KEEP]      PYTHON names the interpreter of the project's environment.
set -eu
folder=$1
keep=${2:-30}
cd "$(dirname "$0")/.."
mkdir -p "$folder"
"${PYTHON:-.venv/bin/python}" -m monitor backup "$folder"
# The names hold the time in UTC: their order is that of the copies.
ls -1 "$folder" | grep '^monitor-[0-9TZ]*\.db$' | sort -r | tail -n "+$((keep + 1))" |
while read -r old; do
    rm -- "$folder/$old"
done
