// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/file_pane.h"

#include "ui/base/elided_label.h"
#include "ui/base/format.h"
#include "ui/base/theme.h"
#include "ui/files/file_error_text.h"
#include "ui/files/file_tree_view.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <filesystem>
#include <utility>

namespace ui {

using kube::files::FolderItem;

FilePane::FilePane(FileTreeModel::Side side, const QString& name, QWidget* parent)
    : QFrame(parent)
    , m_model(new FileTreeModel(side, this)) {
    setProperty("panel", true);
    m_view = new FileTreeView(this);
    m_view->setModel(m_model);
    m_view->sortByColumn(FileTreeModel::Name, Qt::AscendingOrder);
    m_view->setAccessibleName(name);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_view);
    m_stack->addWidget(makeFace());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(side == FileTreeModel::Side::Container ? Measure::band : 1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(makeHead(name));
    layout->addWidget(makePathBar());
    layout->addWidget(m_stack, 1);
    layout->addWidget(makeFoot());
    connect(m_view, &FileTreeView::opened, this, &FilePane::open);
    connect(m_view, &FileTreeView::upAsked, this, &FilePane::goUp);
    connect(m_view, &QWidget::customContextMenuRequested, this,
            [this](const QPoint& at) { emit menuAsked(m_view->viewport()->mapToGlobal(at)); });
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &FilePane::readChoice);
    connect(m_model, &FileTreeModel::stateChanged, this, &FilePane::readState);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &FilePane::readState);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &FilePane::readState);
    readState();
}

QWidget* FilePane::makeHead(const QString& name) {
    auto* head = new QWidget(this);
    auto* title = new QLabel(name, head);
    title->setFont(strongFont());
    title->setTextFormat(Qt::PlainText);
    m_head = new QHBoxLayout(head);
    m_head->setContentsMargins(12, 6, 8, 2);
    head->setFixedHeight(Measure::row() + 12);
    m_head->setSpacing(8);
    m_head->addWidget(title);
    return head;
}

QWidget* FilePane::makePathBar() {
    auto* bar = new QWidget(this);
    m_up = new QPushButton(tr("Up", "to the folder above"), bar);
    m_up->setToolTip(tr("To the folder above (Backspace)"));
    m_up->setFocusPolicy(Qt::TabFocus);
    m_path = new QLineEdit(bar);
    m_path->setFont(monoFont());
    m_path->setAccessibleName(tr("Path"));
    m_path->setPlaceholderText(tr("Path of a folder"));
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(8, 4, 8, 6);
    layout->setSpacing(8);
    layout->addWidget(m_path, 1);
    layout->addWidget(m_up);
    connect(m_up, &QPushButton::clicked, this, &FilePane::goUp);
    connect(m_path, &QLineEdit::returnPressed, this, [this] {
        goTo(m_path->text());
        setFocus(Qt::OtherFocusReason);
    });
    return bar;
}

QWidget* FilePane::makeFace() {
    auto* face = new QWidget(m_stack);
    m_face = face;
    m_faceTitle = new QLabel(face);
    m_faceTitle->setObjectName(QStringLiteral("fileFaceTitle"));
    m_faceTitle->setFont(strongFont());
    m_faceAdvice = new QLabel(face);
    m_faceAdvice->setProperty("ink", QStringLiteral("muted"));
    for (QLabel* label : {m_faceTitle, m_faceAdvice}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_faceAct = new QPushButton(face);
    m_faceAct->setObjectName(QStringLiteral("fileFaceAct"));
    connect(m_faceAct, &QPushButton::clicked, this, [this] {
        if (const auto run = m_faceRun)
            run();
    });
    auto* layout = new QVBoxLayout(face);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(8);
    layout->addWidget(m_faceTitle);
    layout->addWidget(m_faceAdvice);
    layout->addWidget(m_faceAct, 0, Qt::AlignLeft);
    layout->addStretch(1);
    return face;
}

QWidget* FilePane::makeFoot() {
    auto* foot = new QWidget(this);
    m_count = new ElidedLabel(foot);
    m_count->setProperty("ink", QStringLiteral("muted"));
    m_copy = new QPushButton(foot);
    m_copy->setFocusPolicy(Qt::NoFocus);
    connect(m_copy, &QPushButton::clicked, this, &FilePane::copyAsked);
    auto* layout = new QHBoxLayout(foot);
    layout->setContentsMargins(12, 6, 8, 6);
    layout->addWidget(m_count, 1);
    layout->addWidget(m_copy);
    return foot;
}

void FilePane::setHue(int hue) {
    m_hue = hue;
    update();
}

void FilePane::paintEvent(QPaintEvent* event) {
    QFrame::paintEvent(event);
    if (m_hue < 0)
        return;
    QPainter painter(this);
    const auto& hues = tokens().hues;
    painter.fillRect(QRect(0, 0, Measure::band, height()), hues[static_cast<std::size_t>(m_hue) % hues.size()]);
}

// The tree has this key itself; what stands in its place leaves it to the pane.
void FilePane::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Backspace)
        goUp();
    else
        QFrame::keyPressEvent(event);
}

void FilePane::setCopyButton(const QString& text, const QString& tip) {
    m_copy->setText(text);
    m_copy->setToolTip(tip);
}

bool FilePane::hasKeyboard() const {
    return m_stack->isAncestorOf(window()->focusWidget());
}

