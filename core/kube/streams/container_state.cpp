// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/streams/container_state.h"

#include "core/kube/describe/writer.h"
#include "core/kube/go_json.h"

namespace kube {

namespace {

using describe::at;
using describe::Json;
using describe::text;

ContainerState stateOf(const Json& state) {
    using Phase = ContainerState::Phase;
    ContainerState found;
    const char* key = "running";
    if (at(state, key).is_object()) {
        found.phase = Phase::Running;
    } else if (key = "terminated"; at(state, key).is_object()) {
        found.phase = Phase::Ended;
        const Json& code = at(state, {key, "exitCode"});
        found.exitCode = code.is_number_integer() ? code.get<int>() : 0;
    } else if (key = "waiting"; at(state, key).is_object()) {
        found.phase = Phase::Waiting;
    }
    found.reason = text(at(state, {key, "reason"}));
    found.message = text(at(state, {key, "message"}));
    return found;
}

} // namespace

std::string ContainerState::why() const {
    return message.empty() ? reason : reason.empty() ? message : reason + ": " + message;
}

ContainerState containerStateOf(std::string_view pod, std::string_view container) {
    const base::Result<Json> json = parseGoJson(pod);
    for (const char* list : {"ephemeralContainerStatuses", "containerStatuses", "initContainerStatuses"}) {
        const Json& statuses = json ? at(*json, {"status", list}) : Json();
        if (!statuses.is_array())
            continue;
        for (const Json& status : statuses) {
            if (text(at(status, "name")) == container)
                return stateOf(at(status, "state"));
        }
    }
    return {};
}

} // namespace kube
