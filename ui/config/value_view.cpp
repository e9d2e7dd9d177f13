// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/value_view.h"

#include "core/net/certificate.h"
#include "ui/base/elided_label.h"
#include "ui/base/format.h"
#include "ui/base/theme.h"
#include "ui/config/certificate_view.h"
#include "ui/editor/find_bar.h"
#include "ui/editor/yaml_editor.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTextDocument>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr std::size_t kMostBytesShown = 64 * 1024;
constexpr std::size_t kBytesInLine = 16;

/// Whether the editor gives back what it was given, byte for byte.
bool isEditable(const std::string& bytes) {
    return change::isReadable(bytes) && QString::fromStdString(bytes).toStdString() == bytes;
}

bool isYaml(const std::string& key) {
    return key.ends_with(".yaml") || key.ends_with(".yml") || key.ends_with(".json");
}

} // namespace

QString hexText(const std::string& bytes) {
    QString text;
    const std::size_t end = std::min(bytes.size(), kMostBytesShown);
    for (std::size_t line = 0; line < end; line += kBytesInLine) {
        text += QStringLiteral("%1  ").arg(line, 6, 16, QLatin1Char('0'));
        QString characters;
        for (std::size_t i = line; i < line + kBytesInLine; ++i) {
            if (i < end) {
                const auto byte = static_cast<unsigned char>(bytes[i]);
                text += QStringLiteral("%1 ").arg(byte, 2, 16, QLatin1Char('0'));
                characters += byte >= 0x20 && byte < 0x7F ? QChar(ushort(byte)) : QChar(u'·');
            } else {
                text += QStringLiteral("   ");
            }
            if (i % kBytesInLine == kBytesInLine / 2 - 1)
                text += u' ';
        }
        text += u' ' + characters + u'\n';
    }
    if (bytes.size() > end)
        text += ValueView::tr("The first %1 KiB are shown: Save as… gives all.").arg(kMostBytesShown / 1024);
    return text;
}

ValueView::ValueView(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("valueView"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(makeHead());
    layout->addWidget(makeFaces(), 1);
    layout->addWidget(makeFoot());
}

void ValueView::addButton(QPushButton& button) {
    m_title->addWidget(&button);
}

QWidget* ValueView::makeHead() {
    auto* head = new QWidget(this);
    m_name = new ElidedLabel(head);
    m_name->setObjectName(QStringLiteral("valueName"));
    m_name->setFont(strongFont());
    m_about = new QLabel(head);
    m_about->setObjectName(QStringLiteral("valueAbout"));
    m_about->setProperty("ink", QStringLiteral("muted"));
    m_spread = new QLabel(head);
    m_spread->setObjectName(QStringLiteral("valueSpread"));
    m_spread->setProperty("ink", QStringLiteral("attention"));
    m_spread->setTextFormat(Qt::PlainText);
    m_spread->setWordWrap(true);
    m_faces = new QComboBox(head);
    m_faces->setObjectName(QStringLiteral("valueFace"));
    m_faces->setAccessibleName(tr("How the value is shown"));
    m_clusters = new QComboBox(head);
    m_clusters->setObjectName(QStringLiteral("valueCluster"));
    m_clusters->setAccessibleName(tr("Whose value is shown"));
    m_reveal = new QPushButton(head);
    m_reveal->setObjectName(QStringLiteral("valueReveal"));
    m_title = new QHBoxLayout;
    m_title->setSpacing(8);
    m_title->addWidget(m_name, 1);
    m_title->addWidget(m_about);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_faces);
    row->addWidget(m_clusters);
    row->addWidget(m_reveal);
    row->addStretch(1);
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(12, 0, 12, 0);
    layout->setSpacing(8);
    layout->addLayout(m_title);
    layout->addLayout(row);
    layout->addWidget(m_spread);
    connect(m_faces, &QComboBox::activated, this, [this] {
        m_wanted = static_cast<Face>(m_faces->currentData().toInt());
        showFace();
    });
    connect(m_clusters, &QComboBox::activated, this, [this] { showFace(); });
    connect(m_reveal, &QPushButton::clicked, this, [this] {
        const KeyDraft::Entry* entry = m_draft ? m_draft->find(m_id) : nullptr;
        if (entry != nullptr)
            emit revealAsked(m_id, !entry->isRevealed);
    });
    return head;
}

