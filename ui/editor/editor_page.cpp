// SPDX-License-Identifier: GPL-3.0-or-later
// What the page shows and how it is built; see editor_checks.cpp for schemas and messages, editor_acts.cpp for what
// comes of the text.
#include "ui/editor/editor_page.h"

#include "core/change/acts/manifests.h"
#include "core/fleet/fleet.h"
#include "core/kube/yaml_text.h"
#include "ui/base/elided_label.h"
#include "ui/base/error_text.h"
#include "ui/base/theme.h"
#include "ui/editor/find_bar.h"
#include "ui/editor/form/form_panel.h"
#include "ui/editor/open_editor.h"
#include "ui/editor/yaml_editor.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/picker.h"
#include "ui/shell/scope.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

/// After the last key.
constexpr int kCheckAfterMs = 250;

} // namespace

EditorPage::EditorPage(const PageContext& context, QWidget* parent)
    : Page(parent)
    , m_context(context)
    , m_timer(new QTimer(this)) {
    setObjectName(QStringLiteral("editorPage"));
    m_timer->setSingleShot(true);
    m_timer->setInterval(kCheckAfterMs);
    build();
    addActions();
    connect(m_timer, &QTimer::timeout, this, &EditorPage::check);
}

EditorPage::~EditorPage() = default;

void EditorPage::build() {
    auto* frame = new QFrame(this);
    frame->setProperty("panel", true);
    m_editor = new YamlEditor(frame);
    m_find = new FindBar(*m_editor, frame);
    m_list = new QListWidget(frame);
    m_list->setObjectName(QStringLiteral("editorMessages"));
    m_list->setAccessibleName(tr("Messages"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setWordWrap(true);
    m_list->hide();
    m_form = new FormPanel(frame);
    auto* sides = new QSplitter(Qt::Horizontal, frame);
    sides->setObjectName(QStringLiteral("editorSides"));
    sides->addWidget(m_form);
    sides->addWidget(m_editor);
    sides->setStretchFactor(0, 1);
    sides->setStretchFactor(1, 1);
    sides->setChildrenCollapsible(false);
    auto* split = new QSplitter(Qt::Vertical, frame);
    split->addWidget(sides);
    split->addWidget(m_list);
    split->setStretchFactor(0, 5);
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    auto* inner = new QVBoxLayout;
    inner->setContentsMargins(12, 8, 12, 0);
    inner->setSpacing(8);
    inner->addWidget(makeHead());
    inner->addWidget(m_find);
    auto* layout = new QVBoxLayout(frame);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(8);
    layout->addLayout(inner);
    layout->addWidget(split, 1);
    layout->addWidget(makeFoot());

    auto* vacant = new QFrame(this);
    vacant->setProperty("panel", true);
    m_vacant = new QLabel(tr("Nothing is being edited. Choose an object in the Browser and press E, or make new ones "
                             "with Ctrl+N."),
                          vacant);
    m_vacant->setObjectName(QStringLiteral("editorVacant"));
    m_vacant->setWordWrap(true);
    m_vacant->setTextFormat(Qt::PlainText);
    auto* vacantLayout = new QVBoxLayout(vacant);
    vacantLayout->setContentsMargins(16, 16, 16, 16);
    vacantLayout->addWidget(m_vacant);
    vacantLayout->addStretch(1);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(frame);
    m_stack->addWidget(vacant);
    m_stack->setCurrentIndex(1);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);

    setUpForm();
    m_editor->setProposals([this](const kube::YamlCursor& cursor) { return proposals(cursor); });
    connect(m_editor, &YamlEditor::textChanged, this, [this] {
        m_isChecked = false;
        m_timer->start();
        readForm();
        emit settledChanged();
    });
    connect(m_editor, &YamlEditor::cursorMoved, this, &EditorPage::readCursor);
    connect(m_editor, &YamlEditor::proposalLookedAt, m_statement, &QLabel::setText);
    connect(m_editor, &YamlEditor::findAsked, this, [this] { m_find->open(FindBar::Purpose::Find); });
    connect(m_editor, &YamlEditor::leaveAsked, this, [this] {
        if (!m_find->closeBar())
            m_go->setFocus(Qt::OtherFocusReason);
    });
    connect(m_list, &QListWidget::itemActivated, this, [this](QListWidgetItem*) { goToMessage(m_list->currentRow()); });
}

QWidget* EditorPage::makeHead() {
    auto* head = new QWidget(this);
    m_notice = new QLabel(head);
    m_notice->setObjectName(QStringLiteral("editorNotice"));
    m_notice->setProperty("ink", QStringLiteral("muted"));
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setWordWrap(true);
    m_target = new QWidget(head);
    m_where = new QPushButton(m_target);
    m_where->setObjectName(QStringLiteral("editorClusters"));
    m_namespace = new QLineEdit(m_target);
    m_namespace->setObjectName(QStringLiteral("editorNamespace"));
    m_namespace->setPlaceholderText(tr("as written, or each context's"));
    m_namespace->setAccessibleName(tr("Namespace"));
    auto* where = new QLabel(tr("&Clusters:"), m_target);
    where->setBuddy(m_where);
    auto* space = new QLabel(tr("&Namespace:"), m_target);
    space->setBuddy(m_namespace);
    auto* target = new QHBoxLayout(m_target);
    target->setContentsMargins(0, 0, 0, 0);
    target->setSpacing(8);
    target->addWidget(where);
    target->addWidget(m_where);
    target->addSpacing(8);
    target->addWidget(space);
    target->addWidget(m_namespace, 1);
    m_hidden = new QWidget(head);
    auto* hidden =
        new QLabel(tr("The values of this secret are hidden. A line that says <hidden> keeps its value."), m_hidden);
    hidden->setTextFormat(Qt::PlainText);
    hidden->setWordWrap(true);
    auto* reveal = new QPushButton(tr("Show values"), m_hidden);
    reveal->setObjectName(QStringLiteral("editorReveal"));
    auto* hiddenLayout = new QHBoxLayout(m_hidden);
    hiddenLayout->setContentsMargins(0, 0, 0, 0);
    hiddenLayout->addWidget(hidden, 1);
    hiddenLayout->addWidget(reveal);
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_notice);
    layout->addWidget(m_target);
    layout->addWidget(m_hidden);
    m_notice->hide();
    m_hidden->hide();
    connect(m_where, &QPushButton::clicked, this, &EditorPage::chooseClusters);
    connect(reveal, &QPushButton::clicked, this, [this] { showObject(change::Secrets::Shown); });
    return head;
}

