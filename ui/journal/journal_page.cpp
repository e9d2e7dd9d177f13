// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/journal_page.h"

#include "core/change/door.h"
#include "core/change/line_diff.h"
#include "core/fleet/fleet.h"
#include "ui/base/elided_label.h"
#include "ui/base/error_text.h"
#include "ui/base/format.h"
#include "ui/base/table_view.h"
#include "ui/base/theme.h"
#include "ui/change/change_runs.h"
#include "ui/change/change_text.h"
#include "ui/change/diff_pane.h"
#include "ui/change/diff_view.h"
#include "ui/journal/journal_export.h"
#include "ui/journal/journal_filter.h"
#include "ui/journal/journal_words.h"
#include "ui/shell/action_registry.h"

#include <QAction>
#include <QDateTime>
#include <QFileDialog>
#include <QItemSelectionModel>
#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr int kTypingMs = 150;
constexpr int kOthersMs = 3'000;
/// Enough to see that another program wrote something.
constexpr std::size_t kGlance = 40;

std::string glance(const std::vector<change::JournalEntry>& entries) {
    std::string text;
    for (const change::JournalEntry& entry : entries)
        text += entry.set + '/' + std::to_string(entry.number) + '=' + std::to_string(int(entry.outcome)) + ' ';
    return text;
}

} // namespace

JournalPage::JournalPage(const PageContext& context, QWidget* parent)
    : Page(parent)
    , m_context(context)
    , m_model(new JournalModel(
          context.door.journal(), [this](const change::JournalEntry& entry) { return hueOf(entry); }, this)) {
    setObjectName(QStringLiteral("journalPage"));
    build();
    addActions();
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingMs);
    connect(&m_typing, &QTimer::timeout, this, &JournalPage::query);
    m_others.setInterval(kOthersMs);
    connect(&m_others, &QTimer::timeout, this, &JournalPage::look);
    connect(m_model, &JournalModel::readChanged, this, &JournalPage::readFace);
    m_changes = m_context.door.journal().onChange([this] {
        if (isVisible())
            m_model->refresh();
    });
}

JournalPage::~JournalPage() = default;

void JournalPage::build() {
    m_split = new QSplitter(Qt::Vertical, this);
    m_split->addWidget(makeTablePanel());
    m_split->addWidget(makeDetails());
    m_split->setStretchFactor(0, 1);
    m_split->setStretchFactor(1, 1);
    m_split->setHandleWidth(12);
    m_split->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_split);
}

QWidget* JournalPage::makeTablePanel() {
    auto* frame = new QFrame(this);
    frame->setProperty("panel", true);
    m_table = new TableView(frame);
    m_table->setObjectName(QStringLiteral("journalTable"));
    m_table->setAccessibleName(tr("Journal"));
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setRooms({{132, 0}, {120, 1}, {120, 1}, {72, 0}, {190, 3}, {160, 4}, {170, 3}});
    m_stack = new QStackedWidget(frame);
    m_stack->addWidget(m_table);
    m_stack->addWidget(makeEmptyFace(m_stack));
    auto* all = new QVBoxLayout(frame);
    all->setContentsMargins(1, 1, 1, 1);
    all->addWidget(m_stack);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &JournalPage::readChoice);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &JournalPage::readChoice);
    connect(m_model, &QAbstractItemModel::modelReset, this, &JournalPage::readChoice);
    connect(m_table, &QWidget::customContextMenuRequested, this, &JournalPage::showMenu);
    return frame;
}

QWidget* JournalPage::makeEmptyFace(QWidget* parent) {
    auto* none = new QWidget(parent);
    m_empty = new QLabel(none);
    m_empty->setObjectName(QStringLiteral("journalEmpty"));
    m_empty->setWordWrap(true);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* clear = new QPushButton(tr("Clear the filter"), none);
    clear->setObjectName(QStringLiteral("journalClearFilter"));
    m_clear = clear;
    connect(clear, &QPushButton::clicked, this, [this] { setFilter({}); });
    auto* again = new QPushButton(tr("Try again"), none);
    again->setObjectName(QStringLiteral("journalTryAgain"));
    m_again = again;
    connect(again, &QPushButton::clicked, m_model, &JournalModel::refresh);
    auto* layout = new QVBoxLayout(none);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(m_empty);
    layout->addWidget(clear, 0, Qt::AlignLeft);
    layout->addWidget(again, 0, Qt::AlignLeft);
    layout->addStretch(1);
    return none;
}

