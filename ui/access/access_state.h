// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/fleet/cluster_info.h"
#include "ui/base/table_face.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace ui {

/// How one cluster of the scope answers a question about permissions.
struct AccessPart {
    fleet::ClusterId cluster;
    bool isAsking = false;
    bool isAway = false;     ///< It is to be asked again when it is back.
    bool isAnswered = false; ///< Now or once.
    std::int64_t answeredMs = 0;
    std::optional<base::Error> error; ///< Why the last question had no answer.
    /// Lists that may not be read, of those that an answer needs; nothing at all could be read if all of them are here.
    std::vector<base::Error> missing;
    bool isBlind = false;
    QStringList dangling; ///< "RoleBinding/shop/old names Role/shop/gone", each translated.
    QString incomplete;   ///< Not empty: why the server does not list all that is allowed.
    bool isServed = true; ///< False: it does not know what was asked about.
};

/// What the state of an answer's table follows from.
struct AccessFacts {
    const std::vector<AccessPart>& parts;
    std::function<const fleet::ClusterInfo&(fleet::ClusterId)> cluster;
    int shown = 0;
    int total = 0;
    QString filter;
    QString resource; ///< What is asked about, as typed; empty where everything is.
    QString nothing;  ///< The sentence where all have answered and there is nothing.
    QString nothingAdvice;
    std::int64_t nowMs = 0;
};

/// The face, the notices and the request to an administrator. Pure.
[[nodiscard]] TableState accessState(const AccessFacts& facts);

} // namespace ui
