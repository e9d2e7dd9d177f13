// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <re2/re2.h>

#include <memory>
#include <string>
#include <tl/expected.hpp>

namespace fleet {

/// Compiles with ASCII and Unicode case ignored and bounded memory; fails with what is wrong with the pattern.
inline tl::expected<std::unique_ptr<RE2>, std::string> compileRegex(const std::string& pattern) {
    RE2::Options options(RE2::Quiet);
    options.set_case_sensitive(false);
    options.set_max_mem(std::int64_t(4) << 20);
    auto regex = std::make_unique<RE2>(pattern, options);
    if (!regex->ok())
        return tl::unexpected<std::string>("the regular expression is not valid: " + regex->error());
    return regex;
}

} // namespace fleet
