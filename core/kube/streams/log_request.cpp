// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/streams/log_request.h"

#include "core/kube/watch_requests.h"

namespace kube {

ApiRequest logRequest(const LogSpec& spec) {
    ApiRequest request;
    request.verb = "get";
    request.resource = "pods/log";
    request.accept = "*/*";
    std::string query;
    const auto add = [&query](const char* name, const std::string& value) {
        query += (query.empty() ? "?" : "&") + std::string(name) + "=" + queryEscape(value);
    };
    if (!spec.container.empty())
        add("container", spec.container);
    if (spec.follows)
        add("follow", "true");
    if (spec.run == LogSpec::Run::Previous)
        add("previous", "true");
    if (spec.timestamps == LogSpec::Timestamps::With)
        add("timestamps", "true");
    if (spec.tailLines)
        add("tailLines", std::to_string(*spec.tailLines));
    if (spec.sinceSeconds)
        add("sinceSeconds", std::to_string(*spec.sinceSeconds));
    if (!spec.sinceTime.empty())
        add("sinceTime", spec.sinceTime);
    if (spec.limitBytes)
        add("limitBytes", std::to_string(*spec.limitBytes));
    request.target = "/api/v1/namespaces/" + queryEscape(spec.ns) + "/pods/" + queryEscape(spec.pod) + "/log" + query;
    return request;
}

} // namespace kube
