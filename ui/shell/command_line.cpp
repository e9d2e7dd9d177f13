// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command_line.h"

#include "ui/base/theme.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QPainterPath>
#include <QScopedValueRollback>
#include <QStringListModel>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr int kPrefixWidth = 16;
constexpr int kMostRows = 12;

} // namespace

CommandLine::CommandLine(QWidget* parent)
    : QLineEdit(parent)
    , m_suggested(new QStringListModel(this)) {
    setObjectName(QStringLiteral("commandLine"));
    setAccessibleName(tr("Filter or command"));
    setFont(monoFont());
    setTextMargins(kPrefixWidth, 0, 0, 0);
    setMinimumHeight(30);
    connect(this, &QLineEdit::textEdited, this, &CommandLine::textTyped);
}

void CommandLine::setSuggestions(std::function<QStringList(const QString&)> suggestions) {
    m_suggestions = std::move(suggestions);
}

void CommandLine::showFilter(const QString& text, const QString& hint, const std::optional<FilterProblem>& problem) {
    m_filter = text;
    m_hint = hint;
    m_problem = problem;
    if (m_mode == Mode::Filter) {
        if (this->text() != text)
            setText(text);
        setPlaceholderText(hint);
        setAccessibleDescription(problem ? problem->message : hint);
    }
    update();
}

void CommandLine::edit(Mode mode) {
    setMode(mode);
    setFocus(Qt::ShortcutFocusReason);
    if (mode == Mode::Filter)
        selectAll();
}

void CommandLine::setMode(Mode mode) {
    if (mode == m_mode)
        return;
    m_mode = mode;
    setText(mode == Mode::Filter ? m_filter : QString());
    setPlaceholderText(mode == Mode::Filter ? m_hint : tr("kind, page, ctx NAME or ns NAME"));
    if (mode == Mode::Filter)
        hideList();
    update();
}

void CommandLine::textTyped(const QString& typed) {
    // ':' and '/' typed into an empty line choose the mode, as the keys do outside of it.
    if (m_mode == Mode::Filter && typed == QLatin1String(":")) {
        emit filterEdited(QString());
        setMode(Mode::Command);
        return;
    }
    if (m_mode == Mode::Command && typed == QLatin1String("/")) {
        setMode(Mode::Filter);
        return;
    }
    if (m_mode == Mode::Command)
        suggest();
    else
        emit filterEdited(typed);
}

void CommandLine::suggest() {
    if (!m_suggestions)
        return;
    const QStringList fitting = m_suggestions(text());
    m_suggested->setStringList(fitting);
    if (fitting.isEmpty() || text().trimmed().isEmpty())
        hideList();
    else
        placeList();
}

// A widget of the window and no popup: platforms may make a popup the active window, some after it has closed again,
// and then the window is deaf to its own keys.
void CommandLine::makeList() {
    m_list = new QListView(window());
    m_list->setObjectName(QStringLiteral("suggestions"));
    m_list->setAccessibleName(tr("Suggestions"));
    m_list->setProperty("panel", true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_list->setFont(font());
    m_list->setModel(m_suggested);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) {
        setText(index.data().toString());
        run();
    });
}

void CommandLine::placeList() {
    if (!m_list)
        makeList();
    m_list->setCurrentIndex({});
    const int rows = std::min(kMostRows, m_suggested->rowCount());
    const int frame = 2 * m_list->frameWidth();
    m_list->setGeometry(QRect(mapTo(window(), QPoint(0, height() + Measure::step / 2)),
                              QSize(width(), rows * m_list->sizeHintForRow(0) + frame)));
    m_list->show();
    m_list->raise();
}

void CommandLine::hideList() {
    if (m_list)
        m_list->hide();
}

bool CommandLine::isListOpen() const {
    return m_list && m_list->isVisible();
}

void CommandLine::run() {
    const QString typed = text();
    setMode(Mode::Filter);
    emit left();
    emit commandEntered(typed);
}

// Ctrl+K goes anywhere from here, too, instead of deleting the rest of the line.
bool CommandLine::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent*>(event)->matches(QKeySequence::DeleteEndOfLine))
        return true;
    return QLineEdit::event(event);
}

void CommandLine::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Escape:
        if (m_mode == Mode::Filter && !text().isEmpty()) {
            clear();
            emit filterEdited(QString());
            return;
        }
        setMode(Mode::Filter);
        emit left();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (isListOpen() && m_list->currentIndex().isValid())
            setText(m_list->currentIndex().data().toString());
        if (m_mode == Mode::Command)
            run();
        else
            emit left();
        return;
    case Qt::Key_Down:
    case Qt::Key_Up:
    case Qt::Key_PageDown:
    case Qt::Key_PageUp:
        if (isListOpen()) {
            QKeyEvent copy(event->type(), event->key(), event->modifiers());
            QCoreApplication::sendEvent(m_list, &copy);
            return;
        }
        if (m_mode == Mode::Filter && event->key() == Qt::Key_Down) {
            emit left();
            return;
        }
        break;
    case Qt::Key_Tab:
        break;
    case Qt::Key_Backspace:
        if (m_mode == Mode::Command && text().isEmpty()) {
            setMode(Mode::Filter);
            return;
        }
        break;
    default:
        break;
    }
    QLineEdit::keyPressEvent(event);
}

void CommandLine::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        setMode(Mode::Filter);
}

void CommandLine::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    painter.setFont(font());
    painter.setPen(tokens().accent);
    const QString prefix = m_mode == Mode::Filter ? QStringLiteral("/") : QStringLiteral(":");
    painter.drawText(QRect(8, 0, kPrefixWidth, height()), Qt::AlignCenter, prefix);
    if (m_mode != Mode::Filter || !m_problem)
        return;
    const QFontMetrics metrics = fontMetrics();
    // The cursor's own place says where the text starts, however far it is scrolled.
    const QRect cursor = cursorRect();
    const int start = cursor.center().x() - metrics.horizontalAdvance(text().left(cursorPosition()));
    const int column = std::min(m_problem->column, static_cast<int>(text().size()));
    const int from = start + metrics.horizontalAdvance(text().left(column));
    const int length = std::max(metrics.averageCharWidth(),
                                metrics.horizontalAdvance(text().mid(column, std::max(1, m_problem->length))));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens().broken, 1.4));
    QPainterPath wave(QPointF(from, cursor.bottom() + 1));
    for (int x = 0; x < length; x += 4) {
        wave.lineTo(from + x + 2, cursor.bottom() - 1);
        wave.lineTo(from + x + 4, cursor.bottom() + 1);
    }
    painter.drawPath(wave);
    painter.setFont(smallFont());
    const int textEnd = start + metrics.horizontalAdvance(text()) + 16;
    const QRect messageBox(textEnd, 0, width() - textEnd - 10, height());
    painter.drawText(messageBox, Qt::AlignRight | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(m_problem->message, Qt::ElideRight, messageBox.width()));
}

} // namespace ui
