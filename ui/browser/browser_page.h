// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/fleet/filter.h"
#include "core/kube/discovery.h"
#include "ui/browser/details_panel.h"
#include "ui/browser/object_acts.h"
#include "ui/browser/object_table_model.h"
#include "ui/browser/table_state.h"
#include "ui/shell/page.h"

#include <QTimer>

#include <memory>
#include <optional>
#include <string>
#include <vector>

class QFrame;
class QSplitter;

namespace fleet {
class View;
}

namespace ui {

class KindModel;
class KindPanel;
class ObjectTable;
class TablePanel;

/// Every object of every kind: kinds on the left, the table over the scope's clusters and namespaces in the middle,
/// details of one object on the right.
class BrowserPage : public Page {
    Q_OBJECT
public:
    BrowserPage(const PageContext& context, QWidget* parent = nullptr);
    ~BrowserPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString subtitle() const override { return m_state.count; }
    [[nodiscard]] QList<QAction*> headActions() const override { return m_headActions; }
    [[nodiscard]] QString tabTitle() const override { return title(); }
    [[nodiscard]] int tabHue() const override;
    [[nodiscard]] bool hasNamespaces() const override;
    [[nodiscard]] QString filterHint() const override;
    [[nodiscard]] QString filter() const override { return m_filter; }
    void setFilter(const QString& text) override;
    [[nodiscard]] std::optional<FilterProblem> filterProblem() const override { return m_filterProblem; }
    void show(const PageTarget& target) override;
    void focusMain() override;
    [[nodiscard]] bool isSettled() const override;
    [[nodiscard]] QVariantMap state() const override;
    void restore(const QVariantMap& state) override;

    using Page::show;
    /// CSV or JSON by the file's ending; false if it could not be written.
    bool exportTo(const QString& file);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    /// An object to select and show as soon as its row is there.
    struct Wanted {
        fleet::ClusterId cluster;
        std::string ns;
        std::string name;
    };

    void buildLayout();
    void buildActions();
    void connectParts();
    void addSortActions();
    void addCopyActions();
    void setKind(const std::string& resource);
    void openView();
    void fleetChanged();
    void readKinds();
    void readFaces();
    void readState();
    void resolvePending();
    void selectWanted();
    void rowsChanged();
    void tick();

    [[nodiscard]] ObjectSubject subjectAt(int row) const;
    /// What an act is about: the rows chosen, the first of them.
    [[nodiscard]] std::vector<ActTarget> actTargets(std::size_t most) const;
    [[nodiscard]] const kube::Kind* kindFor(fleet::ClusterId cluster) const;
    enum class Open { Summary, Yaml, AsLast };
    void openDetails(Open how);
    void closeDetails();
    void goBack();
    void openOwner();
    void openObject(const QString& resource, const QString& ns, const QString& name);
    void toggleFavourite(const QString& resource);
    void copyText();
    void copyNames();
    void copyYaml();
    void copyKubectl();
    void chooseColumns();
    void chooseExport();
    void showTableMenu(const QPoint& at);
    void putOnClipboard(const QString& text, const QString& said);
    void saveSplit();

    PageContext m_context;
    std::unique_ptr<fleet::View> m_view;
    ObjectTableModel* m_model;
    KindModel* m_kinds;
    KindPanel* m_kindPanel = nullptr;
    TablePanel* m_tablePanel = nullptr;
    ObjectTable* m_table = nullptr;
    DetailsPanel* m_details = nullptr;
    QFrame* m_detailsFrame = nullptr;
    QSplitter* m_split = nullptr;
    ObjectActs* m_acts = nullptr;
    QList<QAction*> m_headActions;
    QList<QAction*> m_tableActions;

    std::string m_resource = "pods";
    std::string m_typedKind; // Asked for, not yet known to any catalog.
    std::vector<kube::KindCatalogPtr> m_catalogs;
    QString m_filter;
    std::optional<FilterProblem> m_filterProblem;
    std::optional<Wanted> m_wanted;
    TableState m_state;
    base::Cancel m_notice;
    std::vector<base::Cancel> m_fetches; // Copying as YAML.
    QTimer m_tick;
};

} // namespace ui
