// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/base/unique_function.h"
#include "core/kube/forward/forward_ports.h"
#include "core/kube/forward/forward_target.h"
#include "core/kube/transport.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace kube {

/// The pod that stands behind a target now.
struct FoundPod {
    std::string name;
    std::vector<PodPort> ports; ///< One for each that was asked for.
};

/// Finds the pod that a target's connections go to: the one found last as long as it is ready, otherwise the best that
/// runs. Confined to `executor`, on which the handler runs.
class PodFinder {
public:
    using Handler = base::UniqueFunction<void(base::Result<FoundPod>)>;

    PodFinder(ForwardTarget target, std::vector<ForwardPort> ports, base::Executor& executor);

    /// Asks the server; gives up what was asked before.
    void find(std::shared_ptr<Transport> transport, Handler handler);
    /// The pod found last is not to be taken again where there is another.
    void avoidLast() { m_avoided = m_last; }
    void cancel() { m_step.cancel(); }

private:
    void ask(std::string path, const char* verb, const char* resource, void (PodFinder::*then)(nlohmann::json));
    void onTarget(nlohmann::json object);
    void onLast(nlohmann::json pod);
    void onPods(nlohmann::json list);
    void listPods();
    void take(const nlohmann::json& pod);
    void finish(base::Result<FoundPod> result);

    const ForwardTarget m_target;
    const std::vector<ForwardPort> m_ports;
    base::Executor& m_executor;
    std::shared_ptr<Transport> m_transport;
    Handler m_handler;
    nlohmann::json m_object; // the target as it is now
    std::string m_selector;
    std::string m_last;
    std::string m_avoided;
    base::Cancel m_step;
};

} // namespace kube
