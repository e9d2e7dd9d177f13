// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck-demo/reply.h"

namespace demo {

Reply json(const Json& body, int status) {
    Reply reply;
    reply.status = status;
    reply.body = body.dump() + "\n";
    return reply;
}

Reply failure(int code, const std::string& reason, const std::string& message) {
    return json({{"kind", "Status"},
                 {"apiVersion", "v1"},
                 {"metadata", Json::object()},
                 {"status", "Failure"},
                 {"message", message},
                 {"reason", reason},
                 {"code", code}},
                code);
}

Reply notFound(const ServedKind& kind, const std::string& name) {
    return failure(404, "NotFound", kind.kind.resource() + " \"" + name + "\" not found");
}

std::string queryValue(const ApiCall& call, const std::string& key) {
    const auto found = call.query.find(key);
    return found == call.query.end() ? std::string() : found->second;
}

bool isTrue(const ApiCall& call, const std::string& key) {
    const std::string value = queryValue(call, key);
    return value == "true" || value == "1";
}

} // namespace demo
