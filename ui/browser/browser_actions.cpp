// SPDX-License-Identifier: GPL-3.0-or-later
// What the operator does on the Browser page; see browser_page.cpp for what it shows.
#include "core/fleet/fleet.h"
#include "core/fleet/settings.h"
#include "core/kube/yaml_text.h"
#include "ui/base/error_text.h"
#include "ui/browser/browser_page.h"
#include "ui/browser/columns_dialog.h"
#include "ui/browser/kind_model.h"
#include "ui/browser/kind_panel.h"
#include "ui/browser/object_table.h"
#include "ui/browser/table_export.h"
#include "ui/shell/action_registry.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFrame>
#include <QMenu>
#include <QSaveFile>

#include <algorithm>
#include <memory>

namespace ui {

namespace {

// More objects than this at once are a dump, not a copy.
constexpr std::size_t kMostYaml = 100;

QList<QKeySequence> keys(std::initializer_list<QKeySequence> list) {
    return QList<QKeySequence>(list);
}

} // namespace

void BrowserPage::buildActions() {
    const auto add = [this](const char* id, const QString& text, const QString& help,
                            const QList<QKeySequence>& shortcuts, auto run) {
        ActionSpec spec;
        spec.id = QLatin1String("browser.") + QLatin1String(id);
        spec.text = text;
        spec.help = help;
        spec.shortcuts = shortcuts;
        return m_context.actions.add(this, spec, run);
    };
    m_tableActions += add("describe", tr("Describe"), tr("The summary of this object"), keys({Qt::Key_D}),
                          [this] { openDetails(Open::Summary); });
    m_tableActions +=
        add("yaml", tr("YAML"), tr("The YAML of this object"), keys({Qt::Key_Y}), [this] { openDetails(Open::Yaml); });
    m_tableActions += add("owner", tr("Go to owner"), tr("The object that owns this one"),
                          keys({Qt::Key_O, QKeySequence(Qt::SHIFT | Qt::Key_J)}), [this] { openOwner(); });
    m_tableActions += nullptr;
    addCopyActions();
    m_tableActions += nullptr;
    addSortActions();
    m_acts = new ObjectActs(
        m_context, this, [this](std::size_t most) { return actTargets(most); },
        [this] { return m_kinds->find(m_resource); });

    QAction* columns =
        add("columns", tr("Columns"), tr("Choose and order the columns of this kind"), {}, [this] { chooseColumns(); });
    QAction* save = add("export", tr("Export…"), tr("Write what is shown as CSV or JSON"),
                        keys({QKeySequence(Qt::CTRL | Qt::Key_E)}), [this] { chooseExport(); });
    m_headActions = {columns, save};
    // In the YAML itself Ctrl+F does, everywhere else that filters.
    add("find", tr("Find in YAML"), {}, keys({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)}), [this] {
        openDetails(Open::Yaml);
        m_details->openFind();
    });
    add("kinds", tr("Find kind"), tr("Search in the kinds on the left"), keys({QKeySequence(Qt::CTRL | Qt::Key_G)}),
        [this] { m_kindPanel->focusSearch(); });
    add("favourite", tr("Add this kind to favourites, or remove it"), {}, {},
        [this] { toggleFavourite(QString::fromStdString(m_resource)); });
    add("mark-all", tr("Mark all that match"), {}, {}, [this] { m_model->markAllShown(); });
    add("clear-marks", tr("Clear the marks"), {}, keys({QKeySequence(Qt::CTRL | Qt::Key_Backslash)}),
        [this] { m_model->clearMarks(); });
    add("back", tr("Back", "closes what was opened last"), tr("Close the details, clear the marks, clear the filter"),
        keys({Qt::Key_Escape}), [this] { goBack(); });
}

