#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records what a real API server answers about nasty objects: record.py KUBECONFIG CONTEXT OUT_DIR

The context's user must be cluster administrator by certificate. Makes the objects, sets their status, and writes for every
kind OUT_DIR/<group>_<plural>.{json,pb,table.json}, the same list three times, .txt as kubectl prints it, watch streams for
pods, and the times of recording in now.json. tst_decode and tst_table_text read them and want equal cells and texts."""
import base64
import json
import os
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

kubeconfig, context_name, out = sys.argv[1:4]
kubectl = [os.environ.get("KUBECTL", "kubectl"), "--kubeconfig", kubeconfig, "--context", context_name]
view = json.loads(subprocess.run([*kubectl, "config", "view", "--minify", "--raw", "-o", "json"], check=True,
                                 capture_output=True).stdout)
server = view["clusters"][0]["cluster"]["server"]
files = tempfile.TemporaryDirectory()


def stored(part, name):
    """The file that kubeconfig names, or its data in a file."""
    if name in part:
        return part[name]
    path = f"{files.name}/{name}"
    with open(path, "wb") as file:
        file.write(base64.b64decode(part[name + "-data"]))
    return path


authority = stored(view["clusters"][0]["cluster"], "certificate-authority")
certificate = stored(view["users"][0]["user"], "client-certificate")
key = stored(view["users"][0]["user"], "client-key")
context = ssl.create_default_context(cafile=authority)
context.load_cert_chain(certificate, key)
TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io"
PROTOBUF = "application/vnd.kubernetes.protobuf"


def call(method, path, body=None, accept="application/json", kind="application/json"):
    request = urllib.request.Request(server + path, method=method, data=json.dumps(body).encode() if body is not None else None,
                                     headers={"Accept": accept, "Content-Type": kind, "User-Agent": "recorder"})
    with urllib.request.urlopen(request, context=context, timeout=60) as answer:
        return answer.read()


def make(path, body, status=None, meta=None):
    body.setdefault("metadata", {})
    try:
        call("POST", path, body)
    except urllib.error.HTTPError as error:
        text = error.read().decode()
        if error.code != 409:
            sys.exit(f"{path} {body['metadata']}: {text}")
    target = f"{path}/{body['metadata']['name']}"
    if status is not None:
        call("PATCH", target + "/status", {"status": status}, kind="application/merge-patch+json")
    return target


def ago(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - seconds))


NS = "nasty"
core, apps, batch = "/api/v1", "/apis/apps/v1", "/apis/batch/v1"
make(f"{core}/namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NS}})
ns = lambda base, plural: f"{base}/namespaces/{NS}/{plural}"
for _ in range(100):
    try:
        call("GET", ns(core, "serviceaccounts") + "/default")
        break
    except urllib.error.HTTPError:
        time.sleep(0.1)


# --- nodes -----------------------------------------------------------------------------------------------------------------
def node(name, labels=None, spec=None, status=None):
    make(f"{core}/nodes", {"apiVersion": "v1", "kind": "Node", "metadata": {"name": name, "labels": labels or {}},
                           "spec": spec or {}}, status)


def condition(kind, status, reason="Because", seconds=60):
    return {"type": kind, "status": status, "reason": reason, "lastTransitionTime": ago(seconds), "lastHeartbeatTime": ago(5)}


info = {"machineID": "m", "systemUUID": "s", "bootID": "b", "kernelVersion": "6.1.0-9-amd64", "osImage": "Debian GNU/Linux 12",
        "containerRuntimeVersion": "containerd://1.7.2", "kubeletVersion": "v1.33.1", "kubeProxyVersion": "",
        "operatingSystem": "linux", "architecture": "amd64"}
amounts = {"cpu": "3920m", "memory": "15842Mi", "pods": "110", "ephemeral-storage": "100Gi"}
node("plain", {"node-role.kubernetes.io/worker": "", "node-role.kubernetes.io/edge": "x", 
               "kubernetes.io/role": "gateway", "topology.kubernetes.io/region": "eu-1", "topology.kubernetes.io/zone": "eu-1a",
               "node.kubernetes.io/instance-type": "big.4"},
     {"providerID": "aws:///eu-1a/i-123"},
     {"nodeInfo": info, "capacity": {**amounts, "cpu": "4"}, "allocatable": amounts,
      "conditions": [condition("Ready", "True"), condition("MemoryPressure", "True"), condition("DiskPressure", "False")],
      "addresses": [{"type": "Hostname", "address": "plain"}, {"type": "InternalIP", "address": "10.0.0.1"},
                    {"type": "InternalIP", "address": "fd00::1"}, {"type": "ExternalIP", "address": "1.2.3.4"}]})
node("bare")
node("cordoned", {"kubernetes.io/role": "gateway", "node-role.kubernetes.io/gateway": ""}, {"unschedulable": True},
     {"nodeInfo": {**info, "kernelVersion": "", "architecture": "arm64"}, "conditions": [condition("Ready", "Unknown")]})
node("down", {}, {}, {"nodeInfo": {**info, "architecture": ""}, "conditions": [condition("Ready", "False", "KubeletDown")]})

# --- pods ------------------------------------------------------------------------------------------------------------------
pods = ns(core, "pods")


def container(name="c", **more):
    return {"name": name, "image": f"registry.local/{name}:1", **more}


def requests(cpu, memory):
    return {"resources": {"requests": {"cpu": cpu, "memory": memory}}}


def state(name="c", ready=False, restarts=0, now=None, last=None, **more):
    return {"name": name, "ready": ready, "restartCount": restarts, "image": f"registry.local/{name}:1", "imageID": "",
            "state": now or {}, "lastState": last or {}, **more}


running = {"running": {"startedAt": ago(100)}}


def ended(code=0, reason="", signal=0, seconds=300):
    return {"terminated": {"exitCode": code, "reason": reason, "signal": signal, "startedAt": ago(seconds + 10),
                           "finishedAt": ago(seconds)}}


def waiting(reason=""):
    return {"waiting": {"reason": reason} if reason else {}}


def pod(name, spec=None, status=None, **meta):
    spec = {"nodeName": "plain", "containers": [container()], "terminationGracePeriodSeconds": 0, **(spec or {})}
    return make(pods, {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, **meta}, "spec": spec}, status)


ready = [{"type": "Ready", "status": "True"}, {"type": "Initialized", "status": "True"}, {"type": "PodScheduled", "status": "True"}]
unready = [{"type": "Ready", "status": "False"}, {"type": "Initialized", "status": "True"}]
two = {"containers": [container("a"), container("b")]}
init = {"initContainers": [container("i0"), container("i1")], **two}
sidecar = {"initContainers": [container("i0"), container("side", restartPolicy="Always"), container("i2")], **two}
ok = {"phase": "Running", "podIP": "10.1.2.3", "podIPs": [{"ip": "10.1.2.3"}, {"ip": "fd00::3"}], "conditions": ready}
pod("bare", {"nodeName": ""})
pod("empty-status")
pod("good", None, {**ok, "containerStatuses": [state(ready=True, now=running)], "qosClass": "BestEffort"},
    labels={"app": "web", "a-b": "1", "a": "2"},
    ownerReferences=[{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "gone", "uid": "11111111-2222-3333-4444-555555555555"},
                     {"apiVersion": "v1", "kind": "Node", "name": "plain", "controller": True,
                      "uid": json.loads(call("GET", f"{core}/nodes/plain"))["metadata"]["uid"]}])
pod("restarted", None, {**ok, "containerStatuses": [state(ready=True, restarts=7, now=running, last=ended(1, "Error", seconds=4000))]})
pod("restarted-no-date", None, {**ok, "containerStatuses": [state(ready=True, restarts=3, now=running)]})
pod("date-no-restart", None, {**ok, "containerStatuses": [state(ready=True, now=running, last=ended(1))]})
pod("half-ready", two, {**ok, "conditions": unready, "containerStatuses": [state("a", True, 1, running, ended(2)), state("b", False, 4, running, ended(3, seconds=900))]})
for reason in ("CrashLoopBackOff", "ImagePullBackOff", "ErrImagePull", "CreateContainerConfigError", "InvalidImageName",
               "ContainerCreating", "PodInitializing", ""):
    pod("waits-" + (reason.lower() or "for-nothing"), None, {"phase": "Pending", "conditions": unready, "containerStatuses": [state(now=waiting(reason), restarts=2)]})
for label, now in (("completed", ended(0, "Completed")), ("error", ended(1, "Error")), ("oom", ended(137, "OOMKilled")),
                   ("code", ended(3)), ("signal", ended(137, signal=9)), ("zero", ended(0)), ("deadline", ended(1, "DeadlineExceeded"))):
    pod("ended-" + label, None, {"phase": "Running", "conditions": unready, "containerStatuses": [state(now=now)]})
    pod("first-ended-" + label, two, {"phase": "Running", "conditions": unready, "containerStatuses": [state("a", now=now), state("b", True, now=running)]})
    pod("last-ended-" + label, two, {"phase": "Running", "conditions": ready, "containerStatuses": [state("a", now=ended(0, "Completed")), state("b", now=now)]})
    pod("init-ended-" + label, init, {"phase": "Pending", "initContainerStatuses": [state("i0", now=now, restarts=1, last=ended(1)), state("i1", now=waiting("PodInitializing"))], "containerStatuses": [state("a", now=waiting("PodInitializing")), state("b", now=waiting("PodInitializing"))]})
pod("completed-ready", two, {**ok, "containerStatuses": [state("a", now=ended(0, "Completed")), state("b", True, now=running)]})
pod("completed-notready", two, {**ok, "conditions": unready, "containerStatuses": [state("a", now=ended(0, "Completed")), state("b", True, now=running)]})
pod("succeeded", None, {"phase": "Succeeded", "containerStatuses": [state(now=ended(0, "Completed"))]})
pod("failed", None, {"phase": "Failed", "containerStatuses": [state(now=ended(1, "Error"))]})
pod("evicted", None, {"phase": "Failed", "reason": "Evicted", "message": "The node was low on resource: memory."})
pod("node-lost", None, {"phase": "Unknown", "reason": "NodeLost"})
pod("unknown", None, {"phase": "Unknown"})
pod("init-0", init, {"phase": "Pending", "initContainerStatuses": [state("i0", now=running), state("i1", now=waiting("PodInitializing"))]})
pod("init-1", init, {"phase": "Pending", "initContainerStatuses": [state("i0", now=ended(0, "Completed"), restarts=2, last=ended(1)), state("i1", now=waiting("PodInitializing"), restarts=5)]})
pod("init-crash", init, {"phase": "Pending", "initContainerStatuses": [state("i0", now=waiting("CrashLoopBackOff"), restarts=9, last=ended(1, seconds=50)), state("i1", now=waiting())]})
pod("init-again", init, {**ok, "initContainerStatuses": [state("i0", now=running, restarts=1), state("i1", now=waiting())], "containerStatuses": [state("a", True, 2, running), state("b", True, 1, running)]})
pod("side-starts", sidecar, {"phase": "Pending", "initContainerStatuses": [state("i0", now=ended()), state("side", now=running, started=False), state("i2", now=waiting("PodInitializing"))]})
pod("side-up", sidecar, {"phase": "Pending", "initContainerStatuses": [state("i0", now=ended()), state("side", True, 2, running, ended(1, seconds=200000), started=True), state("i2", now=running)]})
pod("side-all", sidecar, {**ok, "initContainerStatuses": [state("i0", now=ended(), restarts=4, last=ended(1)), state("side", True, 2, running, ended(1, seconds=100), started=True), state("i2", now=ended())], "containerStatuses": [state("a", True, 1, running, ended(1, seconds=700)), state("b", True, now=running)]})
pod("side-down", sidecar, {**ok, "initContainerStatuses": [state("i0", now=ended()), state("side", now=waiting("CrashLoopBackOff"), restarts=3, started=False), state("i2", now=ended())], "containerStatuses": [state("a", True, now=running), state("b", True, now=running)]})
gates = {"readinessGates": [{"conditionType": "example.com/one"}, {"conditionType": "example.com/two"}, {"conditionType": "example.com/three"}]}
pod("gates-none", gates, {**ok, "containerStatuses": [state(ready=True, now=running)]})
pod("gates-one", gates, {**ok, "conditions": ready + [{"type": "example.com/two", "status": "True"}, {"type": "example.com/one", "status": "False"}], "containerStatuses": [state(ready=True, now=running)]})
pod("gated", {"nodeName": "", "schedulingGates": [{"name": "example.com/wait"}]})
pod("nominated", {"nodeName": "", "nodeSelector": {"no": "such"}}, {"phase": "Pending", "nominatedNodeName": "bare"})
pod("requests", {"initContainers": [container("i0", **requests("3", "1Gi")), container("side", restartPolicy="Always", **requests("100m", "100Mi")), container("i2", **requests("50m", "8Gi"))],
                 "containers": [container("a", **requests("250m", "64Mi")), container("b", **requests("1.5", "1e9"))]}, ok)
pod("huge", {"containers": [container("a", **requests("1000000", "1Ei")), container("b", **requests("0.001", "123456789012345"))]}, ok)
pod("pod-level", {"resources": {"requests": {"cpu": "2", "memory": "1Gi"}}, "containers": [container("a", **requests("250m", "64Mi"))]}, ok)
for label, status in (("running", {**ok, "containerStatuses": [state(ready=True, now=running)]}), ("succeeded", {"phase": "Succeeded"}),
                      ("lost", {"phase": "Running", "reason": "NodeLost"})):
    target = pod("leaving-" + label, {"terminationGracePeriodSeconds": 3600}, status, finalizers=["example.com/stay"])
    call("DELETE", target)

# --- workloads -------------------------------------------------------------------------------------------------------------
template = {"metadata": {"labels": {"app": "x", "tier": "y"}}, "spec": {"nodeSelector": {"no": "such", "a-b": "1", "a": "2"}, "containers": [container("a"), container("b")]}}
plainer = {"metadata": {"labels": {"app": "x", "tier": "y"}}, "spec": {"containers": [container("a")], "nodeSelector": {"no": "such"}}}
selectors = {"labels": {"matchLabels": {"app": "x", "tier": "y"}},
             "expressions": {"matchLabels": {"app": "x"}, "matchExpressions": [
                 {"key": "tier", "operator": "In", "values": ["z", "y"]}, {"key": "app", "operator": "Exists"},
                 {"key": "aa", "operator": "DoesNotExist"}, {"key": "app", "operator": "NotIn", "values": ["q"]}]}}
for label, selector in selectors.items():
    for kind, plural in (("Deployment", "deployments"), ("ReplicaSet", "replicasets"), ("StatefulSet", "statefulsets"), ("DaemonSet", "daemonsets")):
        spec = {"selector": selector, "template": template if label == "labels" else plainer}
        if kind != "DaemonSet":
            spec["replicas"] = 0 if label == "labels" else 2
        if kind == "StatefulSet":
            spec["serviceName"] = "none"
        make(ns(apps, plural), {"apiVersion": "apps/v1", "kind": kind, "metadata": {"name": f"{label}"}, "spec": spec})
make(ns(apps, "deployments"), {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "paused"}, "spec": {"paused": True, "replicas": 3, "selector": selectors["labels"], "template": plainer}},
     {"replicas": 5, "readyReplicas": 4, "updatedReplicas": 1, "availableReplicas": 3})


def job(name, spec=None, status=None):
    return make(ns(batch, "jobs"), {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": name, "finalizers": ["example.com/stay"] if name == "leaving" else []},
        "spec": {"template": {"spec": {"restartPolicy": "Never", "nodeSelector": {"no": "such"}, "containers": [container("a"), container("b")]}}, "managedBy": "example.com/nobody", **(spec or {})}}, status)


job("fresh"); job("parallel", {"parallelism": 3}); job("counted", {"completions": 4, "parallelism": 2}, {"startTime": ago(5000), "active": 2, "succeeded": 1})
finished = lambda kind: [{"type": kind, "status": "True", "lastTransitionTime": ago(10), "lastProbeTime": ago(10)}]
job("complete", {"completions": 1}, {"startTime": ago(900), "completionTime": ago(777), "succeeded": 1, "conditions": finished("SuccessCriteriaMet") + finished("Complete")})
job("failed", {"backoffLimit": 0}, {"startTime": ago(900), "failed": 1, "conditions": finished("FailureTarget") + finished("Failed")})
job("failing", {}, {"startTime": ago(90), "conditions": finished("FailureTarget")})
job("suspended", {"suspend": True}, {"conditions": finished("Suspended")})
call("DELETE", job("leaving"))
jobTemplate = {"spec": {"template": {"spec": {"restartPolicy": "Never", "containers": [container("a"), container("b")]}}}}
for label, spec, status in (("plain", {}, None), ("zone", {"timeZone": "Europe/Berlin", "suspend": True}, {"lastScheduleTime": ago(7300)})):
    make(ns(batch, "cronjobs"), {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": label}, "spec": {"schedule": "0 0 1 1 *", "jobTemplate": jobTemplate, **spec}}, status)

# --- network ---------------------------------------------------------------------------------------------------------------
port = lambda number, **more: {"port": number, "name": f"p{number}", **more}
for label, spec, status in (
        ("cluster", {"ports": [port(80), port(53, protocol="UDP")], "selector": {"a": "2", "a-b": "1"}}, None),
        ("headless", {"clusterIP": "None", "ports": [port(80)]}, None), ("no-ports", {"clusterIP": "None"}, None),
        ("external", {"type": "ExternalName", "externalName": "example.com"}, None),
        ("node-port", {"type": "NodePort", "ports": [port(80), port(443)], "externalIPs": ["9.9.9.9", "8.8.8.8"]}, None),
        ("pending", {"type": "LoadBalancer", "ports": [port(80)]}, None),
        ("balanced", {"type": "LoadBalancer", "ports": [port(80)], "externalIPs": ["9.9.9.9"]},
         {"loadBalancer": {"ingress": [{"ip": "203.0.113.10"}, {"hostname": "a-very-long-name.elb.example.com"}, {"ip": "203.0.113.1"}, {"ip": "203.0.113.10"}]}})):
    make(ns(core, "services"), {"apiVersion": "v1", "kind": "Service", "metadata": {"name": label}, "spec": spec}, status)
discovery = "/apis/discovery.k8s.io/v1"
for count in (0, 1, 3, 4, 7):
    make(ns(discovery, "endpointslices"), {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": {"name": f"slice-{count}"}, "addressType": "IPv4",
        "endpoints": [{"addresses": [f"10.0.0.{i + 1}"], "conditions": {"ready": i % 2 == 0} if i else {}} for i in range(count)],
        "ports": [{"name": f"p{i}", **({"port": 8000 + i} if i != 1 else {})} for i in range(count)] if count != 1 else [{}]})
networking = "/apis/networking.k8s.io/v1"
backend = {"service": {"name": "x", "port": {"number": 80}}}
rule = lambda host: {**({"host": host} if host else {}), "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": backend}]}}
for label, hosts, more, status in (("none", [], {"defaultBackend": backend}, None), ("one", ["a.example.com"], {"ingressClassName": "nginx", "tls": [{"hosts": ["a.example.com"]}]}, {"loadBalancer": {"ingress": [{"ip": "203.0.113.10"}, {"hostname": "a-very-long-name.elb.example.com"}]}}),
                                   ("unnamed", ["", "b.example.com", ""], {}, None), ("five", ["a.x", "", "b.x", "c.x", "d.x"], {}, None), ("three-and", ["a.x", "b.x", "c.x", ""], {}, None)):
    make(ns(networking, "ingresses"), {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": label}, "spec": {**({"rules": [rule(h) for h in hosts]} if hosts else {}), **more}}, status)

# --- storage ---------------------------------------------------------------------------------------------------------------
for label, spec, status in (("free", {"storageClassName": "slow"}, {"phase": "Available"}), ("block", {"volumeMode": "Block"}, {"phase": "Failed", "reason": "DeviceGone"}),
                            ("bound", {"claimRef": {"namespace": NS, "name": "bound", "apiVersion": "v1", "kind": "PersistentVolumeClaim"}, "storageClassName": "slow"}, None)):
    make(f"{core}/persistentvolumes", {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": label, "annotations": {"volume.beta.kubernetes.io/storage-class": "old"} if label == "block" else {}},
        "spec": {"capacity": {"storage": "1536Mi" if label != "block" else "2e12"}, "accessModes": ["ReadWriteMany", "ReadWriteOnce", "ReadOnlyMany"], "persistentVolumeReclaimPolicy": "Retain", "hostPath": {"path": "/x"}, **spec}}, status)
for label, spec, status in (("waits", {"storageClassName": "none"}, None), ("bound", {"storageClassName": "slow", "volumeName": "bound"}, {"phase": "Bound", "accessModes": ["ReadWriteMany", "ReadWriteOnce"], "capacity": {"storage": "1536Mi"}}),
                            ("lost", {"volumeName": "nowhere", "storageClassName": "slow", "volumeMode": "Block"}, {"phase": "Lost"})):
    make(ns(core, "persistentvolumeclaims"), {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": label, "annotations": {"volume.beta.kubernetes.io/storage-class": "old"} if label == "lost" else {}},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}, **spec}}, status)

# --- events ----------------------------------------------------------------------------------------------------------------
micro = lambda seconds: ago(seconds)[:-1] + ".123456Z"
regarding = {"kind": "Pod", "namespace": NS, "name": "good", "uid": "77777777-2222-3333-4444-555555555555", "apiVersion": "v1", "fieldPath": "spec.containers{c}"}
for label, more in (("old", {"firstTimestamp": ago(5000), "lastTimestamp": ago(100), "count": 12, "source": {"component": "kubelet", "host": "plain"}}),
                    ("no-times", {}), ("only-first", {"firstTimestamp": ago(90000), "count": 1}),
                    ("lines", {"message": "  first line\nsecond\tline \x1b[31m ", "source": {"component": "kubelet"}, "lastTimestamp": ago(63072100)}),
                    ("kind-only", {"involvedObject": {"kind": "Node", "namespace": NS}}), ("utf8", {"message": "节点 \"没有\" 响应 \\ ü", "involvedObject": {"kind": "Widget", "namespace": NS, "name": "名字"}}), ("tabs", {"message": "a\tb\vc", "reason": "One\tTwo"}), ("silent", {"message": ""}),
                    ("new", {"eventTime": micro(300), "reportingComponent": "example.com/c", "reportingInstance": "c-1", "action": "Act", "reason": "New", "type": "Normal"}),
                    ("series", {"eventTime": micro(3000), "series": {"count": 8, "lastObservedTime": micro(30)}, "reportingComponent": "example.com/c", "reportingInstance": "c-1", "action": "Act", "reason": "New", "type": "Normal"})):
    make(ns(core, "events"), {"apiVersion": "v1", "kind": "Event", "metadata": {"name": label}, "involvedObject": regarding, "reason": "Because", "message": "m", "type": "Warning", **more})

# --- a custom kind ---------------------------------------------------------------------------------------------------------
column = lambda name, kind, path, **more: {"name": name, "type": kind, "jsonPath": path, **more}
make("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "widgets.example.com"},
    "spec": {"group": "example.com", "scope": "Namespaced", "names": {"plural": "widgets", "singular": "widget", "kind": "Widget"}, "versions": [{"name": "v1", "served": True, "storage": True,
        "schema": {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}, "subresources": {},
        "additionalPrinterColumns": [column("Size", "integer", ".spec.size"), column("Share", "number", ".spec.share"), column("On", "boolean", ".spec.on"), column("Note", "string", ".spec.note"),
            column("Renewed", "date", ".status.renewed"), column("Ready Since", "date", ".status.conditions[?(@.type==\"Ready\")].lastTransitionTime", description="When it became ready"),
            column("Tags", "string", ".spec.tags[*]", priority=1), column("Age", "date", ".metadata.creationTimestamp")]}]}})
for _ in range(100):
    try:
        call("GET", "/apis/example.com/v1/widgets")
        break
    except urllib.error.HTTPError:
        time.sleep(0.1)
for label, more in (("empty", {}), ("full", {"spec": {"size": 7, "share": 0.25, "on": True, "note": "first\nsecond", "tags": ["a", "b"]},
                                             "status": {"renewed": ago(7200), "conditions": [{"type": "Synced", "lastTransitionTime": ago(1)}, {"type": "Ready", "lastTransitionTime": ago(190000)}]}}),
                    ("wrong", {"spec": {"size": "seven", "share": 1e21, "on": "yes", "note": 5}, "status": {"renewed": "yesterday"}}),
                    ("whole", {"spec": {"size": 3.9, "share": 3, "on": False, "note": "x"}, "status": {"renewed": "2024-02-30T00:00:00Z"}})):
    make(f"/apis/example.com/v1/namespaces/{NS}/widgets", {"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": label}, **more})

# --- record ----------------------------------------------------------------------------------------------------------------
os.makedirs(out, exist_ok=True)
time.sleep(2)
kinds = {core: ["pods", "events", "services", "persistentvolumeclaims"], apps: ["deployments", "replicasets", "statefulsets", "daemonsets"],
         batch: ["jobs", "cronjobs"], discovery: ["endpointslices"], networking: ["ingresses"], "/apis/events.k8s.io/v1": ["events"], "/apis/example.com/v1": ["widgets"]}
stamps = {}
for base, plurals in [*kinds.items(), (core, ["nodes", "namespaces", "persistentvolumes"]), ("/apis/storage.k8s.io/v1", ["storageclasses"])]:
    for plural in plurals:
        cluster_wide = plural in ("nodes", "namespaces", "persistentvolumes", "storageclasses")
        path = f"{base}/{plural}" if cluster_wide else ns(base, plural)
        file = f"{out}/{base.strip('/').split('/')[1] if base != core else 'core'}_{plural}"
        whole = "?includeObject=Object" if plural == "widgets" else ""
        # One kind of output each, so that all are met: plain, wide, with labels.
        flags = {"services": ["-o", "wide", "--show-labels", "-L", "app,kubernetes.io/hostname"], "nodes": ["--show-labels"],
                 "deployments": ["--no-headers", "-o", "wide"]}.get(plural, ["-o", "wide"])
        group = base.split("/")[2] if base != core else ""
        where = [] if cluster_wide else ["-n", NS]

        def versions(body):
            return [item["metadata"]["resourceVersion"] for item in json.loads(body)["items"]]

        # Controllers still write: again until nothing changed in between.
        for _ in range(50):
            stamps[os.path.basename(file)] = time.time()
            answers = {".json": call("GET", path), ".table.json": call("GET", path + whole, accept=TABLE)}
            if base != "/apis/example.com/v1":
                answers[".pb"] = call("GET", path, accept=PROTOBUF)
            answers[".txt"] = subprocess.run([*kubectl, "get", f"{plural}.v1.{group}", *where, *flags],
                                             capture_output=True, check=True).stdout
            if versions(call("GET", path)) == versions(answers[".json"]):
                break
            time.sleep(0.5)
        for end, answer in answers.items():
            with open(file + end, "wb") as written:
                written.write(answer)
json.dump({name: int(stamp * 1000) for name, stamp in stamps.items()}, open(f"{out}/now.json", "w"), indent=1)


def watch(path, accept, file, seconds=3):
    run = subprocess.run(["curl", "-sN", "-m", str(seconds), "-A", "recorder", "--cacert", authority, "--cert", certificate, "--key", key,
                          "-H", f"Accept: {accept}", server + path], capture_output=True)
    open(f"{out}/{file}", "wb").write(run.stdout)


query = "?watch=1&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&labelSelector=app=web"
watch(pods + query, "application/json", "core_pods.watch.json")
watch(pods + query, PROTOBUF + ";stream=watch", "core_pods.watch.pb")
watch(pods + query, TABLE, "core_pods.watch.table.json")
