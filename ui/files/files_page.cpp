// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/files_page.h"

#include "core/change/door.h"
#include "core/fleet/fleet.h"
#include "core/kube/kind.h"
#include "ui/base/table_view.h"
#include "ui/base/theme.h"
#include "ui/files/file_copies.h"
#include "ui/files/file_error_text.h"
#include "ui/files/file_pane.h"
#include "ui/files/file_tree_view.h"
#include "ui/shell/action_registry.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace ui {

FilesPage::FilesPage(const PageContext& context, QWidget* parent)
    : Page(parent)
    , m_context(context) {
    setObjectName(QStringLiteral("filesPage"));
    m_copies = new FileCopies(m_context.fleet, m_context.door, this);
    build();
    addActions();
    wire(m_here);
    wire(m_there);
    m_here->model().setSource(localFiles(m_context.door.home()));
    m_here->model().enter(QFile::encodeName(QDir::homePath()).toStdString());
    m_there->setFace(tr("No container is chosen"),
                     tr("Choose a pod in the Browser and press F for the files of its containers."), {}, {});
    connect(m_copies, &FileCopies::changed, this, &FilesPage::readCopies);
    connect(m_copies, &FileCopies::ended, this, [this](const FileCopyRow& row) { copyEnded(row.spec.direction); });
    m_noticed = m_context.fleet.onNotice([this](const fleet::FleetNotice&) { readCluster(); });
    readCopies();
}

FilesPage::~FilesPage() = default;

void FilesPage::build() {
    m_here = new FilePane(FileTreeModel::Side::Here, tr("This machine"), this);
    m_here->setObjectName(QStringLiteral("filesHere"));
    m_here->view().setObjectName(QStringLiteral("filesHereTree"));
    m_here->setCopyButton(tr("Copy to the container"), tr("Copies what is chosen into the container's folder (F5)"));
    m_here->copyButton().setObjectName(QStringLiteral("filesUpload"));
    m_here->head().addStretch(1);
    m_there = new FilePane(FileTreeModel::Side::Container, tr("Container"), this);
    m_there->setObjectName(QStringLiteral("filesThere"));
    m_there->view().setObjectName(QStringLiteral("filesThereTree"));
    m_there->setCopyButton(tr("Copy to this machine"), tr("Copies what is chosen into this machine's folder (F5)"));
    m_there->copyButton().setObjectName(QStringLiteral("filesDownload"));
    m_containers = new QComboBox(m_there);
    m_containers->setObjectName(QStringLiteral("filesContainers"));
    m_containers->setAccessibleName(tr("Container"));
    m_containers->setToolTip(tr("The container whose files are shown"));
    m_containers->hide();
    m_protected = new QLabel(m_there);
    m_protected->setObjectName(QStringLiteral("filesProtected"));
    m_protected->setProperty("ink", QStringLiteral("attention"));
    m_protected->setFont(strongFont());
    m_there->head().addWidget(m_containers);
    m_there->head().addStretch(1);
    m_there->head().addWidget(m_protected);
    auto* sides = new QSplitter(Qt::Horizontal, this);
    sides->setChildrenCollapsible(false);
    sides->setHandleWidth(8);
    sides->addWidget(m_here);
    sides->addWidget(m_there);
    sides->setSizes({1000, 1000});
    m_rows = new QSplitter(Qt::Vertical, this);
    m_rows->setChildrenCollapsible(false);
    m_rows->setHandleWidth(8);
    m_rows->addWidget(sides);
    m_rows->addWidget(makeStrip());
    m_rows->setStretchFactor(0, 1);
    m_rows->setStretchFactor(1, 0);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_rows);
    m_active = m_there;
    connect(m_containers, &QComboBox::activated, this, [this](int index) {
        const std::string chosen = m_containers->itemText(index).toStdString();
        if (chosen != m_container) {
            m_container = chosen;
            openContainer();
        }
    });
}

QWidget* FilesPage::makeStrip() {
    auto* strip = new QFrame(m_rows);
    strip->setProperty("panel", true);
    m_copyTable = new TableView(strip);
    m_copyTable->setObjectName(QStringLiteral("fileCopyTable"));
    m_copyTable->setAccessibleName(tr("Copies"));
    m_copyTable->setModel(&m_copies->model());
    std::vector<TableView::Room> rooms;
    const std::array<int, 6> shares = {2, 4, 1, 0, 0, 4};
    for (std::size_t i = 0; i < shares.size(); ++i)
        rooms.push_back({m_copies->model().columns()[i].width, shares[i]});
    m_copyTable->setRooms(std::move(rooms));
    auto* layout = new QVBoxLayout(strip);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->addWidget(m_copyTable);
    strip->hide();
    m_strip = strip;
    connect(m_copyTable, &QWidget::customContextMenuRequested, this, &FilesPage::showCopyMenu);
    connect(m_copyTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &FilesPage::readCopies);
    return strip;
}