void BrowserPage::addSortActions() {
    const auto add = [this](const char* id, const QString& text, const QKeySequence& key, auto run) {
        ActionSpec spec;
        spec.id = QLatin1String("browser.sort-") + QLatin1String(id);
        spec.text = text;
        spec.shortcuts = {key};
        return m_context.actions.add(this, spec, run);
    };
    const auto by = [this](const char* id) {
        const int column = m_model->columnIndex(id);
        if (column >= 0)
            m_table->cycleSort(column);
    };
    m_tableActions += add("name", tr("Sort by name"), QKeySequence(Qt::SHIFT | Qt::Key_N), [by] { by("name"); });
    m_tableActions += add("age", tr("Sort by age"), QKeySequence(Qt::SHIFT | Qt::Key_A), [by] { by("age"); });
    add("status", tr("Sort by status"), QKeySequence(Qt::SHIFT | Qt::Key_S), [by] { by("status"); });
    add("namespace", tr("Sort by namespace"), QKeySequence(Qt::SHIFT | Qt::Key_P), [by] { by("namespace"); });
    m_tableActions += add("next", tr("Sort by the next column"), QKeySequence(Qt::SHIFT | Qt::Key_Right),
                          [this] { m_table->moveSort(1); });
    add("previous", tr("Sort by the column before"), QKeySequence(Qt::SHIFT | Qt::Key_Left),
        [this] { m_table->moveSort(-1); });
    m_tableActions += add("reverse", tr("Reverse the order"), QKeySequence(Qt::SHIFT | Qt::Key_R),
                          [this] { m_table->reverseSort(); });
}

void BrowserPage::addCopyActions() {
    const auto add = [this](const char* id, const QString& text, const QList<QKeySequence>& shortcuts, auto run) {
        ActionSpec spec;
        spec.id = QLatin1String("browser.copy-") + QLatin1String(id);
        spec.text = text;
        spec.shortcuts = shortcuts;
        m_tableActions += m_context.actions.add(this, spec, run);
    };
    add("name", tr("Copy name"), keys({Qt::Key_C}), [this] { copyNames(); });
    add("text", tr("Copy as text"), keys({QKeySequence::Copy}), [this] { copyText(); });
    add("yaml", tr("Copy as YAML"), keys({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Y)}), [this] { copyYaml(); });
    add("kubectl", tr("Copy as kubectl command"), keys({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K)}),
        [this] { copyKubectl(); });
}

const kube::Kind* BrowserPage::kindFor(fleet::ClusterId cluster) const {
    const kube::KindCatalogPtr catalog = m_context.fleet.kinds(cluster);
    const kube::Kind* kind = catalog ? catalog->findResource(m_resource) : nullptr;
    // Every caller copies; while a cluster is away the others' word is as good.
    return kind != nullptr ? kind : m_kinds->find(m_resource);
}

ObjectSubject BrowserPage::subjectAt(int row) const {
    ObjectSubject subject;
    if (row < 0 || row >= m_model->rowCount())
        return subject;
    const kube::RowRef ref = m_model->rowRef(row);
    const kube::Kind* kind = kindFor(m_model->clusterAt(row));
    if (ref.isNull() || kind == nullptr)
        return subject;
    subject.key = m_model->keyAt(row);
    subject.kind = *kind;
    subject.owner = ref.owner();
    return subject;
}

std::vector<ActTarget> BrowserPage::actTargets(std::size_t most) const {
    std::vector<ActTarget> targets;
    for (const int row : m_table->actionRows()) {
        if (targets.size() == most)
            break;
        const ObjectSubject subject = subjectAt(row);
        if (!subject.isNull())
            targets.push_back({subject.key.cluster, subject.kind, subject.key.ns, subject.key.name,
                               std::string(m_model->rowRef(row).labels())});
    }
    return targets;
}

