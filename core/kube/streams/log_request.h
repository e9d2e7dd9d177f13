// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/transport.h"

#include <cstdint>
#include <optional>
#include <string>

namespace kube {

/// Which lines of which container's log.
struct LogSpec {
    enum class Run { Current, Previous };
    enum class Timestamps { Without, With };

    std::string ns;
    std::string pod;
    std::string container; ///< Empty: the server's choice, where there is one.
    Run run = Run::Current;
    bool follows = false;
    Timestamps timestamps = Timestamps::Without;
    std::optional<std::int64_t> tailLines;
    std::optional<std::int64_t> sinceSeconds;
    std::string sinceTime; ///< RFC 3339; servers look at whole seconds only.
    std::optional<std::int64_t> limitBytes;
};

/// The call that reads it. Its answer is text, lines as the container wrote them. Pure.
[[nodiscard]] ApiRequest logRequest(const LogSpec& spec);

} // namespace kube
