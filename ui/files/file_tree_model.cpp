// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/file_tree_model.h"

#include "ui/files/file_tree_node.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace ui {

using kube::files::Folder;
using kube::files::FolderItem;

FileTreeModel::FileTreeModel(Side side, QObject* parent)
    : QAbstractItemModel(parent)
    , m_side(side)
    , m_root(std::make_unique<Node>()) {}

FileTreeModel::~FileTreeModel() = default;

void FileTreeModel::setState(State state) {
    m_state = state;
    emit stateChanged();
}

void FileTreeModel::setSource(std::shared_ptr<FileSource> source) {
    beginResetModel();
    m_entering.reset();
    m_root = std::make_unique<Node>();
    m_source = std::move(source);
    m_path.clear();
    m_error.reset();
    m_asked = 0;
    endResetModel();
    setState(State::Nothing);
}

void FileTreeModel::enter(const std::string& path) {
    if (!m_source)
        return;
    if (!m_entering)
        ++m_asked;
    m_path = path;
    m_entering = m_source->list(path, [this](base::Result<Folder> folder) { enterAnswered(std::move(folder)); });
    setState(State::Loading);
}

void FileTreeModel::enterAnswered(base::Result<Folder> folder) {
    const auto done = std::move(m_entering);
    beginResetModel();
    m_root = std::make_unique<Node>();
    m_asked = 0;
    m_error.reset();
    if (folder) {
        m_path = folder->path;
        m_root->item.name = m_path;
        m_root->children = Node::Children::Known;
        for (FolderItem& item : folder->items) {
            auto node = std::make_unique<Node>();
            node->text = fileNameText(item.name);
            node->item = std::move(item);
            node->parent = m_root.get();
            m_root->all.push_back(std::move(node));
        }
        show(m_root.get());
    } else {
        m_error = std::move(folder.error());
    }
    endResetModel();
    setState(m_error ? State::Failed : State::Ready);
}

void FileTreeModel::refresh() {
    if (m_state == State::Failed)
        return enter(m_path);
    if (m_state != State::Ready)
        return;
    ask(m_root.get());
    refreshOpen(m_root.get());
    emit stateChanged();
}

void FileTreeModel::refreshOpen(Node* node) {
    for (const auto& child : node->all) {
        if (child->children == Node::Children::Known) {
            ask(child.get());
            refreshOpen(child.get());
        } else if (child->children == Node::Children::Failed) {
            child->children = Node::Children::Unknown;
        }
    }
}

void FileTreeModel::ask(Node* node) {
    if (!node->asking)
        ++m_asked;
    node->asking =
        m_source->list(pathOf(node), [this, node](base::Result<Folder> folder) { answered(node, std::move(folder)); });
}

void FileTreeModel::answered(Node* node, base::Result<Folder> folder) {
    const auto done = std::move(node->asking);
    --m_asked;
    if (folder) {
        node->children = Node::Children::Known;
        node->why.clear();
        merge(node, std::move(folder->items));
    } else if (node == m_root.get()) {
        enterAnswered(base::fail(std::move(folder.error())));
        return;
    } else {
        merge(node, {});
        node->children = Node::Children::Failed;
        node->why = QString::fromStdString(folder.error().message);
    }
    if (node != m_root.get()) {
        const QModelIndex changed = indexOf(node);
        if (changed.isValid())
            emit dataChanged(changed, changed.siblingAtColumn(ColumnCount - 1));
    }
    emit stateChanged();
}

bool FileTreeModel::isShown(const FolderItem& item) const {
    return m_hidden == Hidden::Shown || !item.name.starts_with('.');
}

bool FileTreeModel::isBefore(const Node& a, const Node& b) const {
    if (a.item.isFolder() != b.item.isFolder())
        return a.item.isFolder();
    const bool isUp = m_sortOrder == Qt::AscendingOrder;
    const auto differ = [isUp](const auto& one, const auto& other) { return isUp ? one < other : other < one; };
    if (m_sortColumn == Size && a.item.size != b.item.size)
        return differ(a.item.size, b.item.size);
    if (m_sortColumn == Modified && a.item.mtime != b.item.mtime)
        return differ(a.item.mtime, b.item.mtime);
    if (m_sortColumn == Mode && a.item.mode != b.item.mode)
        return differ(a.item.mode, b.item.mode);
    const int names = QString::compare(a.text, b.text, Qt::CaseInsensitive);
    if (names != 0)
        return isUp ? names < 0 : names > 0;
    return differ(a.item.name, b.item.name);
}

