// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/change/change_page.h"

#include "core/change/change_set_file.h"
#include "core/fleet/fleet.h"
#include "ui/base/cluster_text.h"
#include "ui/base/table_view.h"
#include "ui/base/theme.h"
#include "ui/change/change_faces.h"
#include "ui/change/change_foot.h"
#include "ui/change/change_remarks.h"
#include "ui/change/change_runs.h"
#include "ui/change/change_text.h"
#include "ui/change/confirm_panel.h"
#include "ui/change/conflict_panel.h"
#include "ui/change/diff_view.h"
#include "ui/change/intent_line.h"
#include "ui/change/open_change_set.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/ask_before_loss.h"

#include <QAction>
#include <QDateTime>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace ui {

namespace {

constexpr int kMostRowsAtOnce = 7;
constexpr qsizetype kLongestTab = 40;

} // namespace

ChangePage::ChangePage(const PageContext& context, QWidget* parent)
    : Page(parent)
    , m_context(context)
    , m_model(makeOperationModel(this)) {
    setObjectName(QStringLiteral("changePage"));
    build();
    addActions();
    // How many wait is said of all sheets together.
    connect(&m_context.changes, &ChangeRuns::changed, this, &Page::headingChanged);
    // What a cluster's operator allows may change while the sheet is open.
    m_notices = m_context.fleet.onNotice([this](const fleet::FleetNotice& notice) {
        if (!m_run || notice.changed.empty())
            return;
        readConfirm();
        readFoot();
        if (rulesNow() != m_rules) {
            readTable();
            readChoice();
        }
    });
}

ChangePage::~ChangePage() = default;

void ChangePage::build() {
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(makeSheet());
    m_stack->addWidget(makeVacant());
    m_stack->setCurrentIndex(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
}

QWidget* ChangePage::makeSheet() {
    auto* frame = new QFrame(this);
    frame->setProperty("panel", true);
    m_table = new TableView(frame);
    m_table->setObjectName(QStringLiteral("operationTable"));
    m_table->setAccessibleName(tr("What is changed"));
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    const std::array<int, 6> shares = {0, 1, 0, 1, 2, 8};
    std::vector<TableView::Room> rooms;
    for (std::size_t i = 0; i < m_model->columns().size(); ++i)
        rooms.push_back({m_model->columns()[i].width, shares[i]});
    m_table->setRooms(std::move(rooms));

    auto* lower = new QWidget(frame);
    m_remarks = new RemarksPanel(lower);
    m_conflicts = new ConflictPanel(lower);
    m_faces = new ChangeFaces(lower);
    auto* below = new QVBoxLayout(lower);
    below->setContentsMargins(12, 4, 12, 0);
    below->setSpacing(8);
    below->addWidget(m_remarks);
    below->addWidget(m_conflicts);
    below->addWidget(m_faces, 1);

    m_split = new QSplitter(Qt::Vertical, frame);
    m_split->addWidget(m_table);
    m_split->addWidget(lower);
    m_split->setStretchFactor(0, 0);
    m_split->setStretchFactor(1, 1);
    m_split->setChildrenCollapsible(false);
    m_split->setHandleWidth(8);
    m_intent = new IntentLine(frame);
    m_confirm = new ConfirmPanel(frame);
    auto* lines = new QVBoxLayout;
    lines->setContentsMargins(12, 0, 12, 0);
    lines->setSpacing(8);
    lines->addWidget(m_intent);
    lines->addWidget(m_confirm);
    auto* layout = new QVBoxLayout(frame);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(8);
    layout->addWidget(m_split, 1);
    layout->addLayout(lines);
    m_foot = new ChangeFoot(frame);
    layout->addWidget(m_foot);

    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ChangePage::readChoice);
    connect(m_faces, &ChangeFaces::turned, this, &ChangePage::readChoice);
    connect(m_conflicts, &ConflictPanel::decided, this, &ChangePage::decide);
    connectLines();
    connectFoot();
    return frame;
}

void ChangePage::connectLines() {
    const auto goOn = [this] {
        if (m_foot->mayApply())
            m_foot->focusApply();
    };
    connect(m_intent, &QLineEdit::textEdited, this, [this](const QString& intent) {
        m_isTouched = true;
        m_run->setIntent(intent);
    });
    connect(m_intent, &QLineEdit::returnPressed, this, goOn);
    connect(m_confirm, &ConfirmPanel::changed, this, [this] {
        m_isTouched = true;
        readFoot();
    });
    connect(m_confirm, &ConfirmPanel::entered, this, goOn);
}

