// SPDX-License-Identifier: GPL-3.0-or-later
// Schemas, proposals and messages of the editor; see editor_page.cpp for what it shows.
#include "core/fleet/fleet.h"
#include "core/kube/openapi/complete.h"
#include "core/kube/openapi/schema_store.h"
#include "ui/base/elided_label.h"
#include "ui/base/marks.h"
#include "ui/base/theme.h"
#include "ui/editor/editor_page.h"
#include "ui/editor/finding_text.h"
#include "ui/editor/yaml_editor.h"

#include <QLabel>
#include <QListWidget>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

namespace openapi = kube::openapi;

std::pair<std::string, std::string> groupAndVersion(const std::string& apiVersion) {
    const std::size_t slash = apiVersion.find('/');
    if (slash == std::string::npos)
        return {{}, apiVersion};
    return {apiVersion.substr(0, slash), apiVersion.substr(slash + 1)};
}

/// What stands behind a key that was proposed.
QString behindOf(openapi::Completion::Form form) {
    switch (form) {
    case openapi::Completion::Form::Value:
        return {};
    case openapi::Completion::Form::Field:
        return QStringLiteral(": ");
    case openapi::Completion::Form::Object:
        return QStringLiteral(":\n  ");
    case openapi::Completion::Form::List:
        return QStringLiteral(":\n- ");
    }
    return {};
}

bool isPlaceholder(const openapi::Finding& finding) {
    return finding.fault == openapi::Fault::BadForm && finding.wanted == "base64" && !finding.path.empty() &&
           finding.path.front().key == "data";
}

} // namespace

void EditorPage::learn(const std::string& apiVersion) {
    const std::vector<fleet::ClusterId> where = clusters();
    if (apiVersion.empty() || where.empty() || m_schemas.contains(apiVersion))
        return;
    const std::shared_ptr<kube::Transport> transport = m_context.fleet.transport(where.front());
    if (transport == nullptr)
        return;
    m_schemas[apiVersion] = nullptr;
    m_asked.push_back(call(
        this, m_turn,
        [&](auto answer) { return m_context.fleet.schemas().find(transport, apiVersion, std::move(answer)); },
        [this, apiVersion](base::Result<openapi::DocumentPtr> document) {
            if (!document)
                return; // One writes without help then; the dry run still tells everything.
            m_schemas[apiVersion] = *std::move(document);
            m_editor->proposeAgain();
            readCursor();
            check();
        }));
}

const openapi::Schema* EditorPage::schemaOf(const std::string& apiVersion, const std::string& kind) const {
    const auto at = m_schemas.find(apiVersion);
    if (at == m_schemas.end() || at->second == nullptr)
        return nullptr;
    const auto [group, version] = groupAndVersion(apiVersion);
    return at->second->find(group, version, kind);
}

QList<EditorProposal> EditorPage::proposals(const kube::YamlCursor& cursor) const {
    QList<EditorProposal> found;
    const bool isValue = cursor.where == kube::YamlCursor::Where::Value;
    const openapi::Schema* schema = schemaOf(cursor.apiVersion, cursor.kind);
    if (schema == nullptr) {
        // The first lines of a new object.
        for (const char* key : {"apiVersion", "kind", "metadata", "spec"}) {
            if (!isValue && cursor.parent.empty())
                found.append({QString::fromLatin1(key), QStringLiteral(": "), {}});
        }
        const auto document = m_schemas.find(cursor.apiVersion);
        if (isValue && toString(cursor.field) == "kind" && document != m_schemas.end() && document->second) {
            for (const auto& [apiVersion, kind] : document->second->kinds()) {
                if (apiVersion == cursor.apiVersion)
                    found.append({QString::fromStdString(kind), {}, {}});
            }
        }
        return found;
    }
    std::vector<openapi::Completion> all =
        isValue ? openapi::valuesAt(*schema, cursor.field) : openapi::fieldsAt(*schema, cursor.parent);
    // An item of a list of texts.
    if (!isValue && all.empty())
        all = openapi::valuesAt(*schema, cursor.parent);
    for (const openapi::Completion& one : all) {
        kube::FieldSteps path = isValue ? cursor.field : cursor.parent;
        if (!isValue)
            path.push_back({one.text});
        const openapi::Schema* field = openapi::schemaAt(*schema, path);
        found.append({QString::fromStdString(one.text), behindOf(one.form),
                      field == nullptr
                          ? QString()
                          : fieldStatement(QString::fromStdString(toString(path)), *field, one.isRequired)});
    }
    return found;
}