QWidget* JournalPage::makeDetails() {
    m_details = new QWidget(this);
    m_head = new ElidedLabel(m_details);
    m_head->setObjectName(QStringLiteral("journalHead"));
    m_head->setFont(strongFont());
    m_story = new ElidedLabel(m_details);
    m_story->setObjectName(QStringLiteral("journalStory"));
    m_story->setProperty("ink", QStringLiteral("muted"));
    const auto makeText = [this](const char* name) {
        auto* text = new QLabel(m_details);
        text->setObjectName(QLatin1String(name));
        text->setWordWrap(true);
        text->setTextFormat(Qt::PlainText);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        return text;
    };
    m_intent = makeText("journalIntent");
    m_message = makeText("journalMessage");
    m_diff = new DiffView(m_details);
    m_diff->setHeads(tr("Before"), tr("After"));
    auto* layout = new QVBoxLayout(m_details);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_head);
    layout->addWidget(m_story);
    layout->addWidget(m_intent);
    layout->addWidget(m_message);
    layout->addWidget(m_diff, 1);
    layout->addStretch(0); // for lines that have no difference to show
    m_details->hide();
    return m_details;
}

void JournalPage::addActions() {
    const auto add = [this](const char* id, const QString& text, const QString& help, const QList<QKeySequence>& keys,
                            auto run) {
        ActionSpec spec;
        spec.id = QLatin1String("journal.") + QLatin1String(id);
        spec.text = text;
        spec.help = help;
        spec.shortcuts = keys;
        return m_context.actions.add(this, spec, run);
    };
    m_undo =
        add("undo", tr("Undo…"), tr("Takes the whole change back that this line belongs to, as a change of its own"),
            {QKeySequence(Qt::CTRL | Qt::Key_Z)}, [this] { undo(); });
    m_resume = add("resume", tr("Go on…"), tr("Does what is left of the change that this line belongs to"),
                   {QKeySequence(Qt::CTRL | Qt::Key_Return)}, [this] { resume(); });
    QAction* save = add("export", tr("Export…"), tr("Writes all lines that match as CSV or JSON"),
                        {QKeySequence(Qt::CTRL | Qt::Key_E)}, [this] { chooseExport(); });
    add("next", tr("Next difference"), {}, {Qt::Key_F7, Qt::Key_N},
        [this] { m_diff->goToDifference(DiffView::Way::Next); });
    add("previous", tr("Previous difference"), {}, {QKeySequence(Qt::SHIFT | Qt::Key_F7), Qt::Key_P},
        [this] { m_diff->goToDifference(DiffView::Way::Previous); });
    add("fold", tr("Fold equal lines, or show them"), {}, {Qt::Key_Z}, [this] { m_diff->toggleFold(); });
    m_headActions = {m_undo, m_resume, save};
    m_undo->setEnabled(false);
    m_resume->setEnabled(false);
}

QString JournalPage::title() const {
    return tr("Journal");
}

QString JournalPage::subtitle() const {
    const int count = m_model->rowCount();
    const QString lines = tr("%Ln lines", "of the journal", count);
    if (m_model->problem())
        return tr("cannot be read", "the journal");
    if (!m_model->isSettled() && !m_filter.isEmpty())
        return tr("Searching…");
    return m_model->isComplete() || count == 0 ? lines : tr("%1 so far, more as you scroll").arg(lines);
}

QString JournalPage::filterHint() const {
    return tr("filter the journal: shop/web cluster:houston result:failed");
}

void JournalPage::setFilter(const QString& text) {
    if (text == m_filter)
        return;
    m_filter = text;
    JournalFilter parsed = parseJournalFilter(text);
    m_problem = std::move(parsed.problem);
    if (!m_problem) {
        m_query = std::move(parsed.query);
        m_typing.start();
    }
    emit filterChanged();
    emit settledChanged();
}

