// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/streams/pod_shells.h"

#include "core/kube/describe/writer.h"
#include "core/kube/go_json.h"

#include <algorithm>

namespace kube {

namespace {

using describe::at;
using describe::Json;
using describe::text;

PodShells::System systemNamed(const std::string& name) {
    return name == "windows" ? PodShells::System::Windows : PodShells::System::Linux;
}

void addRunning(const Json& pod, const char* statuses, std::vector<std::string>& names) {
    const Json& list = at(pod, {"status", statuses});
    if (!list.is_array())
        return;
    for (const Json& status : list) {
        if (at(status, {"state", "running"}).is_object())
            names.push_back(text(at(status, "name")));
    }
}

} // namespace

base::Result<PodShells> podShellsOf(std::string_view json) {
    const base::Result<Json> pod = parseGoJson(json);
    if (!pod)
        return base::fail(pod.error());
    PodShells found;
    addRunning(*pod, "containerStatuses", found.containers);
    addRunning(*pod, "ephemeralContainerStatuses", found.containers);
    addRunning(*pod, "initContainerStatuses", found.containers);
    if (const Json& all = at(*pod, {"spec", "containers"}); found.containers.empty() && all.is_array()) {
        for (const Json& container : all)
            found.containers.push_back(text(at(container, "name")));
    }
    const std::string preset = text(at(*pod, {"metadata", "annotations", "kubectl.kubernetes.io/default-container"}));
    const bool isThere = std::find(found.containers.begin(), found.containers.end(), preset) != found.containers.end();
    if (isThere)
        found.preset = preset;
    else if (!found.containers.empty())
        found.preset = found.containers.front();
    std::string system = text(at(*pod, {"spec", "os", "name"}));
    if (system.empty())
        system = text(at(*pod, {"spec", "nodeSelector", "kubernetes.io/os"}));
    found.system = systemNamed(system);
    found.node = system.empty() ? text(at(*pod, {"spec", "nodeName"})) : std::string();
    return found;
}

ContainerInput containerInputOf(std::string_view json, std::string_view name) {
    const base::Result<Json> pod = parseGoJson(json);
    for (const char* list : {"containers", "initContainers", "ephemeralContainers"}) {
        const Json& containers = pod ? at(*pod, {"spec", list}) : Json();
        if (!containers.is_array())
            continue;
        for (const Json& container : containers) {
            if (text(at(container, "name")) == name)
                return {describe::isTrue(at(container, "stdin")), describe::isTrue(at(container, "tty"))};
        }
    }
    return {};
}

PodShells::System systemOf(std::string_view json) {
    const base::Result<Json> node = parseGoJson(json);
    return node ? systemNamed(text(at(*node, {"metadata", "labels", "kubernetes.io/os"}))) : PodShells::System::Linux;
}

const std::vector<std::vector<std::string>>& shellCommands(PodShells::System system) {
    // One session finds the better of two shells. Runtimes say TERM=xterm, which knows eight colours.
    static const std::vector<std::vector<std::string>> onLinux = {
        {"sh", "-c", "TERM=xterm-256color; export TERM; command -v bash >/dev/null 2>&1 && exec bash; exec sh"},
        {"bash"},
        {"ash"}};
    static const std::vector<std::vector<std::string>> onWindows = {{"powershell.exe"}, {"pwsh.exe"}, {"cmd.exe"}};
    return system == PodShells::System::Windows ? onWindows : onLinux;
}

} // namespace kube
