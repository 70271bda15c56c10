"""Runs the sandbox in a network namespace of its own with a default route to nowhere, gives its API
server a webhook and an aggregated API far away, and counts the packets that tried to leave.

usage: unshare --net python3 contained.py COMMAND... (COMMAND runs the sandbox with -o json)"""

import base64
import json
import re
import signal
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

WEBHOOK = {
    "apiVersion": "admissionregistration.k8s.io/v1",
    "kind": "ValidatingWebhookConfiguration",
    "metadata": {"name": "away"},
    "webhooks": [
        {
            "name": f"{how}.away.example.com",
            "admissionReviewVersions": ["v1"],
            "sideEffects": "None",
            "failurePolicy": "Fail",
            "timeoutSeconds": 2,
            "clientConfig": config,
            "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["configmaps"]}],
        }
        for how, config in [
            ("url", {"url": "https://192.0.2.7:8443/check"}),
            ("name", {"url": "https://away.example.com/check"}),
            ("service", {"service": {"namespace": "default", "name": "away"}}),
        ]
    ],
}
SERVICE = {"metadata": {"name": "away"}, "spec": {"ports": [{"port": 443, "targetPort": 8443}]}}
API = {
    "metadata": {"name": "v1.away.example.com"},
    "spec": {
        "group": "away.example.com",
        "version": "v1",
        "groupPriorityMinimum": 100,
        "versionPriority": 10,
        "insecureSkipTLSVerify": True,
        "service": {"name": "away", "namespace": "default"},
    },
}


def ip(*words):
    subprocess.run(["ip", *words], check=True)


def sent():
    links = json.loads(subprocess.run(["ip", "-j", "-s", "link", "show", "away0"], check=True, capture_output=True).stdout)
    return links[0]["stats64"]["tx"]["packets"]


def network():
    ip("link", "set", "lo", "up")
    ip("link", "add", "away0", "type", "veth", "peer", "name", "away1")
    for device in ("away0", "away1"):
        with open(f"/proc/sys/net/ipv6/conf/{device}/disable_ipv6", "w") as off:
            off.write("1")
        ip("link", "set", device, "up")
    ip("addr", "add", "198.51.100.2/24", "dev", "away0")
    ip("neigh", "add", "198.51.100.1", "lladdr", "02:00:00:00:00:01", "dev", "away0")
    ip("route", "add", "default", "via", "198.51.100.1")


class Kubernetes:
    def __init__(self, kubeconfig):
        text = open(kubeconfig).read()
        self.server = re.search(r"server: (\S+)", text).group(1)
        files = {}
        for key in ("certificate-authority-data", "client-certificate-data", "client-key-data"):
            file = tempfile.NamedTemporaryFile(delete=False)
            file.write(base64.b64decode(re.search(key + r": (\S+)", text).group(1)))
            file.close()
            files[key] = file.name
        self.tls = ssl.create_default_context(cafile=files["certificate-authority-data"])
        self.tls.load_cert_chain(files["client-certificate-data"], files["client-key-data"])

    def create(self, path, body):
        request = urllib.request.Request(
            self.server + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, context=self.tls) as answer:
                return answer.status, ""
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


def dials(endpoint):
    with urllib.request.urlopen(endpoint + "/_sandbox/events?kind=dial-refused") as answer:
        return {event["target"] for event in json.load(answer)["events"]}


def main():
    network()
    sandbox = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE)
    try:
        summary = json.loads(sandbox.stdout.readline())
        kubernetes = Kubernetes(summary["management"]["kubeconfig"])
        status, _ = kubernetes.create("/api/v1/namespaces/default/services", SERVICE)
        assert status == 201, status
        kubernetes.create("/apis/apiregistration.k8s.io/v1/apiservices", API)
        kubernetes.create("/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations", WEBHOOK)
        end = time.time() + 30
        status, message = 201, ""
        while status == 201 and time.time() < end:
            status, message = kubernetes.create(
                "/api/v1/namespaces/default/configmaps", {"metadata": {"generateName": "a-"}}
            )
        assert status == 500 and "failed calling webhook" in message, (status, message)
        while len(dials(summary["endpoint"])) < 3 and time.time() < end:
            time.sleep(0.2)
            kubernetes.create("/api/v1/namespaces/default/configmaps", {"metadata": {"generateName": "a-"}})
        print("refused", sorted(dials(summary["endpoint"])))
        print("packets", sent())
    finally:
        sandbox.send_signal(signal.SIGTERM)
        sandbox.wait()
    with subprocess.Popen([sys.executable, "-c", "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.9', 99))"]) as probe:
        probe.wait()
    print("packets after a probe", sent())


if __name__ == "__main__":
    main()
