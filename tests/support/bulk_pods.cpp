// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cluster.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

namespace testbed {

namespace {

std::string timestamp(std::time_t seconds) {
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
}

template <typename... Values>
std::string format(const char* pattern, Values... values) {
    std::array<char, 256> text{};
    std::snprintf(text.data(), text.size(), pattern, values...);
    return text.data();
}

std::string container(const std::string& name, const std::string& image) {
    std::string text =
        R"({"name":")" + name + R"(","image":")" + image + R"(","imagePullPolicy":"IfNotPresent","env":[)";
    for (int i = 0; i < 12; ++i) {
        text += i == 0 ? "" : ",";
        text += format(R"({"name":"SETTING_%02d","value":"the-%02d-th-value-of-a-configured-thing"})", i, i);
    }
    text += R"(,{"name":"POD_NAME","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.name"}}}],)"
            R"("ports":[{"name":"http","containerPort":8080,"protocol":"TCP"},{"name":"metrics","containerPort":9090,)"
            R"("protocol":"TCP"}],"resources":{"limits":{"cpu":"500m","memory":"512Mi"},"requests":{"cpu":"100m",)"
            R"("memory":"128Mi"}},"volumeMounts":[{"name":"config","mountPath":"/etc/app","readOnly":true},)"
            R"({"name":"token","mountPath":"/var/run/secrets/kubernetes.io/serviceaccount","readOnly":true}],)"
            R"("terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File")";
    for (const char* probe : {"livenessProbe", "readinessProbe"}) {
        text += std::string(",\"") + probe +
                R"(":{"httpGet":{"path":"/healthz","port":"http","scheme":"HTTP"},"initialDelaySeconds":5,)"
                R"("timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3})";
    }
    return text + "}";
}

/// What a server-side record of two writers looks like, field by field.
std::string managedFields(const std::string& time) {
    std::string env;
    for (int i = 0; i < 12; ++i)
        env += format(R"("k:{\"name\":\"SETTING_%02d\"}":{".":{},"f:name":{},"f:value":{}},)", i);
    const auto written = [&](const char* name) {
        return std::string(R"("k:{\"name\":\")") + name + R"(\"}":{".":{},"f:env":{".":{},)" + env +
               R"("k:{\"name\":\"POD_NAME\"}":{".":{},"f:name":{},"f:valueFrom":{".":{},"f:fieldRef":{}}}},)"
               R"("f:image":{},"f:imagePullPolicy":{},"f:livenessProbe":{".":{},"f:failureThreshold":{},"f:httpGet":)"
               R"({".":{},"f:path":{},"f:port":{},"f:scheme":{}}},"f:name":{},"f:ports":{".":{}},"f:resources":)"
               R"({".":{},"f:limits":{".":{},"f:cpu":{},"f:memory":{}},"f:requests":{".":{},"f:cpu":{},"f:memory":{}}},)"
               R"("f:volumeMounts":{".":{}}})";
    };
    return R"([{"manager":"kube-controller-manager","operation":"Update","apiVersion":"v1","time":")" + time +
           R"(","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:generateName":{},"f:labels":{".":{},"f:app":{}}},)"
           R"("f:spec":{"f:containers":{)" +
           written("app") + "," + written("proxy") +
           R"(},"f:dnsPolicy":{},"f:restartPolicy":{},"f:terminationGracePeriodSeconds":{}}}},)"
           R"({"manager":"kubelet","operation":"Update","apiVersion":"v1","time":")" +
           time +
           R"(","fieldsType":"FieldsV1","fieldsV1":{"f:status":{"f:conditions":{"k:{\"type\":\"Ready\"}":{".":{},)"
           R"("f:status":{}}},"f:containerStatuses":{},"f:phase":{},"f:podIP":{},"f:startTime":{}}},"subresource":"status"}])";
}

std::string status(const std::string& time, int number, int restarts) {
    const std::string address = format("10.%d.%d.%d", 128 + number / 65536 % 64, number / 256 % 256, number % 256);
    std::string text = R"({"phase":"Running","hostIP":"127.0.0.1","podIP":")" + address + R"(","podIPs":[{"ip":")" +
                       address + R"("}],"qosClass":"Burstable","startTime":")" + time + R"(","conditions":[)";
    for (const char* type : {"Initialized", "Ready", "ContainersReady", "PodScheduled"}) {
        text += text.back() == '[' ? "" : ",";
        text += std::string(R"({"type":")") + type +
                R"(","status":"True","lastProbeTime":null,"lastTransitionTime":")" + time + "\"}";
    }
    text += R"(],"containerStatuses":[)";
    for (const char* name : {"app", "proxy"}) {
        text += text.back() == '[' ? "" : ",";
        text += std::string(R"({"name":")") + name + R"(","ready":true,"started":true,"restartCount":)" +
                std::to_string(restarts) + R"(,"image":"registry.example/)" + name +
                R"(:1.4.2","imageID":"registry.example/)" + name +
                R"(@sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0","containerID":)"
                R"("containerd://)" +
                format("%064d", number) + R"(","state":{"running":{"startedAt":")" + time + "\"}}";
        if (restarts > 0)
            text += R"(,"lastState":{"terminated":{"exitCode":1,"reason":"Error","startedAt":")" + time +
                    R"(","finishedAt":")" + time + "\"}}";
        text += "}";
    }
    return text + "]}";
}

} // namespace

