// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>

class QAction;
class QWidget;

namespace ui {

/// An action as it is declared, once; menus, buttons, palette and the help read the QAction made from it.
struct ActionSpec {
    QString id;   ///< "browser.copy-yaml"; unique per owner.
    QString text; ///< Translated, with '&' for the mnemonic where menus show it.
    QString help; ///< One sentence for tooltip and palette; empty: the text is enough.
    QString icon; ///< Name in the icon theme; empty: none.
    QList<QKeySequence> shortcuts;
};

/// The text of an action where no mnemonic is shown: buttons, palette, help.
QString plainText(const QAction& action);

/// Every action of the window and its pages. An action belongs to a widget (the window or a page): its keys work while
/// the keyboard is in it, and it goes with it. Enablement is QAction::setEnabled by the owner.
class ActionRegistry : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    QAction* add(QWidget* owner, const ActionSpec& spec, std::function<void()> run);
    /// Those whose owner is on the screen, in the order they were added: what palette and help list.
    [[nodiscard]] QList<QAction*> reachable() const;
    /// Null if no such action is reachable.
    [[nodiscard]] QAction* find(const QString& id) const;

private:
    QList<QAction*> m_actions;
};

} // namespace ui
