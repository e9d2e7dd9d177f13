// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/cluster_actions.h"

#include "core/fleet/fleet.h"
#include "core/fleet/settings.h"
#include "ui/base/cluster_text.h"
#include "ui/base/marks.h"
#include "ui/fleet/group_dialog.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/page.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMenu>

#include <algorithm>
#include <array>

namespace ui {

namespace {

QStringList hueNames() {
    return {ClusterActions::tr("Blue"),   ClusterActions::tr("Amber"), ClusterActions::tr("Teal"),
            ClusterActions::tr("Purple"), ClusterActions::tr("Pink"),  ClusterActions::tr("Green"),
            ClusterActions::tr("Cyan"),   ClusterActions::tr("Stone")};
}

} // namespace

ClusterActions::ClusterActions(const PageContext& context, QWidget* page, Chosen chosen)
    : QObject(page)
    , m_context(std::make_unique<PageContext>(context))
    , m_page(page)
    , m_chosen(std::move(chosen)) {
    const auto add = [&](const char* id, const QString& text, const QString& help, const char* key, auto run) {
        QList<QKeySequence> keys;
        if (*key != '\0')
            keys.append(QKeySequence(QString::fromLatin1(key)));
        return context.actions.add(page, {QString::fromLatin1(id), text, help, {}, keys}, run);
    };
    const auto each = [this](auto act) {
        return [this, act] {
            for (const fleet::ClusterId id : m_chosen())
                act(m_context->fleet, id);
            refresh();
            emit changed();
        };
    };
    m_open = add("fleet.browse", tr("&Browse objects"), tr("Shows the objects of the chosen clusters"), "b", [this] {
        std::vector<fleet::ClusterId> ids = m_chosen();
        std::erase_if(ids, [this](fleet::ClusterId id) { return !isOpen(m_context->fleet.cluster(id).health); });
        if (ids.empty())
            return;
        PageTarget target;
        target.page = QStringLiteral("browser");
        target.scope = std::move(ids);
        m_context->navigator.open(target);
    });
    m_connect = add("fleet.connect", tr("&Connect"), tr("Connects the chosen clusters"), "Ctrl+Return",
                    each([](fleet::Fleet& fleet, fleet::ClusterId id) { fleet.connect(id); }));
    m_disconnect = add("fleet.disconnect", tr("&Disconnect"), tr("Disconnects the chosen clusters"), "Ctrl+Backspace",
                       each([](fleet::Fleet& fleet, fleet::ClusterId id) { fleet.disconnect(id); }));
    m_retry = add("fleet.retry", tr("&Try again now"), tr("Asks again at once instead of after the pause"), "Ctrl+R",
                  each([](fleet::Fleet& fleet, fleet::ClusterId id) { fleet.retry(id); }));
    m_connectGroup = add("fleet.connect-group", tr("Connect &group…"), tr("Connects all clusters of a group"), "g",
                         [this] { chooseGroup(); });
    m_protect = add("fleet.protect", tr("&Protected"), tr("Marks the chosen clusters as production"), "Shift+P",
                    [this] { setProtected(); });
    m_protect->setCheckable(true);
    m_readOnly = add("fleet.read-only", tr("&Read-only"), tr("Nothing is written to the chosen clusters"), "Shift+R",
                     [this] { setReadOnly(); });
    m_readOnly->setCheckable(true);
    m_reconnect =
        add("fleet.reconnect", tr("Connect at &start"),
            tr("Connects at start again, even where signing in runs a program"), "", [this] { setReconnect(); });
    m_reconnect->setCheckable(true);
    m_groups = add("fleet.groups", tr("Edit &groups…"), tr("Sorts the chosen clusters into groups"), "Shift+G",
                   [this] { editGroups(); });
    m_copy = add("fleet.copy-name", tr("Copy &name"), {}, "c", [this] { copyNames(); });
    refresh();
}

ClusterActions::~ClusterActions() = default;

void ClusterActions::refresh() {
    const std::vector<fleet::ClusterId> ids = m_chosen();
    bool canConnect = false;
    bool canDisconnect = false;
    bool canRetry = false;
    bool allProtected = !ids.empty();
    bool allReadOnly = !ids.empty();
    bool allReconnect = !ids.empty();
    for (const fleet::ClusterId id : ids) {
        const fleet::ClusterInfo& cluster = m_context->fleet.cluster(id);
        canConnect = canConnect || cluster.health == fleet::Health::NotConnected;
        canDisconnect = canDisconnect || isOpen(cluster.health);
        canRetry = canRetry || cluster.health == fleet::Health::Away || cluster.health == fleet::Health::SignIn;
        allProtected = allProtected && cluster.isProtected;
        allReadOnly = allReadOnly && cluster.isReadOnly;
        allReconnect = allReconnect && cluster.reconnectAtStart;
    }
    m_open->setEnabled(canDisconnect);
    m_connect->setEnabled(canConnect);
    m_disconnect->setEnabled(canDisconnect);
    m_retry->setEnabled(canRetry);
    for (QAction* action : {m_protect, m_reconnect, m_groups, m_copy})
        action->setEnabled(!ids.empty());
    // What holds for all of them cannot be taken back for some.
    m_readOnly->setEnabled(!ids.empty() && !m_context->settings.flag(fleet::Setting::ReadOnlyEverywhere));
    m_protect->setChecked(allProtected);
    m_readOnly->setChecked(allReadOnly);
    m_reconnect->setChecked(allReconnect);
}

QMenu* ClusterActions::makeMenu() {
    refresh();
    auto* menu = new QMenu(m_page);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Actions on clusters"));
    menu->addActions({m_open, m_connect});
    addWaysIn(*menu);
    menu->addActions({m_disconnect, m_retry});
    menu->addSeparator();
    menu->addActions({m_protect, m_readOnly, m_reconnect});
    addHues(*menu);
    menu->addAction(m_groups);
    menu->addSeparator();
    menu->addActions({m_copy, m_connectGroup});
    return menu;
}

void ClusterActions::addHues(QMenu& menu) {
    QMenu* hues = menu.addMenu(tr("&Hue"));
    hues->setEnabled(!m_chosen().empty());
    const QStringList names = hueNames();
    for (int hue = 0; hue < names.size(); ++hue) {
        QAction* action = hues->addAction(huePixmap(*m_page, hue), names.at(hue));
        connect(action, &QAction::triggered, this, [this, hue] {
            for (const fleet::ClusterId id : m_chosen())
                m_context->fleet.setHue(id, hue);
            emit changed();
        });
    }
}

// A cluster with several contexts has several users to come as.
void ClusterActions::addWaysIn(QMenu& menu) {
    const std::vector<fleet::ClusterId> ids = m_chosen();
    if (ids.size() != 1 || m_context->fleet.cluster(ids.front()).waysIn.size() < 2)
        return;
    const fleet::ClusterId id = ids.front();
    const fleet::ClusterInfo& cluster = m_context->fleet.cluster(id);
    QMenu* ways = menu.addMenu(tr("Connect &as"));
    for (std::size_t i = 0; i < cluster.waysIn.size(); ++i) {
        const fleet::WayIn& way = cluster.waysIn[i];
        QAction* action =
            ways->addAction(tr("%1 (user %2)", "context and user")
                                .arg(QString::fromStdString(way.context), QString::fromStdString(way.user)));
        action->setCheckable(true);
        action->setChecked(i == cluster.wayIn);
        connect(action, &QAction::triggered, this, [this, id, context = way.context] {
            m_context->fleet.connect(id, context);
            emit changed();
        });
    }
}

void ClusterActions::open(fleet::ClusterId id) {
    if (isOpen(m_context->fleet.cluster(id).health))
        m_open->trigger();
    else
        connectOne(id);
}

void ClusterActions::connectOne(fleet::ClusterId id) {
    if (m_context->fleet.cluster(id).health == fleet::Health::Invalid) {
        say(tr("%1 cannot be connected: %2", "cluster and reason")
                .arg(QString::fromStdString(m_context->fleet.cluster(id).name),
                     QString::fromStdString(m_context->fleet.cluster(id).why)));
        return;
    }
    m_context->fleet.connect(id);
    emit changed();
}

void ClusterActions::chooseGroup() {
    auto* dialog = new GroupDialog(m_context->fleet.clusters(), m_page->window());
    connect(dialog, &GroupDialog::chosen, this, [this](const std::vector<fleet::ClusterId>& ids) {
        for (const fleet::ClusterId id : ids)
            m_context->fleet.connect(id);
        say(tr("Connecting %Ln clusters", nullptr, static_cast<int>(ids.size())));
        emit changed();
    });
    dialog->open();
}

void ClusterActions::editGroups() {
    const std::vector<fleet::ClusterId> ids = m_chosen();
    if (ids.empty())
        return;
    QStringList known;
    for (const std::string& group : m_context->fleet.cluster(ids.front()).groups)
        known.append(QString::fromStdString(group));
    auto* dialog = new QInputDialog(m_page->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("groupsEdit"));
    dialog->setWindowTitle(tr("Groups"));
    dialog->setLabelText(tr("Groups of %Ln clusters, divided by commas:", nullptr, static_cast<int>(ids.size())));
    dialog->setTextValue(known.join(QStringLiteral(", ")));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, ids](const QString& text) {
        std::vector<std::string> groups;
        for (const QString& part : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
            if (!part.trimmed().isEmpty())
                groups.push_back(part.trimmed().toStdString());
        }
        for (const fleet::ClusterId id : ids)
            m_context->fleet.setGroups(id, groups);
        emit changed();
    });
    dialog->open();
}

void ClusterActions::setProtected() {
    const bool on = m_protect->isChecked();
    for (const fleet::ClusterId id : m_chosen())
        m_context->fleet.setProtected(id, on);
    emit changed();
}

void ClusterActions::setReadOnly() {
    const bool on = m_readOnly->isChecked();
    for (const fleet::ClusterId id : m_chosen())
        m_context->fleet.setReadOnly(id, on);
    emit changed();
}

void ClusterActions::setReconnect() {
    const bool on = m_reconnect->isChecked();
    for (const fleet::ClusterId id : m_chosen())
        m_context->fleet.setReconnectAtStart(id, on);
    emit changed();
}

void ClusterActions::copyNames() {
    QStringList names;
    for (const fleet::ClusterId id : m_chosen())
        names.append(QString::fromStdString(m_context->fleet.cluster(id).name));
    QGuiApplication::clipboard()->setText(names.join(QLatin1Char('\n')));
    say(tr("Copied %Ln names", nullptr, static_cast<int>(names.size())));
}

void ClusterActions::say(const QString& sentence) {
    m_context->navigator.say(sentence);
}

} // namespace ui
