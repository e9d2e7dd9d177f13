// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace ui {

class YamlEditor;

/// Find and replace in an editor: Enter goes on, Shift+Enter back, Escape closes.
class FindBar : public QWidget {
    Q_OBJECT
public:
    explicit FindBar(YamlEditor& editor, QWidget* parent = nullptr);

    enum class Purpose { Find, Replace };
    void open(Purpose purpose);
    /// Whether there was something to close.
    bool closeBar();
    void next();
    void previous();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void go(bool isForward);
    void replaceOne();
    void replaceAll();

    YamlEditor& m_editor;
    QLineEdit* m_find;
    QLineEdit* m_with;
    QWidget* m_replaceRow;
    QLabel* m_note;
};

} // namespace ui
