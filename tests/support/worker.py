"""A process that writes: one acknowledged line on its output for each entry that the log holds.

python -m tests.support.worker URL TOKEN COUNT [pause]   (it begins at the first line it reads)
"""

import json
import sys
import time

from monitor import commands
from monitor.accounts import Bearer
from monitor.errors import MonitorError
from monitor.i18n import text
from monitor.store import open_store
from tests.support.team import action


def main(url: str, token: str, count: int, pause: float = 0.0) -> None:
    store, who = open_store(url), Bearer(token=token)
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(count):
        asked = action(status="no_evidence", summary="Rien trouvé sur le site de la ville.")
        start = time.perf_counter()
        try:
            written = commands.log_action(store, who, asked)
        except MonitorError as error:
            sentence = text(f"error.{error.code}", "fr", **error.values)
            print(json.dumps({"code": error.code, "said": sentence}), flush=True)
        else:
            spent = time.perf_counter() - start
            print(json.dumps({"action_id": written.action_id, "seconds": spent}), flush=True)
        time.sleep(pause)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), *map(float, sys.argv[4:5]))
