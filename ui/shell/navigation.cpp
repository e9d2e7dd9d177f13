// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/navigation.h"

#include "ui/base/format.h"
#include "ui/base/theme.h"
#include "ui/shell/page_list.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace ui {

namespace {

constexpr int kWidth = 148;
constexpr int kEntryHeight = 29;

} // namespace

class Navigation::Entry : public QAbstractButton {
public:
    Entry(const PageSpec& spec, QWidget* parent)
        : QAbstractButton(parent)
        , m_id(QString::fromLatin1(spec.id)) {
        setObjectName(QStringLiteral("navigation.") + m_id);
        setText(pageTitle(spec));
        setAccessibleName(pageTitle(spec));
        setCheckable(true);
        setFixedHeight(kEntryHeight);
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
    }

    [[nodiscard]] const QString& id() const { return m_id; }

    void setCount(int count) {
        if (count == m_count)
            return;
        m_count = count;
        setAccessibleDescription(count > 0 ? countText(count) : QString());
        update();
    }

protected:
    // Checked is the page in front, whoever brought it there.
    void nextCheckState() override {}

    void paintEvent(QPaintEvent* event) override {
        Q_UNUSED(event);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF ground = QRectF(rect()).adjusted(6.5, 0.5, -6.5, -0.5);
        if (isChecked() || hasFocus() || underMouse()) {
            painter.setBrush(isChecked() ? tokens().accentGround : tokens().window);
            painter.setPen(hasFocus() ? QPen(tokens().accent) : QPen(Qt::NoPen));
            painter.drawRoundedRect(ground, 4, 4);
        }
        const QRect inner = rect().adjusted(16, 0, -16, 0);
        painter.setFont(isChecked() ? strongFont() : font());
        painter.setPen(isChecked() ? tokens().accent : tokens().muted);
        painter.drawText(inner, Qt::AlignLeft | Qt::AlignVCenter, text());
        if (m_count > 0) {
            painter.setFont(smallFont());
            painter.drawText(inner, Qt::AlignRight | Qt::AlignVCenter, countText(m_count));
        }
    }

    void keyPressEvent(QKeyEvent* event) override {
        switch (event->key()) {
        case Qt::Key_Down:
            focusNextPrevChild(true);
            return;
        case Qt::Key_Up:
            focusNextPrevChild(false);
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            click();
            return;
        default:
            QAbstractButton::keyPressEvent(event);
        }
    }

private:
    QString m_id;
    int m_count = 0;
};

Navigation::Navigation(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("navigation"));
    setAccessibleName(tr("Pages"));
    setFixedWidth(kWidth);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 16, 0, 8);
    layout->setSpacing(1);
    const std::array<PageGroup, 4> groups = {PageGroup::Work, PageGroup::Change, PageGroup::Ground, PageGroup::Record};
    bool first = true;
    for (const PageGroup group : groups) {
        const auto& pages = pageList();
        if (std::none_of(pages.begin(), pages.end(), [group](const PageSpec& spec) { return spec.group == group; }))
            continue;
        auto* title = new QLabel(groupTitle(group).toUpper(), this);
        QFont font = smallFont();
        font.setWeight(QFont::DemiBold);
        title->setFont(font);
        title->setProperty("ink", QStringLiteral("muted"));
        title->setContentsMargins(16, first ? 0 : 14, 0, 6);
        layout->addWidget(title);
        first = false;
        for (const PageSpec& spec : pages) {
            if (spec.group != group)
                continue;
            auto* entry = new Entry(spec, this);
            m_entries.push_back(entry);
            layout->addWidget(entry);
            connect(entry, &QAbstractButton::clicked, this, [this, entry] { emit chosen(entry->id()); });
        }
    }
    layout->addStretch(1);
}

Navigation::~Navigation() = default;

void Navigation::setCurrent(const QString& id) {
    for (Entry* entry : m_entries)
        entry->setChecked(entry->id() == id);
}

void Navigation::setWaiting(const QString& id, int count) {
    for (Entry* entry : m_entries) {
        if (entry->id() == id)
            entry->setCount(count);
    }
}

} // namespace ui