void FilesPage::addActions() {
    const auto add = [this](const char* id, const QString& text, const QString& help, const QKeySequence& key,
                            auto run) {
        ActionSpec spec;
        spec.id = QLatin1String("files.") + QLatin1String(id);
        spec.text = text;
        spec.help = help;
        if (!key.isEmpty())
            spec.shortcuts = {key};
        return m_context.actions.add(this, spec, run);
    };
    m_view = add("view", tr("View"), tr("The first megabyte of a file as text"), Qt::Key_F3, [this] {
        FilePane* pane = active();
        const QModelIndex at = pane->view().currentIndex().siblingAtColumn(FileTreeModel::Name);
        const kube::files::FolderItem* item = pane->model().item(at);
        if (item != nullptr && !item->isFolder())
            viewFile(pane, pane->model().pathOf(at));
    });
    m_copy = add("copy", tr("Copy to the other side"), tr("Copies what is chosen into the folder on the other side"),
                 Qt::Key_F5, [this] { copyFrom(active()); });
    QAction* refresh = add("refresh", tr("Read again"), tr("Reads the folders of both sides again"),
                           QKeySequence(Qt::CTRL | Qt::Key_R), [this] {
                               m_here->model().refresh();
                               m_there->model().refresh();
                           });
    m_hidden = add("hidden", tr("Hidden files"), tr("Shows files whose names begin with a dot, too"),
                   QKeySequence(Qt::CTRL | Qt::Key_H), [this] {
                       const auto hidden =
                           m_hidden->isChecked() ? FileTreeModel::Hidden::Shown : FileTreeModel::Hidden::Left;
                       m_here->model().setHidden(hidden);
                       m_there->model().setHidden(hidden);
                   });
    m_hidden->setCheckable(true);
    add("path", tr("Go to a path"), tr("Edits the path of the side that has the keyboard"),
        QKeySequence(Qt::CTRL | Qt::Key_G), [this] { active()->editPath(); });
    add("up", tr("To the folder above"), {}, QKeySequence(Qt::ALT | Qt::Key_Up), [this] { active()->goUp(); });
    add("side", tr("To the other side"), {}, Qt::Key_F6,
        [this] { other(active())->setFocus(Qt::ShortcutFocusReason); });
    const auto withCopy = [this](const auto& what) {
        const QModelIndex at = m_copyTable->currentIndex();
        if (at.isValid())
            what(m_copies->model().rowAt(at.row()).id);
    };
    m_cancel = add("cancel", tr("Cancel copy"), tr("Ends the copy; what has arrived whole stays"),
                   QKeySequence(Qt::Key_Delete),
                   [this, withCopy] { withCopy([this](std::uint64_t id) { m_copies->cancel(id); }); });
    m_again = add("again", tr("Copy again"), tr("Sends what has not arrived yet"), {},
                  [this, withCopy] { withCopy([this](std::uint64_t id) { m_copies->startAgain(id); }); });
    m_clear = add("clear", tr("Clear the list of copies"), tr("Forgets the copies that are over"), {},
                  [this] { m_copies->clear(); });
    m_headActions = {m_copy, m_view, refresh, m_hidden};
}

void FilesPage::wire(FilePane* pane) {
    connect(pane, &FilePane::copyAsked, this, [this, pane] { copyFrom(pane); });
    connect(pane, &FilePane::fileOpened, this, [this, pane](const std::string& path) { viewFile(pane, path); });
    connect(pane, &FilePane::menuAsked, this, [this, pane](const QPoint& at) { showMenu(pane, at); });
    connect(pane, &FilePane::choiceChanged, this, &FilesPage::readCluster);
    connect(&pane->model(), &FileTreeModel::stateChanged, this, &Page::settledChanged);
    connect(&pane->model(), &FileTreeModel::dropped, this,
            [this, pane](const std::vector<std::string>& paths, const std::string& folder) {
                copy(pane == m_there ? kube::files::Direction::ToContainer : kube::files::Direction::FromContainer,
                     paths, folder);
            });
}

FilePane* FilesPage::active() const {
    const QWidget* focus = QApplication::focusWidget();
    for (FilePane* pane : {m_here, m_there}) {
        if (focus && pane->isAncestorOf(focus))
            return pane;
    }
    return m_active;
}

FilePane* FilesPage::other(const FilePane* pane) const {
    return pane == m_here ? m_there : m_here;
}

QString FilesPage::title() const {
    if (!m_subject)
        return tr("Files");
    return QString::fromStdString(m_subject->ns + "/" + m_subject->pod);
}

QString FilesPage::subtitle() const {
    if (!m_subject)
        return {};
    const QString cluster = QString::fromStdString(m_context.fleet.cluster(m_subject->cluster).name);
    if (m_container.empty())
        return cluster;
    return tr("%1, container %2", "a cluster, a container").arg(cluster, QString::fromStdString(m_container));
}

QString FilesPage::tabTitle() const {
    return m_subject ? QString::fromStdString(m_subject->pod) : title();
}

