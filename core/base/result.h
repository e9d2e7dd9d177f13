// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace base {

/// A value or the Error why there is none.
template <typename T>
using Result = tl::expected<T, Error>;

/// Shorthand for the failing side of a Result: `return fail(ErrorCode::BadInput, "...");`.
inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
    Error error;
    error.code = code;
    error.message = std::move(message);
    return tl::unexpected<Error>(std::move(error));
}

} // namespace base
