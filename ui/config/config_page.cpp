// SPDX-License-Identifier: GPL-3.0-or-later
// What the page shows and how it is built; see config_acts.cpp for what is done with keys and values.
#include "ui/config/config_page.h"

#include "core/change/door.h"
#include "core/fleet/fleet.h"
#include "ui/base/error_text.h"
#include "ui/base/table_view.h"
#include "ui/config/value_view.h"
#include "ui/shell/action_registry.h"

#include <QAction>
#include <QFrame>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr int kKeysWidth = 480;
constexpr int kValueWidth = 620;

} // namespace

ConfigPage::ConfigPage(const PageContext& context, QWidget* parent)
    : Page(parent)
    , m_context(context)
    , m_model(makeKeyModel(this)) {
    setObjectName(QStringLiteral("configPage"));
    build();
    addActions();
    readButtons();
}

ConfigPage::~ConfigPage() = default;

void ConfigPage::build() {
    auto* frame = new QFrame(this);
    frame->setProperty("panel", true);
    m_notice = new QLabel(frame);
    m_notice->setObjectName(QStringLiteral("configNotice"));
    m_notice->setProperty("ink", QStringLiteral("attention"));
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setWordWrap(true);
    m_notice->setContentsMargins(12, 0, 12, 0);
    m_notice->hide();
    m_value = new ValueView(frame);
    auto* split = new QSplitter(Qt::Horizontal, frame);
    split->addWidget(makeKeys());
    split->addWidget(m_value);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 2);
    split->setChildrenCollapsible(false);
    // The list with all its columns, where there is room.
    split->setSizes({kKeysWidth, kValueWidth});
    auto* layout = new QVBoxLayout(frame);
    layout->setContentsMargins(1, 8, 1, 1);
    layout->setSpacing(8);
    layout->addWidget(m_notice);
    layout->addWidget(split, 1);
    layout->addWidget(makeFoot());

    auto* vacant = new QFrame(this);
    vacant->setProperty("panel", true);
    auto* why =
        new QLabel(tr("No keys are being edited. Choose a ConfigMap or a Secret in the Browser and press X."), vacant);
    why->setObjectName(QStringLiteral("configVacant"));
    why->setTextFormat(Qt::PlainText);
    why->setWordWrap(true);
    auto* vacantLayout = new QVBoxLayout(vacant);
    vacantLayout->setContentsMargins(16, 16, 16, 16);
    vacantLayout->addWidget(why);
    vacantLayout->addStretch(1);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(frame);
    m_stack->addWidget(vacant);
    m_stack->setCurrentIndex(1);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);

    connect(m_value, &ValueView::edited, this, [this](int id, const std::string& bytes) {
        m_draft.setBytes(id, bytes);
        showKeys();
        showValue();
    });
    connect(m_value, &ValueView::revealAsked, this, &ConfigPage::reveal);
    connect(m_value, &ValueView::copyAsked, this, &ConfigPage::copy);
    connect(m_value, &ValueView::loadAsked, this, &ConfigPage::askLoad);
    connect(m_value, &ValueView::saveAsked, this, &ConfigPage::askSave);
    connect(m_value, &ValueView::leaveAsked, this, [this] { m_table->setFocus(Qt::OtherFocusReason); });
}

