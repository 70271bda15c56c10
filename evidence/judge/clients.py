"""Asks a demo that is up with the clients that everybody has. usage: clients.py STATE "dig @SERVER -p PORT" """

import json
import os
import re
import shutil
import subprocess
import sys

CHECKS = []


def run(*words, env=None):
    """What a program printed; shown, and it has to end well."""
    print("\n$ " + " ".join(words), flush=True)
    done = subprocess.run(words, text=True, capture_output=True, env={**os.environ, **(env or {})}, timeout=120)
    lines = done.stdout.rstrip().splitlines()
    print("\n".join(lines[:80] + (["..."] if len(lines) > 80 else [])))
    if done.returncode:
        print(done.stderr)
    check(done.returncode == 0, f"{words[0]} {words[1]} ends with 0")
    return done.stdout


def check(holds, sentence):
    CHECKS.append(bool(holds))
    print(("ok      " if holds else "MISSED  ") + sentence, flush=True)


def aws(*words):
    return json.loads(run("aws", *words, "--output", "json") or "{}")


def region():
    cluster = only(aws("eks", "list-clusters").get("clusters", []), "cluster")
    described = aws("eks", "describe-cluster", "--name", cluster).get("cluster", {})
    check(described.get("status") == "ACTIVE" and described.get("version") == "1.37", f"{cluster} is ACTIVE with 1.37")
    zone = aws("route53", "list-hosted-zones")["HostedZones"][0]["Id"]
    records = aws("route53", "list-resource-record-sets", "--hosted-zone-id", zone)["ResourceRecordSets"]
    web = [r for r in records if r["Name"] == "www.example.com." and r["Type"] == "A"]
    check([(r.get("SetIdentifier"), r.get("Weight", 0) > 0) for r in web] == [(cluster, True)], f"all of web is on {cluster}")
    name = web[0]["AliasTarget"]["DNSName"].removeprefix("dualstack.").rstrip(".") if web else ""
    balancers = {b["DNSName"]: b for b in aws("elbv2", "describe-load-balancers")["LoadBalancers"]}
    check(name in balancers, "its alias is a load balancer that is there")
    shared = next(b["LoadBalancerArn"] for b in balancers.values() if b["LoadBalancerName"] == "shared")
    listener = aws("elbv2", "describe-listeners", "--load-balancer-arn", shared)["Listeners"][0]["ListenerArn"]
    rules = aws("elbv2", "describe-rules", "--listener-arn", listener)["Rules"]
    weights = [g.get("Weight", 0) for r in rules for a in r["Actions"] for g in a.get("ForwardConfig", {}).get("TargetGroups", [])]
    check(sum(w > 0 for w in weights) == 1, f"one group of the shared load balancer has weight: {weights}")
    return cluster, name


def only(items, what):
    check(len(items) == 1, f"one {what}: {items}")
    return items[0] if items else ""


def inside(cluster, state):
    kubeconfig = os.path.join(state, "cluster.kubeconfig")
    run("aws", "eks", "update-kubeconfig", "--name", cluster, "--kubeconfig", kubeconfig)
    mine = {"KUBECONFIG": kubeconfig}
    pods = run("kubectl", "get", "pods", "-A", env=mine)
    running = re.findall(r"^(web|api) +\S+ +1/1 +Running", pods, re.MULTILINE)
    check(running.count("web") == 3 and running.count("api") == 3, "three pods of each app are ready")
    run("helm", "ls", "-A", env=mine)
    before = releases(mine)
    check({r["name"]: r["status"] for r in before} == {"web": "deployed", "api": "deployed"}, "helm lists both releases")
    chart = os.path.join(state, "environments", "shop", "charts", "web")
    run("helm", "upgrade", "web", chart, "--namespace", "web", "--reuse-values", "--set", "greeting=by hand", env=mine)
    history = run("helm", "history", "web", "--namespace", "web", env=mine)
    check(len(history.strip().splitlines()) >= 3, "helm upgrade by hand made a revision")


def releases(mine):
    done = subprocess.run(
        ["helm", "ls", "-A", "-o", "json"], text=True, capture_output=True, check=True, env={**os.environ, **mine}
    )
    return json.loads(done.stdout)


def name_server(dig, balancer):
    if not shutil.which("dig"):
        print("\nskipped: dig is not installed (Debian: bind9-dnsutils)")
        return
    answers = set(run(*dig.split(), "www.example.com", "A", "+short").split())
    wanted = set(run(*dig.split(), balancer, "A", "+short").split())
    check(answers and answers == wanted, "www.example.com is the new cluster's load balancer")


def objects(cluster):
    for kind, words in {
        "moves": [cluster, "gone"],
        "environments": ["shop", "steady", cluster],
        "clusters.hikkoshi.dev": [cluster, "serving"],
    }.items():
        text = run("kubectl", "get", kind)
        check(all(word in text for word in words), f"kubectl get {kind} says {', '.join(words)}")


def main():
    state, dig = sys.argv[1:]
    cluster, balancer = region()
    objects(cluster)
    name_server(dig, balancer)
    inside(cluster, state)
    missed = CHECKS.count(False)
    print(f"\nclients: {len(CHECKS) - missed} of {len(CHECKS)} checks hold")
    return 1 if missed else 0


sys.exit(main())
