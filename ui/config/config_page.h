// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/error.h"
#include "ui/base/call.h"
#include "ui/config/key_draft.h"
#include "ui/config/key_table.h"
#include "ui/editor/editor_subject.h"
#include "ui/shell/page.h"

#include <QPointer>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace ui {

class ChangeRun;
class TableView;
class ValueView;

/// A ConfigMap or a Secret by key, in all clusters where it was chosen: the keys left, the value right. Values of a
/// Secret are shown where they are asked for. What comes of it is a change set, which opens as a sheet.
class ConfigPage : public Page {
    Q_OBJECT
public:
    ConfigPage(const PageContext& context, QWidget* parent);
    ~ConfigPage() override;

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

    /// Reads them, each as a key by its name; tells what does not fit. Public for tests, which have no file dialog.
    void addFiles(const QStringList& files);
    void loadFile(int id, const QString& file);
    void saveFile(int id, std::size_t cluster, const QString& file);

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

    void build();
    QWidget* makeKeys();
    QWidget* makeFoot();
    void addActions();
    void setSubject(std::shared_ptr<const EditorSubject> subject);
    void openObjects();
    void objectRead();
    void showKeys();
    void showValue();
    void readNotice();
    void readButtons();
    [[nodiscard]] int currentId() const;
    void choose(int id);
    void askAdd();
    void askRename();
    void removeKey();
    void restoreKey();
    void askFiles();
    void askLoad(int id);
    void askSave(int id, std::size_t cluster);
    void copy(int id, std::size_t cluster);
    void reveal(int id, bool isRevealed);
    [[nodiscard]] std::optional<std::string> readFile(const QString& file);
    [[nodiscard]] QString keyProblem(const QString& key, int id) const;
    [[nodiscard]] QString faultText(const change::KeyFault& fault) const;
    [[nodiscard]] QString faultsText() const;
    void openYaml();
    void commit();
    void runChanged();
    void leave();
    [[nodiscard]] QString clusterText(std::size_t number) const;
    [[nodiscard]] QStringList clusterTexts() const;
    void say(const QString& text);

    PageContext m_context;
    std::shared_ptr<const EditorSubject> m_subject;
    Subject m_turn;
    std::vector<Opened> m_opened;
    KeyDraft m_draft;
    bool m_isRead = false;
    std::string m_keyBefore;   ///< Chosen before the object was read again.
    QPointer<ChangeRun> m_run; ///< What came of the keys last.
    std::vector<change::KeyEdit> m_committed;

    QStackedWidget* m_stack = nullptr;
    QLabel* m_notice = nullptr;
    KeyModel* m_model = nullptr;
    TableView* m_table = nullptr;
    ValueView* m_value = nullptr;
    QLabel* m_note = nullptr;
    QPushButton* m_add = nullptr;
    QPushButton* m_files = nullptr;
    QPushButton* m_rename = nullptr;
    QPushButton* m_remove = nullptr;
    QPushButton* m_go = nullptr;
};

} // namespace ui
