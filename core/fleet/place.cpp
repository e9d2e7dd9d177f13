// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/place.h"

#include <array>
#include <utility>

namespace fleet {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array kSchemes{
    Pair{"aws", "AWS"},
    Pair{"gce", "GCP"},
    Pair{"azure", "Azure"},
    Pair{"openstack", "OpenStack"},
    Pair{"vsphere", "vSphere"},
    Pair{"kind", "kind"},
    Pair{"k3s", "k3s"},
    Pair{"digitalocean", "DigitalOcean"},
    Pair{"hcloud", "Hetzner"},
    Pair{"linode", "Linode"},
    Pair{"ibm", "IBM Cloud"},
    Pair{"oci", "Oracle Cloud"},
    Pair{"alicloud", "Alibaba Cloud"},
    Pair{"tencentcloud", "Tencent Cloud"},
    Pair{"huaweicloud", "Huawei Cloud"},
    Pair{"scaleway", "Scaleway"},
    Pair{"exoscale", "Exoscale"},
    Pair{"vultr", "Vultr"},
    Pair{"civo", "Civo"},
    Pair{"ovh", "OVHcloud"},
    Pair{"nutanix", "Nutanix"},
    Pair{"equinixmetal", "Equinix Metal"},
    Pair{"packet", "Equinix Metal"},
    Pair{"harvester", "Harvester"},
    Pair{"kubevirt", "KubeVirt"},
    Pair{"proxmox", "Proxmox"},
    Pair{"docker", "Docker"},
    Pair{"metal3", "Bare metal"},
    Pair{"baremetalhost", "Bare metal"},
    Pair{"metal", "Bare metal"},
    Pair{"minikube", "minikube"},
};

constexpr std::array kLabelPrefixes{
    Pair{"eks.amazonaws.com/", "AWS"},
    Pair{"cloud.google.com/gke-", "GCP"},
    Pair{"kubernetes.azure.com/", "Azure"},
    Pair{"minikube.k8s.io/", "minikube"},
    Pair{"microk8s.io/", "MicroK8s"},
    Pair{"node.openshift.io/", "OpenShift"},
    Pair{"doks.digitalocean.com/", "DigitalOcean"},
};

std::string_view labelOf(std::string_view labels, std::string_view key) {
    std::size_t begin = 0;
    while (begin < labels.size()) {
        std::size_t end = labels.find(',', begin);
        if (end == std::string_view::npos)
            end = labels.size();
        const std::string_view pair = labels.substr(begin, end - begin);
        if (pair.starts_with(key) && pair.size() > key.size() && pair[key.size()] == '=')
            return pair.substr(key.size() + 1);
        begin = end + 1;
    }
    return {};
}

bool hasLabelPrefix(std::string_view labels, std::string_view prefix) {
    std::size_t begin = 0;
    while (begin < labels.size()) {
        if (labels.substr(begin).starts_with(prefix))
            return true;
        begin = labels.find(',', begin);
        if (begin == std::string_view::npos)
            return false;
        ++begin;
    }
    return false;
}

// "aws:///eu-west-1a/i-0abc" and "gce://project/europe-west1-b/vm" name the zone; the region is what stands before the
// zone's letter.
std::string regionFromProviderId(std::string_view scheme, std::string_view rest) {
    while (rest.starts_with('/'))
        rest.remove_prefix(1);
    if (scheme == "gce") {
        const std::size_t slash = rest.find('/');
        rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
    } else if (scheme != "aws") {
        return {};
    }
    const std::string_view zone = rest.substr(0, rest.find('/'));
    if (scheme == "gce") {
        const std::size_t dash = zone.rfind('-');
        return dash == std::string_view::npos ? std::string() : std::string(zone.substr(0, dash));
    }
    const bool endsInLetter = zone.size() > 1 && zone.back() >= 'a' && zone.back() <= 'z' &&
                              zone[zone.size() - 2] >= '0' && zone[zone.size() - 2] <= '9';
    return endsInLetter ? std::string(zone.substr(0, zone.size() - 1)) : std::string();
}

} // namespace

NodePlace placeOfNode(std::string_view providerId, std::string_view labels) {
    NodePlace place;
    const std::size_t colon = providerId.find("://");
    const std::string_view scheme = colon == std::string_view::npos ? std::string_view() : providerId.substr(0, colon);
    for (const auto& [name, provider] : kSchemes) {
        if (scheme == name)
            place.provider = provider;
    }
    if (place.provider.empty()) {
        for (const auto& [prefix, provider] : kLabelPrefixes) {
            if (hasLabelPrefix(labels, prefix)) {
                place.provider = provider;
                break;
            }
        }
    }
    if (place.provider.empty()) {
        const std::string_view instance = labelOf(labels, "node.kubernetes.io/instance-type");
        if (instance == "k3s" || instance == "rke2")
            place.provider = instance;
    }
    // Whoever sets providerIDs is some cloud: better its own word than none.
    if (place.provider.empty() && !scheme.empty())
        place.provider = scheme;
    place.region = labelOf(labels, "topology.kubernetes.io/region");
    if (place.region.empty())
        place.region = labelOf(labels, "failure-domain.beta.kubernetes.io/region");
    if (place.region.empty() && !scheme.empty())
        place.region = regionFromProviderId(scheme, providerId.substr(colon + 3));
    return place;
}

std::string providerOfVersion(std::string_view version) {
    constexpr std::array kMarks{
        Pair{"-eks-", "AWS"},      Pair{"-gke.", "GCP"},
        Pair{"+k3s", "k3s"},       Pair{"+rke2", "RKE2"},
        Pair{"+k0s", "k0s"},       Pair{"-aliyun.", "Alibaba Cloud"},
        Pair{"+IKS", "IBM Cloud"}, Pair{"-tke.", "Tencent Cloud"},
    };
    for (const auto& [mark, provider] : kMarks) {
        if (version.find(mark) != std::string_view::npos)
            return std::string(provider);
    }
    return {};
}

} // namespace fleet
