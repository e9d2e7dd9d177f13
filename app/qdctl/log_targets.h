// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/qdctl/fleet_get.h"
#include "app/qdctl/log_following.h"
#include "app/qdctl/log_printer.h"
#include "core/kube/object_text.h"
#include "core/kube/streams/log_request.h"
#include "core/kube/streams/log_sources.h"
#include "core/logs/log_gathering.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace qdctl {

class Session;

/// What was typed.
struct LogsTold {
    std::vector<std::string> words; ///< POD or TYPE/NAME, and perhaps a container; or several TYPE/NAME.
    std::string ns;
    std::string clusters;
    std::string selector;
    std::string container;
    bool allContainers = false;
    bool allPods = false;
    bool follow = false;
    bool previous = false;
    bool timestamps = false;
    bool prefix = false;
    std::optional<std::int64_t> tail;
    std::string since;
    std::string sinceTime;
    std::int64_t limitBytes = 0;
    int mostAtOnce = 5;

    [[nodiscard]] bool hasSeveralTargets() const;
    [[nodiscard]] std::string containerName() const;
};

/// Finds the logs that are meant; complains of what is missing. Main thread.
class LogTargets {
public:
    LogTargets(Session& session, const LogsTold& told, const LogPrinter& printer)
        : m_session(session)
        , m_told(told)
        , m_printer(printer) {}

    /// Asks every cluster; false where something is missing.
    [[nodiscard]] bool find(const std::vector<std::string>& contexts);

    /// The logs that there are.
    [[nodiscard]] const std::vector<FoundLog>& found() const { return m_found; }
    /// The pods meant, where later ones are, too.
    [[nodiscard]] const std::vector<MeantPods>& meant() const { return m_meant; }
    [[nodiscard]] bool meansLaterOnes() const { return m_meansLaterOnes; }
    /// What of each of them.
    [[nodiscard]] logs::GatherSpec gatherSpec() const;

private:
    enum class PodChoice { Best, All };

    [[nodiscard]] std::vector<ClusterAnswer> ask(const std::vector<std::string>& contexts, const Wanted& wanted,
                                                 const std::string& selector, const std::string& ns);
    bool findTarget(const std::vector<std::string>& contexts, const std::string& target);
    bool takeNamed(const ClusterAnswer& answer);
    bool takePods(const std::vector<std::string>& contexts, const std::string& selector, const std::string& ns,
                  PodChoice choice);
    bool takeOne(const ClusterAnswer& answer, const kube::ObjectText& pod);
    bool takePod(const ClusterAnswer& answer, const std::string& json);
    [[nodiscard]] kube::LogSpec specOf(const kube::LogSource& source) const;
    [[nodiscard]] bool isFine(const ClusterAnswer& answer) const;
    [[nodiscard]] std::string where(const ClusterAnswer& answer) const { return m_printer.where(answer.context); }

    Session& m_session;
    const LogsTold& m_told;
    const LogPrinter& m_printer;
    std::vector<FoundLog> m_found;
    std::vector<MeantPods> m_meant;
    bool m_meansLaterOnes = false;
};

} // namespace qdctl
