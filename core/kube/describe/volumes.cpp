// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/quantity.h"
#include "core/kube/describe/writer.h"

#include <array>
#include <utility>

namespace kube::describe {

namespace {

struct SourceField {
    const char* label;
    const char* path;      // JSON name below the source
    const char* whenUnset; // what stands there where the field is missing
};

struct SourceKind {
    const char* field; // in the volume or spec
    const char* type;
    std::vector<SourceField> fields;
};

// What kubectl names each way to get storage, and which of its fields it shows.
const std::vector<SourceKind>& sourceKinds() {
    static const std::vector<SourceKind> kKinds{
        {"hostPath",
         "HostPath (bare host directory volume)",
         {{"Path", "path", ""}, {"HostPathType", "type", "<none>"}}},
        {"emptyDir",
         "EmptyDir (a temporary directory that shares a pod's lifetime)",
         {{"Medium", "medium", ""}, {"SizeLimit", "sizeLimit", "<unset>"}}},
        {"gcePersistentDisk",
         "GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)",
         {{"PDName", "pdName", ""},
          {"FSType", "fsType", ""},
          {"Partition", "partition", "0"},
          {"ReadOnly", "readOnly", "false"}}},
        {"awsElasticBlockStore",
         "AWSElasticBlockStore (a Persistent Disk resource in AWS)",
         {{"VolumeID", "volumeID", ""},
          {"FSType", "fsType", ""},
          {"Partition", "partition", "0"},
          {"ReadOnly", "readOnly", "false"}}},
        {"gitRepo",
         "GitRepo (a volume that is pulled from git when the pod is created)",
         {{"Repository", "repository", ""}, {"Revision", "revision", ""}}},
        {"secret",
         "Secret (a volume populated by a Secret)",
         {{"SecretName", "secretName", ""}, {"Optional", "optional", "false"}}},
        {"configMap",
         "ConfigMap (a volume populated by a ConfigMap)",
         {{"Name", "name", ""}, {"Optional", "optional", "false"}}},
        {"nfs",
         "NFS (an NFS mount that lasts the lifetime of a pod)",
         {{"Server", "server", ""}, {"Path", "path", ""}, {"ReadOnly", "readOnly", "false"}}},
        {"iscsi",
         "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)",
         {{"TargetPortal", "targetPortal", ""},
          {"IQN", "iqn", ""},
          {"Lun", "lun", "0"},
          {"ISCSIInterface", "iscsiInterface", ""},
          {"FSType", "fsType", ""},
          {"ReadOnly", "readOnly", "false"},
          {"Portals", "portals", "[]"},
          {"DiscoveryCHAPAuth", "chapAuthDiscovery", "false"},
          {"SessionCHAPAuth", "chapAuthSession", "false"},
          {"InitiatorName", "initiatorName", "<none>"}}},
        {"glusterfs",
         "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
         {{"EndpointsName", "endpoints", ""}, {"Path", "path", ""}, {"ReadOnly", "readOnly", "false"}}},
        {"persistentVolumeClaim",
         "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
         {{"ClaimName", "claimName", ""}, {"ReadOnly", "readOnly", "false"}}},
        {"rbd",
         "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
         {{"CephMonitors", "monitors", "[]"},
          {"RBDImage", "image", ""},
          {"FSType", "fsType", ""},
          {"RBDPool", "pool", ""},
          {"RadosUser", "user", ""},
          {"Keyring", "keyring", ""},
          {"ReadOnly", "readOnly", "false"}}},
        {"cephfs",
         "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
         {{"Monitors", "monitors", "[]"},
          {"Path", "path", ""},
          {"User", "user", ""},
          {"SecretFile", "secretFile", ""},
          {"ReadOnly", "readOnly", "false"}}},
        {"azureDisk",
         "AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)",
         {{"DiskName", "diskName", ""},
          {"DiskURI", "diskURI", ""},
          {"Kind", "kind", ""},
          {"FSType", "fsType", ""},
          {"CachingMode", "cachingMode", ""},
          {"ReadOnly", "readOnly", "false"}}},
        {"azureFile",
         "AzureFile (an Azure File Service mount on the host and bind mount to the pod)",
         {{"SecretName", "secretName", ""}, {"ShareName", "shareName", ""}, {"ReadOnly", "readOnly", "false"}}},
        {"vsphereVolume",
         "vSphereVolume (a Persistent Disk resource in vSphere)",
         {{"VolumePath", "volumePath", ""}, {"FSType", "fsType", ""}, {"StoragePolicyName", "storagePolicyName", ""}}},
        {"cinder",
         "Cinder (a Persistent Disk resource in OpenStack)",
         {{"VolumeID", "volumeID", ""}, {"FSType", "fsType", ""}, {"ReadOnly", "readOnly", "false"}}},
        {"fc",
         "FC (a Fibre Channel disk)",
         {{"TargetWWNs", "targetWWNs", "[]"},
          {"LUN", "lun", "0"},
          {"FSType", "fsType", ""},
          {"ReadOnly", "readOnly", "false"}}},
        {"flexVolume",
         "FlexVolume (a generic volume resource that is provisioned/attached using an exec based plugin)",
         {{"Driver", "driver", ""}, {"FSType", "fsType", ""}, {"ReadOnly", "readOnly", "false"}}},
        {"portworxVolume", "PortworxVolume (a Portworx Volume resource)", {{"VolumeID", "volumeID", ""}}},
        {"local", "LocalVolume (a persistent volume backed by local storage on a node)", {{"Path", "path", ""}}},
        {"image",
         "Image (a container image or OCI artifact)",
         {{"Reference", "reference", ""}, {"PullPolicy", "pullPolicy", ""}}},
    };
    return kKinds;
}

void writeProjected(Writer writer, const Json& projected) {
    writer.add("Type", "Projected (a volume that contains injected data from multiple sources)");
    for (const Json& source : at(projected, "sources")) {
        if (const Json& secret = at(source, "secret"); secret.is_object()) {
            writer.add("SecretName", text(at(secret, "name")));
            writer.add("Optional", textOr(at(secret, "optional"), "false"));
        } else if (at(source, "downwardAPI").is_object()) {
            writer.add("DownwardAPI", "true");
        } else if (const Json& map = at(source, "configMap"); map.is_object()) {
            writer.add("ConfigMapName", text(at(map, "name")));
            writer.add("Optional", textOr(at(map, "optional"), "false"));
        } else if (const Json& token = at(source, "serviceAccountToken"); token.is_object()) {
            writer.add("TokenExpirationSeconds", text(at(token, "expirationSeconds")));
        }
    }
}

void writeDownwardApi(Writer writer, const Json& source) {
    writer.add("Type", "DownwardAPI (a volume populated by information about the pod)");
    std::string lines;
    for (const Json& item : at(source, "items")) {
        const bool isField = at(item, "fieldRef").is_object();
        const std::string from =
            isField ? text(at(item, {"fieldRef", "fieldPath"})) : text(at(item, {"resourceFieldRef", "resource"}));
        lines += (lines.empty() ? "" : "\n") + from + " -> " + text(at(item, "path"));
    }
    writer.add("Items", lines);
}

void writeCsi(Writer writer, const Json& csi) {
    writer.add("Type", "CSI (a Container Storage Interface (CSI) volume source)");
    writer.add("Driver", text(at(csi, "driver")));
    writer.add("FSType", text(at(csi, "fsType")));
    if (isSet(at(csi, "volumeHandle")))
        writer.add("VolumeHandle", text(at(csi, "volumeHandle")));
    writer.add("ReadOnly", textOr(at(csi, "readOnly"), "false"));
    writeLabels(writer, "VolumeAttributes", at(csi, "volumeAttributes"));
}

void writeEphemeral(Writer writer, const Json& ephemeral) {
    writer.add("Type",
               "EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)");
    if (const Json& claim = at(ephemeral, "volumeClaimTemplate"); claim.is_object())
        writeClaim(writer, claim, false);
}

} // namespace

std::string wholeUnits(const std::string& quantity, const std::string& divisor) {
    const auto amount = base::Quantity::parse(quantity);
    const auto unit = base::Quantity::parse(divisor);
    if (!amount)
        return {};
    const std::int64_t step = !unit || unit->isZero() ? 1000 : unit->milli();
    const std::int64_t milli = amount->milli();
    return std::to_string(milli / step + (milli % step != 0 ? 1 : 0));
}

void writeVolumeSource(Writer writer, const Json& source) {
    if (const Json& projected = at(source, "projected"); projected.is_object())
        return writeProjected(writer, projected);
    if (const Json& downward = at(source, "downwardAPI"); downward.is_object())
        return writeDownwardApi(writer, downward);
    if (const Json& csi = at(source, "csi"); csi.is_object())
        return writeCsi(writer, csi);
    if (const Json& ephemeral = at(source, "ephemeral"); ephemeral.is_object())
        return writeEphemeral(writer, ephemeral);
    for (const SourceKind& kind : sourceKinds()) {
        const Json& values = at(source, kind.field);
        if (!values.is_object())
            continue;
        writer.add("Type", kind.type);
        for (const SourceField& field : kind.fields) {
            const Json& value = at(values, field.path);
            writer.add(field.label, value.is_array() ? goList(value) : textOr(value, field.whenUnset));
        }
        return;
    }
    writer.add("Type", "<unknown>");
}

void writeVolumes(Writer writer, const Json& volumes) {
    Writer below = writer.heading("Volumes", isSet(volumes) ? "" : "<none>");
    for (const Json& volume : volumes)
        writeVolumeSource(below.heading(text(at(volume, "name"))), volume);
}

} // namespace kube::describe
