// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace ui {

/// YAML to read: coloured, with find in it (Ctrl+F, F3) managedFields folded away and the values of secrets
/// hidden until asked for.
class YamlView : public QWidget {
    Q_OBJECT
public:
    explicit YamlView(QWidget* parent = nullptr);

    /// Keeps scroll and selection where only parts of the text differ. `text` of the same object as before.
    void setYaml(const QString& text);
    /// Another object: from the top again.
    void clear();
    [[nodiscard]] QString yaml() const;
    [[nodiscard]] bool showsManagedFields() const;
    /// Whether there are values that are hidden until asked for; each object is asked anew.
    void setHidesValues(bool on);
    [[nodiscard]] bool showsValues() const;
    void openFind();
    /// Whether there was a find line to close.
    bool closeFind();

signals:
    /// Something else of the object is to be shown.
    void choiceChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Way { Forward, Backward };
    void find(Way way);
    void markMatches();

    QPlainTextEdit* m_text;
    QWidget* m_bar;
    QLineEdit* m_find;
    QLabel* m_matches;
    QCheckBox* m_managed;
    QCheckBox* m_values;
};

} // namespace ui
