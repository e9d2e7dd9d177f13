// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/browser_page.h"

#include "core/fleet/fleet.h"
#include "core/fleet/settings.h"
#include "ui/base/cluster_text.h"
#include "ui/base/table_panel.h"
#include "ui/base/theme.h"
#include "ui/browser/kind_model.h"
#include "ui/browser/kind_panel.h"
#include "ui/browser/object_table.h"
#include "ui/shell/scope.h"

#include <QDateTime>
#include <QFrame>
#include <QItemSelectionModel>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr std::string_view kSettingsSubject = "browser";

QFrame* panel(QWidget* content, QWidget* parent) {
    auto* frame = new QFrame(parent);
    frame->setProperty("panel", true);
    auto* layout = new QVBoxLayout(frame);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->addWidget(content);
    return frame;
}

// The column of a parser, which counts code points, in UTF-16 units.
int utf16Column(const QString& text, std::size_t codePoints) {
    qsizetype at = 0;
    for (; codePoints > 0 && at < text.size(); --codePoints)
        at += text[at].isHighSurrogate() ? 2 : 1;
    return static_cast<int>(std::min(at, text.size()));
}

} // namespace

BrowserPage::BrowserPage(const PageContext& context, QWidget* parent)
    : Page(parent)
    , m_context(context)
    , m_model(new ObjectTableModel(this))
    , m_kinds(new KindModel(this)) {
    setObjectName(QStringLiteral("browserPage"));
    setAccessibleName(tr("Browser"));
    std::vector<std::string> favourites = m_context.settings.list(fleet::Setting::FavouriteKinds);
    m_kinds->setFavourites(favourites.empty() ? defaultFavourites() : std::move(favourites));
    buildLayout();
    buildActions();
    connectParts();
    m_notice = m_context.fleet.onNotice([this](const fleet::FleetNotice&) { fleetChanged(); });
    readFaces();
    readKinds();
    setKind(m_resource);
}

BrowserPage::~BrowserPage() {
    // The table reads rows of the view up to its own end; nobody hears of it any more.
    blockSignals(true);
    m_model->disconnect(this);
    m_model->setView(nullptr);
}

void BrowserPage::buildLayout() {
    m_kindPanel = new KindPanel(*m_kinds, this);
    m_table = new ObjectTable(*m_model, this);
    m_tablePanel = new TablePanel(*m_table, this);
    m_details = new DetailsPanel(m_context.fleet, this);
    m_split = new QSplitter(Qt::Horizontal, this);
    m_split->setChildrenCollapsible(false);
    m_split->setHandleWidth(Measure::step * 3);
    m_split->addWidget(panel(m_kindPanel, this));
    m_split->addWidget(panel(m_tablePanel, this));
    m_detailsFrame = panel(m_details, this);
    m_split->addWidget(m_detailsFrame);
    m_split->setStretchFactor(0, 0);
    m_split->setStretchFactor(1, 1);
    m_split->setStretchFactor(2, 0);
    m_split->widget(0)->setMinimumWidth(130);
    m_split->widget(1)->setMinimumWidth(240);
    m_detailsFrame->setMinimumWidth(240);
    m_detailsFrame->hide();
    QList<int> sizes{190, 860, 400};
    const QStringList kept =
        QString::fromStdString(m_context.settings.text(fleet::Setting::WindowState, kSettingsSubject)).split(u',');
    for (qsizetype i = 0; kept.size() == sizes.size() && i < sizes.size(); ++i)
        sizes[i] = std::max(1, kept[i].toInt());
    m_split->setSizes(sizes);
    connect(m_split, &QSplitter::splitterMoved, this, &BrowserPage::saveSplit);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_split);
}

