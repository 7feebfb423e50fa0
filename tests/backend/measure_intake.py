"""`python -m tests.backend.measure_intake`: how many records a second one platform takes from one kiosk.

The batches are made beforehand and sent by a bare client, so that the figure is the platform's own.
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from backend_client.contract import certificate_number
from tests.backend.platform_calls import STAMP, client_for, new_block, record_of
from tests.backend.platform_process import PlatformProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend_client.client import PlatformClient

KIOSK = "CG-KSK-03"
BLOCK = 200


def main() -> int:
    """Send everything once, and once more as a redelivery."""
    parser = argparse.ArgumentParser(prog="python -m tests.backend.measure_intake", description=__doc__)
    parser.add_argument("--records", type=int, default=45_000)
    parser.add_argument("--batch", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        process = PlatformProcess(Path(folder))
        process.fill()
        keys = process.enrol(KIOSK)
        credential = (keys / "credential").read_text(encoding="ascii").strip()
        with process:
            bodies = list(_bodies(client_for(process.url, keys), options.records, options.batch))
            for verdict in ("stored", "duplicate"):
                sys.stdout.write(f"{_measure(process.url, credential, bodies, verdict)}\n")
    return 0


def _bodies(client: PlatformClient, records: int, size: int) -> Iterator[bytes]:
    items = [_item(number) for number in _numbers(client, records)]
    for start in range(0, records, size):
        batch = {"batch_id": str(uuid.uuid4()), "items": items[start : start + size]}
        yield json.dumps(batch).encode()


def _numbers(client: PlatformClient, count: int) -> Iterator[str]:
    for start in range(0, count, BLOCK):
        block = new_block(client, min(BLOCK, count - start))
        yield from (certificate_number(block, block.first + place) for place in range(block.count))


def _item(number: str) -> object:
    item = record_of(number, prepared=STAMP, settled=STAMP, household_id=f"HH{number[-8:-2]}")
    return item.model_dump(mode="json", exclude_unset=True)


def _measure(url: str, credential: str, bodies: list[bytes], verdict: str) -> str:
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    headers = {"Authorization": f"Bearer {credential}", "Content-Type": "application/json"}
    items, times_s = 0, []
    for body in bodies:
        begun = time.perf_counter()
        connection.request("POST", "/v1/records", body, headers)
        reply = connection.getresponse().read()
        times_s.append(time.perf_counter() - begun)
        verdicts = [item["verdict"] for item in json.loads(reply)["items"]]
        if set(verdicts) != {verdict}:
            raise SystemExit(f"the platform did not take them all as {verdict}")
        items += len(verdicts)
    connection.close()
    total_s, p99_s = sum(times_s), statistics.quantiles(times_s, n=100)[98]
    rate = f"{items} records in {total_s:.1f} s, {items / total_s:.0f}/s"
    return f"{verdict}: {rate}, batch p99 {p99_s * 1000:.0f} ms"


if __name__ == "__main__":
    sys.exit(main())
