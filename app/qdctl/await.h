// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/qdctl/interruption.h"
#include "app/qdctl/session.h"
#include "core/base/cancel.h"

#include <optional>
#include <utility>

namespace qdctl {

/// Runs home until `start`'s answer is there; nothing where it was interrupted.
template <typename T, typename Start>
std::optional<T> await(Session& session, Start start) {
    std::optional<T> result;
    const Interruption interruption(session.home());
    const base::Cancel cancel = start([&session, &result](T value) {
        result.emplace(std::move(value));
        session.home().stop();
    });
    session.home().run();
    return result;
}

} // namespace qdctl