/// What of its children is seen, and in which order. No view hears of it.
void FileTreeModel::show(Node* node) {
    node->shown.clear();
    for (const auto& child : node->all) {
        if (isShown(child->item))
            node->shown.push_back(child.get());
    }
    std::sort(node->shown.begin(), node->shown.end(),
              [this](const Node* a, const Node* b) { return isBefore(*a, *b); });
    for (std::size_t i = 0; i < node->shown.size(); ++i)
        node->shown[i]->row = static_cast<int>(i);
}

void FileTreeModel::removeGone(Node* node, const std::vector<FolderItem>& items) {
    std::set<std::string_view> there;
    for (const FolderItem& item : items)
        there.insert(item.name);
    const auto isGone = [&there](const Node* child) { return !there.contains(child->item.name); };
    for (std::size_t end = node->shown.size(); end > 0;) {
        if (!isGone(node->shown[end - 1])) {
            --end;
            continue;
        }
        std::size_t begin = end - 1;
        while (begin > 0 && isGone(node->shown[begin - 1]))
            --begin;
        beginRemoveRows(indexOf(node), static_cast<int>(begin), static_cast<int>(end) - 1);
        node->shown.erase(node->shown.begin() + static_cast<std::ptrdiff_t>(begin),
                          node->shown.begin() + static_cast<std::ptrdiff_t>(end));
        for (std::size_t i = begin; i < node->shown.size(); ++i)
            node->shown[i]->row = static_cast<int>(i);
        endRemoveRows();
        end = begin;
    }
    const auto pending = [](const Node* child, const auto& self) -> int {
        int count = child->asking ? 1 : 0;
        for (const auto& below : child->all)
            count += self(below.get(), self);
        return count;
    };
    std::erase_if(node->all, [&](const std::unique_ptr<Node>& child) {
        if (!isGone(child.get()))
            return false;
        m_asked -= pending(child.get(), pending);
        return true;
    });
}

void FileTreeModel::insertNew(Node* node, std::vector<std::unique_ptr<Node>> nodes) {
    std::sort(nodes.begin(), nodes.end(), [this](const auto& a, const auto& b) { return isBefore(*a, *b); });
    for (std::size_t from = 0; from < nodes.size();) {
        if (!isShown(nodes[from]->item)) {
            node->all.push_back(std::move(nodes[from++]));
            continue;
        }
        const auto at = std::lower_bound(node->shown.begin(), node->shown.end(), nodes[from].get(),
                                         [this](const Node* a, const Node* b) { return isBefore(*a, *b); });
        // As many as stand side by side come at once.
        std::vector<Node*> run;
        const Node* const next = at == node->shown.end() ? nullptr : *at;
        std::size_t end = from;
        while (end < nodes.size() && isShown(nodes[end]->item) && (!next || isBefore(*nodes[end], *next)))
            run.push_back(nodes[end++].get());
        const auto first = at - node->shown.begin();
        beginInsertRows(indexOf(node), static_cast<int>(first),
                        static_cast<int>(first) + static_cast<int>(run.size()) - 1);
        node->shown.insert(at, run.begin(), run.end());
        for (std::size_t i = from; i < end; ++i)
            node->all.push_back(std::move(nodes[i]));
        for (auto i = static_cast<std::size_t>(first); i < node->shown.size(); ++i)
            node->shown[i]->row = static_cast<int>(i);
        endInsertRows();
        from = end;
    }
}

void FileTreeModel::merge(Node* node, std::vector<FolderItem> items) {
    // Another kind of thing under an old name is another thing.
    std::unordered_map<std::string, Node*> known;
    for (const auto& child : node->all)
        known.emplace(child->item.name, child.get());
    std::vector<FolderItem> staying;
    for (const FolderItem& item : items) {
        const auto at = known.find(item.name);
        if (at != known.end() && at->second->item.isFolder() == item.isFolder())
            staying.push_back(item);
    }
    removeGone(node, staying);
    known.clear();
    for (const auto& child : node->all)
        known.emplace(child->item.name, child.get());
    std::vector<std::unique_ptr<Node>> added;
    bool hasChanged = false;
    for (FolderItem& item : items) {
        const auto at = known.find(item.name);
        if (at != known.end()) {
            hasChanged = hasChanged || !(at->second->item == item);
            at->second->item = std::move(item);
            continue;
        }
        auto fresh = std::make_unique<Node>();
        fresh->text = fileNameText(item.name);
        fresh->item = std::move(item);
        fresh->parent = node;
        added.push_back(std::move(fresh));
    }
    if (hasChanged && !node->shown.empty()) {
        const QModelIndex parent = indexOf(node);
        emit dataChanged(index(0, 0, parent), index(static_cast<int>(node->shown.size()) - 1, ColumnCount - 1, parent));
        emit layoutAboutToBeChanged({parent}, VerticalSortHint);
        sortBelow(node);
        emit layoutChanged({parent}, VerticalSortHint);
    }
    insertNew(node, std::move(added));
}

