// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/cell.h"
#include "ui/base/format.h"
#include "ui/files/file_tree_model.h"
#include "ui/files/file_tree_node.h"

#include <QDateTime>
#include <QFile>
#include <QMimeData>
#include <QUrl>

#include <utility>

namespace ui {

using kube::files::EntryKind;
using kube::files::FolderItem;

namespace {

/// Paths as bytes, a NUL behind each, "here" or "container" in front.
constexpr QLatin1String kPaths("application/x-quarterdeck-files");

QByteArray sideName(FileTreeModel::Side side) {
    return side == FileTreeModel::Side::Here ? QByteArrayLiteral("here") : QByteArrayLiteral("container");
}

} // namespace

QString fileNameText(const std::string& name) {
    return QString::fromStdString(kube::files::shown(name));
}

QString fileTimeText(std::int64_t seconds) {
    return QDateTime::fromSecsSinceEpoch(seconds).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
}

QString fileModeText(const FolderItem& item) {
    if (!item.mode)
        return {};
    QString text = QStringLiteral("rwxrwxrwx");
    for (int i = 0; i < 9; ++i) {
        if ((*item.mode & (0400U >> i)) == 0)
            text[i] = u'-';
    }
    const auto mark = [&](std::uint32_t bit, int at, QChar with, QChar without) {
        if ((*item.mode & bit) != 0)
            text[at] = text[at] == u'x' ? with : without;
    };
    mark(04000, 2, u's', u'S');
    mark(02000, 5, u's', u'S');
    mark(01000, 8, u't', u'T');
    return text;
}

QVariant FileTreeModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const Node& node = *nodeOf(index);
    const FolderItem& item = node.item;
    Cell cell;
    switch (index.column()) {
    case Name:
        cell.text = node.text;
        cell.elide = CellElide::Middle;
        if (item.kind == EntryKind::Link)
            cell.unit = QStringLiteral("\u2192 ") + fileNameText(item.link);
        if (node.asking && item.isFolder())
            cell.chip = tr("being read", "a folder");
        if (node.children == Node::Children::Failed)
            cell.chip = tr("cannot be read", "a folder");
        break;
    case Size:
        cell.align = CellAlign::Right;
        if (item.size && item.kind == EntryKind::File) {
            const Measured size = bytesText(static_cast<std::int64_t>(*item.size));
            cell.text = size.number;
            cell.unit = size.unit;
        }
        break;
    case Modified:
        if (item.mtime)
            cell.text = fileTimeText(*item.mtime);
        cell.ink = Ink::Muted;
        break;
    case Mode:
        cell.text = fileModeText(item);
        cell.ink = Ink::Muted;
        cell.face = CellFace::Mono;
        break;
    default:
        break;
    }
    if (role == CellRole)
        return QVariant::fromValue(cell);
    if (role == Qt::DisplayRole)
        return index.column() == Size && !cell.unit.isEmpty() ? cell.text + QChar(u' ') + cell.unit : cell.text;
    if (role == Qt::ToolTipRole && index.column() == Name)
        return node.children == Node::Children::Failed ? node.why
               : item.kind == EntryKind::Link          ? node.text + QChar(u' ') + cell.unit
                                                       : QString();
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (index.column() == Size ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

QVariant FileTreeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (section == Size ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Size:
        return tr("Size");
    case Modified:
        return tr("Modified", "when a file was changed last");
    case Mode:
        return tr("Mode", "rwxr-xr-x");
    default:
        return {};
    }
}

Qt::ItemFlags FileTreeModel::flags(const QModelIndex& index) const {
    if (!index.isValid())
        return Qt::ItemIsDropEnabled;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled;
    if (nodeOf(index)->item.isFolder())
        flags |= Qt::ItemIsDropEnabled;
    return flags;
}

QStringList FileTreeModel::mimeTypes() const {
    QStringList types{kPaths};
    if (m_side == Side::Container)
        types.append(QStringLiteral("text/uri-list"));
    return types;
}

QMimeData* FileTreeModel::mimeData(const QModelIndexList& indexes) const {
    QByteArray paths = sideName(m_side) + '\0';
    QList<QUrl> urls;
    for (const QModelIndex& index : indexes) {
        if (index.column() != Name)
            continue;
        const std::string path = pathOf(index);
        paths.append(path.data(), static_cast<qsizetype>(path.size()));
        paths.append('\0');
        urls.append(QUrl::fromLocalFile(QFile::decodeName(QByteArray::fromStdString(path))));
    }
    auto* data = new QMimeData;
    data->setData(kPaths, paths);
    if (m_side == Side::Here)
        data->setUrls(urls);
    return data;
}

std::vector<std::string> FileTreeModel::pathsIn(const QMimeData* data) const {
    std::vector<std::string> paths;
    if (data->hasFormat(kPaths)) {
        QList<QByteArray> parts = data->data(kPaths).split('\0');
        if (parts.size() < 2 || parts.takeFirst() == sideName(m_side))
            return {};
        parts.removeLast();
        for (const QByteArray& part : std::as_const(parts))
            paths.push_back(part.toStdString());
    } else if (m_side == Side::Container) {
        const QList<QUrl> urls = data->urls();
        for (const QUrl& url : urls) {
            if (url.isLocalFile())
                paths.push_back(QFile::encodeName(url.toLocalFile()).toStdString());
        }
    }
    return paths;
}

bool FileTreeModel::canDropMimeData(const QMimeData* data, Qt::DropAction action, int /*row*/, int /*column*/,
                                    const QModelIndex& /*parent*/) const {
    return action == Qt::CopyAction && m_state == State::Ready && !pathsIn(data).empty();
}

bool FileTreeModel::dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                                 const QModelIndex& parent) {
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    // Over a file: beside it.
    QModelIndex folder = parent.siblingAtColumn(Name);
    if (folder.isValid() && !nodeOf(folder)->item.isFolder())
        folder = folder.parent();
    emit dropped(pathsIn(data), pathOf(folder));
    return false; // nothing moves away where it came from
}

} // namespace ui
