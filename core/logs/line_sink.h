// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/log_line.h"

#include <vector>

namespace logs {

/// Where the lines of a gathering go: a store, a terminal. Sources are made on home, lines come from one thread at a
/// time; who takes them slowly holds up whoever brings them.
class LineSink {
public:
    virtual ~LineSink() = default;

    /// Counts from 0.
    virtual SourceId addSource(SourceInfo source) = 0;
    /// In the order they shall have. The texts are gone after the call.
    virtual void append(const std::vector<NewLine>& lines) = 0;
};

} // namespace logs