/// Between layoutAboutToBeChanged and layoutChanged: takes the persistent indexes along.
void FileTreeModel::sortBelow(Node* node) {
    const std::vector<Node*> before = node->shown;
    show(node);
    const QModelIndexList held = persistentIndexList();
    for (const QModelIndex& old : held) {
        const auto* child = static_cast<const Node*>(old.internalPointer());
        if (child->parent == node)
            changePersistentIndex(old, createIndex(child->row, old.column(), child));
    }
}

void FileTreeModel::sort(int column, Qt::SortOrder order) {
    m_sortColumn = column < 0 ? int(Name) : column;
    m_sortOrder = order;
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const auto sortAll = [this](Node* node, const auto& self) -> void {
        show(node);
        for (const auto& child : node->all)
            self(child.get(), self);
    };
    sortAll(m_root.get(), sortAll);
    const QModelIndexList held = persistentIndexList();
    for (const QModelIndex& old : held) {
        const auto* child = static_cast<const Node*>(old.internalPointer());
        changePersistentIndex(old, createIndex(child->row, old.column(), child));
    }
    emit layoutChanged({}, VerticalSortHint);
}

void FileTreeModel::setHidden(Hidden hidden) {
    if (hidden == m_hidden)
        return;
    beginResetModel();
    m_hidden = hidden;
    const auto showAll = [this](Node* node, const auto& self) -> void {
        show(node);
        for (const auto& child : node->all)
            self(child.get(), self);
    };
    showAll(m_root.get(), showAll);
    endResetModel();
    emit stateChanged();
}

FileTreeModel::Node* FileTreeModel::nodeOf(const QModelIndex& index) const {
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : m_root.get();
}

QModelIndex FileTreeModel::indexOf(const Node* node, int column) const {
    return node == m_root.get() ? QModelIndex() : createIndex(node->row, column, node);
}

std::string FileTreeModel::pathOf(const Node* node) {
    return node->parent == nullptr ? node->item.name : kube::files::joined(pathOf(node->parent), node->item.name);
}

const FolderItem* FileTreeModel::item(const QModelIndex& index) const {
    return index.isValid() ? &nodeOf(index)->item : nullptr;
}

std::string FileTreeModel::pathOf(const QModelIndex& index) const {
    return pathOf(nodeOf(index));
}

QModelIndex FileTreeModel::indexOf(const std::string& name) const {
    for (const Node* child : m_root->shown) {
        if (child->item.name == name)
            return indexOf(child);
    }
    return {};
}

QModelIndex FileTreeModel::index(int row, int column, const QModelIndex& parent) const {
    if (row < 0 || column < 0 || column >= ColumnCount || row >= rowCount(parent))
        return {};
    return createIndex(row, column, nodeOf(parent)->shown[static_cast<std::size_t>(row)]);
}

QModelIndex FileTreeModel::parent(const QModelIndex& child) const {
    if (!child.isValid())
        return {};
    return indexOf(nodeOf(child)->parent);
}

int FileTreeModel::rowCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->shown.size());
}

int FileTreeModel::columnCount(const QModelIndex& /*parent*/) const {
    return ColumnCount;
}

bool FileTreeModel::hasChildren(const QModelIndex& parent) const {
    if (parent.column() > 0)
        return false;
    const Node* node = nodeOf(parent);
    return !node->shown.empty() || (node->parent != nullptr && node->item.isFolder() &&
                                    (node->children == Node::Children::Unknown || node->asking));
}

bool FileTreeModel::canFetchMore(const QModelIndex& parent) const {
    return parent.isValid() && parent.column() == 0 && m_source && nodeOf(parent)->item.isFolder() &&
           nodeOf(parent)->children == Node::Children::Unknown;
}

void FileTreeModel::fetchMore(const QModelIndex& parent) {
    if (!canFetchMore(parent))
        return;
    Node* node = nodeOf(parent);
    node->children = Node::Children::Asked;
    ask(node);
    emit dataChanged(parent, parent.siblingAtColumn(ColumnCount - 1));
    emit stateChanged();
}

} // namespace ui
