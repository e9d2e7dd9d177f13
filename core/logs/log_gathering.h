// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/backoff.h"
#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/base/timer.h"
#include "core/fleet/ids.h"
#include "core/fleet/view.h"
#include "core/kube/label_selector.h"
#include "core/kube/streams/log_request.h"
#include "core/kube/streams/log_sources.h"
#include "core/logs/line_sink.h"
#include "core/logs/log_intake.h"
#include "core/logs/log_line.h"
#include "core/logs/pod_runs.h"
#include "core/logs/run_reading.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace fleet {
class Fleet;
struct FullObject;
} // namespace fleet

namespace logs {

/// Whose logs are meant: a pod, an owner of pods (also of those that come later), or a label selector.
struct GatherSubject {
    fleet::ClusterId cluster;
    std::string ns;
    std::string resource = "pods"; ///< "deployments.apps"
    std::string name;              ///< Empty: the selector decides.
    std::string selector = {};

    bool operator==(const GatherSubject&) const = default;
};

struct GatherSpec {
    enum class Previous { Without, With };

    std::vector<GatherSubject> subjects;
    kube::ContainerChoice containers = kube::ContainerChoice::All;
    std::string container = {}; ///< Where one of each pod is meant: this one; empty: by kubectl's rule.
    /// How much of what is there already; of containers that start later all is read.
    std::optional<std::int64_t> tailLines;
    std::optional<std::int64_t> sinceSeconds;
    std::string sinceTime = {};            ///< RFC 3339.
    Previous previous = Previous::Without; ///< Also the run before the last restart.
};

struct GatherEnvironment {
    fleet::Fleet* fleet = nullptr;
    base::Executor* home = nullptr; ///< The fleet's.
    base::Executor* pool = nullptr;
    const base::Clock* clock = nullptr;
    base::Timers* timers = nullptr;
};

/// Reads the logs of all that a spec means into a sink, and of what comes to be meant while it lives: pods that
/// appear, containers that start again. Lives on home; the environment must outlive it.
class LogGathering {
public:
    LogGathering(GatherEnvironment environment, GatherSpec spec, std::shared_ptr<LineSink> sink);
    ~LogGathering();
    LogGathering(const LogGathering&) = delete;
    LogGathering& operator=(const LogGathering&) = delete;

    [[nodiscard]] const GatherSpec& spec() const { return m_spec; }
    /// By SourceId.
    [[nodiscard]] std::vector<SourceState> states() const;
    [[nodiscard]] std::size_t count(SourceState::Phase phase) const;
    /// What cannot be found or watched at present, each once: an owner that is gone, a cluster that does not answer.
    [[nodiscard]] std::vector<base::Error> problems() const;
    /// Every pod there is was looked at, and every log asked for has begun, ended or failed.
    [[nodiscard]] bool isSettled() const;
    /// It is settled, at least one pod meant is there, all that are there have ended for good, and every log was read
    /// to its end or is refused. A pod that comes later changes that.
    [[nodiscard]] bool isOver() const;
    /// Gives the sink what still waits for earlier lines; then `then` runs on home, unless the gathering has gone.
    void passOn(std::function<void()> then) { m_intake->passOn(std::move(then)); }

    /// On home, never inside a call of this class: the sink was given lines; states or problems have changed.
    void onStored(std::function<void()> listener) { m_stored = std::move(listener); }
    void onStates(std::function<void()> listener) { m_told = std::move(listener); }

private:
    struct Meant {
        GatherSubject subject;
        std::optional<kube::LabelSelector> selector; ///< Of owners once it is known.
        bool isAsked = false;
        std::optional<base::Error> error;
        base::Cancel asking;
        base::Cancel again;
        base::Backoff backoff;
    };
    struct Watched {
        fleet::ClusterId cluster;
        std::string ns;
        std::unique_ptr<fleet::View> view;
        bool wasListed = false; ///< Or could not be.
        bool isKnown = false;   ///< It was listed.
        std::optional<base::Error> error;
    };
    struct Pod {
        explicit Pod(const base::Clock& clock)
            : backoff(clock) {}

        fleet::ClusterId cluster;
        std::string ns;
        std::string name;
        bool isOld = true; ///< It was there before we looked.
        bool isAsked = false;
        bool isStale = false; ///< Changed while asked for.
        bool wasSeen = false;
        bool isOver = false; ///< None of its containers starts again.
        std::optional<base::Error> error;
        base::Cancel asking;
        base::Cancel again;
        base::Backoff backoff;
        std::map<std::string, SourceId> runs; ///< By container and run.
        std::set<std::string> passedOver;     ///< Runs that were over before we looked.
    };

    void start();
    void watch(fleet::ClusterId cluster, const std::string& ns);
    void askOwner(std::size_t index);
    void readOwner(std::size_t index, const base::Result<fleet::FullObject>& object);
    void readDelta(Watched& watched, const fleet::ViewDelta& delta);
    void readParts(Watched& watched);
    void consider(Watched& watched, fleet::RowId id);
    [[nodiscard]] bool isMeant(fleet::ClusterId cluster, const kube::RowRef& row) const;
    void ask(const std::string& key);
    void readPod(const std::string& key, const std::string& json);
    void read(const std::string& key, const ContainerRun& run, kube::LogSpec::Run which);
    void endLooks(const Pod& pod, SourceState::Phase phase, const std::optional<base::Error>& error);
    [[nodiscard]] bool isOver(const Watched& watched) const;
    [[nodiscard]] bool isReadUp(const Pod& pod) const;
    void readNews(SourceId source, LogIntake::News news, std::optional<base::Error> error);
    void tell();

    GatherEnvironment m_environment;
    const GatherSpec m_spec;
    std::shared_ptr<LineSink> m_sink;
    std::shared_ptr<LogIntake> m_intake;
    std::vector<Meant> m_meant;
    std::vector<std::unique_ptr<Watched>> m_watched;
    std::map<std::string, Pod> m_pods; ///< By cluster and uid.
    std::map<SourceId, RunReading> m_readings;
    std::function<void()> m_stored;
    std::function<void()> m_told;
    bool m_isTelling = false;
    std::shared_ptr<int> m_alive = std::make_shared<int>(0);
};

} // namespace logs