QWidget* EditorPage::makeFoot() {
    auto* foot = new QWidget(this);
    m_path = new ElidedLabel(foot);
    m_path->setObjectName(QStringLiteral("editorPath"));
    m_path->setFont(monoFont());
    m_statement = new QLabel(foot);
    m_statement->setObjectName(QStringLiteral("editorStatement"));
    m_statement->setProperty("ink", QStringLiteral("muted"));
    m_statement->setTextFormat(Qt::PlainText);
    m_statement->setWordWrap(true);
    m_statement->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    // Three lines for whatever stands there, so that the text above does not jump.
    m_statement->setFixedHeight(3 * m_statement->fontMetrics().lineSpacing());
    m_note = new QLabel(foot);
    m_note->setObjectName(QStringLiteral("editorNote"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_keys = new QPushButton(tr("Edit keys"), foot);
    m_keys->setObjectName(QStringLiteral("editorKeys"));
    m_keys->hide();
    auto* cancel = new QPushButton(tr("Cancel"), foot);
    cancel->setObjectName(QStringLiteral("editorCancel"));
    m_go = new QPushButton(tr("Dry run"), foot);
    m_go->setObjectName(QStringLiteral("editorGo"));
    m_go->setProperty("primary", true);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_formToggle = new QPushButton(tr("&Form"), foot);
    buttons->addWidget(m_formToggle);
    buttons->addWidget(m_note, 1);
    buttons->addWidget(m_keys);
    buttons->addWidget(cancel);
    buttons->addWidget(m_go);
    auto* layout = new QVBoxLayout(foot);
    layout->setContentsMargins(12, 0, 12, 12);
    layout->setSpacing(4);
    layout->addWidget(m_path);
    layout->addWidget(m_statement);
    layout->addLayout(buttons);
    connect(m_keys, &QPushButton::clicked, this, &EditorPage::openKeys);
    connect(cancel, &QPushButton::clicked, this, &EditorPage::leave);
    connect(m_go, &QPushButton::clicked, this, &EditorPage::commit);
    return foot;
}

void EditorPage::addActions() {
    const auto add = [this](const char* id, const QString& text, const QList<QKeySequence>& keys, auto run) {
        ActionSpec spec;
        spec.id = QLatin1String("editor.") + QLatin1String(id);
        spec.text = text;
        spec.shortcuts = keys;
        m_context.actions.add(this, spec, run);
    };
    add("go", tr("Dry run"), {QKeySequence(Qt::CTRL | Qt::Key_Return)}, [this] { commit(); });
    add("find", tr("Find in YAML"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)},
        [this] { m_find->open(FindBar::Purpose::Find); });
    add("replace", tr("Replace in YAML"), {QKeySequence(Qt::CTRL | Qt::Key_H)},
        [this] { m_find->open(FindBar::Purpose::Replace); });
    add("find-next", tr("Find next"), {Qt::Key_F3}, [this] { m_find->next(); });
    add("find-previous", tr("Find previous"), {QKeySequence(Qt::SHIFT | Qt::Key_F3)}, [this] { m_find->previous(); });
    add("next-message", tr("Next message"), {Qt::Key_F8}, [this] { stepMessage(1); });
    add("previous-message", tr("Previous message"), {QKeySequence(Qt::SHIFT | Qt::Key_F8)},
        [this] { stepMessage(-1); });
    add("form", tr("Form beside the YAML"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G)},
        [this] { setFormShown(m_form->isHidden()); });
    add("complete", tr("Propose what fits here"), {}, [this] { m_editor->propose(); });
    add("cancel", tr("Leave without a change"), {QKeySequence(Qt::CTRL | Qt::Key_Backspace)}, [this] { leave(); });
}