void BrowserPage::connectParts() {
    connect(m_kindPanel, &KindPanel::chosen, this, [this](const QString& resource) {
        m_wanted.reset();
        setKind(resource.toStdString());
        focusMain();
    });
    connect(m_kindPanel, &KindPanel::left, this, &BrowserPage::focusMain);
    connect(m_kindPanel, &KindPanel::favouriteToggled, this, &BrowserPage::toggleFavourite);
    connect(m_table, &TableView::opened, this, [this] { openDetails(Open::AsLast); });
    connect(m_table, &QWidget::customContextMenuRequested, this, &BrowserPage::showTableMenu);
    connect(m_table, &ObjectTable::cursorMoved, this, [this] {
        if (m_detailsFrame->isVisible())
            m_details->setSubject(subjectAt(m_table->currentIndex().row()));
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] { m_acts->refresh(); });
    connect(m_model, &ObjectTableModel::marksChanged, this, [this] { m_acts->refresh(); });
    connect(m_model, &ObjectTableModel::partsChanged, this, &BrowserPage::readState);
    connect(m_model, &OrderedTableModel::countsChanged, this, &BrowserPage::readState);
    connect(m_model, &ObjectTableModel::marksChanged, this, &BrowserPage::readState);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &BrowserPage::rowsChanged);
    connect(m_model, &QAbstractItemModel::layoutChanged, this, &BrowserPage::rowsChanged);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &BrowserPage::rowsChanged);
    connect(m_tablePanel, &TablePanel::clearFilterWanted, this, [this] { setFilter({}); });
    connect(m_tablePanel, &TablePanel::allNamespacesWanted, this, [this] { m_context.scope.setNamespaces({}); });
    connect(m_tablePanel, &TablePanel::fleetWanted, this, [this] {
        PageTarget target;
        target.page = QStringLiteral("fleet");
        m_context.navigator.open(target);
    });
    connect(m_tablePanel, &TablePanel::retryWanted, this, [this](fleet::ClusterId cluster) {
        for (const fleet::ViewPart& part : m_view ? m_view->parts() : std::vector<fleet::ViewPart>()) {
            if (cluster.isNull() || part.cluster == cluster)
                m_context.fleet.retry(part.cluster);
        }
    });
    connect(m_tablePanel, &TablePanel::requestWanted, this, [this] {
        putOnClipboard(m_state.request, tr("The request is on the clipboard: send it to whoever may grant it"));
    });
    connect(m_details, &DetailsPanel::closeWanted, this, &BrowserPage::closeDetails);
    connect(m_details, &DetailsPanel::objectWanted, this, &BrowserPage::openObject);
    connect(m_details, &DetailsPanel::settledChanged, this, &Page::settledChanged);
    connect(&m_context.scope, &Scope::changed, this, [this] {
        if (isVisible())
            openView();
        readKinds();
    });
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, &BrowserPage::tick);
}

void BrowserPage::saveSplit() {
    QStringList sizes;
    for (const int size : m_split->sizes())
        sizes += QString::number(size);
    // A closed panel has no size of its own to remember.
    if (m_detailsFrame->isHidden())
        sizes[2] = QStringLiteral("400");
    m_context.settings.set(fleet::Setting::WindowState, sizes.join(u',').toStdString(), kSettingsSubject);
}

QString BrowserPage::title() const {
    if (const kube::Kind* kind = m_kinds->find(m_resource))
        return kindTitle(*kind);
    // As long as no server has said how it calls the kind.
    QString name = QString::fromStdString(m_typedKind.empty() ? m_resource : m_typedKind).section(u'.', 0, 0);
    name.replace(0, 1, name.left(1).toUpper());
    return name;
}

int BrowserPage::tabHue() const {
    const std::vector<fleet::ClusterId>& clusters = m_context.scope.clusters();
    return clusters.size() == 1 ? m_context.fleet.cluster(clusters.front()).hue : -1;
}

bool BrowserPage::hasNamespaces() const {
    const kube::Kind* kind = m_kinds->find(m_resource);
    return kind == nullptr || kind->namespaced;
}

QString BrowserPage::filterHint() const {
    return tr("filter %1: cart -status:Running age<30d", "hint in the empty filter line; %1 is a kind in the plural")
        .arg(title().toLower());
}

