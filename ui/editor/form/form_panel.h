// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/form/form_text.h"

#include <QWidget>

#include <string>
#include <vector>

class QLabel;
class QScrollArea;

namespace ui {

class FormSection;

/// The form beside the YAML of a workload or autoscaler: it shows what the text says, and each change in it is made in
/// the text at once. Where the text cannot be read, the form is disabled and says why.
class FormPanel : public QWidget {
    Q_OBJECT
public:
    explicit FormPanel(QWidget* parent);

    void setText(const QString& text);
    [[nodiscard]] bool isReadable() const { return m_text.problem().isEmpty(); }

signals:
    /// Made from the form.
    void edited(const QString& text);

private:
    void readText();
    void build();
    void say(const QString& text);

    FormText m_text;
    std::string m_builtFor;
    QScrollArea* m_scroll;
    QLabel* m_problem;
    std::vector<FormSection*> m_sections;
};

} // namespace ui
