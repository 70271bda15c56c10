"""Judges the report of ./hikkoshi demo --once --report FILE. Prints each claim, then `demo: FIGURE`."""

import json
import math
import sys

PHASES_BELOW = 180
SLACK = 2
LEAST_SAMPLES = 2000
ALPHA = 1e-6
ROUTES = {"web": "answers", "api": "requests"}
STEPS = [1, 5, 25, 50, 100]


def within_bound(step):
    """The exact two-sided binomial test, computed again here."""
    n, p = step["samples"], step["intended"] / 100
    k = round(step["measured"] / 100 * n)
    if p in (0, 1):
        return k == p * n

    def tail(counts):
        logs = (math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1) for i in counts)
        return sum(math.exp(log + i * math.log(p) + (n - i) * math.log1p(-p)) for log, i in zip(logs, counts))

    return 2 * min(tail(range(k + 1)), tail(range(k, n + 1))) >= ALPHA


def claims(report):
    """Each as (holds, sentence)."""
    yield report["ok"], "the demo itself is content"
    for route in sorted(ROUTES):
        books = report["routes"][route]
        yield books["requests"] > 0, f"{route}: {books['requests']} requests"
        yield books["failed"] == 0, f"{route}: {books['failed']} failed"
    phases = sum(phase["seconds"] for phase in report["phases"])
    yield 0 < phases < PHASES_BELOW, f"phases take {phases:.1f} s, below {PHASES_BELOW} s"
    yield from steps(report["steps"])
    yield from revert(report)


def steps(all_steps):
    for step in all_steps:
        name = f"{step['kind']} {step['route']} {step['intended']:g} %"
        yield step["withinBound"] and within_bound(step), f"{name}: {step['measured']:.2f} % of {step['samples']} {step['samplesKind']}"
        yield step["samples"] >= LEAST_SAMPLES, f"{name}: at least {LEAST_SAMPLES} samples"
        yield step["samplesKind"] == ROUTES[step["route"]], f"{name}: judged by {step['samplesKind']}"
    for route in sorted(ROUTES):
        mine = [s for s in all_steps if s["route"] == route]
        back = {s["move"] for s in mine if s["kind"] == "return"}
        yield len(back) == 1, f"{route}: one return"
        whole = [[s["intended"] for s in mine if s["move"] == move and s["kind"] == "move"] for move in moves(mine)]
        yield STEPS in whole, f"{route}: a move with all its steps"


def moves(steps_of_route):
    return dict.fromkeys(step["move"] for step in steps_of_route)


def revert(report):
    took = report["revert"]["pushToLastWriteSeconds"]
    bound = report["pollSeconds"] + SLACK
    yield 0 < took <= bound, f"revert: last weights {took:.2f} s after the push, at most {bound:g} s"
    late = report["insyncSeconds"] + report["ttlSeconds"] + SLACK
    for route in sorted(ROUTES):
        last = report["revert"]["lastRequestOnNewSideSeconds"].get(route)
        yield last is not None and last <= late, f"revert: {route}'s last request there after {last} s, at most {late:g} s"


def main():
    with open(sys.argv[1]) as file:
        report = json.load(file)
    missed = 0
    for holds, sentence in claims(report):
        print(("ok      " if holds else "MISSED  ") + sentence)
        missed += not holds
    phases = sum(phase["seconds"] for phase in report["phases"])
    requests = sum(books["requests"] for books in report["routes"].values())
    failed = sum(books["failed"] for books in report["routes"].values())
    home = report["revert"]["pushToLastWriteSeconds"]
    figure = f"{phases:.1f} s, {requests} requests, {failed} failed, {len(report['steps'])} steps in bound, home in {home:.1f} s"
    print("demo: " + (figure if not missed else f"FAILED, {missed} claims missed"))
    return 1 if missed else 0


sys.exit(main())