void BrowserPage::setFilter(const QString& text) {
    m_filter = text;
    m_filterProblem.reset();
    auto parsed = fleet::Filter::parse(text.trimmed().isEmpty() ? std::string() : text.toStdString());
    if (parsed) {
        m_model->setFilter(std::move(*parsed));
    } else {
        // The rows stay as the last filter that was understood left them.
        const int column = utf16Column(text, parsed.error().column);
        m_filterProblem = FilterProblem{
            column, std::max(1, utf16Column(text, parsed.error().column + parsed.error().length) - column),
            QString::fromStdString(parsed.error().message)};
    }
    readState();
    emit filterChanged();
}

void BrowserPage::setKind(const std::string& resource) {
    const bool same = resource == m_resource && m_view != nullptr;
    m_resource = resource;
    m_typedKind.clear();
    m_kindPanel->setCurrent(resource);
    if (same)
        return;
    closeDetails();
    openView();
    emit headingChanged();
    emit filterChanged();
}

void BrowserPage::openView() {
    m_model->setView(nullptr);
    m_view.reset();
    m_table->setKind(&m_context.settings, m_resource);
    m_acts->refresh();
    // A page that nobody sees asks for nothing; it opens its view when it is shown.
    if (!isVisible())
        return;
    fleet::ViewSpec spec;
    spec.resource = m_resource;
    spec.clusters = m_context.scope.clusters();
    spec.namespaces = m_context.scope.namespaceNames();
    m_view = m_context.fleet.openView(std::move(spec));
    m_model->setView(m_view.get());
    readState();
}

void BrowserPage::fleetChanged() {
    readKinds();
    if (!isVisible())
        return;
    readFaces();
    readState();
}

void BrowserPage::readKinds() {
    std::vector<kube::KindCatalogPtr> catalogs;
    qlonglong pods = 0;
    qlonglong nodes = 0;
    bool podsKnown = false;
    bool nodesKnown = false;
    for (const fleet::ClusterInfo& cluster : m_context.fleet.clusters()) {
        if (!m_context.scope.contains(cluster.id) || !isOpen(cluster.health))
            continue;
        if (kube::KindCatalogPtr catalog = m_context.fleet.kinds(cluster.id))
            catalogs.push_back(std::move(catalog));
        pods += std::max(0, cluster.pods);
        nodes += std::max(0, cluster.nodes);
        podsKnown = podsKnown || cluster.pods >= 0;
        nodesKnown = nodesKnown || cluster.nodes >= 0;
    }
    m_kinds->setCount("pods", podsKnown && m_context.scope.namespaces().isEmpty() ? pods : -1);
    m_kinds->setCount("nodes", nodesKnown ? nodes : -1);
    if (catalogs == m_catalogs)
        return;
    m_catalogs = std::move(catalogs);
    m_kinds->setKinds(listableKinds(m_catalogs));
    m_acts->refresh();
    resolvePending();
    emit headingChanged();
}

// Something like "po" can be understood only once a server has said what it serves.
void BrowserPage::resolvePending() {
    if (m_typedKind.empty())
        return;
    for (const kube::KindCatalogPtr& catalog : m_catalogs) {
        if (const kube::Kind* kind = catalog->find(m_typedKind)) {
            setKind(kind->resource());
            return;
        }
    }
}

void BrowserPage::readFaces() {
    std::vector<ClusterFace> faces;
    for (const fleet::ClusterInfo& cluster : m_context.fleet.clusters()) {
        if (cluster.id.value >= faces.size())
            faces.resize(std::size_t(cluster.id.value) + 1);
        faces[cluster.id.value] = {cluster.name, cluster.hue, isPast(cluster)};
    }
    if (m_view) {
        for (const fleet::ViewPart& part : m_view->parts()) {
            if (part.cluster.value < faces.size() &&
                (part.isCached || (part.phase == kube::WatchPhase::Waiting && part.error)))
                faces[part.cluster.value].dimmed = true;
        }
    }
    m_model->setClusters(std::move(faces));
}

