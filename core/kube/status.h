// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/kube/transport.h"
#include "core/net/http.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// What a server says when it refuses: metav1.Status
/// (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status), as far as we use it.
struct Status {
    int code = 0;
    bool isSuccess = false; ///< It refuses nothing; of an answer in JSON.
    std::string reason;     ///< "NotFound", "Expired", "Forbidden", ...
    std::string message;
    std::string name; ///< details.name and details.kind: the object meant, empty where none is.
    std::string kind;
    std::optional<std::chrono::seconds> retryAfter;
    std::vector<base::ErrorCause> causes; ///< details.causes; of an answer in JSON.
};

/// What a server asks for by that many seconds: nothing where it asks for none, a day at most. Pure.
[[nodiscard]] std::optional<std::chrono::seconds> retryAfterSeconds(std::int64_t seconds);

/// A Status object in JSON or in protobuf (`k8s\0` in front), nothing if the text is no Status. Pure; any thread.
[[nodiscard]] std::optional<Status> parseStatus(std::string_view body);

/// A Status in JSON that need not name its kind, as it comes where nothing else can. Pure; any thread.
[[nodiscard]] std::optional<Status> parseUntypedStatus(std::string_view json);

/// The Error for a Status that answers `request`, be it an answer's body or an ERROR event of a watch. Pure.
[[nodiscard]] base::Error errorFromStatus(const Status& status, const ApiRequest& request);

/// The Error for an answer with status >= 400: from its Status object where it has one, else from the HTTP status and
/// the start of its text. Retry-After is read as seconds or as a date relative to the answer's own Date. Pure.
[[nodiscard]] base::Error errorFromResponse(const net::Response& response, const ApiRequest& request);

/// Milliseconds since 1970 of an HTTP date ("Sun, 06 Nov 1994 08:49:37 GMT"), 0 if it is none. Pure.
[[nodiscard]] std::int64_t httpDateMs(std::string_view date);

/// The server's present time by its Date header, 0 without one. The header has whole seconds: where it can be no other
/// time than `nowMs`, ours, it is taken for that. Pure.
[[nodiscard]] std::int64_t serverTimeMs(const net::Headers& headers, std::int64_t nowMs);

} // namespace kube
