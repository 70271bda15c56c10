"""Reads the reports of the hostile tests: none may fail and none may be skipped."""

import glob
import sys
import xml.etree.ElementTree as xml

passed, bad = 0, []
for folder in sys.argv[1:]:
    for report in sorted(glob.glob(folder + "/TEST-*Hostile*IT.xml")):
        for case in xml.parse(report).getroot().iter("testcase"):
            name = case.get("classname", "").rsplit(".", 1)[-1] + ": " + case.get("name", "")
            trouble = [child.tag for child in case if child.tag in ("failure", "error", "skipped")]
            print(("  " + trouble[0] if trouble else "  ok     ") + " " + name)
            if trouble:
                bad.append(name)
            else:
                passed += 1
if bad or passed < 60:
    print(f"hostile: FAILED, {passed} refused, {len(bad)} not (at least 60 and 0)")
    sys.exit(1)
print(f"hostile: {passed} attempts refused, the pool and the environment beside them unharmed after each")