void BrowserPage::openDetails(Open how) {
    const QModelIndex index = m_table->currentIndex();
    const ObjectSubject subject = subjectAt(index.isValid() ? index.row() : -1);
    // In the details the keys are about what the details show.
    if (m_detailsFrame->isVisible() && m_details->isAncestorOf(QApplication::focusWidget())) {
        if (how != Open::AsLast)
            m_details->setTab(how == Open::Yaml ? DetailsPanel::Tab::Yaml : DetailsPanel::Tab::Summary);
        return;
    }
    if (subject.isNull())
        return;
    m_details->setSubject(subject);
    if (how != Open::AsLast)
        m_details->setTab(how == Open::Yaml ? DetailsPanel::Tab::Yaml : DetailsPanel::Tab::Summary);
    m_detailsFrame->show();
    emit settledChanged();
}

void BrowserPage::closeDetails() {
    const bool hadFocus = m_details->isAncestorOf(QApplication::focusWidget());
    m_detailsFrame->hide();
    m_details->setSubject({});
    if (hadFocus)
        focusMain();
}

void BrowserPage::goBack() {
    if (m_detailsFrame->isVisible()) {
        if (!m_details->closeInner())
            closeDetails();
    } else if (m_model->markedCount() > 0) {
        m_model->clearMarks();
    } else if (!m_filter.isEmpty()) {
        setFilter({});
    }
    if (!m_details->isAncestorOf(QApplication::focusWidget()))
        focusMain();
}

void BrowserPage::openOwner() {
    const bool inDetails = m_detailsFrame->isVisible() && !m_details->subject().isNull();
    const QModelIndex index = m_table->currentIndex();
    const ObjectSubject subject = inDetails ? m_details->subject() : subjectAt(index.isValid() ? index.row() : -1);
    if (subject.isNull())
        return;
    const OwnerRef owner = parseOwner(subject.owner);
    const kube::KindCatalogPtr catalog = m_context.fleet.kinds(subject.key.cluster);
    const kube::Kind* kind = catalog && !owner.isNull() ? catalog->findKind(owner.apiVersion, owner.kind) : nullptr;
    if (kind == nullptr) {
        m_context.navigator.say(owner.isNull()
                                    ? tr("Nothing owns this object")
                                    : tr("Its owner is a %1, which this cluster does not list", "%1 is a kind")
                                          .arg(QString::fromStdString(owner.kind)));
        return;
    }
    PageTarget target;
    target.page = QStringLiteral("browser");
    target.kind = QString::fromStdString(kind->resource());
    target.filter = QString();
    target.cluster = subject.key.cluster;
    target.ns = kind->namespaced ? QString::fromStdString(subject.key.ns) : QString();
    target.name = QString::fromStdString(owner.name);
    m_context.navigator.open(target);
}

void BrowserPage::openObject(const QString& resource, const QString& ns, const QString& name) {
    PageTarget target;
    target.page = QStringLiteral("browser");
    target.kind = resource;
    target.filter = QString();
    target.cluster = m_details->subject().key.cluster;
    target.ns = ns;
    target.name = name;
    m_context.navigator.open(target);
}

void BrowserPage::toggleFavourite(const QString& resource) {
    std::vector<std::string> favourites = m_kinds->favourites();
    const std::string id = resource.toStdString();
    if (std::erase(favourites, id) == 0)
        favourites.push_back(id);
    m_context.settings.set(fleet::Setting::FavouriteKinds, favourites);
    m_kinds->setFavourites(std::move(favourites));
}

void BrowserPage::putOnClipboard(const QString& text, const QString& said) {
    if (text.isEmpty())
        return;
    QApplication::clipboard()->setText(text);
    m_context.navigator.say(said);
}

void BrowserPage::copyNames() {
    const std::vector<int> rows = m_table->actionRows();
    QStringList names;
    for (const int row : rows)
        names += QString::fromStdString(m_model->keyAt(row).name);
    putOnClipboard(names.join(u'\n'), tr("%n names copied", nullptr, static_cast<int>(rows.size())));
}

void BrowserPage::copyText() {
    const TableExtract extract{*m_model, m_table->actionRows(), m_table->shownColumns()};
    if (!extract.rows.empty())
        putOnClipboard(toText(extract), tr("%n rows copied as text", nullptr, static_cast<int>(extract.rows.size())));
}

