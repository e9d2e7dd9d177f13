// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

#include <QLineEdit>
#include <QPointer>

#include <functional>
#include <optional>

class QListView;
class QStringListModel;

namespace ui {

/// The line on top: '/' filters the page as one types, ':' takes a command and completes it. Esc empties it, then gives
/// the keyboard back; Enter runs the command or gives the keyboard to the page.
class CommandLine : public QLineEdit {
    Q_OBJECT
public:
    enum class Mode { Filter, Command };

    explicit CommandLine(QWidget* parent = nullptr);

    /// What completes a command; called with each key.
    void setSuggestions(std::function<QStringList(const QString& typed)> suggestions);
    /// The page's filter, hint and what is wrong with the filter.
    void showFilter(const QString& text, const QString& hint, const std::optional<FilterProblem>& problem);
    void edit(Mode mode);
    [[nodiscard]] Mode mode() const { return m_mode; }

signals:
    void filterEdited(const QString& text);
    void commandEntered(const QString& text);
    /// The keyboard should go back to the page.
    void left();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void setMode(Mode mode);
    void textTyped(const QString& typed);
    void suggest();
    void makeList();
    void placeList();
    void hideList();
    [[nodiscard]] bool isListOpen() const;
    void run();

    Mode m_mode = Mode::Filter;
    QString m_filter;
    QString m_hint;
    std::optional<FilterProblem> m_problem;
    std::function<QStringList(const QString&)> m_suggestions;
    QPointer<QListView> m_list; // Of suggestions; null before the first one.
    QStringListModel* m_suggested;
};

} // namespace ui
