// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terminal/terminal_session.h"
#include "ui/terminal/terminal_subject.h"

#include <QFrame>
#include <QString>

class QComboBox;
class QLabel;
class QPushButton;

namespace ui {

class ElidedLabel;
class TerminalFindBar;
class TerminalView;
class WorkloadActs;
struct PageContext;

/// A session and its terminal, in a frame of the cluster's hue, with what it is on above and how it ended below.
class TerminalPane : public QFrame {
    Q_OBJECT
public:
    TerminalPane(const PageContext& context, const TerminalSubject& subject, QWidget* parent);

    [[nodiscard]] const TerminalSubject& subject() const { return m_session->subject(); }
    [[nodiscard]] TerminalView& view() const { return *m_view; }
    [[nodiscard]] const TerminalSession& session() const { return *m_session; }
    [[nodiscard]] bool isRunning() const { return m_session->state() == TerminalSession::State::Running; }
    /// It has answered: runs, or has ended.
    [[nodiscard]] bool isSettled() const;
    /// "team-a/web", and in which container.
    [[nodiscard]] QString name() const;
    /// How it is, in a few words.
    [[nodiscard]] QString stateText() const;
    [[nodiscard]] int hue() const { return m_hue; }

    void start();
    void restart();
    void openFind();
    /// The list of containers, by the keyboard.
    void openContainers();
    void setCloseable(bool isCloseable);

signals:
    void stateChanged();
    void focused();
    void closeAsked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeFoot();
    void wire();
    void showState();
    void showContainers();
    void readCluster();
    void chooseContainer(int index);
    void askDebug();

    const PageContext& m_context;
    TerminalSession* m_session;
    TerminalView* m_view;
    TerminalFindBar* m_find;
    QLabel* m_name = nullptr;
    ElidedLabel* m_title = nullptr;
    QLabel* m_protected = nullptr;
    QComboBox* m_containers = nullptr;
    QPushButton* m_close = nullptr;
    QWidget* m_foot = nullptr;
    ElidedLabel* m_end = nullptr;
    QPushButton* m_debug = nullptr;
    QPushButton* m_again = nullptr;
    WorkloadActs* m_acts = nullptr;
    int m_hue = 0;
    base::Cancel m_noticed;
};

} // namespace ui
