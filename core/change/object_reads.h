// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/executor.h"
#include "core/change/clusters.h"
#include "core/net/engine.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace change {

/// What operations are about, as their servers have it, with as few questions as that takes: where many objects of one
/// kind and namespace were announced, one list brings them all, unless the server does not allow that or has far more
/// of them than are wanted. Secrets are never listed, as that would bring those that nobody asked for. Confined to
/// home; destroying it gives up what is open. It outlives the Cancels that it gives.
class ObjectReads {
public:
    /// JSON as the object alone is answered; nullopt: it is not there.
    using Found = net::Handler<base::Result<std::optional<std::string>>>;
    /// A list of HorizontalPodAutoscalers; null: the server gives none.
    using Autoscalers = std::shared_ptr<const nlohmann::json>;

    explicit ObjectReads(base::Executor& home);
    ~ObjectReads();
    ObjectReads(const ObjectReads&) = delete;
    ObjectReads& operator=(const ObjectReads&) = delete;

    /// `operation` is going to be read: once, any further time it is asked about alone. All are announced before the
    /// first is read.
    void announce(const Operation& operation);
    /// What was read so far is read anew.
    void forget();

    /// `found` runs once on home, never within this call.
    [[nodiscard]] base::Cancel read(const Operation& operation, const kube::Kind& kind, const ClusterWay& way,
                                    Found found);
    /// Those of the operation's namespace: asked once for all operations there.
    [[nodiscard]] base::Cancel readAutoscalers(const Operation& operation, const ClusterWay& way,
                                               net::Handler<Autoscalers> found);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace change