int FilesPage::tabHue() const {
    return m_subject ? m_context.fleet.cluster(m_subject->cluster).hue : -1;
}

bool FilesPage::isAbout(const PageTarget& target) const {
    return m_subject && target.files && target.files->cluster == m_subject->cluster &&
           target.files->ns == m_subject->ns && target.files->pod == m_subject->pod;
}

QString FilesPage::unsaved() const {
    const int pending = m_copies->pending();
    return pending == 0 ? QString() : tr("%n copies are under way, and would be cut.", nullptr, pending);
}

void FilesPage::show(const PageTarget& target) {
    if (!target.files || (m_subject && isAbout(target)))
        return;
    m_subject = target.files;
    m_container = m_subject->container;
    readPod();
    emit headingChanged();
}

void FilesPage::focusMain() {
    m_there->setFocus(Qt::OtherFocusReason);
}

bool FilesPage::isSettled() const {
    return !m_isLooking && !m_comparing && m_here->model().isSettled() && m_there->model().isSettled();
}

FilesSubject FilesPage::shown() const {
    return {m_subject->cluster, m_subject->ns, m_subject->pod, m_container};
}

void FilesPage::readPod() {
    m_there->setFace(tr("Looks for the pod's containers…"), {}, {}, {});
    m_isLooking = true;
    const kube::KindCatalogPtr kinds = m_context.fleet.kinds(m_subject->cluster);
    const kube::Kind* pods = kinds ? kinds->findResource("pods") : nullptr;
    if (pods == nullptr || !m_context.fleet.transport(m_subject->cluster)) {
        base::Error error;
        error.code = base::ErrorCode::Unreachable;
        return fail(error);
    }
    m_asked = m_context.fleet.fetch(m_subject->cluster, *pods, m_subject->ns, m_subject->pod,
                                    [this](base::Result<fleet::FullObject> pod) {
                                        if (pod)
                                            podRead(pod->json);
                                        else
                                            fail(pod.error());
                                    });
    readCluster();
    emit settledChanged();
}

void FilesPage::podRead(const std::string& json) {
    auto shells = kube::podShellsOf(json);
    if (!shells)
        return fail(shells.error());
    m_shells = *std::move(shells);
    const auto& all = m_shells.containers;
    if (std::find(all.begin(), all.end(), m_container) == all.end())
        m_container = m_shells.preset;
    const QSignalBlocker quiet(m_containers);
    m_containers->clear();
    for (const std::string& container : all)
        m_containers->addItem(QString::fromStdString(container));
    m_containers->setCurrentText(QString::fromStdString(m_container));
    m_containers->setVisible(m_containers->count() > 0);
    m_containers->setEnabled(m_containers->count() > 1);
    openContainer();
}

void FilesPage::openContainer() {
    m_isLooking = false;
    m_there->model().setSource(containerFiles(m_context.door.home(), [&fleet = m_context.fleet, whose = shown()] {
        return kube::files::RemoteShell::Container{fleet.transport(whose.cluster), whose.ns, whose.pod,
                                                   whose.container};
    }));
    m_there->clearFace();
    m_there->model().enter({});
    readCluster();
    emit headingChanged();
}

void FilesPage::fail(const base::Error& error) {
    m_isLooking = false;
    m_there->setFace(fileErrorSentence(error), fileErrorAdvice(error), tr("Try again"), [this] { readPod(); });
    readCluster();
    emit settledChanged();
}

QString FilesPage::whyNotInto() const {
    if (!m_subject)
        return tr("No container is chosen");
    const fleet::ClusterInfo& cluster = m_context.fleet.cluster(m_subject->cluster);
    if (cluster.isReadOnly)
        return tr("%1 is read-only here: nothing is written into its containers", "%1 is a cluster")
            .arg(QString::fromStdString(cluster.name));
    return {};
}

void FilesPage::readCluster() {
    if (FilePane* now = active(); now->isAncestorOf(QApplication::focusWidget()))
        m_active = now;
    if (!m_subject) {
        m_protected->hide();
        m_here->copyButton().setEnabled(false);
        return;
    }
    const fleet::ClusterInfo& cluster = m_context.fleet.cluster(m_subject->cluster);
    m_protected->setVisible(cluster.isProtected || cluster.isReadOnly);
    m_protected->setText(cluster.isReadOnly ? tr("read-only cluster") : tr("protected cluster"));
    m_there->setHue(cluster.hue);
    const auto isReady = [](const FilePane* pane) {
        return !pane->hasFace() && pane->model().state() == FileTreeModel::State::Ready;
    };
    const bool both = isReady(m_here) && isReady(m_there);
    const QString why = whyNotInto();
    m_here->setCopyButton(tr("Copy to the container"),
                          why.isEmpty() ? tr("Copies what is chosen into the container's folder (F5)") : why);
    m_here->copyButton().setEnabled(both && why.isEmpty() && !m_here->chosen().empty());
    m_there->copyButton().setEnabled(both && !m_there->chosen().empty());
}

} // namespace ui
