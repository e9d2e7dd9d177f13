// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/files/file_tree_model.h"

#include <QFrame>
#include <QString>

#include <functional>
#include <string>
#include <vector>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace ui {

class ElidedLabel;
class FileTreeView;

/// One side of the Files page: whose files they are, the path, the tree or what stands in its place, and what is
/// chosen. The keyboard is in the tree, or in what stands in its place: in the button there, if it has one.
class FilePane : public QFrame {
    Q_OBJECT
public:
    FilePane(FileTreeModel::Side side, const QString& name, QWidget* parent);

    [[nodiscard]] FileTreeModel& model() const { return *m_model; }
    [[nodiscard]] FileTreeView& view() const { return *m_view; }
    /// Where whose files they are is said.
    [[nodiscard]] QHBoxLayout& head() const { return *m_head; }
    /// The band at its left edge; -1: none.
    void setHue(int hue);

    /// In place of the tree, until it is taken away; `act` may be empty.
    void setFace(const QString& title, const QString& advice, const QString& act, std::function<void()> run);
    void clearFace();
    [[nodiscard]] bool hasFace() const { return m_isFaceGiven; }

    /// Paths of what is selected, or of what the cursor is on.
    [[nodiscard]] std::vector<std::string> chosen() const;
    void setCopyButton(const QString& text, const QString& tip);
    [[nodiscard]] QPushButton& copyButton() const { return *m_copy; }

    void goUp();
    void editPath();

signals:
    void copyAsked();
    void fileOpened(const std::string& path);
    void menuAsked(const QPoint& at);
    void choiceChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeHead(const QString& name);
    QWidget* makePathBar();
    QWidget* makeFace();
    QWidget* makeFoot();
    void open(const QModelIndex& index);
    void goTo(const QString& typed);
    void readState();
    void showTree();
    [[nodiscard]] bool hasKeyboard() const;
    void showFace(const QString& title, const QString& advice, const QString& act, std::function<void()> run);
    void readChoice();
    void restoreCursor();

    FileTreeModel* m_model;
    FileTreeView* m_view = nullptr;
    QHBoxLayout* m_head = nullptr;
    QLineEdit* m_path = nullptr;
    QPushButton* m_up = nullptr;
    QStackedWidget* m_stack = nullptr;
    QWidget* m_face = nullptr;
    QLabel* m_faceTitle = nullptr;
    QLabel* m_faceAdvice = nullptr;
    QPushButton* m_faceAct = nullptr;
    std::function<void()> m_faceRun;
    ElidedLabel* m_count = nullptr;
    QPushButton* m_copy = nullptr;
    bool m_isFaceGiven = false;
    int m_hue = -1;
    std::string m_cameFrom; ///< The folder that was left by going up.
};

} // namespace ui
