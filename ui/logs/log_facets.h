// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/log_counts.h"
#include "core/logs/log_gathering.h"
#include "core/logs/log_line.h"

#include <QTreeWidget>

#include <array>
#include <map>
#include <string>
#include <vector>

namespace ui {

/// Levels and sources with the number of their lines; what is not ticked is not shown. Runs of one container are one
/// source here.
class LogFacets : public QTreeWidget {
    Q_OBJECT
public:
    explicit LogFacets(QWidget* parent);

    void setLines(const logs::LogCounts& counts, const std::vector<logs::SourceInfo>& sources,
                  const std::vector<logs::SourceState>& states);
    [[nodiscard]] std::array<bool, logs::kLevels> hiddenLevels() const;
    /// By SourceId.
    [[nodiscard]] std::vector<bool> hiddenSources() const;
    void showAll();
    /// Ticks this one alone of the levels or of all sources, or all where it is alone already.
    void showOnly(QTreeWidgetItem* item);

signals:
    void choiceChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QTreeWidgetItem* group(const QString& text);
    QTreeWidgetItem* entry(QTreeWidgetItem* group, const QString& text);

    QTreeWidgetItem* m_levels;
    std::map<std::string, QTreeWidgetItem*> m_clusters; ///< The groups of their sources.
    std::array<QTreeWidgetItem*, logs::kLevels> m_levelItems{};
    std::map<std::string, QTreeWidgetItem*> m_sourceItems;
    std::vector<QTreeWidgetItem*> m_bySource;
    bool m_isFilling = false;
};

} // namespace ui
