// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/drain_follow_up.h"

#include "core/change/acts/drain_reader.h"
#include "core/change/door.h"
#include "ui/base/error_text.h"

#include <QCoreApplication>
#include <QPointer>
#include <QStringList>

#include <memory>
#include <string>
#include <utility>

namespace ui {

namespace {

constexpr int kNamedPods = 5;

class DrainFollowUp {
    Q_DECLARE_TR_FUNCTIONS(ui::DrainFollowUp)
};

ChangeRun::Afterword afterword(const change::NodeDrain& node) {
    const QString name = QString::fromStdString(node.node.object.name);
    if (node.error)
        return {false, DrainFollowUp::tr("%1 could not be looked at again: %2", "a node, an error")
                           .arg(name, errorSentence(*node.error))};
    QStringList left;
    for (const std::string& pod : change::podsLeft(node))
        left.append(QString::fromStdString(pod));
    if (left.isEmpty())
        return {true, DrainFollowUp::tr("%1 is drained.", "a node").arg(name)};
    QString pods = left.mid(0, kNamedPods).join(QStringLiteral(", "));
    if (left.size() > kNamedPods)
        pods = DrainFollowUp::tr("%1 and %Ln others", "the first pods", int(left.size()) - kNamedPods).arg(pods);
    return {false, DrainFollowUp::tr("%1 has pods that came since the drain was planned; drain it again: %2",
                                     "a node, its pods")
                       .arg(name, pods)};
}

} // namespace

ChangeRun::FollowUp drainFollowUp(change::Door& door, std::vector<change::Target> nodes, change::DrainOptions options) {
    // Goes with the last run that keeps the follow-up: what is not read by then is given up.
    const auto reader = std::make_shared<std::unique_ptr<change::DrainReader>>();
    return [reader, &door, nodes = std::move(nodes), options = std::move(options)](ChangeRun& run) {
        *reader = std::make_unique<change::DrainReader>(
            door.home(), door.clusters(), nodes, options,
            [run = QPointer<ChangeRun>(&run)](const std::vector<change::NodeDrain>& drains) {
                std::vector<ChangeRun::Afterword> words;
                words.reserve(drains.size());
                for (const change::NodeDrain& node : drains)
                    words.push_back(afterword(node));
                if (run)
                    run->conclude(std::move(words));
            });
    };
}

} // namespace ui