bool EditorPage::isEdit() const {
    return m_subject != nullptr && m_subject->purpose == EditorSubject::Purpose::Edit;
}

QString EditorPage::title() const {
    if (m_subject == nullptr)
        return tr("Editor");
    const QString object =
        QString::fromStdString(change::toString({{}, m_subject->kind.kind, m_subject->ns, m_subject->name}));
    switch (m_subject->purpose) {
    case EditorSubject::Purpose::Edit:
        return tr("Edit %1", "%1 is an object").arg(object);
    case EditorSubject::Purpose::Clone:
        return tr("Clone %1", "%1 is an object").arg(object);
    case EditorSubject::Purpose::Create:
        break;
    }
    return tr("Create from YAML");
}

QString EditorPage::tabTitle() const {
    return m_subject == nullptr || m_subject->name.empty() ? title() : QString::fromStdString(m_subject->name);
}

std::vector<fleet::ClusterId> EditorPage::clusters() const {
    if (m_subject == nullptr)
        return {};
    return isEdit() ? m_subject->clusters : m_clusters;
}

QString EditorPage::clustersText() const {
    const std::vector<fleet::ClusterId> where = clusters();
    if (where.empty())
        return tr("Choose clusters");
    if (where.size() == 1)
        return QString::fromStdString(m_context.fleet.cluster(where.front()).name);
    return tr("%Ln clusters", "where objects are", static_cast<int>(where.size()));
}

QString EditorPage::subtitle() const {
    return m_subject == nullptr || !isEdit() ? QString()
                                             : tr("in %1", "%1 is a cluster, or 2 clusters").arg(clustersText());
}

int EditorPage::tabHue() const {
    const std::vector<fleet::ClusterId> where = clusters();
    return where.size() == 1 ? m_context.fleet.cluster(where.front()).hue : -1;
}

bool EditorPage::isAbout(const PageTarget& target) const {
    return m_subject != nullptr && target.edit == m_subject;
}

void EditorPage::show(const PageTarget& target) {
    if (target.edit != nullptr && target.edit != m_subject)
        setSubject(target.edit);
}

void EditorPage::focusMain() {
    if (m_subject != nullptr)
        m_editor->setFocus(Qt::OtherFocusReason);
}

bool EditorPage::isSettled() const {
    const bool isRead =
        std::all_of(m_opened.begin(), m_opened.end(), [](const Opened& one) { return one.isAnswered(); });
    return m_subject == nullptr || (isRead && m_isChecked);
}

QString EditorPage::unsaved() const {
    // What went into a sheet is kept there.
    if (m_subject == nullptr || !m_editor->isModified() || m_editor->text() == m_committed)
        return {};
    return tr("What was written in “%1” is not applied, and would be lost.", "%1 is a page").arg(title());
}

void EditorPage::setSubject(std::shared_ptr<const EditorSubject> subject) {
    m_turn.renew();
    m_subject = std::move(subject);
    m_clusters =
        m_subject->purpose == EditorSubject::Purpose::Clone ? std::vector<fleet::ClusterId>() : m_subject->clusters;
    m_opened.clear();
    m_schemas.clear();
    m_asked.clear();
    m_stack->setCurrentIndex(0);
    m_target->setVisible(!isEdit());
    m_keys->setVisible(isEdit() && hasKeys(m_subject->kind));
    m_hidden->hide();
    m_notice->hide();
    m_editor->clear();
    m_editor->setModified(false);
    m_committed.clear();
    say({});
    showMessages({});
    if (m_subject->purpose != EditorSubject::Purpose::Create) {
        m_editor->setReadOnly(true);
        openObjects();
    } else {
        m_editor->setReadOnly(false);
        m_editor->setText(QString::fromStdString(m_subject->draft));
        m_editor->setModified(false);
        m_editor->goTo(1, 1);
    }
    setFormShown(m_subject->view == EditorSubject::View::Form);
    readHead();
    readCursor();
    check();
    emit headingChanged();
}