QWidget* ValueView::makeFoot() {
    auto* foot = new QWidget(this);
    const auto button = [&](const char* name, const QString& text) {
        auto* made = new QPushButton(text, foot);
        made->setObjectName(QString::fromLatin1(name));
        return made;
    };
    m_copy = button("valueCopy", tr("Copy"));
    m_load = button("valueLoad", tr("Load from file…"));
    m_save = button("valueSave", tr("Save as…"));
    auto* layout = new QHBoxLayout(foot);
    layout->setContentsMargins(12, 0, 12, 0);
    layout->setSpacing(8);
    for (QPushButton* one : {m_copy, m_load, m_save})
        layout->addWidget(one);
    layout->addStretch(1);
    connect(m_copy, &QPushButton::clicked, this, [this] { emit copyAsked(m_id, cluster()); });
    connect(m_load, &QPushButton::clicked, this, [this] { emit loadAsked(m_id); });
    connect(m_save, &QPushButton::clicked, this, [this] { emit saveAsked(m_id, cluster()); });
    return foot;
}

QWidget* ValueView::makeFaces() {
    m_stack = new QStackedWidget(this);
    m_blank = new QLabel(m_stack);
    m_blank->setObjectName(QStringLiteral("valueBlank"));
    m_blank->setProperty("ink", QStringLiteral("muted"));
    m_blank->setTextFormat(Qt::PlainText);
    m_blank->setWordWrap(true);
    m_blank->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_blank->setContentsMargins(12, 8, 12, 8);
    auto* text = new QWidget(m_stack);
    m_editor = new YamlEditor(text);
    m_editor->setAccessibleName(tr("Value"));
    m_find = new FindBar(*m_editor, text);
    auto* textLayout = new QVBoxLayout(text);
    textLayout->setContentsMargins(0, 0, 0, 0);
    textLayout->setSpacing(4);
    textLayout->addWidget(m_find);
    textLayout->addWidget(m_editor, 1);
    m_bytes = new QPlainTextEdit(m_stack);
    m_bytes->setObjectName(QStringLiteral("valueBytes"));
    m_bytes->setAccessibleName(tr("Bytes of the value"));
    m_bytes->setReadOnly(true);
    m_bytes->setFrameShape(QFrame::NoFrame);
    m_bytes->setProperty("bare", true);
    m_bytes->document()->setDocumentMargin(3.0 * Measure::step);
    m_bytes->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_bytes->setTabChangesFocus(true);
    m_bytes->setFont(monoFont());
    m_certificates = new CertificateView(m_stack);
    m_stack->addWidget(m_blank);
    m_stack->addWidget(text);
    m_stack->addWidget(m_bytes);
    m_stack->addWidget(m_certificates);
    connect(m_editor, &YamlEditor::textChanged, this, &ValueView::read);
    connect(m_editor, &YamlEditor::findAsked, this, &ValueView::openFind);
    connect(m_editor, &YamlEditor::leaveAsked, this, [this] {
        if (!m_find->closeBar())
            emit leaveAsked();
    });
    return m_stack;
}

std::size_t ValueView::cluster() const {
    return static_cast<std::size_t>(std::max(m_clusters->currentIndex(), 0));
}

void ValueView::show(const KeyDraft& draft, int id, const QStringList& names, std::int64_t nowMs) {
    if (id != m_id)
        m_wanted = Face::Nothing;
    m_draft = &draft;
    m_id = id;
    m_nowMs = nowMs;
    const KeyDraft::Entry* entry = draft.find(id);
    const change::KeySpread spread = entry != nullptr ? draft.spreadOf(*entry) : change::KeySpread::Same;
    const bool isOne = spread == change::KeySpread::Same;
    m_name->setText(entry != nullptr ? QString::fromStdString(entry->key) : QString());
    m_spread->setVisible(!isOne);
    m_spread->setText(spread == change::KeySpread::Partial
                          ? tr("Not every cluster has this key. What you write here goes to all of them.")
                          : tr("The clusters have different values. What you write here goes to all of them."));
    m_clusters->setVisible(!isOne);
    if (isOne || m_clustersOf != id) {
        const QSignalBlocker blocker(m_clusters);
        m_clusters->clear();
        m_clusters->addItems(names);
        m_clustersOf = id;
        // What is there to see, where the first has nothing.
        for (std::size_t i = 0; entry != nullptr && i < draft.clusters().size(); ++i) {
            if (draft.bytesOf(*entry, i) != nullptr) {
                m_clusters->setCurrentIndex(static_cast<int>(i));
                break;
            }
        }
    }
    showFace();
}

