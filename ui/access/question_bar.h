// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/access/grants_view.h"

#include <QStringList>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QTabBar;

namespace ui {

/// Which of the two questions about permissions is asked, in which namespace, and what the second one is about.
class QuestionBar : public QWidget {
    Q_OBJECT
public:
    enum class Mode { Mine, WhoCan };

    explicit QuestionBar(QWidget* parent = nullptr);

    [[nodiscard]] Mode mode() const;
    void setMode(Mode mode);
    [[nodiscard]] const GrantsView::Question& question() const { return m_question; }
    void setQuestion(const GrantsView::Question& question);
    /// Empty: all namespaces.
    [[nodiscard]] QString ns() const;
    enum class All { Offered, NotOffered };
    /// `current` is one of them, or empty for all.
    void setNamespaces(const QStringList& names, All all, const QString& current);
    /// What to choose from; anything else may be typed.
    void setResources(const QStringList& resources);
    void focusQuestion();

signals:
    void modeChanged();
    void questionChanged();
    /// Somebody chose another namespace.
    void namespaceChosen(const QString& ns);

private:
    QWidget* makeQuestionRow();
    void readQuestion();

    QTabBar* m_tabs;
    QComboBox* m_namespace;
    QWidget* m_row;
    QComboBox* m_verb;
    QComboBox* m_resource;
    QLineEdit* m_name;
    GrantsView::Question m_question;
};

} // namespace ui
