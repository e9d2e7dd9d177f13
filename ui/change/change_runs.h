// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/change/change_run.h"

#include <QObject>

#include <memory>
#include <string>
#include <vector>

namespace ui {

/// Every change that was begun and not put away. Lives beside the window and outlives it.
class ChangeRuns : public QObject {
    Q_OBJECT
public:
    explicit ChangeRuns(change::Door& door, QObject* parent = nullptr);
    ~ChangeRuns() override;

    ChangeRun& begin(change::ChangeSet set);
    /// `title` is that of the set which takes that one back.
    ChangeRun& undo(const std::string& set, const QString& title);
    ChangeRun& resume(const std::string& set, const QString& title);

    [[nodiscard]] const std::vector<std::unique_ptr<ChangeRun>>& all() const { return m_runs; }
    /// Null if there is none of that id.
    [[nodiscard]] ChangeRun* find(const QString& id) const;
    /// Puts a change away that is not being applied.
    void remove(const QString& id);

    /// Nothing is being applied.
    [[nodiscard]] bool isIdle() const;
    /// Sends nothing more of anything; idle() tells when what was under way has its result.
    void cancelAll();

signals:
    /// One came, went or changed.
    void changed();
    void idle();

private:
    ChangeRun& add(std::unique_ptr<ChangeRun> run);

    change::Door& m_door;
    std::vector<std::unique_ptr<ChangeRun>> m_runs;
};

} // namespace ui