void BrowserPage::copyKubectl() {
    const TableExtract extract{*m_model, m_table->actionRows(), {}};
    if (!extract.rows.empty())
        putOnClipboard(toKubectl(extract, m_context.fleet, m_resource), tr("kubectl command copied"));
}

void BrowserPage::copyYaml() {
    std::vector<int> rows = m_table->actionRows();
    if (rows.empty())
        return;
    if (rows.size() > kMostYaml) {
        m_context.navigator.say(tr("Mark at most %n objects to copy them as YAML", nullptr, int(kMostYaml)));
        return;
    }
    struct Gathered {
        std::vector<std::string> texts;
        std::size_t missing = 0;
        std::size_t failed = 0;
        bool hasSecrets = false;
        QString why;
    };
    auto gathered = std::make_shared<Gathered>();
    gathered->texts.resize(rows.size());
    gathered->missing = rows.size();
    m_fetches.clear();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const ObjectSubject subject = subjectAt(rows[i]);
        if (subject.isNull()) {
            --gathered->missing;
            continue;
        }
        gathered->hasSecrets |= subject.kind.resource() == "secrets";
        m_fetches.push_back(m_context.fleet.fetch(
            subject.key.cluster, subject.kind, subject.key.ns, subject.key.name,
            [this, gathered, i](base::Result<fleet::FullObject> answer) {
                const auto yaml =
                    answer ? kube::toYaml(answer->json, kube::ManagedFields::Folded) : base::fail(answer.error());
                if (yaml) {
                    gathered->texts[i] = *yaml;
                } else {
                    ++gathered->failed;
                    gathered->why = errorSentence(yaml.error());
                }
                if (--gathered->missing > 0)
                    return;
                QString all;
                int copied = 0;
                for (const std::string& text : gathered->texts) {
                    if (text.empty())
                        continue;
                    if (copied++ > 0)
                        all += QLatin1String("---\n");
                    all += QString::fromStdString(text);
                }
                if (gathered->failed > 0)
                    m_context.navigator.say(
                        tr("%n objects could not be read: %1", "%1 is why", int(gathered->failed)).arg(gathered->why));
                else
                    putOnClipboard(all,
                                   gathered->hasSecrets
                                       ? tr("%n objects copied as YAML, with the values of secrets", nullptr, copied)
                                       : tr("%n objects copied as YAML", nullptr, copied));
            }));
    }
}

void BrowserPage::chooseColumns() {
    auto* dialog = new ColumnsDialog(*m_model, *m_table, this);
    dialog->open();
}

void BrowserPage::chooseExport() {
    auto* dialog = new QFileDialog(this, tr("Export what is shown"));
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("CSV table (*.csv)", "a kind of file"), tr("JSON (*.json)", "a kind of file")});
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(title().toLower() + QLatin1String(".csv"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("json")) ? QStringLiteral("json")
                                                                        : QStringLiteral("csv"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &BrowserPage::exportTo);
    dialog->open();
}

bool BrowserPage::exportTo(const QString& file) {
    TableExtract extract{*m_model, {}, m_table->shownColumns()};
    for (int row = 0; row < m_model->rowCount(); ++row)
        extract.rows.push_back(row);
    const bool json = file.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
    QSaveFile out(file);
    const bool written =
        out.open(QIODevice::WriteOnly) && out.write(json ? toJson(extract) : toCsv(extract)) >= 0 && out.commit();
    m_context.navigator.say(written
                                ? tr("%n rows written to %1", "%1 is a file", int(extract.rows.size())).arg(file)
                                : tr("Could not write %1: %2", "%1 is a file, %2 why").arg(file, out.errorString()));
    return written;
}

void BrowserPage::showTableMenu(const QPoint& at) {
    if (!m_table->indexAt(at).isValid())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_acts->addTo(*menu);
    menu->addSeparator();
    for (QAction* action : m_tableActions) {
        if (action == nullptr)
            menu->addSeparator();
        else
            menu->addAction(action);
    }
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

} // namespace ui
