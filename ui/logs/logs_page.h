// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/logs/log_gathering.h"
#include "core/logs/log_search.h"
#include "ui/shell/page.h"

#include <QTimer>

#include <memory>
#include <optional>
#include <utility>

class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace ui {

class LineDetails;
class LogFacets;
class LogHistogram;
class LogLines;
class LogView;
struct LogsSubject;

/// The logs of pods and workloads, over clusters, as one: what was and what comes, searched, counted and kept.
class LogsPage : public Page {
    Q_OBJECT
public:
    LogsPage(const PageContext& context, QWidget* parent);
    ~LogsPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QString tabTitle() const override;
    [[nodiscard]] int tabHue() const override;
    [[nodiscard]] QList<QAction*> headActions() const override { return m_headActions; }
    [[nodiscard]] bool hasNamespaces() const override { return false; }
    [[nodiscard]] QString filterHint() const override;
    [[nodiscard]] QString filter() const override { return m_filter; }
    void setFilter(const QString& text) override;
    [[nodiscard]] std::optional<FilterProblem> filterProblem() const override { return m_problem; }
    void show(const PageTarget& target) override;
    [[nodiscard]] bool isAbout(const PageTarget& target) const override;
    [[nodiscard]] bool isVacant() const override { return m_subject == nullptr; }
    void focusMain() override;
    [[nodiscard]] bool isSettled() const override;
    [[nodiscard]] QVariantMap state() const override;
    void restore(const QVariantMap& state) override;
    /// Writes all lines shown. Tells in the foot how it went.
    void exportTo(const QString& file);

    using QWidget::show;

protected:
    void changeEvent(QEvent* event) override;

private:
    /// How much of what is there already is read.
    struct History {
        std::optional<std::int64_t> tailLines = 1000;
        std::optional<std::int64_t> sinceSeconds;
    };
    enum class Toggle { Off, On };

    void build();
    QWidget* makeLinesPanel();
    QWidget* makeFace(QWidget* parent);
    void addActions();
    void addViewActions();
    void addTextSizes();
    void addMoves();
    void setSubject(std::shared_ptr<const LogsSubject> about);
    /// Once the clusters of a subject that was restored are known.
    void gatherWhenConnected();
    void gather();
    void query();
    void setAround(std::optional<logs::Row> row);
    void setRange(std::optional<std::pair<std::int64_t, std::int64_t>> range);
    void refresh();
    void readFace();
    void readNotice();
    void readDetails();
    [[nodiscard]] QString faceText() const;
    [[nodiscard]] std::optional<base::Error> refusal() const;
    void openDetails();
    void goBack();
    void zoom();
    void copy();
    void chooseExport();
    void chooseHistory();
    void chooseByLabel();
    void showMenu(const QPoint& at);
    [[nodiscard]] int hueOf(fleet::ClusterId cluster) const;

    PageContext m_context;
    std::shared_ptr<const LogsSubject> m_subject;
    base::Cancel m_notices; ///< While clusters of the subject are waited for.
    History m_history;
    bool m_readsPrevious = false;
    LogLines* m_lines = nullptr;
    QString m_filter;
    std::optional<FilterProblem> m_problem;
    std::optional<std::pair<std::int64_t, std::int64_t>> m_range;
    std::optional<logs::Row> m_around; ///< Looked at without filter, range and facets.
    std::optional<logs::Row> m_wanted; ///< To go to once the search is done.
    LogView* m_view = nullptr;
    LogHistogram* m_histogram = nullptr;
    LogFacets* m_facets = nullptr;
    LineDetails* m_details = nullptr;
    QWidget* m_detailsFrame = nullptr;
    QSplitter* m_split = nullptr;
    QStackedWidget* m_stack = nullptr;
    QLabel* m_notice = nullptr;
    QLabel* m_face = nullptr;
    QPushButton* m_clear = nullptr;
    QPushButton* m_browse = nullptr;
    QPushButton* m_byLabel = nullptr;
    QList<QAction*> m_headActions;
    QList<QAction*> m_menuActions;
    QAction* m_follow = nullptr;
    QAction* m_wrap = nullptr;
    QAction* m_times = nullptr;
    QAction* m_raw = nullptr;
    QTimer m_typing;
    QTimer m_refreshing; ///< Counts and faces need not keep up with every batch.
    base::Cancel m_exporting;
};

} // namespace ui
