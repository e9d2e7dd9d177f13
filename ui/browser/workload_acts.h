// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/change/acts/taints.h"
#include "ui/base/call.h"
#include "ui/browser/act_target.h"
#include "ui/shell/page.h"

#include <QObject>

#include <functional>
#include <string>
#include <vector>

namespace ui {

/// Acts on workloads and nodes that have to read the objects first. One reads at a time: a new act gives the one before
/// up.
class WorkloadActs : public QObject {
    Q_OBJECT
public:
    WorkloadActs(const PageContext& context, QWidget* page, QObject* parent);

    /// Opens the workload's autoscaler where there is one, and a new one for the other clusters.
    void autoscale(const std::vector<ActTarget>& targets);
    /// Shows the taints that the nodes have, and asks what is to become of them.
    void askTaints(const std::vector<ActTarget>& nodes);
    /// Shows what is on the nodes and what a drain would make of it.
    void askDrain(const std::vector<ActTarget>& nodes);
    /// Asks for a container with tools to be put into the pod, which a terminal joins then.
    void askDebug(const ActTarget& pod);
    /// Shows what the workloads have rolled out, with the way back.
    void showRevisions(const std::vector<ActTarget>& workloads);
    void runNow(const std::vector<ActTarget>& cronJobs);
    void runAgain(const std::vector<ActTarget>& jobs);

private:
    using Texts = std::vector<std::string>;
    using Ask = std::function<base::Cancel(std::size_t number, std::function<void(base::Result<std::string>)> answer)>;
    /// Asks for all, and goes on with the answers in their order; where one fails, that is said, and nothing is done.
    void gather(std::size_t count, const Ask& ask, std::function<void(Texts)> done);
    void readObjects(const std::vector<ActTarget>& targets, std::function<void(Texts)> done);
    void taint(const std::vector<ActTarget>& nodes, const Texts& live, const std::vector<change::TaintChange>& changes);
    void openAutoscalers(const std::vector<ActTarget>& targets, const Texts& lists);

    PageContext m_context;
    QWidget* m_page;
    Subject m_turn;
    std::vector<base::Cancel> m_asked;
};

} // namespace ui
