// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace bench {

/// One request by libcurl, whose bytes are looked through for `end` and thrown away.
struct Read {
    double seconds = -1; ///< From the request (connection included) to `end`; negative: it did not come.
    std::int64_t bytes = 0;
    std::string error;
};

/// `identity` holds ca.crt, admin.crt and admin.key.
Read readStream(const std::string& url, const std::string& accept, const std::filesystem::path& identity,
                const std::string& end);

} // namespace bench
