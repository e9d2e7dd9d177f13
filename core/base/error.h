// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace base {

/// What went wrong, as a closed set that callers branch on. ui turns each value into a translated sentence and an
/// action.
enum class ErrorCode {
    BadInput,       ///< Something the user or a file gave us cannot be understood; message names file, line or field.
    NotFound,       ///< The object, file, context or kind does not exist.
    NameResolution, ///< The host name could not be resolved.
    Refused,        ///< Nobody listens at the address.
    Unreachable,    ///< No route, or the connection was cut or reset.
    TimedOut,       ///< No answer within the deadline.
    Tls,            ///< The TLS handshake or the verification of the server failed.
    Expired,        ///< A certificate or token of ours is past its date.
    Unauthorized,   ///< 401, or no usable credentials.
    Forbidden,      ///< 403; verb and resource say what is missing.
    Conflict,       ///< 409.
    Gone,           ///< 410, or an expired resourceVersion or continue token.
    Throttled,      ///< 429, or 503 with Retry-After; retryAfter says how long.
    ServerFailure,  ///< Any other 5xx.
    BadResponse,    ///< The answer is not what the protocol says (garbage, truncated, too large).
    PluginFailed,   ///< A credential plugin is missing, failed or hung.
    Unsupported,    ///< The server does not serve what was asked for (404 on a kind, 406, 415, 501).
    Io,             ///< A local file or database failed.
    Internal,       ///< A broken promise of ours.
};

/// A short stable name such as "TimedOut", for logs and tests.
std::string_view toString(ErrorCode code);

/// One of several reasons that a server gives for a refusal, often one a field.
struct ErrorCause {
    std::string reason; ///< As the server names it: "FieldManagerConflict", "FieldValueInvalid".
    std::string field;  ///< ".spec.replicas"; empty where none is meant.
    std::string message;

    bool operator==(const ErrorCause&) const = default;
};

/// Why an operation failed. A plain value; message is one English sentence for logs and qdctl and never holds a secret.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;
    std::string cluster;  ///< Context or cluster name, empty where no cluster is involved.
    std::string verb;     ///< Kubernetes verb ("list"), empty where unknown.
    std::string resource; ///< Resource in kubectl's form ("pods", "deployments.apps"), empty where unknown.
    int httpStatus = 0;   ///< 0 where no HTTP answer came.
    std::optional<std::chrono::milliseconds> retryAfter; ///< As the server asked, if it did.
    std::string reason = {}; ///< The server's own word for it ("AlreadyExists", "Conflict"), empty where it gave none.
    std::vector<ErrorCause> causes = {}; ///< In particular, where the server says more.
};

} // namespace base