void EditorPage::readHead() {
    m_where->setText(clustersText());
    m_where->setAccessibleName(tr("Clusters: %1").arg(clustersText()));
    emit headingChanged();
}

void EditorPage::openObjects() {
    // A copy is made of the first alone.
    const std::size_t count =
        isEdit() ? m_subject->clusters.size() : std::min<std::size_t>(1, m_subject->clusters.size());
    for (std::size_t i = 0; i < count; ++i)
        m_opened.push_back({m_subject->clusters[i]});
    for (std::size_t i = 0; i < count; ++i) {
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
                objectRead(i);
            });
    }
}

void EditorPage::objectRead(std::size_t number) {
    if (m_opened[number].error)
        say(tr("%1: %2", "a cluster: why the object could not be read there")
                .arg(QString::fromStdString(m_context.fleet.cluster(m_opened[number].cluster).name),
                     errorSentence(*m_opened[number].error)));
    else if (number == 0 && isEdit())
        showObject(change::Secrets::Hidden);
    else if (number == 0)
        showCopy(m_opened[0].json);
    emit settledChanged();
}

void EditorPage::showObject(change::Secrets secrets) {
    m_shown = change::editableJson(m_opened[0].json, secrets);
    const base::Result<std::string> yaml = kube::toYaml(m_shown, kube::ManagedFields::Shown);
    m_hidden->setVisible(secrets == change::Secrets::Hidden && m_subject->kind.group.empty() &&
                         m_subject->kind.kind == "Secret");
    m_editor->setReadOnly(false);
    m_editor->setText(QString::fromStdString(yaml.value_or(std::string())));
    m_editor->setModified(false);
    m_editor->goTo(1, 1);
    learn(m_subject->kind.apiVersion());
    readCursor();
    check();
}

void EditorPage::showCopy(const std::string& json) {
    const change::CleanCopy copy = change::cleanCopy(json);
    QStringList dropped;
    for (const std::string& field : copy.dropped)
        dropped.append(QString::fromStdString(field));
    m_notice->setText(dropped.isEmpty()
                          ? tr("What the cluster wrote into the object is left out.")
                          : tr("What the cluster wrote into the object is left out, and besides: %1", "%1 are fields")
                                .arg(dropped.join(QStringLiteral(", "))));
    m_notice->show();
    m_editor->setReadOnly(false);
    m_editor->setText(QString::fromStdString(kube::toYaml(copy.json, kube::ManagedFields::Shown).value_or("")));
    m_editor->setModified(false);
    m_editor->goTo(1, 1);
    check();
}

void EditorPage::chooseClusters() {
    std::vector<PickerItem> items;
    for (const fleet::ClusterInfo& cluster : m_context.fleet.clusters()) {
        if (m_context.fleet.kinds(cluster.id) == nullptr)
            continue;
        const bool isOn = std::find(m_clusters.begin(), m_clusters.end(), cluster.id) != m_clusters.end();
        items.push_back(
            {QString::fromStdString(cluster.name), QString::fromStdString(cluster.name), cluster.hue, isOn});
    }
    auto* picker =
        new Picker(tr("Connected clusters"), tr("No cluster"), std::move(items), Picker::Typed::Refused, this);
    connect(picker, &Picker::picked, this, [this](const QStringList& names) {
        m_clusters.clear();
        for (const fleet::ClusterInfo& cluster : m_context.fleet.clusters()) {
            if (names.contains(QString::fromStdString(cluster.name)))
                m_clusters.push_back(cluster.id);
        }
        m_schemas.clear();
        readHead();
        check();
    });
    picker->dropFrom(m_where);
}

void EditorPage::say(const QString& text) {
    m_note->setText(text);
}

void EditorPage::leave() {
    m_turn.renew();
    m_subject = nullptr;
    m_opened.clear();
    m_timer->stop();
    m_linting.cancel();
    m_stack->setCurrentIndex(1);
    emit headingChanged();
    emit leftForGood();
}

} // namespace ui
