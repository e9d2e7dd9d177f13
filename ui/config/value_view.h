// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/config/key_draft.h"

#include <QWidget>

#include <cstddef>
#include <cstdint>
#include <string>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace ui {

class CertificateView;
class ElidedLabel;
class FindBar;
class YamlEditor;

/// The value of one key: as text to edit, as bytes, or what its certificates say. A value that is not revealed is in no
/// widget, so that no picture or reader finds it. The draft is the page's; this writes nothing into it.
class ValueView : public QWidget {
    Q_OBJECT
public:
    enum class Face { Nothing, Hidden, Text, Bytes, Certificates };

    explicit ValueView(QWidget* parent = nullptr);

    /// `id` 0 or unknown: nothing. `names` are those of the draft's clusters.
    void show(const KeyDraft& draft, int id, const QStringList& names, std::int64_t nowMs);
    [[nodiscard]] int id() const { return m_id; }
    [[nodiscard]] Face face() const { return m_face; }
    [[nodiscard]] YamlEditor& editor() const { return *m_editor; }
    /// Buttons on the right of the key's name, for what concerns the key.
    void addButton(QPushButton& button);
    void focusValue();
    void openFind();

    using QWidget::show;

signals:
    void edited(int id, const std::string& bytes);
    void revealAsked(int id, bool isRevealed);
    void copyAsked(int id, std::size_t cluster);
    void loadAsked(int id);
    void saveAsked(int id, std::size_t cluster);
    /// Escape in the editor.
    void leaveAsked();

private:
    QWidget* makeHead();
    QWidget* makeFaces();
    QWidget* makeFoot();
    void chooseFaces(const std::string& bytes, const KeyDraft::Entry& entry);
    void showFace();
    void showText(const std::string& bytes);
    void showBytes(const std::string& bytes);
    void read();
    [[nodiscard]] std::size_t cluster() const;

    const KeyDraft* m_draft = nullptr;
    int m_id = 0;
    int m_textOf = 0;     ///< The key whose text stands in the editor.
    int m_clustersOf = 0; ///< The key whose clusters stand in the choice.
    std::int64_t m_nowMs = 0;
    Face m_face = Face::Nothing;
    Face m_wanted = Face::Nothing; ///< What was chosen for this key.
    bool m_isShowing = false;

    QHBoxLayout* m_title = nullptr;
    ElidedLabel* m_name = nullptr;
    QLabel* m_about = nullptr;
    QLabel* m_spread = nullptr;
    QComboBox* m_faces = nullptr;
    QComboBox* m_clusters = nullptr;
    QPushButton* m_reveal = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_load = nullptr;
    QPushButton* m_save = nullptr;
    QStackedWidget* m_stack = nullptr;
    QLabel* m_blank = nullptr;
    YamlEditor* m_editor = nullptr;
    FindBar* m_find = nullptr;
    QPlainTextEdit* m_bytes = nullptr;
    CertificateView* m_certificates = nullptr;
};

/// Sixteen bytes a line: place, hexadecimal, characters. Of long values the beginning.
QString hexText(const std::string& bytes);

} // namespace ui
