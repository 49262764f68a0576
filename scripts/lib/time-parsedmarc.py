"""Times parsedmarc on the first report of set s, offline, and checks what it found.

usage: time-parsedmarc.py SETS     prints a figure a line: records a second
"""

import logging
import pathlib
import sys
import time

import parsedmarc

logging.disable(logging.CRITICAL)
sets = pathlib.Path(sys.argv[1])
counts = dict(line.split() for line in (sets / "s.txt").read_text().splitlines())
file = sorted((sets / "s").iterdir())[0]
expected = int(counts["records"]) // int(counts["reports"])
for _ in range(3):
    start = time.perf_counter()
    report = parsedmarc.parse_report_file(str(file), offline=True, always_use_local_files=True)
    seconds = time.perf_counter() - start
    records = report["report"]["records"]
    assert len(records) == expected, f"{len(records)} records, not {expected}"
    print(f"parsedmarc.rate\t{expected / seconds}")
