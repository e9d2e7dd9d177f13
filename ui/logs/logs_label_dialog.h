// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/kube/label_selector.h"
#include "ui/logs/label_wish.h"

#include <QDialog>
#include <QTimer>

#include <memory>
#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace fleet {
class View;
} // namespace fleet

namespace ui {

struct PageContext;
class ScopeChip;

/// Asks which pods are meant, by their labels, and tells how many there are now. Deletes itself.
class LogsLabelDialog : public QDialog {
    Q_OBJECT
public:
    LogsLabelDialog(fleet::Fleet& fleet, LabelWish wish, QWidget* parent);
    ~LogsLabelDialog() override;

    /// Offers the selector of an owner of pods, once the server has told it and unless something was typed meanwhile.
    void askSelectorOf(const ActTarget& owner);

signals:
    /// With its clusters named.
    void chosen(const LabelWish& wish);

private:
    void build();
    QWidget* makeButtons();
    void pickClusters();
    void pickNamespaces();
    void readWhere();
    void readClusters();
    void readSelector();
    void countPods();
    [[nodiscard]] std::optional<kube::LabelSelector> selector() const;
    [[nodiscard]] std::vector<fleet::ClusterId> meantClusters() const;
    void take();

    fleet::Fleet& m_fleet;
    LabelWish m_wish;
    std::unique_ptr<fleet::View> m_pods;
    ScopeChip* m_clusters = nullptr;
    ScopeChip* m_namespaces = nullptr;
    QLineEdit* m_selector = nullptr;
    QLabel* m_problem = nullptr;
    QLabel* m_count = nullptr;
    QPushButton* m_go = nullptr;
    QString m_unread; ///< Why an owner's selector is not known.
    QTimer m_counting;
    base::Cancel m_asking;
    base::Cancel m_notices;
};

/// Asks, and opens the lines of what was chosen.
LogsLabelDialog* askLogsByLabel(const PageContext& context, LabelWish wish, QWidget* window);
/// Likewise, for pods like these or those of these owners.
void askLogsByLabel(const PageContext& context, const std::vector<ActTarget>& targets, QWidget* window);

} // namespace ui
