// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/form/form_section.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ui {

/// One item of a list.
class FormRow : public FormSection {
    Q_OBJECT
public:
    FormRow(FormText& text, QWidget* parent);
    virtual void setItem(const kube::FieldSteps& item) = 0;

protected:
    struct Shown {
        kube::FieldSteps at;
        std::vector<std::string_view> fields;
    };
    /// Names what is at these places beside the fields that the row shows.
    void tellOthers(const std::vector<Shown>& places);

private:
    QLabel* m_others = nullptr;
};

/// A list of the text: a row for each item, each with a button that takes it away, and one that adds an item.
class FormRows : public QWidget {
    Q_OBJECT
public:
    struct Shape {
        QString add;       ///< On the button.
        QString remove;    ///< What a row's button does, for who cannot see it.
        std::string blank; ///< A new item, JSON.
        std::function<FormRow*(QWidget* parent)> make;
        /// What a new item gets from the text, if anything.
        std::function<base::Result<void>(kube::YamlObject& object, const kube::FieldSteps& item)> fill = {};
    };
    FormRows(FormText& text, Shape shape, QWidget* parent);

    /// Of the steps to the list the first `kept` stay when it becomes empty.
    void setList(kube::FieldSteps list, std::size_t kept);
    void read();
    [[nodiscard]] bool isEmpty() const { return m_lines.empty(); }
    [[nodiscard]] QPushButton& addButton() const { return *m_add; }

private:
    struct Line {
        QWidget* holder;
        FormRow* row;
    };
    void addLine();
    void removeItem(int index);
    void addItem();

    FormText& m_text;
    Shape m_shape;
    kube::FieldSteps m_list;
    std::size_t m_kept = 0;
    std::vector<Line> m_lines;
    QVBoxLayout* m_layout;
    QPushButton* m_add;
};

} // namespace ui
