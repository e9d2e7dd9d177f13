// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/door.h"
#include "core/fleet/fleet.h"
#include "core/kube/files/folder.h"
#include "ui/base/table_view.h"
#include "ui/files/copy_question.h"
#include "ui/files/file_copies.h"
#include "ui/files/file_error_text.h"
#include "ui/files/file_pane.h"
#include "ui/files/file_tree_view.h"
#include "ui/files/file_viewer.h"
#include "ui/files/files_page.h"

#include <QAction>
#include <QMenu>
#include <QSplitter>

#include <algorithm>
#include <set>
#include <utility>

namespace ui {

using kube::files::Direction;
using kube::files::Folder;

namespace {

constexpr int kStripHeight = 150;

std::string nameOf(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

} // namespace

void FilesPage::copyFrom(const FilePane* pane) {
    // Behind a face lies what was there before.
    const FilePane* to = other(pane);
    if (pane->hasFace())
        return m_context.navigator.say(tr("Choose the files to copy first."));
    if (to->hasFace() || to->model().state() != FileTreeModel::State::Ready) {
        m_context.navigator.say(tr("There is no folder on the other side to copy into."));
        return;
    }
    copy(pane == m_here ? Direction::ToContainer : Direction::FromContainer, pane->chosen(), to->model().path());
}

void FilesPage::copy(Direction direction, std::vector<std::string> paths, std::string folder) {
    if (paths.empty())
        return m_context.navigator.say(tr("Choose the files to copy first."));
    if (direction == Direction::ToContainer) {
        if (const QString why = whyNotInto(); !why.isEmpty())
            return m_context.navigator.say(why);
    }
    // What is shown may be of long ago.
    const FilePane* to = direction == Direction::ToContainer ? m_there : m_here;
    m_comparing = to->model().source()->list(
        folder, [this, wish = Wish{direction, shown(), std::move(paths), folder}](base::Result<Folder> target) {
            const auto done = std::move(m_comparing);
            if (target)
                askAndCopy(wish, *target);
            else
                m_context.navigator.say(fileErrorSentence(target.error()));
            emit settledChanged();
        });
    emit settledChanged();
}

void FilesPage::askAndCopy(const Wish& wish, const Folder& target) {
    std::set<std::string> there;
    for (const kube::files::FolderItem& item : target.items)
        there.insert(item.name);
    CopyQuestion::Subject subject;
    subject.count = static_cast<int>(wish.paths.size());
    subject.folder = fileNameText(wish.folder);
    Wish others = wish;
    others.paths.clear();
    for (const std::string& path : wish.paths) {
        if (there.contains(nameOf(path)))
            subject.there.append(fileNameText(nameOf(path)));
        else
            others.paths.push_back(path);
    }
    const fleet::ClusterInfo& cluster = m_context.fleet.cluster(wish.whose.cluster);
    if (wish.direction == Direction::ToContainer && cluster.isProtected)
        subject.protectedName = QString::fromStdString(cluster.name);
    if (subject.there.isEmpty() && subject.protectedName.isEmpty())
        return start(wish, {});
    auto* question = new CopyQuestion(subject, this);
    connect(question, &CopyQuestion::chosen, this,
            [this, wish, others](CopyQuestion::Existing existing, const QStringList& names) {
                std::vector<std::string> confirmed;
                for (const QString& name : names)
                    confirmed.push_back(name.toStdString());
                start(existing == CopyQuestion::Existing::Replaced ? wish : others, confirmed);
            });
    question->open();
}

void FilesPage::start(const Wish& wish, const std::vector<std::string>& confirmed) {
    const bool isUpload = wish.direction == Direction::ToContainer;
    for (const std::string& path : wish.paths) {
        kube::files::CopySpec spec;
        spec.container = {nullptr, wish.whose.ns, wish.whose.pod, wish.whose.container};
        spec.direction = wish.direction;
        // A folder's contents go into the folder that is named, on this machine; in a container it goes as a whole.
        spec.local = isUpload ? path : kube::files::joined(wish.folder, nameOf(path));
        spec.remote = isUpload ? wish.folder : path;
        m_copies->add(wish.whose.cluster, std::move(spec), confirmed);
    }
}

void FilesPage::copyEnded(Direction direction) {
    (direction == Direction::ToContainer ? m_there : m_here)->model().refresh();
}

void FilesPage::readCopies() {
    const bool wasHidden = m_strip->isHidden();
    const int count = m_copies->model().rowCount();
    m_strip->setVisible(count > 0);
    if (wasHidden && count > 0)
        m_rows->setSizes({m_rows->height() - kStripHeight, kStripHeight});
    if (count > 0 && !m_copyTable->currentIndex().isValid())
        m_copyTable->selectRow(0);
    const QModelIndex at = m_copyTable->currentIndex();
    const FileCopyRow* row = at.isValid() && at.row() < count ? &m_copies->model().rowAt(at.row()) : nullptr;
    m_cancel->setEnabled(row && !row->isOver());
    m_again->setEnabled(row && row->isOver());
    m_clear->setEnabled(m_copies->pending() < count);
    emit headingChanged();
}

void FilesPage::viewFile(FilePane* pane, const std::string& path) {
    if (!pane->model().source())
        return;
    m_viewing = pane->model().source()->read(path, kMostViewed, [this, path](base::Result<std::string> bytes) {
        const auto done = std::move(m_viewing);
        if (bytes)
            viewText(this, fileNameText(path), *bytes);
        else
            m_context.navigator.say(fileErrorSentence(bytes.error()));
    });
}

void FilesPage::showMenu(FilePane* pane, const QPoint& at) {
    m_active = pane;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction* action : {m_copy, m_view, m_hidden})
        menu->addAction(action);
    menu->popup(at);
}

void FilesPage::showCopyMenu(const QPoint& at) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction* action : {m_cancel, m_again, m_clear})
        menu->addAction(action);
    menu->popup(m_copyTable->viewport()->mapToGlobal(at));
}

} // namespace ui
