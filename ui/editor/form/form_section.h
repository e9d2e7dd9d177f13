// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/form/form_choice.h"
#include "ui/editor/form/form_line.h"
#include "ui/editor/form/form_text.h"

#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;

namespace ui {

/// A titled part of the form: fields in rows, and below them what they cannot take.
class FormSection : public QWidget {
    Q_OBJECT
public:
    /// Without a title it is a part of a section.
    FormSection(FormText& text, const QString& title, QWidget* parent);

    /// From the text, which can be read.
    virtual void read();

protected:
    /// What setField() of all fields is to follow: where the part is.
    [[nodiscard]] FormText& text() const { return m_text; }
    [[nodiscard]] QGridLayout& grid() const { return *m_grid; }
    /// A row of its own: its name on the left, if it has one.
    void addRow(const QString& name, QWidget* field);
    void addWide(QWidget* widget);
    FormLine* makeLine(FormLine::Kind kind, const QString& name, const char* objectName);
    FormLine* addLine(FormLine::Kind kind, const QString& name, const char* objectName);
    FormChoice* makeChoice(const QString& name, const char* objectName);
    /// A choice that is no field of the text by itself.
    QComboBox* makeBox(const QString& name, const char* objectName);
    /// What else is wrong with the fields, beside what each cannot take.
    void setRemark(const QString& remark);

private:
    void showProblems();

    FormText& m_text;
    QGridLayout* m_grid;
    QLabel* m_problems;
    std::vector<FormLine*> m_lines;
    std::vector<FormChoice*> m_choices;
    QString m_remark;
};

/// How wide the names on the left are, so that the fields of all sections stand below each other.
inline constexpr int kFormNameWidth = 116;

} // namespace ui
