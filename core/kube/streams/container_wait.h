// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/base/timer.h"
#include "core/base/unique_function.h"
#include "core/kube/streams/container_state.h"
#include "core/kube/transport.h"

#include <chrono>
#include <memory>
#include <string>

namespace kube {

/// Waits until a container of a pod runs or has ended, asking the server twice a second; a server that does not answer
/// is asked again as long as there is patience. Confined to the executor, which must outlive it as the timers and the
/// clock must; destroying it gives up and calls nobody.
class ContainerWait {
public:
    struct Environment {
        std::shared_ptr<Transport> transport;
        base::Executor& executor;
        base::Timers& timers;
        const base::Clock& clock;
    };
    struct Subject {
        std::string ns;
        std::string pod;
        std::string container;
    };
    struct Sink {
        /// What it waits for has another reason than before: "PodInitializing", then "ErrImagePull: ...".
        base::UniqueFunction<void(const ContainerState&)> waiting = {};
        /// Once, last; may destroy the wait. Running or ended, with the pod as JSON; TimedOut where patience ran out,
        /// or why the pod cannot be read.
        base::UniqueFunction<void(base::Result<ContainerState>, std::string pod)> done;
    };

    ContainerWait(Environment environment, Subject subject, std::chrono::milliseconds patience, Sink sink);

private:
    void ask();
    void onAnswer(base::Result<net::Response> answer);
    void again(const base::Error& otherwise);
    void finish(base::Result<ContainerState> result, std::string pod = {});

    const Environment m_environment;
    const Subject m_subject;
    const std::int64_t m_untilMs;
    Sink m_sink;
    std::string m_why; ///< Said last.
    base::Cancel m_step;
};

} // namespace kube