void BrowserPage::readState() {
    TableFacts facts;
    facts.kindTitle = title();
    facts.resource = m_resource;
    facts.view = m_view.get();
    facts.cluster = [this](fleet::ClusterId id) -> const fleet::ClusterInfo& { return m_context.fleet.cluster(id); };
    facts.shown = m_model->rowCount();
    facts.total = m_model->totalCount();
    facts.marked = static_cast<int>(m_model->markedCount());
    facts.filter = m_filter.trimmed();
    facts.namespaces = m_context.scope.namespaces();
    facts.nowMs = QDateTime::currentMSecsSinceEpoch();
    const QString before = m_state.count;
    m_state = tableState(facts);
    m_tablePanel->setState(m_state);
    if (m_resource != "pods" && m_resource != "nodes")
        m_kinds->setCount(m_resource, m_state.face == TableFace::Loading ? -1 : facts.total);
    readFaces();
    selectWanted();
    if (before != m_state.count)
        emit headingChanged();
    emit settledChanged();
}

void BrowserPage::show(const PageTarget& target) {
    if (!target.kind.isEmpty()) {
        const std::string typed = target.kind.toStdString();
        const kube::Kind* found = m_kinds->find(typed);
        for (const kube::KindCatalogPtr& catalog : m_catalogs)
            found = found != nullptr ? found : catalog->find(typed);
        m_wanted.reset();
        if (found != nullptr) {
            setKind(found->resource());
        } else {
            setKind(typed);
            m_typedKind = typed;
        }
    }
    if (!target.cluster.isNull() && !target.name.isEmpty()) {
        m_wanted = Wanted{target.cluster, target.ns.toStdString(), target.name.toStdString()};
        selectWanted();
    }
}

void BrowserPage::selectWanted() {
    if (!m_wanted)
        return;
    const int row = m_model->rowOfName(m_wanted->cluster, m_wanted->ns, m_wanted->name);
    if (row < 0)
        return;
    m_wanted.reset();
    m_table->goTo(row);
    openDetails(Open::AsLast);
}

void BrowserPage::focusMain() {
    m_table->setFocus(Qt::OtherFocusReason);
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, 0));
}

bool BrowserPage::isSettled() const {
    if (!m_view)
        return true;
    const auto& parts = m_view->parts();
    const bool reading = std::any_of(parts.begin(), parts.end(), [](const fleet::ViewPart& part) {
        return part.phase == kube::WatchPhase::Listing && !part.error;
    });
    return !reading && m_details->isSettled();
}

QVariantMap BrowserPage::state() const {
    QVariantMap map;
    map[QStringLiteral("kind")] = QString::fromStdString(m_typedKind.empty() ? m_resource : m_typedKind);
    map[QStringLiteral("filter")] = m_filter;
    return map;
}

void BrowserPage::restore(const QVariantMap& state) {
    if (const QString kind = state.value(QStringLiteral("kind")).toString(); !kind.isEmpty())
        setKind(kind.toStdString());
    setFilter(state.value(QStringLiteral("filter")).toString());
}

void BrowserPage::rowsChanged() {
    if (!m_detailsFrame->isVisible() || m_details->subject().isNull())
        return;
    const int row = m_model->rowOfKey(m_details->subject().key);
    if (row >= 0)
        m_details->setSubject(subjectAt(row));
    m_details->refresh();
}

void BrowserPage::tick() {
    m_model->tick();
    m_table->tick();
    m_details->tick();
}

void BrowserPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    const bool sameScope = m_view && m_view->spec().clusters == m_context.scope.clusters() &&
                           m_view->spec().namespaces == m_context.scope.namespaceNames();
    if (sameScope)
        m_model->setAsleep(false);
    else
        openView();
    m_tick.start();
    fleetChanged();
}

void BrowserPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    m_tick.stop();
    m_model->setAsleep(true);
}

} // namespace ui
