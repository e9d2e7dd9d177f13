// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/help_dialog.h"

#include "ui/base/theme.h"
#include "ui/shell/action_registry.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui {

namespace {

QString keysOf(const QAction& action) {
    QStringList keys;
    for (const QKeySequence& key : action.shortcuts())
        keys.append(key.toString(QKeySequence::NativeText));
    return keys.join(QStringLiteral("  "));
}

class Sheet {
public:
    explicit Sheet(QWidget* parent)
        : m_grid(new QGridLayout(parent)) {
        m_grid->setContentsMargins(0, 0, 0, 0);
        m_grid->setHorizontalSpacing(16);
        m_grid->setVerticalSpacing(6);
        m_grid->setColumnStretch(1, 1);
    }

    void heading(const QString& text) {
        auto* label = new QLabel(text);
        label->setFont(strongFont());
        label->setContentsMargins(0, m_row == 0 ? 0 : 12, 0, 2);
        m_grid->addWidget(label, m_row++, 0, 1, 2);
    }

    void line(const QString& keys, const QString& text) {
        auto* key = new QLabel(keys);
        key->setFont(monoFont());
        key->setProperty("ink", QStringLiteral("muted"));
        m_grid->addWidget(key, m_row, 0, Qt::AlignTop);
        m_grid->addWidget(new QLabel(text), m_row++, 1, Qt::AlignTop);
    }

private:
    QGridLayout* m_grid;
    int m_row = 0;
};

} // namespace

HelpDialog::HelpDialog(const QString& pageTitle, const ActionRegistry& actions, QWidget* parent)
    : QDialog(parent) {
    setObjectName(QStringLiteral("help"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keys of %1", "%1 is a page").arg(pageTitle));
    auto* content = new QWidget(this);
    Sheet sheet(content);
    sheet.heading(pageTitle);
    const auto list = [&](bool ofWindow) {
        for (const QAction* action : actions.reachable()) {
            const auto* owner = qobject_cast<QWidget*>(action->parent());
            if (action->shortcuts().isEmpty() || (owner && owner->isWindow()) != ofWindow)
                continue;
            sheet.line(keysOf(*action), plainText(*action));
        }
    };
    list(false);
    sheet.line(QStringLiteral("↑ ↓"), tr("Move"));
    sheet.line(tr("Enter", "a key"), tr("Open"));
    sheet.line(tr("Esc", "a key"), tr("Back: empties the filter, closes what was opened"));
    sheet.heading(tr("Everywhere"));
    list(true);
    sheet.heading(tr("Filter"));
    sheet.line(QStringLiteral("cart -test"), tr("rows with the one word, without the other"));
    sheet.line(QStringLiteral("status:Running"), tr("a column's value"));
    sheet.line(QStringLiteral("restarts>3 age<2h"), tr("more, less; ages and quantities are understood"));
    sheet.line(QStringLiteral("label:app=shop"), tr("a label"));
    sheet.line(QStringLiteral("/^cart-v[12]/"), tr("a regular expression"));
    sheet.line(QStringLiteral("a OR (b AND NOT c)"), tr("combined"));

    auto* scroll = new QScrollArea(this);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(windowTitle());
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setText(tr("Close"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(scroll, 1);
    layout->addWidget(buttons);
    resize(560, 560);
    buttons->button(QDialogButtonBox::Close)->setFocus();
}

} // namespace ui