void ChangePage::connectFoot() {
    connect(m_foot, &ChangeFoot::save, this, &ChangePage::save);
    connect(m_foot, &ChangeFoot::retry, this, [this] { m_run->retry(); });
    connect(m_foot, &ChangeFoot::undo, this, &ChangePage::undo);
    connect(m_foot, &ChangeFoot::resume, this, &ChangePage::resume);
    connect(m_foot, &ChangeFoot::cancel, this, &ChangePage::cancel);
    connect(m_foot, &ChangeFoot::apply, this, &ChangePage::apply);
}

void ChangePage::decide(const std::vector<change::Resolution>& resolutions, bool forAll) {
    m_isTouched = true;
    const std::size_t number = chosen();
    const auto& operations = m_run->plan().operations;
    const std::vector<change::FieldConflict> decided = operations[number].conflicts;
    for (std::size_t i = 0; i < operations.size(); ++i) {
        if (operations[i].conflicts.empty() || (i != number && !forAll))
            continue;
        // An object that is in conflict over other fields stays a question of its own.
        if (const auto own = change::resolutionsAlike(decided, resolutions, operations[i].conflicts))
            m_run->resolve(i, *own);
    }
    m_table->setFocus();
}

QWidget* ChangePage::makeVacant() {
    auto* frame = new QFrame(this);
    frame->setProperty("panel", true);
    auto* text =
        new QLabel(tr("No change is open. What you do to objects in the Browser is looked at here before it is "
                      "done."),
                   frame);
    text->setObjectName(QStringLiteral("changeVacant"));
    text->setWordWrap(true);
    auto* open = new QPushButton(tr("Open the Browser"), frame);
    open->setObjectName(QStringLiteral("changeOpenBrowser"));
    connect(open, &QPushButton::clicked, this, [this] {
        PageTarget target;
        target.page = QStringLiteral("browser");
        m_context.navigator.open(target);
    });
    auto* layout = new QVBoxLayout(frame);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    auto* file = new QPushButton(tr("Open a change set…"), frame);
    file->setObjectName(QStringLiteral("changeOpenFile"));
    connect(file, &QPushButton::clicked, this, [this] { chooseChangeSet(m_context, this); });
    auto* ways = new QHBoxLayout;
    ways->setSpacing(8);
    ways->addWidget(open);
    ways->addWidget(file);
    ways->addStretch(1);
    layout->addWidget(text);
    layout->addLayout(ways);
    layout->addStretch(1);
    return frame;
}

void ChangePage::addActions() {
    const auto add = [this](const char* id, const QString& text, const QList<QKeySequence>& keys, auto run) {
        ActionSpec spec;
        spec.id = QLatin1String("change.") + QLatin1String(id);
        spec.text = text;
        spec.shortcuts = keys;
        m_context.actions.add(this, spec, run);
    };
    add("open", tr("Open a change set…"), {QKeySequence::Open}, [this] { chooseChangeSet(m_context, this); });
    add("apply", tr("Apply"), {QKeySequence(Qt::CTRL | Qt::Key_Return)}, [this] { apply(); });
    add("next", tr("Next difference"), {Qt::Key_F7, Qt::Key_N},
        [this] { m_faces->diff().goToDifference(DiffView::Way::Next); });
    add("previous", tr("Previous difference"), {QKeySequence(Qt::SHIFT | Qt::Key_F7), Qt::Key_P},
        [this] { m_faces->diff().goToDifference(DiffView::Way::Previous); });
    add("fold", tr("Fold equal lines, or show them"), {Qt::Key_Z}, [this] { m_faces->toggleFold(); });
    add("undo", tr("Undo this change"), {QKeySequence(Qt::CTRL | Qt::Key_Z)}, [this] { undo(); });
    add("resume", tr("Go on with what is left of this change"), {}, [this] {
        if (m_foot->mayResume())
            resume();
    });
    add("cancel", tr("Put this change away, or stop it"), {QKeySequence(Qt::CTRL | Qt::Key_Backspace)},
        [this] { cancel(); });
    add("back", tr("Back", "closes what was opened last"), {Qt::Key_Escape}, [this] { goBack(); });
}

void ChangePage::setRun(ChangeRun* run) {
    if (m_run == run)
        return;
    if (m_run)
        m_run->disconnect(this);
    m_run = run;
    m_isTouched = false;
    m_faces->clear();
    m_model->setRows({});
    m_stack->setCurrentIndex(m_run ? 0 : 1);
    if (!m_run) {
        emit headingChanged();
        emit settledChanged();
        return;
    }
    connect(m_run, &ChangeRun::changed, this, &ChangePage::read);
    read();
}

void ChangePage::read() {
    readTable();
    readChoice();
    m_intent->show(*m_run);
    readConfirm();
    readFoot();
    emit headingChanged();
    emit settledChanged();
}

