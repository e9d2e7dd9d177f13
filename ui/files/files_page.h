// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/kube/files/file_copy.h"
#include "core/kube/streams/pod_shells.h"
#include "ui/files/file_source.h"
#include "ui/files/files_subject.h"
#include "ui/shell/page.h"

#include <QList>

#include <memory>
#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QSplitter;

namespace ui {

class FileCopies;
class FilePane;
class TableView;

/// The files of this machine beside those of a container, copied both ways, with what is being copied below.
class FilesPage : public Page {
    Q_OBJECT
public:
    FilesPage(const PageContext& context, QWidget* parent);
    ~FilesPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QString tabTitle() const override;
    [[nodiscard]] int tabHue() const override;
    [[nodiscard]] QList<QAction*> headActions() const override { return m_headActions; }
    [[nodiscard]] bool hasNamespaces() const override { return false; }
    [[nodiscard]] bool isAbout(const PageTarget& target) const override;
    [[nodiscard]] bool isVacant() const override { return m_subject == nullptr; }
    [[nodiscard]] QString unsaved() const override;
    void show(const PageTarget& target) override;
    void focusMain() override;
    [[nodiscard]] bool isSettled() const override;

    using Page::show;

private:
    void build();
    QWidget* makeStrip();
    void addActions();
    void wire(FilePane* pane);
    /// The side that has the keyboard, or had it last.
    [[nodiscard]] FilePane* active() const;
    [[nodiscard]] FilePane* other(const FilePane* pane) const;

    /// The container that is shown.
    [[nodiscard]] FilesSubject shown() const;
    void readPod();
    void podRead(const std::string& json);
    void openContainer();
    void fail(const base::Error& error);
    void readCluster();
    /// Why nothing may be written into the container; empty where it may.
    [[nodiscard]] QString whyNotInto() const;

    /// What was asked for, of the container that was shown then: another may be shown before it begins.
    struct Wish {
        kube::files::Direction direction;
        FilesSubject whose;
        std::vector<std::string> paths;
        std::string folder;
    };
    void copyFrom(const FilePane* pane);
    void copy(kube::files::Direction direction, std::vector<std::string> paths, std::string folder);
    void askAndCopy(const Wish& wish, const kube::files::Folder& target);
    void start(const Wish& wish, const std::vector<std::string>& confirmed);
    void copyEnded(kube::files::Direction direction);
    void readCopies();
    void viewFile(FilePane* pane, const std::string& path);
    void showMenu(FilePane* pane, const QPoint& at);
    void showCopyMenu(const QPoint& at);

    PageContext m_context;
    FilePane* m_here = nullptr;
    FilePane* m_there = nullptr;
    FilePane* m_active = nullptr;
    FileCopies* m_copies = nullptr;
    QWidget* m_strip = nullptr;
    TableView* m_copyTable = nullptr;
    QSplitter* m_rows = nullptr;
    QLabel* m_protected = nullptr;
    QComboBox* m_containers = nullptr;
    QAction* m_copy = nullptr;
    QAction* m_view = nullptr;
    QAction* m_hidden = nullptr;
    QAction* m_cancel = nullptr;
    QAction* m_again = nullptr;
    QAction* m_clear = nullptr;
    QList<QAction*> m_headActions;
    std::shared_ptr<const FilesSubject> m_subject;
    std::string m_container;
    kube::PodShells m_shells;
    bool m_isLooking = false;
    base::Cancel m_asked;
    base::Cancel m_noticed;
    std::unique_ptr<FileSource::Asking> m_comparing;
    std::unique_ptr<FileSource::Asking> m_viewing;
};

} // namespace ui
