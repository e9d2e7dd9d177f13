// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/change/diff_view.h"

#include "ui/base/elided_label.h"
#include "ui/change/diff_pane.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QTextBlock>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

/// Equal lines that stay around a difference.
constexpr std::size_t kAround = 4;
/// Fewer equal lines than this are not worth hiding.
constexpr std::size_t kLeastFold = 4;
/// What fits on the screen is not folded at all.
constexpr std::size_t kShort = 30;

/// Which rows are shown; a hidden run of equal ones is one fold.
std::vector<bool> shownRows(const std::vector<change::DiffRow>& rows, bool isFolded) {
    std::vector<bool> shown(rows.size(), true);
    if (!isFolded || rows.size() <= kShort)
        return shown;
    std::fill(shown.begin(), shown.end(), false);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].kind == change::DiffKind::Same)
            continue;
        const std::size_t from = i > kAround ? i - kAround : 0;
        const std::size_t to = std::min(rows.size(), i + kAround + 1);
        std::fill(shown.begin() + static_cast<std::ptrdiff_t>(from), shown.begin() + static_cast<std::ptrdiff_t>(to),
                  true);
    }
    if (std::none_of(shown.begin(), shown.end(), [](bool is) { return is; }))
        std::fill(shown.begin(), shown.end(), true);
    for (std::size_t i = 0; i < rows.size();) {
        std::size_t end = i;
        while (end < rows.size() && !shown[end])
            ++end;
        if (end > i && end - i < kLeastFold)
            std::fill(shown.begin() + static_cast<std::ptrdiff_t>(i), shown.begin() + static_cast<std::ptrdiff_t>(end),
                      true);
        i = std::max(end, i + 1);
    }
    return shown;
}

struct Side {
    QString text;
    std::vector<DiffPane::Line> lines;

    void add(const QString& line, std::size_t number, DiffPane::Ground ground) {
        if (!lines.empty())
            text += u'\n';
        text += line;
        lines.push_back({number, ground});
    }
};

DiffPane::Ground groundOf(const change::DiffRow& row, std::size_t number, DiffPane::Ground own) {
    if (number == 0)
        return DiffPane::Ground::Missing;
    return row.kind == change::DiffKind::Same ? DiffPane::Ground::None : own;
}

} // namespace

DiffView::DiffView(QWidget* parent)
    : QWidget(parent) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(makeSide(m_leftHead, m_left, tr("Before")), 1);
    layout->addWidget(makeSide(m_rightHead, m_right, tr("After")), 1);
    m_left->setObjectName(QStringLiteral("diffLeft"));
    m_right->setObjectName(QStringLiteral("diffRight"));
    const auto couple = [](QScrollBar* a, QScrollBar* b) {
        connect(a, &QScrollBar::valueChanged, b, &QScrollBar::setValue);
        connect(b, &QScrollBar::valueChanged, a, &QScrollBar::setValue);
    };
    couple(m_left->verticalScrollBar(), m_right->verticalScrollBar());
    couple(m_left->horizontalScrollBar(), m_right->horizontalScrollBar());
    setFocusProxy(m_left);
}

QWidget* DiffView::makeSide(QLabel*& head, DiffPane*& pane, const QString& name) {
    auto* frame = new QFrame(this);
    frame->setProperty("panel", true);
    head = new ElidedLabel(frame);
    head->setProperty("ink", QStringLiteral("muted"));
    pane = new DiffPane(frame);
    pane->setAccessibleName(name);
    auto* layout = new QVBoxLayout(frame);
    layout->setContentsMargins(1, 6, 1, 1);
    layout->setSpacing(4);
    head->setContentsMargins(10, 0, 10, 0);
    layout->addWidget(head);
    layout->addWidget(pane, 1);
    return frame;
}

void DiffView::setHeads(const QString& left, const QString& right) {
    m_leftHead->setText(left);
    m_rightHead->setText(right);
    m_left->setAccessibleName(left);
    m_right->setAccessibleName(right);
}

void DiffView::setTexts(const std::string& left, const std::string& right) {
    if (left == m_leftText && right == m_rightText)
        return;
    m_leftText = left;
    m_rightText = right;
    m_rows = change::sideBySide(left, right);
    fill();
    showFirst();
}

void DiffView::showFirst() {
    if (m_starts.empty())
        return;
    m_left->showLine(m_starts.front());
    m_right->showLine(m_starts.front());
}

bool DiffView::canFold() const {
    const std::vector<bool> shown = shownRows(m_rows, true);
    return std::find(shown.begin(), shown.end(), false) != shown.end();
}

void DiffView::toggleFold() {
    m_isFolded = !m_isFolded;
    fill();
    showFirst();
}

void DiffView::fill() {
    const std::vector<bool> shown = shownRows(m_rows, m_isFolded);
    Side left;
    Side right;
    m_starts.clear();
    bool wasSame = true;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const change::DiffRow& row = m_rows[i];
        if (!shown[i]) {
            std::size_t end = i;
            while (end < m_rows.size() && !shown[end])
                ++end;
            const QString text = tr("⋯ %Ln equal lines", nullptr, static_cast<int>(end - i));
            left.add(text, 0, DiffPane::Ground::Fold);
            right.add(text, 0, DiffPane::Ground::Fold);
            wasSame = true;
            i = end - 1;
            continue;
        }
        const bool isSame = row.kind == change::DiffKind::Same;
        if (!isSame && wasSame)
            m_starts.push_back(static_cast<int>(left.lines.size()));
        wasSame = isSame;
        left.add(QString::fromStdString(row.leftText), row.left, groundOf(row, row.left, DiffPane::Ground::Removed));
        right.add(QString::fromStdString(row.rightText), row.right, groundOf(row, row.right, DiffPane::Ground::Added));
    }
    m_left->setLines(left.text, std::move(left.lines));
    m_right->setLines(right.text, std::move(right.lines));
}

void DiffView::goToDifference(Way way) {
    if (m_starts.empty())
        return;
    const int at = m_left->textCursor().blockNumber();
    int to = way == Way::Next ? m_starts.front() : m_starts.back();
    for (const int start : m_starts) {
        if (way == Way::Next && start > at) {
            to = start;
            break;
        }
        if (way == Way::Previous && start < at)
            to = start;
    }
    if (way == Way::Previous && m_starts.front() >= at)
        to = m_starts.back();
    m_left->showLine(to);
    m_right->showLine(to);
}

} // namespace ui
