// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/change/acts/acts.h"
#include "core/kube/kind.h"
#include "ui/browser/act_target.h"
#include "ui/editor/editor_subject.h"
#include "ui/terminal/terminal_subject.h"

#include <QList>
#include <QMenu>
#include <QObject>
#include <QPointer>
#include <QString>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

class QAction;

namespace fleet {
struct Permission;
} // namespace fleet

namespace ui {

struct PageContext;

class Page;
class WorkloadActs;

/// What can be done to the objects chosen in the Browser, in one or many clusters. Each act makes a change set, which
/// opens as a sheet; nothing is written here. Keys, menu and palette share these actions.
class ObjectActs : public QObject {
    Q_OBJECT
public:
    using Chosen = std::function<std::vector<ActTarget>(std::size_t most)>;
    using Shown = std::function<const kube::Kind*()>;

    /// `chosen` gives what is marked or selected, the first of it; all of one kind. `shown` gives the kind of what may
    /// be chosen, also while there is nothing; null where it is not known.
    ObjectActs(const PageContext& context, Page* page, Chosen chosen, Shown shown);
    ~ObjectActs() override;

    /// After the kind or the choice became another one: what makes no sense for it is disabled.
    void refresh();
    /// The acts that make sense for what is chosen; what RBAC forbids is disabled and tells why.
    void addTo(QMenu& menu);

private:
    enum class Of { Object, ItsPods };
    enum class Choice { Needed, Optional };
    struct Need {
        const char* verb;
        const char* subresource;
        Of of = Of::Object;
        Choice choice = Choice::Needed;
    };
    struct ActSpec {
        QAction* action = nullptr;
        std::function<bool(const kube::Kind&)> fits;
        Need need;
        QString tip;
    };

    void build();
    void addNodeActs();
    void addWorkloadActs();
    void add(const char* id, const QString& text, const QString& help, const char* key, Need need,
             std::function<bool(const kube::Kind&)> fits, std::function<void()> run);
    /// Which right is missing for all that is chosen; empty where at least one may be done, or is not known.
    [[nodiscard]] QString denial(const std::vector<ActTarget>& targets, const Need& need) const;
    [[nodiscard]] fleet::Permission may(const ActTarget& target, const Need& need) const;
    void readRights();
    [[nodiscard]] std::vector<ActTarget> all() const;
    void openEditor(EditorSubject::Purpose purpose, EditorSubject::View view = EditorSubject::View::Text);
    /// Of the one object that is chosen, in all clusters; tells where it is more than one.
    [[nodiscard]] std::optional<EditorSubject> subjectOf(EditorSubject::Purpose purpose) const;
    void openKeys();
    void askLogs();
    void askForwarding();
    void openTerminal(TerminalSubject::Kind kind);
    void askDebug();
    void openFiles();
    void askScale();
    void askKeys(change::KeysOf of);
    void askDelete();
    using Make = std::function<change::Operation(const change::Target&)>;
    /// `pattern` has %1 for what is changed: "Restart %1".
    void openAll(const QString& pattern, const Make& make);
    void open(const std::vector<ActTarget>& targets, const QString& title, const Make& make);

    std::unique_ptr<PageContext> m_context;
    Page* m_page;
    Chosen m_chosen;
    Shown m_shown;
    WorkloadActs* m_workloads;
    std::vector<ActSpec> m_acts;
    QPointer<QMenu> m_menu;
    base::Cancel m_known;
};

} // namespace ui
