// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/watch_command.h"

#include "app/qdctl/interruption.h"
#include "app/qdctl/watched_kind.h"

#include <algorithm>
#include <cstdio>
#include <deque>
#include <utility>

namespace qdctl {

namespace {

/// All watches of one command. Confined to home.
class Watching {
public:
    Watching(Session& session, const GetOptions& options, const fleet::Filter& filter, WatchPrinter& printer,
             bool withClusters)
        : m_session(session)
        , m_options(options)
        , m_filter(filter)
        , m_printer(printer)
        , m_withClusters(withClusters) {}

    void add(const ClusterAnswer& answer, const KindAnswer& part, const std::string& name) {
        kube::WatchSpec spec = part.spec;
        spec.eachEvent = true;
        spec.wholeObjects = printsObjects(m_options);
        if (!name.empty())
            spec.fieldSelector = "metadata.name=" + name;
        One& one = m_all.emplace_back(part.kind, answer.context, name, m_filter, m_printer);
        ++m_open;
        one.cancel = kube::watch(answer.environment, std::move(spec), m_session.home(),
                                 [this, &one](kube::WatchUpdate update) { take(one, std::move(update)); });
    }

    void run() {
        if (m_open > 0)
            m_session.home().run();
        m_all.clear();
    }

    [[nodiscard]] std::size_t failed() const { return m_failed; }
    [[nodiscard]] bool hasWorked() const { return m_hasWorked; }

private:
    struct One {
        One(const kube::Kind& kind, const std::string& context, std::string name_, const fleet::Filter& filter,
            WatchPrinter& printer)
            : rows(kind, context, filter, printer)
            , cluster(context)
            , resource(kind.resource())
            , name(std::move(name_)) {}
        WatchedKind rows;
        std::string cluster;
        std::string resource;
        std::string name; // Where one object is watched.
        std::string said; // The last complaint.
        base::Cancel cancel;
        bool isOver = false;
    };

    void take(One& one, kube::WatchUpdate update) {
        if (one.isOver)
            return;
        const std::optional<base::Error> error = std::move(update.error);
        const bool wasListed = one.rows.isListed();
        const std::int64_t nowMs = update.serverTimeMs != 0 ? update.serverTimeMs : m_session.clock().nowMs();
        one.rows.take(std::move(update), nowMs);
        if (!error)
            one.said.clear();
        else if (std::string text = explain(*error); text != one.said)
            complain(one, one.said = std::move(text));
        if (!wasListed && one.rows.isListed() && one.rows.size() == 0 && !one.name.empty() && m_filter.isEmpty())
            giveUp(one, one.resource + " \"" + one.name + "\" not found");
        else if (error && !one.rows.isListed())
            giveUp(one, {});
        else
            m_hasWorked = m_hasWorked || one.rows.isListed();
        if (std::ferror(stdout))
            m_session.home().stop();
    }

    void complain(const One& one, const std::string& text) const {
        const std::string line = "qdctl: " + (m_withClusters ? one.cluster + ": " : std::string()) + text + "\n";
        std::fwrite(line.data(), 1, line.size(), stderr);
    }

    void giveUp(One& one, const std::string& why) {
        if (!why.empty())
            complain(one, why);
        one.isOver = true;
        one.cancel.cancel();
        ++m_failed;
        if (--m_open == 0)
            m_session.home().stop();
    }

    Session& m_session;
    const GetOptions& m_options;
    const fleet::Filter& m_filter;
    WatchPrinter& m_printer;
    const bool m_withClusters;
    std::deque<One> m_all;
    std::size_t m_open = 0;
    std::size_t m_failed = 0;
    bool m_hasWorked = false;
};

} // namespace

int watchObjects(Session& session, const std::vector<std::string>& contexts, const GetOptions& options,
                 const Wanted& wanted, const fleet::Filter& filter) {
    const Interruption interruption(session.home());
    const std::vector<ClusterAnswer> answers = askClusters(session, contexts, options, wanted, Depth::Kinds);
    const int code = report(answers);
    if (code == Failed)
        return code;
    std::size_t kinds = 0;
    for (const ClusterAnswer& answer : answers)
        kinds = std::max(kinds, answer.kinds.size());
    const bool withClusters = contexts.size() > 1;
    WatchPrinter printer(options, withClusters, kinds > 1);
    Watching watching(session, options, filter, printer, withClusters);
    for (const ClusterAnswer& answer : answers) {
        for (const KindAnswer& part : answer.kinds) {
            if (wanted.names.empty())
                watching.add(answer, part, {});
            for (const std::string& name : wanted.names)
                watching.add(answer, part, name);
        }
    }
    watching.run();
    if (watching.failed() == 0)
        return code;
    return watching.hasWorked() && withClusters ? Partial : Failed;
}

} // namespace qdctl