void EditorPage::check() {
    if (m_subject == nullptr)
        return;
    m_timer->stop();
    std::vector<openapi::DocumentPtr> documents;
    for (const auto& [version, document] : m_schemas) {
        if (document)
            documents.push_back(document);
    }
    m_linting = call(
        this, m_turn,
        [&](auto answer) {
            return m_context.fleet.schemas().lint(m_editor->text().toStdString(), std::string(), std::move(documents),
                                                  std::move(answer));
        },
        [this](const openapi::Lint& lint) { takeLint(lint); });
}

void EditorPage::takeLint(const openapi::Lint& lint) {
    // Another check is coming.
    if (m_timer->isActive())
        return;
    for (const kube::Manifest& object : lint.read.objects)
        learn(object.apiVersion);
    std::vector<Message> messages;
    const auto addNotes = [&messages](const std::vector<kube::ManifestNote>& notes, bool isBroken) {
        for (const kube::ManifestNote& note : notes)
            messages.push_back({note.place, QString::fromStdString(note.message), isBroken});
    };
    const bool isEmpty = m_editor->text().trimmed().isEmpty();
    addNotes(lint.read.errors, true);
    if (isEdit() && !m_shown.empty() && lint.read.errors.empty() && !isEmpty) {
        const change::Edit edit = currentEdit();
        addNotes(edit.errors(), true);
        addNotes(edit.notes(), false);
        say(edit.changeCount() == 0 ? tr("Nothing is changed yet.")
                                    : tr("%Ln changes", "in a text", static_cast<int>(edit.changeCount())));
    } else {
        addNotes(lint.read.warnings, false);
    }
    for (const openapi::Finding& finding : lint.findings) {
        const bool isKept =
            isPlaceholder(finding) &&
            m_editor->text(finding.at.line - 1).contains(QString::fromUtf8(change::kHiddenValue.data()));
        if (!isKept)
            messages.push_back({{{}, finding.at.line, finding.at.column}, findingText(finding), false});
    }
    std::stable_sort(messages.begin(), messages.end(), [](const Message& a, const Message& b) {
        return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
    });
    showMessages(std::move(messages));
    m_isChecked = true;
    emit settledChanged();
}

void EditorPage::showMessages(std::vector<Message> messages) {
    m_messages = std::move(messages);
    std::vector<YamlEditor::Fault> faults;
    m_list->clear();
    for (const Message& message : m_messages) {
        faults.push_back({message.place.line, message.place.column, message.isBroken});
        m_list->addItem(
            tr("Line %L1: %2", "a place in a text: what is wrong there").arg(message.place.line).arg(message.text));
        m_list->item(m_list->count() - 1)->setForeground(message.isBroken ? tokens().broken : tokens().attention);
    }
    m_list->setVisible(!m_messages.empty());
    m_editor->setFaults(faults);
}

void EditorPage::goToMessage(int number) {
    if (number < 0 || number >= static_cast<int>(m_messages.size()))
        return;
    const kube::TextPlace& place = m_messages[static_cast<std::size_t>(number)].place;
    m_editor->goTo(place.line, place.column);
    m_editor->setFocus(Qt::OtherFocusReason);
}

void EditorPage::stepMessage(int by) {
    const int count = static_cast<int>(m_messages.size());
    if (count == 0)
        return;
    const int next = m_list->currentRow() < 0 && by < 0 ? count - 1 : (m_list->currentRow() + by + count) % count;
    m_list->setCurrentRow(next);
    goToMessage(next);
}

void EditorPage::readCursor() {
    const kube::YamlCursor cursor = m_editor->cursor();
    m_path->setText(QString::fromStdString(toString(cursor.field)));
    const openapi::Schema* schema = schemaOf(cursor.apiVersion, cursor.kind);
    const openapi::Schema* field = schema == nullptr ? nullptr : openapi::schemaAt(*schema, cursor.field);
    QString statement;
    if (field != nullptr) {
        kube::FieldSteps above = cursor.field;
        const std::string last = above.empty() ? std::string() : above.back().key;
        if (!above.empty())
            above.pop_back();
        const openapi::Schema* parent = openapi::schemaAt(*schema, above);
        statement = fieldStatement(above.empty() && last.empty() ? QString::fromStdString(cursor.kind)
                                                                 : QString::fromStdString(toString(cursor.field)),
                                   *field, parent != nullptr && !last.empty() && parent->needs(last));
    }
    m_statement->setText(statement);
    m_statement->setToolTip(statement);
}

} // namespace ui