void ValueView::chooseFaces(const std::string& bytes, const KeyDraft::Entry& entry) {
    const QSignalBlocker blocker(m_faces);
    m_faces->clear();
    const bool isText = isEditable(bytes);
    if (net::hasCertificates(bytes))
        m_faces->addItem(tr("Certificates"), int(Face::Certificates));
    if (isText)
        m_faces->addItem(tr("Text"), int(Face::Text));
    m_faces->addItem(tr("Bytes"), int(Face::Bytes));
    // Certificates say nothing that is secret; the text may have a key beside them.
    const int wanted = m_faces->findData(int(m_wanted));
    m_faces->setCurrentIndex(std::max(wanted, 0));
    m_face = static_cast<Face>(m_faces->currentData().toInt());
    if (m_face != Face::Certificates && !entry.isRevealed)
        m_face = Face::Hidden;
}

void ValueView::showFace() {
    m_isShowing = true;
    const KeyDraft::Entry* entry = m_draft ? m_draft->find(m_id) : nullptr;
    const std::string* bytes = entry != nullptr ? m_draft->bytesOf(*entry, cluster()) : nullptr;
    m_face = Face::Nothing;
    if (bytes != nullptr)
        chooseFaces(*bytes, *entry);
    const bool mayWrite = entry != nullptr && !entry->isRemoved && !m_draft->isImmutable();
    m_faces->setVisible(bytes != nullptr);
    m_copy->setEnabled(bytes != nullptr);
    m_save->setEnabled(bytes != nullptr);
    m_load->setEnabled(mayWrite);
    m_reveal->setVisible(entry != nullptr && m_draft->isSecret() && m_face != Face::Certificates);
    m_reveal->setText(entry != nullptr && entry->isRevealed ? tr("Hide again") : tr("Reveal"));
    const Measured size = bytesText(bytes != nullptr ? static_cast<std::int64_t>(bytes->size()) : 0);
    m_about->setText(bytes != nullptr ? (size.number + u' ' + size.unit).trimmed() : QString());
    // Not even an undo step of what was shown stays.
    if (m_face != Face::Text) {
        m_editor->setText({});
        m_textOf = 0;
    }
    if (m_face != Face::Bytes)
        m_bytes->clear();
    switch (m_face) {
    case Face::Nothing:
        m_blank->setText(entry == nullptr ? tr("Choose a key on the left to see its value.")
                                          : tr("This cluster does not have the key."));
        m_stack->setCurrentWidget(m_blank);
        break;
    case Face::Hidden:
        m_blank->setText(tr("The value is hidden. Reveal shows it; Copy and Save as… take it without showing it."));
        m_stack->setCurrentWidget(m_blank);
        break;
    case Face::Text:
        showText(*bytes);
        m_editor->setReadOnly(!mayWrite);
        m_stack->setCurrentWidget(m_editor->parentWidget());
        break;
    case Face::Bytes:
        m_bytes->setPlainText(hexText(*bytes));
        m_stack->setCurrentWidget(m_bytes);
        break;
    case Face::Certificates: {
        const KeyDraft::Entry* key = entry->key == "tls.crt" ? m_draft->findKey("tls.key") : nullptr;
        m_certificates->setChain(*bytes, key != nullptr ? m_draft->bytesOf(*key, cluster()) : nullptr,
                                 QStringLiteral("tls.key"), m_nowMs);
        m_stack->setCurrentWidget(m_certificates);
        break;
    }
    }
    m_isShowing = false;
}

void ValueView::showText(const std::string& bytes) {
    const KeyDraft::Entry* entry = m_draft->find(m_id);
    m_editor->setLanguage(isYaml(entry->key) ? YamlEditor::Language::Yaml : YamlEditor::Language::None);
    // New lines end as those that are there.
    m_editor->setEolMode(bytes.find("\r\n") != std::string::npos ? QsciScintilla::EolWindows : QsciScintilla::EolUnix);
    const QString text = QString::fromStdString(bytes);
    // Its own words come back from the draft while somebody writes: cursor and undo stay.
    if (m_textOf != m_id || m_editor->text() != text) {
        m_textOf = m_id;
        m_editor->setText(text);
        m_editor->setModified(false);
        m_editor->goTo(1, 1);
    }
}

void ValueView::read() {
    if (m_isShowing || m_face != Face::Text || m_id == 0)
        return;
    // Whatever it becomes while somebody writes.
    m_wanted = Face::Text;
    emit edited(m_id, m_editor->text().toStdString());
}

void ValueView::focusValue() {
    if (m_face == Face::Text)
        m_editor->setFocus(Qt::OtherFocusReason);
    else if (m_face == Face::Bytes)
        m_bytes->setFocus(Qt::OtherFocusReason);
    else if (m_reveal->isVisible())
        m_reveal->setFocus(Qt::OtherFocusReason);
}

void ValueView::openFind() {
    if (m_face == Face::Text)
        m_find->open(FindBar::Purpose::Find);
}

} // namespace ui
