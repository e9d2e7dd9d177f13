// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/files/file_tree_model.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <vector>

namespace ui {

struct FileTreeModel::Node {
    enum class Children : std::uint8_t { Unknown, Asked, Known, Failed };

    kube::files::FolderItem item; ///< Of the root nothing but the name: its path.
    QString text;                 ///< The name as it is shown.
    Node* parent = nullptr;
    int row = 0; ///< Among the parent's shown ones.
    Children children = Children::Unknown;
    std::vector<std::unique_ptr<Node>> all = {};
    std::vector<Node*> shown = {}; ///< Sorted.
    std::unique_ptr<FileSource::Asking> asking = {};
    QString why = {}; ///< Failed.
};

} // namespace ui
