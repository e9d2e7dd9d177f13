// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/file_copies.h"

#include "core/change/door.h"
#include "core/fleet/fleet.h"
#include "ui/base/cluster_ref.h"

#include <QPointer>

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace ui {

namespace {

/// In one pod. Each has several sessions in the container, one after the other.
constexpr int kMostAtOnce = 2;

using State = FileCopyRow::State;
using Pod = std::tuple<fleet::ClusterId, std::string, std::string>;

Pod podOf(const FileCopyRow& row) {
    return {row.clusterId, row.spec.container.ns, row.spec.container.pod};
}

} // namespace

FileCopies::FileCopies(const fleet::Fleet& fleet, change::Door& door, QObject* parent)
    : QObject(parent)
    , m_fleet(fleet)
    , m_door(door)
    , m_model(makeFileCopyModel(this)) {}

FileCopies::~FileCopies() {
    for (auto& [id, entry] : m_entries)
        cut(entry);
}

void FileCopies::add(fleet::ClusterId cluster, kube::files::CopySpec spec, std::vector<std::string> confirmed) {
    Entry entry;
    entry.row.id = ++m_lastId;
    entry.row.clusterId = cluster;
    entry.row.cluster = clusterRef(m_fleet, cluster);
    entry.row.spec = std::move(spec);
    entry.row.confirmed = std::move(confirmed);
    m_entries.emplace(m_lastId, std::move(entry));
    startNext();
}

void FileCopies::startNext() {
    std::map<Pod, int> running;
    for (const auto& [id, entry] : m_entries) {
        if (entry.row.state == State::Running)
            ++running[podOf(entry.row)];
    }
    for (auto& [id, entry] : m_entries) {
        int& there = running[podOf(entry.row)];
        if (entry.row.state != State::Waiting || there >= kMostAtOnce)
            continue;
        start(entry);
        if (entry.row.state == State::Running)
            ++there;
    }
    show();
}

void FileCopies::start(Entry& entry) {
    entry.row.progress = {};
    entry.row.notes.clear();
    entry.row.leftOut = 0;
    entry.row.unread = 0;
    entry.row.isComparedBySizeAlone = false;
    entry.row.error.reset();
    // It is another one after the cluster was reached anew.
    entry.row.spec.container.transport = m_fleet.transport(entry.row.clusterId);
    if (!entry.row.spec.container.transport) {
        entry.row.state = State::Failed;
        entry.row.error.emplace().code = base::ErrorCode::Unreachable;
        return;
    }
    if (entry.row.spec.direction == kube::files::Direction::ToContainer)
        startUpload(entry);
    else
        run(entry);
}

// Whatever writes files into a container begins here: allowed, and in the journal.
void FileCopies::startUpload(Entry& entry) {
    entry.row.state = State::Running;
    const kube::files::CopySpec& spec = entry.row.spec;
    change::PodAct act;
    act.cluster = entry.row.cluster;
    act.verb = change::Verb::Copy;
    act.object = {"v1", "Pod", spec.container.ns, spec.container.pod};
    act.container = spec.container.container;
    act.what = kube::files::describe(spec);
    entry.entering = m_door.enter(act, {entry.row.confirmed},
                                  [this, id = entry.row.id](base::Result<std::unique_ptr<change::PodVisit>> visit) {
                                      entered(id, std::move(visit));
                                  });
}

void FileCopies::entered(std::uint64_t id, base::Result<std::unique_ptr<change::PodVisit>> visit) {
    Entry& entry = m_entries.at(id);
    if (visit) {
        entry.visit = *std::move(visit);
        run(entry);
        show();
    } else {
        finish(id, base::fail(std::move(visit.error())));
    }
}

void FileCopies::run(Entry& entry) {
    entry.row.state = State::Running;
    kube::files::CopySink sink;
    // The copy goes with the entry, after which its sink is silent.
    sink.progress = [this, id = entry.row.id](kube::files::CopyProgress progress) {
        m_entries.at(id).row.progress = std::move(progress);
        show();
    };
    sink.ended = [this, id = entry.row.id](base::Result<kube::files::CopyResult> how) { finish(id, std::move(how)); };
    entry.copy = std::make_unique<kube::files::FileCopy>(entry.row.spec, m_door.home(), std::move(sink));
}

void FileCopies::finish(std::uint64_t id, base::Result<kube::files::CopyResult> how) {
    Entry& entry = m_entries.at(id);
    const auto done = std::move(entry.copy);
    if (const auto visit = std::move(entry.visit))
        visit->end(how ? change::Outcome::Done : change::Outcome::Failed,
                   how ? kube::files::summaryOf(*how) : how.error().message);
    if (how) {
        entry.row.state = State::Done;
        entry.row.isComparedBySizeAlone = kube::files::wasComparedBySizeAlone(*how);
        entry.row.progress = std::move(how->progress);
        entry.row.notes = std::move(how->notes);
        entry.row.leftOut = how->leftOut;
        entry.row.unread = how->unread;
    } else {
        entry.row.state = State::Failed;
        entry.row.error = std::move(how.error());
    }
    const FileCopyRow row = entry.row;
    const QPointer<FileCopies> self(this);
    startNext();
    if (self)
        emit ended(row);
}

void FileCopies::cut(Entry& entry) {
    entry.entering.cancel();
    entry.copy.reset();
    if (const auto visit = std::move(entry.visit))
        visit->end(change::Outcome::Failed, "cancelled; some files may have been written");
}

void FileCopies::cancel(std::uint64_t id) {
    const auto at = m_entries.find(id);
    if (at == m_entries.end() || at->second.row.isOver())
        return;
    cut(at->second);
    at->second.row.state = State::Cancelled;
    startNext();
}

void FileCopies::startAgain(std::uint64_t id) {
    const auto at = m_entries.find(id);
    if (at == m_entries.end() || !at->second.row.isOver())
        return;
    at->second.row.state = State::Waiting;
    startNext();
}

void FileCopies::clear() {
    std::erase_if(m_entries, [](const auto& entry) { return entry.second.row.isOver(); });
    show();
}

int FileCopies::pending() const {
    return static_cast<int>(std::count_if(m_entries.begin(), m_entries.end(),
                                          [](const auto& entry) { return !entry.second.row.isOver(); }));
}

void FileCopies::show() {
    std::vector<FileCopyRow> rows;
    for (auto entry = m_entries.rbegin(); entry != m_entries.rend(); ++entry)
        rows.push_back(entry->second.row);
    m_model->setRows(std::move(rows));
    emit changed();
}

} // namespace ui
