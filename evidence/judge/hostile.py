"""Reads what the hostile tests left: none may fail or be skipped, and what grows or never ends has to end in time.

hostile.py BOMBS FOLDER...: BOMBS has a line for each bomb: name, milliseconds, MiB that its reading allocated, most MiB
that a render worker had up to then."""

import glob
import os
import sys
import xml.etree.ElementTree as xml

MOST_MS, MOST_MIB = 2_000, 1_024

passed, bad = 0, []
for folder in sys.argv[2:]:
    for report in sorted(glob.glob(folder + "/TEST-*Hostile*IT.xml")):
        for case in xml.parse(report).getroot().iter("testcase"):
            name = case.get("classname", "").rsplit(".", 1)[-1] + ": " + case.get("name", "")
            trouble = [child.tag for child in case if child.tag in ("failure", "error", "skipped")]
            print(("  " + trouble[0] if trouble else "  ok     ") + " " + name)
            if trouble:
                bad.append(name)
            else:
                passed += 1
bombs = []
if os.path.exists(sys.argv[1]):
    with open(sys.argv[1], encoding="utf-8") as book:
        for line in book:
            name, *figures = line.rstrip("\n").split("\t")
            bombs.append((name.lower().replace("_", " "), *map(int, figures)))
for name, ms, reading, worker in sorted(bombs, key=lambda bomb: -bomb[1]):
    over = ms > MOST_MS or reading > MOST_MIB or worker > MOST_MIB
    print(f"  {'OVER ' if over else 'ended'} {ms:5} ms  reading {reading:4} MiB  worker {worker:4} MiB  {name}")
    if over:
        bad.append(name)
if bad or passed < 60 or len(bombs) < 15:
    print(f"hostile: FAILED, {passed} refused, {len(bad)} not, {len(bombs)} bombs (at least 60, 0 and 15)")
    sys.exit(1)
print(
    f"hostile: {passed} attempts refused, the pool and the environment beside them unharmed after each; "
    f"{len(bombs)} bombs, the slowest ended after {max(b[1] for b in bombs)} ms, at most "
    f"{max(b[2] for b in bombs)} MiB for reading and {max(b[3] for b in bombs)} MiB in a worker"
)
