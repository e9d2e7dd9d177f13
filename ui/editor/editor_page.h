// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/change/acts/edit.h"
#include "core/kube/manifest/yaml_cursor.h"
#include "core/kube/openapi/schema_store.h"
#include "ui/base/call.h"
#include "ui/editor/editor_subject.h"
#include "ui/shell/page.h"

#include <QPointer>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QStackedWidget;
class QTimer;

namespace ui {

class ChangeRun;
class ElidedLabel;
class FormPanel;
class FindBar;
class YamlEditor;
struct EditorProposal;

/// Writing YAML: an object edited, in all clusters where it was chosen, or new objects for clusters to choose. The
/// clusters' schemas complete and check while one writes; what comes of it is a change set, which opens as a sheet.
class EditorPage : public Page {
    Q_OBJECT
public:
    EditorPage(const PageContext& context, QWidget* parent);
    ~EditorPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QString tabTitle() const override;
    [[nodiscard]] int tabHue() const override;
    [[nodiscard]] bool hasNamespaces() const override { return false; }
    [[nodiscard]] bool isAbout(const PageTarget& target) const override;
    [[nodiscard]] bool isVacant() const override { return m_subject == nullptr; }
    void show(const PageTarget& target) override;
    void focusMain() override;
    [[nodiscard]] bool isSettled() const override;
    [[nodiscard]] QString unsaved() const override;

    using Page::show;

private:
    /// The object in one cluster, as it was read.
    struct Opened {
        fleet::ClusterId cluster;
        std::string json = {};
        std::optional<base::Error> error = {};
        base::Cancel asked = {};

        [[nodiscard]] bool isAnswered() const { return !json.empty() || error.has_value(); }
    };
    struct Message {
        kube::TextPlace place;
        QString text;
        bool isBroken = true;
    };

    void build();
    QWidget* makeHead();
    QWidget* makeFoot();
    void setUpForm();
    void setFormShown(bool isShown);
    void readForm();
    void addActions();
    void setSubject(std::shared_ptr<const EditorSubject> subject);
    void openObjects();
    void objectRead(std::size_t number);
    void showObject(change::Secrets secrets);
    void showCopy(const std::string& json);
    void readHead();
    void chooseClusters();
    void learn(const std::string& apiVersion);
    [[nodiscard]] const kube::openapi::Schema* schemaOf(const std::string& apiVersion, const std::string& kind) const;
    [[nodiscard]] QList<EditorProposal> proposals(const kube::YamlCursor& cursor) const;
    void check();
    void takeLint(const kube::openapi::Lint& lint);
    void showMessages(std::vector<Message> messages);
    void goToMessage(int number);
    void stepMessage(int by);
    void readCursor();
    void commit();
    void commitEdit();
    void commitNew();
    void open(change::ChangeSet set);
    void runChanged();
    void openKeys();
    void leave();
    [[nodiscard]] bool isEdit() const;
    [[nodiscard]] std::vector<fleet::ClusterId> clusters() const;
    [[nodiscard]] QString clustersText() const;
    [[nodiscard]] change::Edit currentEdit() const;
    void say(const QString& text);

    PageContext m_context;
    std::shared_ptr<const EditorSubject> m_subject;
    Subject m_turn;
    std::vector<fleet::ClusterId> m_clusters; ///< Where new objects go.
    std::vector<Opened> m_opened;
    std::string m_shown;                                         ///< What the text was made of, JSON.
    std::map<std::string, kube::openapi::DocumentPtr> m_schemas; ///< Null: asked for, or not to be had.
    std::vector<base::Cancel> m_asked;
    base::Cancel m_linting;
    QPointer<ChangeRun> m_run; ///< What came of the text last.
    QString m_committed;       ///< The text then.
    bool m_isChecked = false;
    std::vector<Message> m_messages;

    QStackedWidget* m_stack = nullptr;
    QLabel* m_vacant = nullptr;
    YamlEditor* m_editor = nullptr;
    FormPanel* m_form = nullptr;
    QPushButton* m_formToggle = nullptr;
    FindBar* m_find = nullptr;
    QWidget* m_target = nullptr;
    QPushButton* m_where = nullptr;
    QLineEdit* m_namespace = nullptr;
    QWidget* m_hidden = nullptr;
    QLabel* m_notice = nullptr;
    QListWidget* m_list = nullptr;
    ElidedLabel* m_path = nullptr;
    QLabel* m_statement = nullptr;
    QLabel* m_note = nullptr;
    QPushButton* m_keys = nullptr;
    QPushButton* m_go = nullptr;
    QTimer* m_timer = nullptr;
};

} // namespace ui
