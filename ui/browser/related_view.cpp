// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/related_view.h"

#include "core/fleet/fleet.h"
#include "ui/base/cluster_text.h"
#include "ui/base/marks.h"
#include "ui/base/theme.h"
#include "ui/browser/object_cell.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QTimer>

#include <algorithm>
#include <array>

namespace ui {

namespace {

constexpr int kResourceRole = Qt::UserRole;
constexpr int kNamespaceRole = Qt::UserRole + 1;
constexpr int kDeepest = 8;
constexpr std::size_t kMostViews = 12;

// Kinds whose objects are owned by others as a rule; what custom kinds own is among them, too.
constexpr std::array<const char*, 7> kOwnedKinds{
    "pods",          "replicasets.apps", "jobs.batch", "deployments.apps", "statefulsets.apps", "daemonsets.apps",
    "cronjobs.batch"};

QString statusOf(const fleet::View& view, const kube::RowRef& row, fleet::ClusterId cluster) {
    const int column = stateColumn(row.layout().columns());
    if (column < 0)
        return {};
    const kube::Column& told = row.layout().columns()[static_cast<std::size_t>(column)];
    return told.id == "name" ? QString() : QString::fromStdString(row.cell(told, view.nowMs(cluster)));
}

} // namespace

RelatedView::RelatedView(fleet::Fleet& fleet, QWidget* parent)
    : QTreeWidget(parent)
    , m_fleet(fleet)
    , m_later(new QTimer(this)) {
    setObjectName(QStringLiteral("related"));
    setAccessibleName(tr("Owners and owned objects"));
    setColumnCount(2);
    setHeaderHidden(true);
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(true);
    setIndentation(16);
    setUniformRowHeights(true);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setSectionResizeMode(1, QHeaderView::Interactive);
    header()->resizeSection(1, 110);
    m_later->setSingleShot(true);
    m_later->setInterval(100);
    connect(m_later, &QTimer::timeout, this, &RelatedView::rebuild);
    connect(this, &QTreeWidget::itemDoubleClicked, this, [this](QTreeWidgetItem* item) { want(item); });
}

RelatedView::~RelatedView() = default;

void RelatedView::setSubject(const ObjectSubject& subject) {
    const bool same = subject.key == m_subject.key && subject.owner == m_subject.owner;
    m_subject = subject;
    if (same)
        return;
    m_views.clear();
    m_shown.clear();
    clear();
    setActive(m_active);
}

void RelatedView::setActive(bool active) {
    m_active = active;
    if (!active)
        m_views.clear();
    else if (m_views.empty() && !m_subject.isNull())
        openViews();
}

void RelatedView::openViews() {
    const std::string resource = m_subject.kind.resource();
    if (resource == "deployments.apps") {
        openView("replicasets.apps");
        openView("pods");
    } else if (resource == "cronjobs.batch") {
        openView("jobs.batch");
        openView("pods");
    } else if (resource == "replicasets.apps" || resource == "statefulsets.apps" || resource == "daemonsets.apps" ||
               resource == "jobs.batch" || resource == "replicationcontrollers") {
        openView("pods");
    } else if (resource != "pods" && !m_subject.key.ns.empty()) {
        for (const char* owned : kOwnedKinds)
            openView(owned);
    }
    m_later->start();
}

void RelatedView::openView(const std::string& resource) {
    const auto open = [&](const auto& view) { return view->spec().resource == resource; };
    if (m_views.size() >= kMostViews || std::any_of(m_views.begin(), m_views.end(), open))
        return;
    fleet::ViewSpec spec;
    spec.resource = resource;
    spec.clusters = {m_subject.key.cluster};
    if (!m_subject.key.ns.empty())
        spec.namespaces = {m_subject.key.ns};
    m_views.push_back(m_fleet.openView(std::move(spec)));
    m_views.back()->onDelta([this](const fleet::ViewDelta&) { m_later->start(); });
}

bool RelatedView::isSettled() const {
    return !m_later->isActive() &&
           std::all_of(m_views.begin(), m_views.end(), [](const std::unique_ptr<fleet::View>& view) {
               const auto& parts = view->parts();
               return std::none_of(parts.begin(), parts.end(), [](const fleet::ViewPart& part) {
                   return part.phase == kube::WatchPhase::Listing && !part.error;
               });
           });
}

void RelatedView::readNodes(std::map<std::string, Node>& nodes) const {
    for (const std::unique_ptr<fleet::View>& view : m_views) {
        const kube::KindCatalogPtr catalog = m_fleet.kinds(m_subject.key.cluster);
        const kube::Kind* kind = catalog ? catalog->findResource(view->spec().resource) : nullptr;
        for (const fleet::RowId id : view->allRows()) {
            const kube::RowRef row = view->row(id);
            if (row.isNull())
                continue;
            Node node;
            node.resource = view->spec().resource;
            node.kind = kind != nullptr ? kind->kind : node.resource;
            node.ns = row.ns();
            node.name = row.name();
            node.owner = row.owner();
            node.status = statusOf(*view, row, id.cluster);
            node.state = row.state();
            nodes.emplace(row.uid().toText(), std::move(node));
        }
    }
}

void RelatedView::rebuild() {
    if (m_subject.isNull() || !m_active)
        return;
    std::map<std::string, Node> nodes;
    readNodes(nodes);
    const kube::KindCatalogPtr catalog = m_fleet.kinds(m_subject.key.cluster);
    // Upwards: what a row says of its owner names it; its own row says who owns that.
    std::vector<Node> owners;
    std::string ownerText = m_subject.owner;
    for (int depth = 0; depth < kDeepest; ++depth) {
        const OwnerRef ref = parseOwner(ownerText);
        if (ref.isNull())
            break;
        const auto known = nodes.find(ref.uid);
        if (known != nodes.end()) {
            owners.push_back(known->second);
            ownerText = known->second.owner;
            continue;
        }
        const kube::Kind* kind = catalog ? catalog->findKind(ref.apiVersion, ref.kind) : nullptr;
        Node node;
        node.resource = kind != nullptr ? kind->resource() : std::string();
        node.kind = ref.kind;
        node.ns = kind != nullptr && !kind->namespaced ? std::string() : m_subject.key.ns;
        node.name = ref.name;
        owners.push_back(node);
        if (kind != nullptr)
            openView(kind->resource());
        break;
    }
    std::multimap<std::string, std::string> owned;
    for (const auto& [uid, node] : nodes) {
        if (const OwnerRef ref = parseOwner(node.owner); !ref.isNull())
            owned.emplace(ref.uid, uid);
    }

    // Built beside and compared, so that cursor and folding stay where nothing differs.
    QString told;
    const auto tell = [&told](const Node& node) {
        told += QString::fromStdString(node.kind + '/' + node.name) + node.status + u'\n';
    };
    std::for_each(owners.begin(), owners.end(), tell);
    for (const auto& [owner, uid] : owned)
        tell(nodes.at(uid));
    if (told == m_shown && topLevelItemCount() > 0)
        return;
    m_shown = told;
    const QString current = currentItem() != nullptr ? currentItem()->text(0) : QString();
    clear();
    QTreeWidgetItem* parent = invisibleRootItem();
    for (auto owner = owners.rbegin(); owner != owners.rend(); ++owner)
        parent = append(parent, *owner);
    const std::string uid = m_subject.key.uid.toText();
    Node self;
    self.kind = m_subject.kind.kind;
    self.name = m_subject.key.name;
    if (const auto known = nodes.find(uid); known != nodes.end()) {
        self.status = known->second.status;
        self.state = known->second.state;
    }
    QTreeWidgetItem* item = append(parent, self);
    item->setFont(0, strongFont());
    appendOwned(item, uid, nodes, owned, 0);
    expandAll();
    const QList<QTreeWidgetItem*> same = findItems(current, Qt::MatchExactly | Qt::MatchRecursive);
    setCurrentItem(same.isEmpty() || current.isEmpty() ? item : same.first());
}

QTreeWidgetItem* RelatedView::append(QTreeWidgetItem* parent, const Node& node) {
    auto* item = new QTreeWidgetItem(parent);
    const QString name = QString::fromStdString(node.kind + " " + node.name);
    item->setText(0, name);
    item->setToolTip(0, name);
    item->setText(1, node.status);
    if (const Mark mark = stateMark(node.state); mark != Mark::None)
        item->setIcon(1, QIcon(markPixmap(*this, mark)));
    item->setData(0, kResourceRole, QString::fromStdString(node.resource));
    item->setData(0, kNamespaceRole, QString::fromStdString(node.ns));
    item->setData(0, kNamespaceRole + 1, QString::fromStdString(node.name));
    return item;
}

void RelatedView::appendOwned(QTreeWidgetItem* parent, const std::string& uid, const std::map<std::string, Node>& nodes,
                              const std::multimap<std::string, std::string>& owned, int depth) {
    if (depth >= kDeepest)
        return;
    const auto [first, last] = owned.equal_range(uid);
    for (auto child = first; child != last; ++child)
        appendOwned(append(parent, nodes.at(child->second)), child->second, nodes, owned, depth + 1);
}

void RelatedView::want(QTreeWidgetItem* item) {
    const QString resource = item != nullptr ? item->data(0, kResourceRole).toString() : QString();
    if (!resource.isEmpty())
        emit objectWanted(resource, item->data(0, kNamespaceRole).toString(),
                          item->data(0, kNamespaceRole + 1).toString());
}

void RelatedView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        want(currentItem());
        return;
    }
    QTreeWidget::keyPressEvent(event);
}

} // namespace ui
