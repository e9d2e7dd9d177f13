// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/log_following.h"

#include "app/qdctl/session.h"
#include "core/base/backoff.h"
#include "core/fleet/fleet.h"
#include "core/kube/kind.h"
#include "core/kube/streams/log_stream.h"
#include "core/logs/log_intake.h"
#include "core/logs/pod_runs.h"
#include "core/logs/run_reading.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <utility>

namespace qdctl {

namespace {

using Phase = logs::SourceState::Phase;

constexpr const char* kReadingOn = "; reading on";

/// What is wrong at present is said once, and again only after it was well.
class Complaints {
public:
    void set(std::set<std::string> now) {
        for (const std::string& text : now) {
            if (!m_said.contains(text))
                complain(text);
        }
        m_said = std::move(now);
    }

private:
    std::set<std::string> m_said;
};

/// The logs of runs, each to its end. Confined to home, which reads and merges, too.
class FollowingRuns {
public:
    FollowingRuns(Session& session, const std::vector<FoundLog>& found, const std::shared_ptr<LogPrinter>& printer)
        : m_session(session)
        , m_printer(*printer)
        , m_intake(std::make_shared<logs::LogIntake>(
              printer, session.home(), session.home(), session.clock(), session.timers(),
              logs::LogIntake::Hooks{
                  [] {}, [this](logs::SourceId id, logs::LogIntake::News news,
                                std::optional<base::Error> error) { readNews(id, news, std::move(error)); }})) {
        for (const FoundLog& log : found)
            add(log);
    }
    ~FollowingRuns() {
        m_all.clear();
        m_intake->close();
        m_session.home().runPending();
    }
    FollowingRuns(const FollowingRuns&) = delete;
    FollowingRuns& operator=(const FollowingRuns&) = delete;

    int run() {
        if (m_all.empty())
            return Complete;
        m_session.home().run();
        const bool isInterrupted = m_open > 0;
        if (isInterrupted)
            passOn();
        if (!m_isPassedOn)
            m_session.home().run();
        m_printer.finish();
        return isInterrupted ? int(Failed) : m_code;
    }

private:
    struct One {
        One(const FoundLog& found, const base::Clock& clock)
            : log(found)
            , backoff(clock) {}

        const FoundLog& log;
        std::unique_ptr<logs::RunReading> reading;
        bool hasBegun = false;
        bool isOver = false;
        std::optional<base::Error> last;    // How the last stream ended, unless in order.
        std::optional<base::Error> problem; // That is waited out.
        base::Cancel asking;
        base::Cancel again;
        base::Backoff backoff;
    };

    void add(const FoundLog& log) {
        const logs::SourceId id = m_printer.addSource(sourceOf(log));
        m_all.push_back(std::make_unique<One>(log, m_session.clock()));
        ++m_open;
        logs::RunReading::Environment environment;
        environment.intake = m_intake;
        environment.home = &m_session.home();
        environment.clock = &m_session.clock();
        environment.timers = &m_session.timers();
        environment.transport = [&log] { return log.transport; };
        environment.look = [this, id] { look(id); };
        m_all.back()->reading = std::make_unique<logs::RunReading>(std::move(environment), id, log.run, log.spec);
    }

    void readNews(logs::SourceId id, logs::LogIntake::News news, std::optional<base::Error> error) {
        One& one = *m_all[id];
        if (one.isOver)
            return;
        one.hasBegun = one.hasBegun || news == logs::LogIntake::News::Reading;
        one.last = error;
        one.problem = news == logs::LogIntake::News::Interrupted ? error : std::nullopt;
        const bool isRefused = news == logs::LogIntake::News::Ended && error;
        // One that was there and is not found any more may be that of a run that is over.
        if (isRefused && !(one.hasBegun && error->code == base::ErrorCode::NotFound))
            return end(one);
        one.reading->readNews(news, std::move(error));
        settle(one);
    }

    void look(logs::SourceId id) {
        One& one = *m_all[id];
        kube::Kind pods;
        pods.version = "v1";
        pods.plural = "pods";
        kube::ApiRequest request;
        request.target = pods.path(one.log.spec.ns, one.log.spec.pod);
        request.verb = "get";
        request.resource = pods.plural;
        one.asking = one.log.transport->send(
            std::move(request), m_session.home(),
            [this, id](const base::Result<net::Response>& answer) { readPod(id, *m_all[id], answer); });
    }

    void readPod(logs::SourceId id, One& one, const base::Result<net::Response>& answer) {
        if (!answer && kube::isPassing(answer.error().code)) {
            one.problem = answer.error();
            one.again = m_session.timers().after(one.backoff.next(), m_session.home(), [this, id] { look(id); });
            return tellProblems();
        }
        if (!answer) {
            const bool isGone = answer.error().code == base::ErrorCode::NotFound;
            // A log that was read to its end is none the worse for the pod being gone.
            if (!isGone || one.last)
                one.last = answer.error();
            one.reading->end(isGone ? Phase::Ended : Phase::Forbidden, answer.error());
            return settle(one);
        }
        const logs::PodRuns pod = logs::podRuns(answer->body);
        const auto run = std::find_if(pod.runs.begin(), pod.runs.end(), [&one](const logs::ContainerRun& each) {
            return each.container == one.log.spec.container;
        });
        if (pod.uid == one.log.pod && run != pod.runs.end())
            one.reading->readRun(*run);
        else // Another of the same name.
            one.reading->end(Phase::Ended, std::nullopt);
        settle(one);
    }

