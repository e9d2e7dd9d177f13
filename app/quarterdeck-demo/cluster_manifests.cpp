// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck-demo/manifests.h"

#include <algorithm>

namespace demo {

namespace {

constexpr std::int64_t kOld = 120 * 86400;

Json nodeCondition(const std::string& type, bool holds, const std::string& reason, const std::string& message) {
    return {{"type", type},
            {"status", holds ? "True" : "False"},
            {"reason", reason},
            {"message", message},
            {"lastHeartbeatTime", timestamp()},
            {"lastTransitionTime", timestamp(holds && type != "Ready" ? -360 : -9 * 86400)}};
}

} // namespace

Json named(const std::string& name, const std::string& ns) {
    Json object = {{"metadata", {{"name", name}}}};
    if (!ns.empty())
        object["metadata"]["namespace"] = ns;
    return object;
}

Json namespaceManifest(const std::string& name) {
    Json object = named(name);
    object["metadata"]["labels"] = {{"kubernetes.io/metadata.name", name}};
    object["metadata"]["creationTimestamp"] = timestamp(-kOld);
    object["spec"] = {{"finalizers", {"kubernetes"}}};
    object["status"] = {{"phase", "Active"}};
    return object;
}

Json nodeManifest(const Site& site, const std::string& name, std::size_t number, bool pressure) {
    Json node = named(name);
    const std::string zone = site.zones[number % site.zones.size()];
    node["metadata"]["creationTimestamp"] = timestamp(-kOld);
    node["metadata"]["labels"] = {{"kubernetes.io/hostname", name},      {"kubernetes.io/os", "linux"},
                                  {"kubernetes.io/arch", "amd64"},       {"topology.kubernetes.io/region", site.region},
                                  {"topology.kubernetes.io/zone", zone}, {"node-role.kubernetes.io/worker", ""}};
    if (site.provider.empty())
        node["metadata"]["labels"].erase("topology.kubernetes.io/region");
    else
        node["metadata"]["labels"]["node.kubernetes.io/instance-type"] =
            site.provider == "aws" ? "m7i.xlarge" : "n2-standard-4";
    node["spec"] = {{"podCIDR", "10.244." + std::to_string(number) + ".0/24"}};
    if (site.provider == "aws")
        node["spec"]["providerID"] = "aws:///" + zone + "/i-0" + name;
    else if (site.provider == "gce")
        node["spec"]["providerID"] = "gce://shop-project/" + zone + "/" + name;
    const Json amounts = {{"cpu", site.provider.empty() ? "16" : "4"},
                          {"memory", site.provider.empty() ? "65837384Ki" : "16374816Ki"},
                          {"ephemeral-storage", "101430960Ki"},
                          {"pods", "110"}};
    node["status"] = {
        {"capacity", amounts},
        {"allocatable", amounts},
        {"addresses", Json::array({{{"type", "InternalIP"}, {"address", "10.0.0." + std::to_string(number + 10)}},
                                   {{"type", "Hostname"}, {"address", name}}})},
        {"conditions",
         Json::array(
             {nodeCondition(
                  "MemoryPressure", pressure, pressure ? "KubeletHasInsufficientMemory" : "KubeletHasSufficientMemory",
                  pressure ? "kubelet has insufficient memory available" : "kubelet has sufficient memory available"),
              nodeCondition("DiskPressure", false, "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
              nodeCondition("PIDPressure", false, "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
              nodeCondition("Ready", true, "KubeletReady", "kubelet is posting ready status")})},
        {"nodeInfo",
         {{"machineID", ""},
          {"systemUUID", ""},
          {"bootID", ""},
          {"kernelVersion", "6.1.0-30-amd64"},
          {"osImage", "Debian GNU/Linux 12 (bookworm)"},
          {"containerRuntimeVersion", "containerd://2.1.4"},
          {"kubeletVersion", site.version},
          {"kubeProxyVersion", ""},
          {"operatingSystem", "linux"},
          {"architecture", "amd64"}}}};
    return node;
}

Json leaseManifest(const std::string& node) {
    Json lease = named(node, "kube-node-lease");
    lease["spec"] = {{"holderIdentity", node}, {"leaseDurationSeconds", 40}, {"renewTime", timestamp()}};
    return lease;
}

Json serviceManifest(const std::string& ns, const std::string& app, const std::string& type, std::uint64_t salt) {
    Json service = named(app, ns);
    const std::string ip = "10.96." + std::to_string(salt % 250) + "." + std::to_string(salt / 250 % 250 + 1);
    service["metadata"]["labels"] = {{"app", app}};
    service["metadata"]["creationTimestamp"] = timestamp(-20 * 86400);
    Json port = {{"name", "http"}, {"port", 80}, {"protocol", "TCP"}, {"targetPort", "http"}};
    if (type == "LoadBalancer")
        port["nodePort"] = 30080;
    service["spec"] = {{"type", type},
                       {"clusterIP", ip},
                       {"clusterIPs", {ip}},
                       {"ipFamilies", {"IPv4"}},
                       {"ipFamilyPolicy", "SingleStack"},
                       {"sessionAffinity", "None"},
                       {"selector", {{"app", app}}},
                       {"ports", Json::array({std::move(port)})}};
    service["status"] = {{"loadBalancer", Json::object()}};
    if (type == "LoadBalancer")
        service["status"]["loadBalancer"]["ingress"] = Json::array({{{"ip", "192.0.2.10"}}});
    return service;
}

Json endpointSliceManifest(const std::string& ns, const std::string& app, const std::vector<Json>& pods) {
    Json slice = named(app + "-x2x4z", ns);
    slice["metadata"]["labels"] = {{"kubernetes.io/service-name", app}};
    slice["addressType"] = "IPv4";
    slice["ports"] = Json::array({{{"name", "http"}, {"port", 8080}, {"protocol", "TCP"}}});
    slice["endpoints"] = Json::array();
    for (const Json& pod : pods)
        slice["endpoints"].push_back({{"addresses", {pod["status"]["podIP"]}},
                                      {"conditions", {{"ready", pod["status"]["phase"] == "Running"}}},
                                      {"nodeName", pod["spec"]["nodeName"]},
                                      {"targetRef",
                                       {{"kind", "Pod"},
                                        {"namespace", ns},
                                        {"name", pod["metadata"]["name"]},
                                        {"uid", pod["metadata"]["uid"]}}}});
    return slice;
}

Json ingressManifest(const std::string& ns, const std::string& name, const std::string& host,
                     const std::string& service) {
    Json ingress = named(name, ns);
    ingress["spec"] = {
        {"ingressClassName", "nginx"},
        {"tls", Json::array({{{"hosts", {host}}, {"secretName", "shop-tls"}}})},
        {"rules",
         Json::array(
             {{{"host", host},
               {"http",
                {{"paths", Json::array({{{"path", "/"},
                                         {"pathType", "Prefix"},
                                         {"backend",
                                          {{"service", {{"name", service}, {"port", {{"name", "http"}}}}}}}}})}}}}})}};
    ingress["status"] = {{"loadBalancer", {{"ingress", Json::array({{{"ip", "192.0.2.10"}}})}}}};
    return ingress;
}

Json storageClassManifest(const std::string& provider) {
    Json object = named("standard");
    object["metadata"]["annotations"] = {{"storageclass.kubernetes.io/is-default-class", "true"}};
    object["provisioner"] = provider == "aws"   ? "ebs.csi.aws.com"
                            : provider == "gce" ? "pd.csi.storage.gke.io"
                                                : "local.csi.example";
    object["reclaimPolicy"] = "Delete";
    object["volumeBindingMode"] = "WaitForFirstConsumer";
    return object;
}

std::vector<Json> volumeManifests(const std::string& ns, const std::string& name, const std::string& uid) {
    Json claim = named(name, ns);
    const std::string volumeName = "pvc-" + uid;
    claim["spec"] = {{"accessModes", {"ReadWriteOnce"}},
                     {"storageClassName", "standard"},
                     {"volumeName", volumeName},
                     {"volumeMode", "Filesystem"},
                     {"resources", {{"requests", {{"storage", "50Gi"}}}}}};
    claim["status"] = {{"phase", "Bound"}, {"accessModes", {"ReadWriteOnce"}}, {"capacity", {{"storage", "50Gi"}}}};
    Json volume = named(volumeName);
    volume["spec"] = {{"accessModes", {"ReadWriteOnce"}},
                      {"storageClassName", "standard"},
                      {"persistentVolumeReclaimPolicy", "Delete"},
                      {"volumeMode", "Filesystem"},
                      {"capacity", {{"storage", "50Gi"}}},
                      {"claimRef", {{"namespace", ns}, {"name", name}}},
                      {"csi", {{"driver", "local.csi.example"}, {"volumeHandle", uid}}}};
    volume["status"] = {{"phase", "Bound"}};
    return {{{"claim", std::move(claim)}}, {{"volume", std::move(volume)}}};
}

Json crdManifest(const ServedKind& kind) {
    Json crd = named(kind.kind.plural + "." + kind.kind.group);
    Json columns = Json::array();
    for (const PrinterColumn& column : kind.columns) {
        std::string path = column.pointer;
        std::replace(path.begin(), path.end(), '/', '.');
        // An array index in JSON pointer form is a subscript in JSONPath.
        if (const std::size_t index = path.find(".0."); index != std::string::npos)
            path.replace(index, 3, "[0].");
        columns.push_back(
            {{"name", column.name}, {"type", column.type}, {"jsonPath", path}, {"priority", column.priority}});
    }
    columns.push_back({{"name", "Age"}, {"type", "date"}, {"jsonPath", ".metadata.creationTimestamp"}});
    crd["spec"] = {{"group", kind.kind.group},
                   {"scope", kind.kind.namespaced ? "Namespaced" : "Cluster"},
                   {"names",
                    {{"kind", kind.kind.kind},
                     {"plural", kind.kind.plural},
                     {"singular", kind.kind.singular},
                     {"listKind", kind.kind.kind + "List"}}},
                   {"versions", Json::array({{{"name", kind.kind.version},
                                              {"served", true},
                                              {"storage", true},
                                              {"additionalPrinterColumns", std::move(columns)}}})}};
    crd["status"] = {{"conditions", Json::array({{{"type", "Established"}, {"status", "True"}}})}};
    return crd;
}

Json certificateManifest(const std::string& ns, const std::string& name, int number) {
    Json certificate = named(name + "-tls", ns);
    certificate["metadata"]["creationTimestamp"] = timestamp(-(number + 1) * 5 * 86400);
    certificate["spec"] = {{"secretName", name + "-tls"},
                           {"dnsNames", {name + ".example"}},
                           {"issuerRef", {{"name", "internal-ca"}, {"kind", "ClusterIssuer"}}}};
    certificate["status"] = {
        {"conditions", Json::array({{{"type", "Ready"}, {"status", number == 3 ? "False" : "True"}}})},
        {"renewalTime", timestamp(-(number % 2 == 0 ? 3600 : 90000) * (number + 1))}};
    return certificate;
}

Json backupManifest(const std::string& ns, const std::string& name, int number) {
    Json backup = named(name, ns);
    backup["metadata"]["creationTimestamp"] = timestamp(-(number + 2) * 86400);
    backup["spec"] = {{"volume", "data-" + name}, {"schedule", "0 2 * * *"}};
    backup["status"] = {{"phase", number == 2 ? "Failed" : "Completed"},
                        {"size", std::to_string(11 + number * 3) + "Gi"},
                        {"lastRunTime", timestamp(-(3 - number) * 7000)}};
    return backup;
}

Json eventManifest(const std::string& ns, const std::string& name, const std::string& type, const std::string& reason,
                   const std::string& message, const Json& about, int count) {
    Json event = named(name, ns);
    event["type"] = type;
    event["reason"] = reason;
    event["message"] = message;
    event["count"] = count;
    event["firstTimestamp"] = timestamp(-count * 30);
    event["lastTimestamp"] = timestamp();
    event["source"] = {{"component", type == "Normal" ? "kubelet" : "default-scheduler"}};
    event["reportingComponent"] = "";
    event["reportingInstance"] = "";
    event["involvedObject"] = {{"kind", about["kind"]},
                               {"apiVersion", about["apiVersion"]},
                               {"name", about["metadata"]["name"]},
                               {"namespace", about["metadata"].value("namespace", "")},
                               {"uid", about["metadata"]["uid"]},
                               {"resourceVersion", about["metadata"]["resourceVersion"]}};
    return event;
}

} // namespace demo