QStringList ChangePage::rulesNow() const {
    QStringList rules;
    for (const change::Operation& operation : m_run->plan().set.operations) {
        const fleet::ClusterInfo* cluster = clusterOf(m_context.fleet, operation.cluster);
        rules.append(cluster ? ruleMark(*cluster) : QString());
    }
    return rules;
}

void ChangePage::readTable() {
    m_rules = rulesNow();
    const int before = m_model->rowCount();
    m_model->setRows(operationRows(*m_run, m_context.fleet, QDateTime::currentMSecsSinceEpoch()));
    if (m_model->rowCount() == before)
        return;
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->selectRow(0);
    const int rows = std::clamp(m_model->rowCount(), 1, kMostRowsAtOnce);
    const int wanted = m_table->horizontalHeader()->height() + rows * Measure::row() + 2;
    m_table->setMinimumHeight(std::min(wanted, m_table->horizontalHeader()->height() + 2 * Measure::row() + 2));
    m_split->setSizes({wanted, std::max(200, m_split->height() - wanted)});
}

std::size_t ChangePage::chosen() const {
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? m_model->rowAt(current.row()).number : 0;
}

void ChangePage::readChoice() {
    if (!m_run)
        return;
    const std::size_t number = chosen();
    const auto& operations = m_run->plan().operations;
    const bool isPlan = number < operations.size();
    m_remarks->setRemarks(remarksOf(*m_run, number, m_context.fleet));
    const auto conflicts = isPlan ? operations[number].conflicts : std::vector<change::FieldConflict>();
    const std::vector<change::Resolution> any(conflicts.size());
    int alike = 0;
    for (std::size_t i = 0; i < operations.size(); ++i) {
        const bool isOpen = i != number && !operations[i].conflicts.empty();
        alike += isOpen && change::resolutionsAlike(conflicts, any, operations[i].conflicts) ? 1 : 0;
    }
    m_conflicts->setConflicts(conflicts, isPlan ? m_run->plan().set.operations[number].object.kind : std::string(),
                              alike, QDateTime::currentMSecsSinceEpoch());
    m_faces->show(*m_run, number);
}

void ChangePage::readConfirm() {
    QStringList names;
    const bool open = m_run->state() == ChangeRun::State::Planned && m_run->plan().mayApply();
    if (open) {
        for (const change::Operation& operation : m_run->plan().set.operations) {
            const fleet::ClusterInfo* cluster = clusterOf(m_context.fleet, operation.cluster);
            // No name makes a read-only one writable.
            if (cluster && cluster->isProtected && !cluster->isReadOnly &&
                !names.contains(QString::fromStdString(cluster->name)))
                names.append(QString::fromStdString(cluster->name));
        }
    }
    m_confirm->setClusters(names);
}

bool ChangePage::mayApply() const {
    if (!m_run || m_run->state() != ChangeRun::State::Planned || !m_run->plan().mayApply() || !m_confirm->isConfirmed())
        return false;
    const change::Plan& plan = m_run->plan();
    const bool isReadOnly =
        std::any_of(plan.set.operations.begin(), plan.set.operations.end(), [this](const change::Operation& operation) {
            const fleet::ClusterInfo* cluster = clusterOf(m_context.fleet, operation.cluster);
            return cluster && cluster->isReadOnly;
        });
    const bool changesNothing =
        std::all_of(plan.operations.begin(), plan.operations.end(), [](const change::PlannedOperation& planned) {
            return planned.verdict == change::Verdict::NoChange;
        });
    return !isReadOnly && !changesNothing;
}

void ChangePage::readFoot() {
    m_foot->show(*m_run, mayApply());
}

void ChangePage::apply() {
    if (!mayApply())
        return;
    change::Confirmation confirmation;
    for (const QString& name : m_confirm->confirmed())
        confirmation.clusterNames.push_back(name.toStdString());
    m_run->apply(std::move(confirmation));
    m_table->setFocus();
}

void ChangePage::cancel() {
    if (!m_run)
        return;
    if (m_run->state() == ChangeRun::State::Applying)
        m_run->cancel();
    else
        leave();
}

void ChangePage::undo() {
    if (!m_run || m_run->state() != ChangeRun::State::Over)
        return;
    openSheet(m_context.changes.undo(m_run->plan().set.id, tr("Undo: %1", "%1 is what was done").arg(m_run->title())));
}

void ChangePage::resume() {
    ChangeRun& rest = m_context.changes.resume(m_run->plan().set.id, m_run->title());
    rest.setFollowUp(m_run->followUp());
    openSheet(rest);
}

void ChangePage::openSheet(const ChangeRun& run) {
    PageTarget target;
    target.page = QStringLiteral("change");
    target.change = run.id();
    m_context.navigator.open(target, Navigator::Tab::New);
}