    void settle(One& one) {
        const Phase phase = one.reading->state().phase;
        if (phase == Phase::Ended || phase == Phase::Forbidden)
            end(one);
        else
            tellProblems();
    }

    void end(One& one) {
        one.isOver = true;
        one.problem.reset();
        tellProblems();
        if (one.last) {
            complain(m_printer.where(one.log.context) + explain(*one.last));
            m_code = Failed;
        }
        if (--m_open == 0)
            passOn();
    }

    void passOn() {
        m_intake->passOn([this] {
            m_isPassedOn = true;
            m_session.home().stop();
        });
    }

    void tellProblems() {
        std::set<std::string> now;
        for (const auto& one : m_all) {
            if (one->problem)
                now.insert(m_printer.where(one->log.context) + explain(*one->problem) + kReadingOn);
        }
        m_complaints.set(std::move(now));
    }

    Session& m_session;
    LogPrinter& m_printer;
    const std::shared_ptr<logs::LogIntake> m_intake;
    std::vector<std::unique_ptr<One>> m_all; // By SourceId.
    std::size_t m_open = 0;
    bool m_isPassedOn = false;
    int m_code = Complete;
    Complaints m_complaints;
};

/// The logs of pods that are there and of those that come. Confined to home, which reads and merges, too.
class FollowingPods {
public:
    FollowingPods(Session& session, const std::vector<MeantPods>& meant, logs::GatherSpec spec,
                  const std::shared_ptr<LogPrinter>& printer)
        : m_session(session)
        , m_printer(*printer)
        , m_fleet(environment(session)) {
        std::set<fleet::ClusterId> connected;
        for (const MeantPods& pods : meant) {
            const fleet::ClusterId id = m_fleet.byContext(pods.context);
            // A second way into a cluster leads to the same pods.
            if (connected.insert(id).second)
                m_fleet.connect(id, pods.context);
            spec.subjects.push_back({id, pods.ns, "pods", pods.name, pods.selector});
        }
        m_gathering = std::make_unique<logs::LogGathering>(
            logs::GatherEnvironment{&m_fleet, &session.home(), &session.home(), &session.clock(), &session.timers()},
            std::move(spec), printer);
        m_gathering->onStates([this] { readStates(); });
    }
    ~FollowingPods() {
        m_gathering.reset();
        m_session.home().runPending();
    }
    FollowingPods(const FollowingPods&) = delete;
    FollowingPods& operator=(const FollowingPods&) = delete;

    int run() {
        m_session.home().run();
        if (!m_isOver)
            passOn();
        if (!m_isPassedOn)
            m_session.home().run();
        m_printer.finish();
        const bool isMissing = m_gathering->count(Phase::Forbidden) + m_gathering->count(Phase::Failed) > 0;
        return !m_isOver || isMissing ? int(Failed) : int(Complete);
    }

private:
    static fleet::FleetEnvironment environment(Session& session) {
        fleet::FleetEnvironment environment;
        environment.engine = &session.engine();
        environment.home = &session.home();
        environment.decodePool = &session.pool();
        environment.clock = &session.clock();
        environment.timers = &session.timers();
        environment.kubeconfigs = session.kubeconfigs();
        environment.rememberOpen = fleet::RememberOpen::No;
        environment.makeTransport = [&session](const std::string& context) {
            const base::Result<Way> way = session.open(context);
            return way ? way->environment.transport : nullptr;
        };
        return environment;
    }

    void readStates() {
        tellProblems();
        if (m_isOver || !m_gathering->isOver())
            return;
        m_isOver = true;
        passOn();
    }

    void passOn() {
        m_gathering->passOn([this] {
            m_isPassedOn = true;
            m_session.home().stop();
        });
    }

    void tellProblems() {
        std::set<std::string> now;
        const std::vector<logs::SourceState> states = m_gathering->states();
        for (logs::SourceId id = 0; id < states.size(); ++id) {
            if (const logs::SourceState& state = states[id]; state.error && state.phase != Phase::Ended)
                now.insert(m_printer.where(m_printer.source(id).cluster) + explain(*state.error) +
                           (state.phase == Phase::Forbidden ? "" : kReadingOn));
        }
        for (const base::Error& problem : m_gathering->problems())
            now.insert(m_printer.where(problem.cluster) + explain(problem) +
                       (kube::isPassing(problem.code) ? kReadingOn : ""));
        m_complaints.set(std::move(now));
    }

    Session& m_session;
    LogPrinter& m_printer;
    fleet::Fleet m_fleet;
    std::unique_ptr<logs::LogGathering> m_gathering;
    bool m_isOver = false;
    bool m_isPassedOn = false;
    Complaints m_complaints;
};

} // namespace

logs::SourceInfo sourceOf(const FoundLog& log) {
    logs::SourceInfo source;
    source.cluster = log.context;
    source.ns = log.spec.ns;
    source.pod = log.spec.pod;
    source.container = log.spec.container;
    return source;
}

int followRuns(Session& session, const std::vector<FoundLog>& found, const std::shared_ptr<LogPrinter>& printer) {
    return FollowingRuns(session, found, printer).run();
}

int followPods(Session& session, const std::vector<MeantPods>& meant, logs::GatherSpec spec,
               const std::shared_ptr<LogPrinter>& printer) {
    return FollowingPods(session, meant, std::move(spec), printer).run();
}

} // namespace qdctl
