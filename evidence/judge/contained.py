"""Runs the demo in the network namespace that this process is in, with a webhook and an aggregated API that point away
in each cluster as soon as it is there, and counts packets that tried to leave."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "sandbox", "src", "test", "python"))
from contained import API, SERVICE, WEBHOOK, Kubernetes, dials, network, sent

RELEASES = {"apiGroups": ["", "apps"], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"], "resources": ["configmaps", "deployments"]}


def webhooks():
    """They are asked for each release, and may be unreachable: the demo has to go on."""
    hooks = json.loads(json.dumps(WEBHOOK))
    for hook in hooks["webhooks"]:
        hook.update(failurePolicy="Ignore", timeoutSeconds=1, rules=[RELEASES])
    return hooks


def state(endpoint):
    with urllib.request.urlopen(endpoint + "/_sandbox/state") as answer:
        return json.load(answer)


class Away(threading.Thread):
    """Makes each cluster point away."""

    def __init__(self, endpoint):
        super().__init__(daemon=True)
        self.endpoint = endpoint
        self.done = {}
        self.refused = set()
        self.over = threading.Event()

    def run(self):
        while not self.over.wait(0.2):
            try:
                for name, cluster in state(self.endpoint)["clusters"].items():
                    if name not in self.done and "kubeconfig" in cluster:
                        self.done[name] = self.point_away(Kubernetes(cluster["kubeconfig"]))
                self.refused |= dials(self.endpoint)
            except (OSError, KeyError):
                continue  # the region or the cluster is on its way up or down

    def point_away(self, kubernetes):
        return [
            kubernetes.create(path, body)[0]
            for path, body in [
                ("/api/v1/namespaces/default/services", SERVICE),
                ("/apis/apiregistration.k8s.io/v1/apiservices", API),
                ("/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations", webhooks()),
            ]
        ]


def main():
    network()
    with tempfile.TemporaryDirectory() as scratch:
        report = os.path.join(scratch, "report.json")
        demo = subprocess.Popen(
            ["./hikkoshi", "demo", "--once", "--report", report], stdout=subprocess.PIPE, text=True
        )
        away = None
        try:
            for line in demo.stdout:
                print(line, end="", flush=True)
                found = re.search(r"an AWS region at (http://\S+)", line)
                if found:
                    away = Away(found.group(1))
                    away.start()
            code = demo.wait()
        finally:
            demo.send_signal(signal.SIGTERM)
            if away:
                away.over.set()
    packets = sent()
    socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.9", 99))
    probe = sent() - packets
    print("pointed away:", away and away.done)
    print("dials refused:", sorted(away.refused if away else []))
    holds = {
        "the demo ended with 0": code == 0,
        "both clusters pointed away": away is not None and len(away.done) >= 2 and all(made == [201] * 3 for made in away.done.values()),
        "webhook and aggregated API were dialled and refused": away is not None and len(away.refused) >= 3,
        "no packet left": packets == 0,
        "a packet that leaves is counted": probe == 1,
    }
    for sentence, so in holds.items():
        print(("ok      " if so else "MISSED  ") + sentence)
    print(f"contained: {packets} packets left, {len(away.refused if away else [])} addresses refused")
    return 0 if all(holds.values()) else 1


sys.exit(main())
