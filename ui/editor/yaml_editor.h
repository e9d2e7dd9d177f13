// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/manifest/yaml_cursor.h"

#include <QList>
#include <QString>
#include <Qsci/qsciscintilla.h>

#include <functional>
#include <vector>

class QsciLexer;

namespace ui {

/// Something to write at the cursor.
struct EditorProposal {
    QString text;
    QString behind;    ///< Written after it: ": ", or a colon and an indented line.
    QString statement; ///< Of the field, for the line below.
};

/// YAML to write: coloured, folded by indents, with line numbers, waves under what is wrong, and proposals while
/// typing or on Ctrl+Space. Follows the theme. Tab indents; Escape gives the keyboard back (leaveAsked).
class YamlEditor : public QsciScintilla {
    Q_OBJECT
public:
    /// A place from 1 on, as in kube::TextPlace, and how it is marked.
    struct Fault {
        int line = 1;
        int column = 1;
        bool isBroken = true; ///< Else doubtful.
    };
    /// What may be written at a place; the text typed so far need not be respected.
    using Proposals = std::function<QList<EditorProposal>(const kube::YamlCursor&)>;

    explicit YamlEditor(QWidget* parent = nullptr);

    /// What it is coloured and indented as; text of no language keeps its tabs.
    enum class Language { Yaml, None };
    void setLanguage(Language language);

    void setProposals(Proposals proposals) { m_proposals = std::move(proposals); }
    void setFaults(const std::vector<Fault>& faults);
    [[nodiscard]] kube::YamlCursor cursor() const;
    void goTo(int line, int column);
    /// Opens the proposals for the cursor, also where nothing is typed yet.
    void propose();
    /// More is known now: proposes for a word that is being typed.
    void proposeAgain();
    [[nodiscard]] QList<EditorProposal> proposed() const { return m_proposed; }

    enum class Way { Forward, Backward };
    /// Selects the next place, around the end; false where there is none.
    bool findText(const QString& text, Way way);
    /// Replaces what differs alone, as one step to undo: cursor, folds and place in the text stay.
    void changeTo(const QString& text);
    /// How many were replaced.
    int replaceEvery(const QString& text, const QString& with);

signals:
    void cursorMoved();
    /// The proposal that is chosen in the list, before it is taken.
    void proposalLookedAt(const QString& statement);
    void findAsked();
    void leaveAsked();

protected:
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void applyTheme();
    void applyLexerColours();
    void setUpKeys();
    void showProposals(bool isAsked);
    void finishProposal(const QString& text);
    [[nodiscard]] int positionOf(int line, int column) const;

    QsciLexer* m_yaml;
    Proposals m_proposals;
    QList<EditorProposal> m_proposed;
    std::string m_proposedIndent;
};

} // namespace ui
