// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/kube/files/folder.h"
#include "ui/files/file_source.h"

#include <QAbstractItemModel>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ui {

/// The files below one folder, each folder read when it is opened. What is read again keeps its rows: views hear only
/// of what differs.
class FileTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column : std::uint8_t { Name, Size, Modified, Mode, ColumnCount };
    enum class State : std::uint8_t { Nothing, Loading, Ready, Failed };
    enum class Side : std::uint8_t { Here, Container };
    enum class Hidden : std::uint8_t { Left, Shown };

    explicit FileTreeModel(Side side, QObject* parent = nullptr);
    ~FileTreeModel() override;

    /// Begins with nothing.
    void setSource(std::shared_ptr<FileSource> source);
    [[nodiscard]] const std::shared_ptr<FileSource>& source() const { return m_source; }
    [[nodiscard]] Side side() const { return m_side; }

    /// Reads the folder and shows it in place of what is shown now; where that fails, what was shown is gone.
    void enter(const std::string& path);
    /// Reads what is shown again.
    void refresh();
    void setHidden(Hidden hidden);
    [[nodiscard]] Hidden hidden() const { return m_hidden; }

    [[nodiscard]] State state() const { return m_state; }
    /// Of the folder shown, or being read, or not read.
    [[nodiscard]] const std::string& path() const { return m_path; }
    [[nodiscard]] const std::optional<base::Error>& error() const { return m_error; }
    /// Nothing is being read.
    [[nodiscard]] bool isSettled() const { return m_asked == 0; }

    /// Null for the folder itself, which the invalid index stands for.
    [[nodiscard]] const kube::files::FolderItem* item(const QModelIndex& index) const;
    [[nodiscard]] std::string pathOf(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const std::string& name) const; ///< In the folder itself.

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    using QObject::parent;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;
    [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::CopyAction; }
    [[nodiscard]] Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }
    [[nodiscard]] bool canDropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                                       const QModelIndex& parent) const override;
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                      const QModelIndex& parent) override;

signals:
    void stateChanged();
    /// Files of the other side were let go over `folder`.
    void dropped(const std::vector<std::string>& paths, const std::string& folder);

private:
    struct Node;

    [[nodiscard]] Node* nodeOf(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const Node* node, int column = 0) const;
    [[nodiscard]] static std::string pathOf(const Node* node);
    void ask(Node* node);
    void answered(Node* node, base::Result<kube::files::Folder> folder);
    void enterAnswered(base::Result<kube::files::Folder> folder);
    void merge(Node* node, std::vector<kube::files::FolderItem> items);
    void removeGone(Node* node, const std::vector<kube::files::FolderItem>& items);
    void insertNew(Node* node, std::vector<std::unique_ptr<Node>> nodes);
    void refreshOpen(Node* node);
    [[nodiscard]] bool isShown(const kube::files::FolderItem& item) const;
    [[nodiscard]] bool isBefore(const Node& a, const Node& b) const;
    void show(Node* node);
    void sortBelow(Node* node);
    void setState(State state);
    [[nodiscard]] std::vector<std::string> pathsIn(const QMimeData* data) const;

    const Side m_side;
    std::shared_ptr<FileSource> m_source;
    std::unique_ptr<Node> m_root;
    std::unique_ptr<FileSource::Asking> m_entering;
    State m_state = State::Nothing;
    std::string m_path;
    std::optional<base::Error> m_error;
    Hidden m_hidden = Hidden::Left;
    int m_sortColumn = Name;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    int m_asked = 0;
};

/// How a file's size, time and mode are shown.
QString fileTimeText(std::int64_t seconds);
QString fileModeText(const kube::files::FolderItem& item);
/// A name or path for people: control characters and invalid UTF-8 as \xNN.
QString fileNameText(const std::string& name);

} // namespace ui