void JournalPage::query() {
    m_model->setQuery(m_query);
    emit headingChanged();
}

// A glance first: another program writes rarely, and reading all that is shown is not for nothing.
void JournalPage::look() {
    change::JournalQuery newest;
    newest.limit = kGlance;
    m_context.door.journal().read(newest, [self = QPointer<JournalPage>(this)](const auto& entries) {
        if (!self)
            return;
        // What was in the way is so no more, or something is now.
        if (entries.has_value() == self->m_model->problem().has_value())
            self->m_model->refresh();
        if (!entries)
            return;
        std::string now = glance(*entries);
        if (now == self->m_newest)
            return;
        const bool isFirst = self->m_newest.empty();
        self->m_newest = std::move(now);
        if (!isFirst)
            self->m_model->refresh();
    });
}

void JournalPage::readFace() {
    const bool isEmpty = m_model->rowCount() == 0 && m_model->isSettled();
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
    m_clear->setVisible(!m_filter.isEmpty() && !m_model->problem());
    m_again->setVisible(m_model->problem().has_value());
    m_empty->setText(faceText());
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->selectRow(0);
    readChoice();
    emit headingChanged();
    emit settledChanged();
}

QString JournalPage::faceText() const {
    if (const auto& problem = m_model->problem())
        return tr("The journal cannot be read, and without it nothing can be changed.") + QStringLiteral("\n\n") +
               QString::fromStdString(problem->message);
    return m_filter.isEmpty() ? tr("Nothing was done from this machine yet. Every change made here or with "
                                   "qdctl is written down before it is sent.")
                              : tr("No line matches %1").arg(m_filter);
}

const change::JournalEntry* JournalPage::chosen() const {
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() && current.row() < m_model->rowCount() ? &m_model->entryAt(current.row()) : nullptr;
}

void JournalPage::readChoice() {
    const change::JournalEntry* entry = chosen();
    m_details->setVisible(entry != nullptr);
    bool done = false;
    bool left = false;
    bool running = false;
    if (entry) {
        for (const change::JournalEntry* other : m_model->entriesOf(entry->set)) {
            done = done || other->outcome == change::Outcome::Done;
            left = left || change::isLeft(other->outcome);
            running = running || other->outcome == change::Outcome::Sending;
        }
    }
    const bool isChange = entry && !change::isInPod(entry->verb);
    m_undo->setEnabled(isChange && done && !running);
    m_resume->setEnabled(isChange && left && !running);
    const std::string key = entry ? entry->set + '/' + std::to_string(entry->number) + std::to_string(entry->closedMs) +
                                        std::to_string(int(entry->outcome))
                                  : std::string();
    if (key == m_shownKey)
        return;
    m_shownKey = key;
    m_shown.renew();
    if (!entry)
        return;
    m_head->setText(tr("%1 · %2 in %3", "act, object, cluster")
                        .arg(verbText(*entry), objectText(entry->object), QString::fromStdString(entry->cluster)));
    m_story->setText(entryStory(*entry));
    m_intent->setText(entryIntentText(*entry));
    m_intent->setVisible(!entry->intent.empty());
    QString message = QString::fromStdString(entry->message);
    if (!isChange)
        message.prepend(QString::fromStdString(entry->title) + QLatin1Char('\n'));
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
    m_diff->setVisible(isChange);
    if (!isChange)
        return;
    (void)call(
        this, m_shown,
        [&](auto answer) {
            m_context.door.journal().images(entry->set, entry->number, std::move(answer));
            return base::Cancel();
        },
        [this](const base::Result<change::JournalImages>& images) { readImages(images); });
}

