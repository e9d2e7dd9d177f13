// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/form/form_text.h"

#include <QLineEdit>

#include <limits>

namespace ui {

/// One field of the text in one line. What the field cannot take is marked and said (problem(), the tooltip), and is
/// not written.
class FormLine : public QLineEdit {
    Q_OBJECT
public:
    enum class Kind {
        Text,
        Number,   ///< From 0 on.
        Quantity, ///< 500m, 2Gi.
        Port,     ///< A number or a name.
        Words,    ///< A list of texts, divided by blanks; what holds blanks stands in quotes.
        Pairs,    ///< An object of texts: key=value, divided by blanks.
        Labels,   ///< A label selector, as kubectl -l takes it.
        NodeTerm, ///< A node selector's term, likewise.
    };

    FormLine(FormText& text, Kind kind, const QString& name, QWidget* parent);

    /// The field; of the steps to it the first `kept` stay when it becomes empty.
    void setField(kube::FieldSteps field, std::size_t kept);
    [[nodiscard]] const kube::FieldSteps& field() const { return m_field; }
    /// What does not fit is cut at the beginning instead of the end.
    void showEnd() { m_showsEnd = true; }
    /// Of a Number.
    void setRange(int least, int most);
    /// Said where the field holds what this line cannot show, and so leaves as it is.
    [[nodiscard]] bool isBeyond() const { return m_isBeyond; }
    /// As if it were typed.
    void enter(const QString& text);
    /// Reads the field, unless it is as it was when somebody began to type what it cannot take.
    void readField();
    [[nodiscard]] QString problem() const { return m_problem; }

signals:
    void problemChanged();

private:
    [[nodiscard]] QString shownText() const;
    [[nodiscard]] QString problemOf(const QString& text) const;
    [[nodiscard]] base::Result<void> write(kube::YamlObject& object, const QString& text) const;
    void take(const QString& text);
    void setProblem(const QString& problem);
    void setBeyond(bool isBeyond);
    [[nodiscard]] bool isSame(const QString& now) const;

    FormText& m_text;
    Kind m_kind;
    kube::FieldSteps m_field;
    std::size_t m_kept = 0;
    int m_least = 0;
    int m_most = std::numeric_limits<int>::max();
    QString m_read;
    bool m_isBeyond = false;
    bool m_showsEnd = false;
    QString m_hint;         ///< What the placeholder is otherwise.
    bool m_isTyped = false; ///< What is typed is being written, and read back.
    QString m_problem;
};

/// Texts as one line and back: what holds blanks, quotes or breaks stands in double quotes.
QString joinWords(const std::vector<std::string>& words);
/// Nothing where a quote is left open.
std::optional<std::vector<std::string>> splitWords(const QString& line);

} // namespace ui