std::string Cluster::fillWithPods(int count, const std::vector<std::string>& namespaces) {
    for (const std::string& name : namespaces) {
        const std::string failed =
            make("/api/v1/namespaces", R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":")" + name + "\"}}");
        if (!failed.empty())
            return failed;
    }
    constexpr int batch = 2000;
    const std::time_t now = std::time(nullptr);
    const std::string containers =
        container("app", "registry.example/app:1.4.2") + "," + container("proxy", "registry.example/proxy:1.4.2");
    std::vector<std::pair<std::string, std::string>> objects;
    for (int done = 0; done < count;) {
        objects.clear();
        for (; done < count && objects.size() < batch; ++done, ++m_filled) {
            const int number = m_filled;
            const std::string name =
                format("bulk-%d-%05x", number / 20, static_cast<unsigned>(number) * 2654435761U >> 12U);
            const std::string space = namespaces[static_cast<std::size_t>(number) % namespaces.size()];
            const std::string time = timestamp(now - number % 86400);
            const std::string app = format("bulk-%d", number / 20);
            std::string object =
                R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":")" + name + R"(","generateName":")" + app +
                R"(-","namespace":")" + space + R"(","uid":")" + format("b01c0de5-0000-4000-8000-%012d", number) +
                R"(","creationTimestamp":")" + time + R"(","labels":{"app":")" + app +
                R"(","app.kubernetes.io/part-of":"bulk","pod-template-hash":"5d8f9c7b6d"},"annotations":)"
                R"({"example.com/checksum":"0f1e2d3c4b5a69788796a5b4c3d2e1f0"},"managedFields":)" +
                managedFields(time) + R"(},"spec":{"nodeName":"node-)" +
                std::to_string(number % std::max(1, m_options.nodes)) +
                R"(","restartPolicy":"Always","dnsPolicy":"ClusterFirst","schedulerName":"default-scheduler",)"
                R"("serviceAccountName":"default","serviceAccount":"default","terminationGracePeriodSeconds":30,)"
                R"("securityContext":{},"enableServiceLinks":true,"preemptionPolicy":"PreemptLowerPriority","priority":0,)"
                R"("tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute",)"
                R"("tolerationSeconds":300},{"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":)"
                R"("NoExecute","tolerationSeconds":300}],"volumes":[{"name":"config","configMap":{"name":"app",)"
                R"("defaultMode":420}},{"name":"token","projected":{"defaultMode":420,"sources":[{"serviceAccountToken":)"
                R"({"expirationSeconds":3607,"path":"token"}},{"configMap":{"name":"kube-root-ca.crt","items":[{"key":)"
                R"("ca.crt","path":"ca.crt"}]}}]}}],"containers":[)" +
                containers + R"(]},"status":)" + status(time, number, number % 50 == 7 ? number % 9 : 0) + "}";
            objects.emplace_back("/registry/pods/" + space + "/" + name, std::move(object));
        }
        if (!putInEtcd(objects))
            return "etcd refused the pods";
    }
    return {};
}

} // namespace testbed
