// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/window_inspector.h"

#include "ui/base/elided_label.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSplitter>
#include <QTabBar>
#include <QTest>

namespace {

// A piece of another widget, which has the name.
bool isPart(const QWidget& widget) {
    const QWidget* parent = widget.parentWidget();
    return widget.inherits("QHeaderView") || widget.inherits("QScrollBar") || widget.inherits("QSplitter") ||
           widget.inherits("QSplitterHandle") || widget.objectName().startsWith(QStringLiteral("qt_")) ||
           (parent && (parent->inherits("QTabBar") || parent->inherits("QLineEdit") || parent->inherits("QComboBox") ||
                       parent->inherits("QAbstractSpinBox")));
}

QList<QWidget*> visibleBelow(const QWidget& top) {
    QList<QWidget*> widgets;
    for (QWidget* widget : top.findChildren<QWidget*>()) {
        // Windows of its own are looked at by themselves.
        if (widget->isVisible() && widget->window() == top.window())
            widgets.append(widget);
    }
    return widgets;
}

QString accessibleName(QWidget& widget) {
    const QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(&widget);
    return interface ? interface->text(QAccessible::Name) : QString();
}

bool takesTab(const QWidget& widget) {
    return widget.isVisible() && widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) != 0 && !isPart(widget) &&
           !widget.focusProxy();
}

} // namespace

void WindowInspector::complain(QStringList& list, const QWidget& widget, const QString& where, const QString& what) {
    const QString line =
        QStringLiteral("%1: %2 %3 %4")
            .arg(where, QString::fromLatin1(widget.metaObject()->className()), widget.objectName(), what);
    if (!list.contains(line))
        list.append(line);
}

void WindowInspector::keepPicture(QWidget& top, const QString& where) {
    if (!qEnvironmentVariableIsSet("PICTURES"))
        return;
    const QString row = QString::fromUtf8(QTest::currentDataTag());
    top.grab().save(QStringLiteral("%1/%2, %3.png").arg(qEnvironmentVariable("PICTURES"), row, where));
}

void WindowInspector::inspect(QWidget& top, const QString& where) {
    // What was told a moment ago has its room with the next turn of the loop.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    keepPicture(top, where);
    for (QWidget* widget : visibleBelow(top)) {
        if (widget->inherits("QHeaderView"))
            inspectTexts(*widget, where);
        if (isPart(*widget))
            continue;
        // Text that can be marked reads itself.
        const bool isText = widget->inherits("QLabel") && (widget->focusPolicy() & Qt::TabFocus) == 0;
        if (widget->focusPolicy() != Qt::NoFocus && !widget->focusProxy() && !isText &&
            accessibleName(*widget).isEmpty())
            complain(m_nameless, *widget, where);
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        if (button && button->isEnabled() && (button->focusPolicy() & Qt::TabFocus) == 0)
            complain(m_byMouseAlone, *widget, where, button->text());
        inspectTexts(*widget, where);
    }
}

void WindowInspector::inspectTexts(const QWidget& widget, const QString& where) {
    const auto tell = [&](const QString& text, int has, int needs) {
        if (has < needs)
            complain(m_cut, widget, where, QStringLiteral("“%1” has %2 of %3").arg(text).arg(has).arg(needs));
    };
    if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
        if (label->text().isEmpty() || qobject_cast<const ui::ElidedLabel*>(label))
            return;
        if (label->wordWrap())
            tell(label->text(), label->height(), label->heightForWidth(label->width()));
        else
            tell(label->text(), label->width(), label->sizeHint().width());
    } else if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) {
        tell(button->text(), button->width(), button->sizeHint().width());
    } else if (const auto* combo = qobject_cast<const QComboBox*>(&widget)) {
        tell(combo->currentText(), combo->width(), combo->sizeHint().width());
    } else if (const auto* line = qobject_cast<const QLineEdit*>(&widget)) {
        constexpr int kFrame = 8;
        const QMargins margins = line->textMargins();
        tell(line->placeholderText(), line->width() - margins.left() - margins.right() - kFrame,
             line->fontMetrics().horizontalAdvance(line->placeholderText()));
    } else if (const auto* tabs = qobject_cast<const QTabBar*>(&widget)) {
        if (tabs->count() > 0)
            tell(tabs->tabText(tabs->count() - 1), tabs->width(), tabs->tabRect(tabs->count() - 1).right());
    } else if (const auto* header = qobject_cast<const QHeaderView*>(&widget);
               header && header->orientation() == Qt::Horizontal) {
        for (int section = 0; section < header->count(); ++section) {
            if (!header->isSectionHidden(section))
                tell(header->model()->headerData(section, Qt::Horizontal).toString(), header->sectionSize(section),
                     header->sectionSizeHint(section));
        }
    }
}

void WindowInspector::walkByTab(QWidget& top, const QString& where) {
    constexpr int kMost = 100;
    QSet<const QWidget*> met;
    const QWidget* const start = QApplication::focusWidget();
    QStringList way;
    for (int i = 0; i < kMost && QApplication::focusWidget(); ++i) {
        met.insert(QApplication::focusWidget());
        way.append(QApplication::focusWidget()->objectName());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        if (QApplication::focusWidget() == start)
            break;
    }
    if (QApplication::focusWidget() != start)
        complain(m_byMouseAlone, top, where, QStringLiteral("Tab stays in ") + way.mid(0, 20).join(u' '));
    for (const QWidget* widget : visibleBelow(top)) {
        if (takesTab(*widget) && !met.contains(widget))
            complain(m_byMouseAlone, *widget, where, QStringLiteral("is not on the way of Tab"));
    }
}
