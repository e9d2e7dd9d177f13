// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/change/pod_visit.h"
#include "core/fleet/ids.h"
#include "core/kube/files/file_copy.h"
#include "ui/base/keyed_table_model.h"

#include <QObject>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace change {
class Door;
}
namespace fleet {
class Fleet;
}

namespace ui {

/// One file or folder that is copied, was copied or waits for it.
struct FileCopyRow {
    enum class State : std::uint8_t { Waiting, Running, Done, Failed, Cancelled };

    std::uint64_t id = 0;
    fleet::ClusterId clusterId; ///< Of the container.
    change::ClusterRef cluster; ///< The same, as it was called when the copy was asked for.
    kube::files::CopySpec spec;
    std::vector<std::string> confirmed; ///< Names of protected clusters that were typed for it.
    State state = State::Waiting;
    kube::files::CopyProgress progress = {};
    std::vector<std::string> notes = {}; ///< As those of kube::files::CopyResult.
    std::size_t leftOut = 0;
    std::size_t unread = 0;             ///< More than none: it is done in part.
    bool isComparedBySizeAlone = false; ///< The container has no program for sums.
    std::optional<base::Error> error = {};

    [[nodiscard]] bool isOver() const { return state != State::Waiting && state != State::Running; }
};

using FileCopyModel = KeyedTableModel<FileCopyRow, std::uint64_t>;
FileCopyModel* makeFileCopyModel(QObject* parent);

/// The copies of a page, some at a time in each pod, in the order in which they were asked for there: one that stalls
/// holds up no other pod. Those that run are cut with it.
class FileCopies : public QObject {
    Q_OBJECT
public:
    FileCopies(const fleet::Fleet& fleet, change::Door& door, QObject* parent);
    ~FileCopies() override;

    [[nodiscard]] FileCopyModel& model() const { return *m_model; }
    /// The cluster is the container's; the transport is the one that it has when the copy begins.
    void add(fleet::ClusterId cluster, kube::files::CopySpec spec, std::vector<std::string> confirmed);
    void cancel(std::uint64_t id);
    /// What arrived whole is not sent again.
    void startAgain(std::uint64_t id);
    /// Forgets those that are over.
    void clear();
    /// How many run or wait.
    [[nodiscard]] int pending() const;

signals:
    void changed();
    void ended(const ui::FileCopyRow& row);

private:
    struct Entry {
        FileCopyRow row;
        base::Cancel entering;
        std::unique_ptr<change::PodVisit> visit; ///< Of what is written into a container.
        std::unique_ptr<kube::files::FileCopy> copy;
    };
    void startNext();
    void start(Entry& entry);
    void startUpload(Entry& entry);
    void run(Entry& entry);
    void entered(std::uint64_t id, base::Result<std::unique_ptr<change::PodVisit>> visit);
    static void cut(Entry& entry);
    void finish(std::uint64_t id, base::Result<kube::files::CopyResult> how);
    void show();

    const fleet::Fleet& m_fleet;
    change::Door& m_door;
    FileCopyModel* m_model;
    std::map<std::uint64_t, Entry> m_entries;
    std::uint64_t m_lastId = 0;
};

} // namespace ui