QWidget* ConfigPage::makeKeys() {
    auto* keys = new QWidget(this);
    m_table = new TableView(keys);
    m_table->setObjectName(QStringLiteral("configKeys"));
    m_table->setAccessibleName(tr("Keys"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setModel(m_model);
    m_table->setRooms({{142, 4}, {64, 0}, {150, 2}, {116, 2}});
    const auto button = [&](const char* name, const QString& text, void (ConfigPage::*slot)()) {
        auto* made = new QPushButton(text, keys);
        made->setObjectName(QString::fromLatin1(name));
        connect(made, &QPushButton::clicked, this, slot);
        return made;
    };
    m_add = button("configAdd", tr("Add key…"), &ConfigPage::askAdd);
    m_files = button("configFiles", tr("Add files…"), &ConfigPage::askFiles);
    m_rename = button("configRename", tr("Rename…"), &ConfigPage::askRename);
    m_remove = button("configRemove", tr("Remove"), &ConfigPage::removeKey);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(8);
    row->addWidget(m_add);
    row->addWidget(m_files);
    row->addStretch(1);
    m_value->addButton(*m_rename);
    m_value->addButton(*m_remove);
    auto* layout = new QVBoxLayout(keys);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(row);
    layout->addWidget(m_table, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        showValue();
        readButtons();
    });
    connect(m_table, &TableView::opened, this, [this] { m_value->focusValue(); });
    return keys;
}

QWidget* ConfigPage::makeFoot() {
    auto* foot = new QWidget(this);
    m_note = new QLabel(foot);
    m_note->setObjectName(QStringLiteral("configNote"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    auto* yaml = new QPushButton(tr("Edit as YAML"), foot);
    yaml->setObjectName(QStringLiteral("configYaml"));
    auto* cancel = new QPushButton(tr("Cancel"), foot);
    cancel->setObjectName(QStringLiteral("configCancel"));
    m_go = new QPushButton(tr("Review"), foot);
    m_go->setObjectName(QStringLiteral("configGo"));
    m_go->setProperty("primary", true);
    auto* layout = new QHBoxLayout(foot);
    layout->setContentsMargins(12, 4, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(m_note, 1);
    layout->addWidget(yaml);
    layout->addWidget(cancel);
    layout->addWidget(m_go);
    connect(yaml, &QPushButton::clicked, this, &ConfigPage::openYaml);
    connect(cancel, &QPushButton::clicked, this, &ConfigPage::leave);
    connect(m_go, &QPushButton::clicked, this, &ConfigPage::commit);
    return foot;
}

void ConfigPage::addActions() {
    const auto add = [this](const char* id, const QString& text, const QKeySequence& key, auto run) {
        ActionSpec spec;
        spec.id = QLatin1String("config.") + QLatin1String(id);
        spec.text = text;
        if (!key.isEmpty())
            spec.shortcuts = {key};
        m_context.actions.add(this, spec, run);
    };
    add("go", tr("Review the changed keys"), QKeySequence(Qt::CTRL | Qt::Key_Return), [this] { commit(); });
    add("add", tr("Add a key"), QKeySequence(Qt::Key_Insert), [this] { askAdd(); });
    add("files", tr("Add files as keys"), {}, [this] { askFiles(); });
    add("rename", tr("Rename the key"), QKeySequence(Qt::Key_F2), [this] { askRename(); });
    add("remove", tr("Remove the key, or keep it"), QKeySequence(Qt::CTRL | Qt::Key_D), [this] { removeKey(); });
    add("restore", tr("Set the key back"), {}, [this] { restoreKey(); });
    add("reveal", tr("Reveal the value, or hide it"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_X), [this] {
        if (const KeyDraft::Entry* entry = m_draft.find(currentId()); entry != nullptr)
            reveal(entry->id, !entry->isRevealed);
    });
    add("find", tr("Find in the value"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F),
        [this] { m_value->openFind(); });
    add("yaml", tr("Edit as YAML"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Y), [this] { openYaml(); });
    add("cancel", tr("Leave without a change"), QKeySequence(Qt::CTRL | Qt::Key_Backspace), [this] { leave(); });
}

QString ConfigPage::title() const {
    if (m_subject == nullptr)
        return tr("Keys");
    return tr("Keys of %1", "%1 is an object")
        .arg(QString::fromStdString(change::toString({{}, m_subject->kind.kind, m_subject->ns, m_subject->name})));
}

QString ConfigPage::tabTitle() const {
    return m_subject == nullptr ? title() : QString::fromStdString(m_subject->name);
}

QString ConfigPage::subtitle() const {
    if (m_subject == nullptr || m_subject->clusters.empty())
        return {};
    const QString where = m_subject->clusters.size() == 1
                              ? QString::fromStdString(m_context.fleet.cluster(m_subject->clusters.front()).name)
                              : tr("%Ln clusters", "where objects are", static_cast<int>(m_subject->clusters.size()));
    const QString type = m_isRead && m_draft.isSecret() && !m_draft.clusters().empty()
                             ? QString::fromStdString(m_draft.clusters().front().type)
                             : QString();
    return type.isEmpty() ? tr("in %1", "%1 is a cluster, or 2 clusters").arg(where)
                          : tr("%1 in %2", "%1 is a type of secret, %2 a cluster").arg(type, where);
}

int ConfigPage::tabHue() const {
    return m_subject != nullptr && m_subject->clusters.size() == 1
               ? m_context.fleet.cluster(m_subject->clusters.front()).hue
               : -1;
}

bool ConfigPage::isAbout(const PageTarget& target) const {
    return m_subject != nullptr && target.edit == m_subject;
}

void ConfigPage::show(const PageTarget& target) {
    if (target.edit != nullptr && target.edit != m_subject)
        setSubject(target.edit);
}

void ConfigPage::focusMain() {
    if (m_subject != nullptr)
        m_table->setFocus(Qt::OtherFocusReason);
}

bool ConfigPage::isSettled() const {
    return m_subject == nullptr ||
           std::all_of(m_opened.begin(), m_opened.end(), [](const Opened& one) { return one.isAnswered(); });
}

QString ConfigPage::unsaved() const {
    const std::vector<change::KeyEdit> edits = m_draft.edits();
    // What went into a sheet is kept there.
    if (m_subject == nullptr || edits.empty() || edits == m_committed)
        return {};
    return tr("What was changed in “%1” is not applied, and would be lost.", "%1 is a page").arg(title());
}

void ConfigPage::setSubject(std::shared_ptr<const EditorSubject> subject) {
    m_turn.renew();
    const KeyDraft::Entry* entry = m_draft.find(currentId());
    m_keyBefore = entry != nullptr && subject == m_subject ? entry->key : std::string();
    m_subject = std::move(subject);
    m_opened.clear();
    m_draft = {};
    m_isRead = false;
    m_stack->setCurrentIndex(m_subject != nullptr ? 0 : 1);
    say({});
    showKeys();
    showValue();
    if (m_subject != nullptr)
        openObjects();
    readNotice();
    emit headingChanged();
    emit settledChanged();
}

void ConfigPage::openObjects() {
    for (const fleet::ClusterId cluster : m_subject->clusters)
        m_opened.push_back({cluster});
    for (std::size_t i = 0; i < m_opened.size(); ++i) {
        m_opened[i].asked = call(
            this, m_turn,
            [&](auto answer) {
                return m_context.fleet.fetch(m_opened[i].cluster, m_subject->kind, m_subject->ns, m_subject->name,
                                             std::move(answer));
            },
            [this, i](base::Result<fleet::FullObject> object) {
                if (object)
                    m_opened[i].json = std::move(object->json);
                else
                    m_opened[i].error = std::move(object.error());
                objectRead();
            });
    }
}

// Keys are those of all clusters: they are shown once every one has answered.
void ConfigPage::objectRead() {
    if (!isSettled())
        return;
    std::vector<change::KeyedData> clusters;
    for (Opened& opened : m_opened) {
        if (opened.error)
            continue;
        base::Result<change::KeyedData> keys = change::KeyedData::read(opened.json);
        if (keys)
            clusters.push_back(*std::move(keys));
        else
            opened.error = std::move(keys.error());
    }
    m_draft = KeyDraft(std::move(clusters));
    m_isRead = true;
    readNotice();
    showKeys();
    const KeyDraft::Entry* before = m_draft.findKey(m_keyBefore);
    const int row = before != nullptr ? m_model->rowOfKey(before->id) : 0;
    if (currentId() == 0 && m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(row, 0));
    showValue();
    emit headingChanged();
    emit settledChanged();
}

void ConfigPage::readNotice() {
    QStringList notices;
    for (const Opened& opened : m_opened) {
        if (opened.error)
            notices.append(tr("%1: %2", "a cluster: why the object could not be read there")
                               .arg(QString::fromStdString(m_context.fleet.cluster(opened.cluster).name),
                                    errorSentence(*opened.error)));
    }
    if (m_isRead && m_draft.isImmutable())
        notices.append(tr("This object is immutable: its keys can be looked at, but not changed. To change them, make "
                          "a new object and delete this one."));
    else if (m_isRead && m_draft.entries().empty() && notices.isEmpty())
        notices.append(tr("The object has no keys yet."));
    m_notice->setText(notices.join(u'\n'));
    m_notice->setVisible(!notices.isEmpty());
}

void ConfigPage::showKeys() {
    m_model->setRows(keyRows(m_draft, m_context.door.clock().nowMs()));
    say(faultsText());
    readButtons();
}

void ConfigPage::showValue() {
    m_value->show(m_draft, currentId(), clusterTexts(), m_context.door.clock().nowMs());
}

void ConfigPage::readButtons() {
    const KeyDraft::Entry* entry = m_draft.find(currentId());
    const bool mayWrite = m_isRead && !m_draft.clusters().empty() && !m_draft.isImmutable();
    m_add->setEnabled(mayWrite);
    m_files->setEnabled(mayWrite);
    m_rename->setEnabled(mayWrite && entry != nullptr && !entry->isRemoved);
    m_remove->setEnabled(mayWrite && entry != nullptr);
    m_remove->setText(entry != nullptr && entry->isRemoved ? tr("Keep") : tr("Remove"));
    m_go->setEnabled(mayWrite);
}

int ConfigPage::currentId() const {
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? m_model->rowAt(current.row()).id : 0;
}

void ConfigPage::choose(int id) {
    if (const int row = m_model->rowOfKey(id); row >= 0)
        m_table->setCurrentIndex(m_model->index(row, 0));
    showValue();
}

/// Of those that could be read, as the draft counts them.
QStringList ConfigPage::clusterTexts() const {
    QStringList names;
    for (const Opened& opened : m_opened) {
        if (!opened.error)
            names.append(QString::fromStdString(m_context.fleet.cluster(opened.cluster).name));
    }
    return names;
}

QString ConfigPage::clusterText(std::size_t number) const {
    return clusterTexts().value(static_cast<qsizetype>(number));
}

void ConfigPage::say(const QString& text) {
    m_note->setText(text);
}

void ConfigPage::leave() {
    setSubject(nullptr);
    emit leftForGood();
}

} // namespace ui
