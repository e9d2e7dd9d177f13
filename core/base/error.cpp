// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

namespace base {

std::string_view toString(ErrorCode code) {
    switch (code) {
    case ErrorCode::BadInput:
        return "BadInput";
    case ErrorCode::NotFound:
        return "NotFound";
    case ErrorCode::NameResolution:
        return "NameResolution";
    case ErrorCode::Refused:
        return "Refused";
    case ErrorCode::Unreachable:
        return "Unreachable";
    case ErrorCode::TimedOut:
        return "TimedOut";
    case ErrorCode::Tls:
        return "Tls";
    case ErrorCode::Expired:
        return "Expired";
    case ErrorCode::Unauthorized:
        return "Unauthorized";
    case ErrorCode::Forbidden:
        return "Forbidden";
    case ErrorCode::Conflict:
        return "Conflict";
    case ErrorCode::Gone:
        return "Gone";
    case ErrorCode::Throttled:
        return "Throttled";
    case ErrorCode::ServerFailure:
        return "ServerFailure";
    case ErrorCode::BadResponse:
        return "BadResponse";
    case ErrorCode::PluginFailed:
        return "PluginFailed";
    case ErrorCode::Unsupported:
        return "Unsupported";
    case ErrorCode::Io:
        return "Io";
    case ErrorCode::Internal:
        return "Internal";
    }
    return "Internal";
}

} // namespace base