void FilePane::showTree() {
    const bool hadKeyboard = hasKeyboard();
    m_stack->setCurrentIndex(0);
    setFocusProxy(m_view);
    if (hadKeyboard)
        setFocus(Qt::OtherFocusReason);
}

// What is hidden leaves the keyboard to whatever comes next by Tab, so that it is given on before the next key.
void FilePane::showFace(const QString& title, const QString& advice, const QString& act, std::function<void()> run) {
    const bool hadKeyboard = hasKeyboard();
    m_faceTitle->setText(title);
    m_faceAdvice->setText(advice);
    m_faceAdvice->setVisible(!advice.isEmpty());
    m_faceAct->setText(act);
    m_faceAct->setVisible(!act.isEmpty());
    m_faceRun = std::move(run);
    m_stack->setCurrentIndex(1);
    setFocusProxy(act.isEmpty() ? m_face : m_faceAct);
    if (hadKeyboard)
        setFocus(Qt::OtherFocusReason);
}

void FilePane::setFace(const QString& title, const QString& advice, const QString& act, std::function<void()> run) {
    m_isFaceGiven = true;
    showFace(title, advice, act, std::move(run));
    readChoice();
}

void FilePane::clearFace() {
    m_isFaceGiven = false;
    readState();
}

void FilePane::readState() {
    if (!m_path->hasFocus())
        m_path->setText(fileNameText(m_model->path()));
    m_up->setEnabled(m_model->path().size() > 1);
    if (m_isFaceGiven)
        return readChoice();
    const bool isEmpty = m_model->rowCount() == 0;
    switch (m_model->state()) {
    case FileTreeModel::State::Nothing:
        showFace(tr("Nothing is shown yet"), {}, {}, {});
        break;
    case FileTreeModel::State::Loading:
        if (isEmpty)
            showFace(tr("Reads the folder…"), {}, {}, {});
        break;
    case FileTreeModel::State::Failed:
        showFace(fileErrorSentence(*m_model->error()), fileErrorAdvice(*m_model->error()), tr("Try again"),
                 [this] { m_model->refresh(); });
        break;
    case FileTreeModel::State::Ready:
        if (!isEmpty)
            showTree();
        else
            showFace(tr("Nothing to be seen in this folder"),
                     m_model->hidden() == FileTreeModel::Hidden::Left
                         ? tr("Hidden files are left out; Ctrl+H shows them.")
                         : QString(),
                     {}, {});
        restoreCursor();
        break;
    }
    readChoice();
}

void FilePane::restoreCursor() {
    if (m_model->rowCount() == 0 || m_view->currentIndex().isValid())
        return;
    QModelIndex at = m_model->indexOf(m_cameFrom);
    if (!at.isValid())
        at = m_model->index(0, 0);
    m_cameFrom.clear();
    m_view->setCurrentIndex(at);
    m_view->scrollTo(at);
}

void FilePane::readChoice() {
    const bool isReady = !m_isFaceGiven && m_model->state() == FileTreeModel::State::Ready;
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    m_copy->setEnabled(isReady && !chosen().empty());
    if (!isReady) {
        m_count->clear();
    } else if (rows.size() < 2) {
        m_count->setText(tr("%Ln files and folders", nullptr, m_model->rowCount()));
    } else {
        std::int64_t bytes = 0;
        for (const QModelIndex& row : rows) {
            const FolderItem* item = m_model->item(row);
            if (item->kind == kube::files::EntryKind::File)
                bytes += static_cast<std::int64_t>(item->size.value_or(0));
        }
        const Measured size = bytesText(bytes);
        m_count->setText(tr("%Ln chosen, %1 in files", "%1 is a size", static_cast<int>(rows.size()))
                             .arg(size.number + QChar(u' ') + size.unit));
    }
    emit choiceChanged();
}

std::vector<std::string> FilePane::chosen() const {
    std::vector<std::string> paths;
    for (const QModelIndex& row : m_view->selectionModel()->selectedRows())
        paths.push_back(m_model->pathOf(row));
    if (paths.empty() && m_view->currentIndex().isValid())
        paths.push_back(m_model->pathOf(m_view->currentIndex()));
    return paths;
}

void FilePane::open(const QModelIndex& index) {
    const QModelIndex at = index.siblingAtColumn(FileTreeModel::Name);
    const FolderItem* item = m_model->item(at);
    if (item == nullptr)
        return;
    if (item->isFolder())
        m_model->enter(m_model->pathOf(at));
    else
        emit fileOpened(m_model->pathOf(at));
}

void FilePane::goUp() {
    const std::string& path = m_model->path();
    const std::size_t slash = path.rfind('/');
    if (path.size() <= 1 || slash == std::string::npos)
        return;
    m_cameFrom = path.substr(slash + 1);
    m_model->enter(slash == 0 ? "/" : path.substr(0, slash));
}

// What is typed is text; a path that is no text stays the way it was found.
void FilePane::goTo(const QString& typed) {
    if (typed.isEmpty() || typed == fileNameText(m_model->path()))
        return m_model->refresh();
    std::string path = typed.toStdString();
    if (!path.starts_with('/'))
        path = kube::files::joined(m_model->path().empty() ? "/" : m_model->path(), path);
    path = std::filesystem::path(path).lexically_normal().string();
    if (path.size() > 1 && path.ends_with('/'))
        path.pop_back();
    m_model->enter(path);
}

void FilePane::editPath() {
    m_path->setFocus(Qt::ShortcutFocusReason);
    m_path->selectAll();
}

} // namespace ui
