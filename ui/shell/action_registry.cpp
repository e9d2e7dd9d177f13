// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/action_registry.h"

#include <QAction>
#include <QIcon>
#include <QRegularExpression>
#include <QWidget>

#include <utility>

namespace ui {

// Languages without Latin letters carry the mnemonic in brackets behind the text.
QString plainText(const QAction& action) {
    static const QRegularExpression bracketed(QStringLiteral("\\(&.\\)"));
    QString text = action.text();
    text.remove(bracketed);
    text.remove(QLatin1Char('&'));
    return text;
}

QAction* ActionRegistry::add(QWidget* owner, const ActionSpec& spec, std::function<void()> run) {
    auto* action = new QAction(spec.text, owner);
    action->setObjectName(spec.id);
    if (!spec.icon.isEmpty())
        action->setIcon(QIcon::fromTheme(spec.icon));
    action->setShortcuts(spec.shortcuts);
    action->setShortcutContext(owner->isWindow() ? Qt::WindowShortcut : Qt::WidgetWithChildrenShortcut);
    if (!spec.help.isEmpty())
        action->setStatusTip(spec.help);
    QString tip = spec.help.isEmpty() ? plainText(*action) : spec.help;
    if (!spec.shortcuts.isEmpty())
        tip += QStringLiteral("  (%1)").arg(spec.shortcuts.first().toString(QKeySequence::NativeText));
    action->setToolTip(tip);
    QObject::connect(action, &QAction::triggered, owner, [run = std::move(run)] { run(); });
    QObject::connect(action, &QObject::destroyed, this, [this, action] { m_actions.removeOne(action); });
    owner->addAction(action);
    m_actions.append(action);
    return action;
}

QList<QAction*> ActionRegistry::reachable() const {
    QList<QAction*> actions;
    for (QAction* action : m_actions) {
        const auto* owner = qobject_cast<QWidget*>(action->parent());
        if (owner && owner->isVisible())
            actions.append(action);
    }
    return actions;
}

QAction* ActionRegistry::find(const QString& id) const {
    for (QAction* action : reachable()) {
        if (action->objectName() == id)
            return action;
    }
    return nullptr;
}

} // namespace ui