void JournalPage::readImages(const base::Result<change::JournalImages>& answer) {
    const change::JournalEntry* entry = chosen();
    if (!entry)
        return;
    if (!answer) {
        m_message->setText(QString::fromStdString(answer.error().message));
        m_message->show();
        m_diff->setTexts({}, {});
        return;
    }
    const change::JournalImages& images = *answer;
    const std::string before = images.before == "null" ? std::string() : images.before;
    const bool isGone = entry->verb == change::Verb::Delete || entry->verb == change::Verb::Evict;
    const bool isDone = entry->outcome == change::Outcome::Done;
    m_diff->setHeads(before.empty() ? tr("Before: it was not there") : tr("Before"),
                     isGone && isDone ? tr("After: gone")
                     : isDone         ? tr("After")
                                      : tr("As the server would have stored it"));
    m_diff->setTexts(change::diffText(before, entry->object.kind), change::diffText(images.after, entry->object.kind));
}

void JournalPage::showMenu(const QPoint& at) {
    if (!m_table->indexAt(at).isValid())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Actions on a line of the journal"));
    menu->addActions({m_undo, m_resume});
    const change::JournalEntry* entry = chosen();
    const fleet::ClusterInfo* cluster =
        entry ? clusterOf(m_context.fleet, {entry->cluster, entry->clusterUid}) : nullptr;
    if (cluster && !entry->resource.empty()) {
        PageTarget target;
        target.page = QStringLiteral("browser");
        target.kind = QString::fromStdString(entry->resource);
        target.filter = QString();
        target.cluster = cluster->id;
        target.ns = QString::fromStdString(entry->object.ns);
        target.name = QString::fromStdString(entry->object.name);
        menu->addSeparator();
        connect(menu->addAction(tr("Show the object")), &QAction::triggered, this,
                [this, target] { m_context.navigator.open(target); });
    }
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

void JournalPage::undo() {
    if (const change::JournalEntry* entry = chosen(); entry && m_undo->isEnabled())
        openSheet(m_context.changes
                      .undo(entry->set, tr("Undo: %1", "%1 is what was done").arg(QString::fromStdString(entry->title)))
                      .id());
}

void JournalPage::resume() {
    if (const change::JournalEntry* entry = chosen(); entry && m_resume->isEnabled())
        openSheet(m_context.changes.resume(entry->set, QString::fromStdString(entry->title)).id());
}

void JournalPage::openSheet(const QString& id) {
    PageTarget target;
    target.page = QStringLiteral("change");
    target.change = id;
    m_context.navigator.open(target, Navigator::Tab::New);
}

int JournalPage::hueOf(const change::JournalEntry& entry) const {
    const fleet::ClusterInfo* cluster = clusterOf(m_context.fleet, {entry.cluster, entry.clusterUid});
    return cluster ? cluster->hue : -1;
}

void JournalPage::chooseExport() {
    auto* dialog = new QFileDialog(this, tr("Export the journal"));
    dialog->setObjectName(QStringLiteral("journalExportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("CSV table (*.csv)", "a kind of file"), tr("JSON (*.json)", "a kind of file")});
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(QStringLiteral("journal.csv"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("json")) ? QStringLiteral("json")
                                                                        : QStringLiteral("csv"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &JournalPage::exportTo);
    dialog->open();
}

void JournalPage::exportTo(const QString& file) {
    const bool json = file.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
    auto* writing = new JournalExport(m_context.door.journal(), m_query, m_context.door.clock().nowMs() + 1, file,
                                      json ? JournalExport::Format::Json : JournalExport::Format::Csv, this);
    connect(writing, &JournalExport::done, this, [this, file](int lines, const QString& problem) {
        m_context.navigator.say(problem.isEmpty()
                                    ? tr("%Ln lines written to %1", "%1 is a file", lines).arg(file)
                                    : tr("Could not write %1: %2", "%1 is a file, %2 why").arg(file, problem));
    });
    writing->start();
}

void JournalPage::focusMain() {
    m_table->setFocus(Qt::OtherFocusReason);
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->selectRow(0);
}

bool JournalPage::isSettled() const {
    return m_model->isSettled() && !m_typing.isActive();
}

QVariantMap JournalPage::state() const {
    return {{QStringLiteral("filter"), m_filter}};
}

void JournalPage::restore(const QVariantMap& state) {
    setFilter(state.value(QStringLiteral("filter")).toString());
}

void JournalPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    m_model->refresh();
    look();
    m_others.start();
}

void JournalPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    m_others.stop();
}

} // namespace ui
