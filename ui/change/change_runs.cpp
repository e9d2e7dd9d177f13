// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/change/change_runs.h"

#include <algorithm>
#include <utility>

namespace ui {

ChangeRuns::ChangeRuns(change::Door& door, QObject* parent)
    : QObject(parent)
    , m_door(door) {}

ChangeRuns::~ChangeRuns() = default;

ChangeRun& ChangeRuns::begin(change::ChangeSet set) {
    return add(std::make_unique<ChangeRun>(m_door, std::move(set)));
}

ChangeRun& ChangeRuns::undo(const std::string& set, const QString& title) {
    return add(ChangeRun::undo(m_door, set, title));
}

ChangeRun& ChangeRuns::resume(const std::string& set, const QString& title) {
    return add(ChangeRun::resume(m_door, set, title));
}

ChangeRun& ChangeRuns::add(std::unique_ptr<ChangeRun> run) {
    connect(run.get(), &ChangeRun::changed, this, &ChangeRuns::changed);
    connect(run.get(), &ChangeRun::stateChanged, this, [this] {
        if (isIdle())
            emit idle();
    });
    m_runs.push_back(std::move(run));
    emit changed();
    return *m_runs.back();
}

ChangeRun* ChangeRuns::find(const QString& id) const {
    const auto at = std::find_if(m_runs.begin(), m_runs.end(), [&id](const auto& run) { return run->id() == id; });
    return at == m_runs.end() ? nullptr : at->get();
}

void ChangeRuns::remove(const QString& id) {
    const auto at = std::find_if(m_runs.begin(), m_runs.end(), [&id](const auto& run) { return run->id() == id; });
    if (at == m_runs.end() || (*at)->state() == ChangeRun::State::Applying)
        return;
    // Whoever asks may still stand inside one of its signals.
    (*at)->disconnect();
    at->release()->deleteLater();
    m_runs.erase(at);
    emit changed();
}

bool ChangeRuns::isIdle() const {
    return std::none_of(m_runs.begin(), m_runs.end(),
                        [](const auto& run) { return run->state() == ChangeRun::State::Applying; });
}

void ChangeRuns::cancelAll() {
    for (const auto& run : m_runs)
        run->cancel();
}

} // namespace ui