void ChangePage::save() {
    const auto secrets = static_cast<int>(change::secretsIn(m_run->plan().set));
    const QString question = secrets == 0 ? QString()
                                          : tr("The file will hold the values of %n secret(s) in clear. Only you will "
                                               "be able to read it; whoever you give it to reads them, too.",
                                               nullptr, secrets);
    askBeforeLoss(this, question, tr("Save as file", "a change that holds values of secrets"),
                  [this, set = m_run->plan().set] { saveAs(set); });
}

void ChangePage::saveAs(const change::ChangeSet& set) {
    auto* dialog = new QFileDialog(this, tr("Save this change as a file"));
    dialog->setObjectName(QStringLiteral("changeSaveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("YAML (*.yaml *.yml)", "a kind of file")});
    dialog->setDefaultSuffix(QStringLiteral("yaml"));
    dialog->selectFile(QStringLiteral("change.yaml"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, set](const QString& file) {
        const base::Result<void> saved = change::saveChangeSet(set, QFile::encodeName(file).toStdString());
        m_context.navigator.say(
            saved
                ? tr("Written to %1: qdctl apply and a later session take it from there", "%1 is a file").arg(file)
                : tr("This change was not saved: %1", "%1 is why").arg(QString::fromStdString(saved.error().message)));
    });
    dialog->open();
}

void ChangePage::leave() {
    const QString id = m_run->id();
    setRun(nullptr);
    m_context.changes.remove(id);
    emit leftForGood();
}

// What the operator put something into stays until it is put away; the rest is made again with one act.
void ChangePage::goBack() {
    if (!m_filter.isEmpty()) {
        setFilter({});
        return;
    }
    const bool isUnderWay = m_run && m_run->state() == ChangeRun::State::Applying;
    if (m_run && !isUnderWay && !m_isTouched)
        leave();
    else
        m_context.navigator.goBack();
}

QString ChangePage::title() const {
    return m_run ? m_run->title() : tr("Changes");
}

QString ChangePage::subtitle() const {
    return m_run ? headingText(*m_run) : QString();
}

int ChangePage::waiting() const {
    const auto& runs = m_context.changes.all();
    return static_cast<int>(std::count_if(runs.begin(), runs.end(),
                                          [](const auto& run) { return run->state() != ChangeRun::State::Over; }));
}

QString ChangePage::tabTitle() const {
    const QString whole = title();
    return whole.size() <= kLongestTab ? whole : whole.left(kLongestTab - 1) + QChar(u'…');
}

int ChangePage::tabHue() const {
    if (!m_run || clusterCount(m_run->plan().set) != 1)
        return -1;
    const fleet::ClusterInfo* cluster = clusterOf(m_context.fleet, m_run->plan().set.operations.front().cluster);
    return cluster ? cluster->hue : -1;
}

QString ChangePage::filterHint() const {
    return tr("filter what is changed: houston refused");
}

void ChangePage::setFilter(const QString& text) {
    m_filter = text;
    const QStringList words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    OperationModel::Accept accept = [words](const OperationRow& row) {
        const QString line =
            QStringList{row.cluster, row.object, row.act, row.dryRun.text, row.owners.text, row.result.text}.join(u' ');
        return std::all_of(words.begin(), words.end(), [&line](const QString& word) {
            const bool isNot = word.size() > 1 && word.startsWith(u'-');
            return line.contains(isNot ? word.mid(1) : word, Qt::CaseInsensitive) != isNot;
        });
    };
    m_model->setFilter(words.isEmpty() ? OperationModel::Accept() : std::move(accept));
    readChoice();
    emit filterChanged();
}

bool ChangePage::isAbout(const PageTarget& target) const {
    return m_run && target.change == m_run->id();
}

void ChangePage::show(const PageTarget& target) {
    if (ChangeRun* run = m_context.changes.find(target.change))
        setRun(run);
}

void ChangePage::focusMain() {
    if (!m_run)
        m_stack->widget(1)->findChild<QPushButton*>()->setFocus(Qt::OtherFocusReason);
    else
        m_table->setFocus(Qt::OtherFocusReason);
}

bool ChangePage::isSettled() const {
    if (!m_run)
        return true;
    const ChangeRun::State state = m_run->state();
    return state == ChangeRun::State::Planned || state == ChangeRun::State::Over || state == ChangeRun::State::Failed;
}

QVariantMap ChangePage::state() const {
    return m_run ? QVariantMap{{QStringLiteral("change"), m_run->id()}} : QVariantMap();
}

void ChangePage::restore(const QVariantMap& state) {
    setRun(m_context.changes.find(state.value(QStringLiteral("change")).toString()));
}

} // namespace ui
