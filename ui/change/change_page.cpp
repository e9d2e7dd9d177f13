// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/change/change_page.h"

#include "core/change/change_set_file.h"
#include "core/change/line_diff.h"
#include "core/fleet/fleet.h"
#include "ui/base/elided_label.h"
#include "ui/base/table_view.h"
#include "ui/base/theme.h"
#include "ui/browser/yaml_highlighter.h"
#include "ui/change/change_remarks.h"
#include "ui/change/change_runs.h"
#include "ui/change/change_text.h"
#include "ui/change/confirm_panel.h"
#include "ui/change/conflict_panel.h"
#include "ui/change/diff_pane.h"
#include "ui/change/diff_view.h"
#include "ui/shell/action_registry.h"

#include <QAction>
#include <QDateTime>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
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
    const std::array<int, 6> shares = {2, 3, 1, 3, 4, 3};
    std::vector<TableView::Room> rooms;
    for (std::size_t i = 0; i < m_model->columns().size(); ++i)
        rooms.push_back({m_model->columns()[i].width, shares[i]});
    m_table->setRooms(std::move(rooms));

    auto* lower = new QWidget(frame);
    m_remarks = new RemarksPanel(lower);
    m_conflicts = new ConflictPanel(lower);
    m_faces = new QTabBar(lower);
    m_faces->setObjectName(QStringLiteral("changeFaces"));
    m_faces->setAccessibleName(tr("What is shown of the chosen object"));
    m_faces->setExpanding(false);
    m_faces->setDrawBase(false);
    m_faces->setUsesScrollButtons(false);
    m_faces->addTab(tr("Difference"));
    m_faces->addTab(tr("As written", "the body of a change, as the operator wrote it"));
    m_faces->addTab(tr("Moved on", "what others changed since"));
    m_fold = new QPushButton(lower);
    m_fold->setObjectName(QStringLiteral("changeFold"));
    m_fold->setFlat(true);
    m_diff = new DiffView(lower);
    m_written = new QPlainTextEdit(lower);
    m_written->setObjectName(QStringLiteral("changeWritten"));
    m_written->setAccessibleName(tr("As written", "the body of a change, as the operator wrote it"));
    m_written->setReadOnly(true);
    m_written->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_written->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_written->setTabChangesFocus(true);
    m_written->setFont(monoFont());
    new YamlHighlighter(m_written->document());
    m_faceStack = new QStackedWidget(lower);
    m_faceStack->addWidget(m_diff);
    m_faceStack->addWidget(m_written);
    auto* head = new QHBoxLayout;
    head->addWidget(m_faces, 1);
    head->addWidget(m_fold);
    auto* below = new QVBoxLayout(lower);
    below->setContentsMargins(12, 4, 12, 0);
    below->setSpacing(8);
    below->addWidget(m_remarks);
    below->addWidget(m_conflicts);
    below->addLayout(head);
    below->addWidget(m_faceStack, 1);

    m_split = new QSplitter(Qt::Vertical, frame);
    m_split->addWidget(m_table);
    m_split->addWidget(lower);
    m_split->setStretchFactor(0, 0);
    m_split->setStretchFactor(1, 1);
    m_split->setChildrenCollapsible(false);
    m_split->setHandleWidth(8);
    m_confirm = new ConfirmPanel(frame);
    auto* confirm = new QVBoxLayout;
    confirm->setContentsMargins(12, 0, 12, 0);
    confirm->addWidget(m_confirm);
    auto* layout = new QVBoxLayout(frame);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(8);
    layout->addWidget(m_split, 1);
    layout->addLayout(confirm);
    layout->addWidget(makeFoot());

    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ChangePage::readChoice);
    connect(m_faces, &QTabBar::currentChanged, this, &ChangePage::readChoice);
    connect(m_fold, &QPushButton::clicked, this, [this] {
        m_diff->toggleFold();
        readFaces();
    });
    connect(m_conflicts, &ConflictPanel::decided, this,
            [this](const std::vector<change::Resolution>& resolutions, bool forAll) {
                m_isTouched = true;
                const std::size_t number = chosen();
                const auto& operations = m_run->plan().operations;
                for (std::size_t i = 0; i < operations.size(); ++i) {
                    const std::size_t open = operations[i].conflicts.size();
                    if (open == 0 || (i != number && !forAll))
                        continue;
                    // Another object may be in conflict over other fields; what was said of the first is meant there,
                    // too.
                    std::vector<change::Resolution> own = resolutions;
                    own.resize(open, resolutions.front());
                    m_run->resolve(i, own);
                }
                m_table->setFocus();
            });
    connect(m_confirm, &ConfirmPanel::changed, this, [this] {
        m_isTouched = true;
        readFoot();
    });
    connect(m_confirm, &ConfirmPanel::entered, this, [this] {
        if (m_apply->isEnabled())
            m_apply->setFocus(Qt::TabFocusReason);
    });
    return frame;
}

QWidget* ChangePage::makeFoot() {
    auto* foot = new QWidget(this);
    m_note = new ElidedLabel(foot);
    m_note->setObjectName(QStringLiteral("changeNote"));
    m_note->setProperty("ink", QStringLiteral("muted"));
    m_save = new QPushButton(tr("Save as file…"), foot);
    m_save->setObjectName(QStringLiteral("changeSave"));
    m_retry = new QPushButton(tr("Ask again"), foot);
    m_retry->setObjectName(QStringLiteral("changeRetry"));
    m_undo = new QPushButton(tr("Undo…"), foot);
    m_undo->setObjectName(QStringLiteral("changeUndo"));
    m_cancel = new QPushButton(foot);
    m_cancel->setObjectName(QStringLiteral("changeCancel"));
    m_apply = new QPushButton(foot);
    m_apply->setObjectName(QStringLiteral("changeApply"));
    m_apply->setProperty("primary", true);
    auto* layout = new QHBoxLayout(foot);
    layout->setContentsMargins(12, 0, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(m_note, 1);
    for (QPushButton* button : {m_save, m_retry, m_undo, m_cancel, m_apply})
        layout->addWidget(button);
    connect(m_save, &QPushButton::clicked, this, &ChangePage::save);
    connect(m_retry, &QPushButton::clicked, this, [this] { m_run->retry(); });
    connect(m_undo, &QPushButton::clicked, this, &ChangePage::undo);
    connect(m_cancel, &QPushButton::clicked, this, &ChangePage::cancel);
    connect(m_apply, &QPushButton::clicked, this, &ChangePage::apply);
    return foot;
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
    layout->addWidget(text);
    layout->addWidget(open, 0, Qt::AlignLeft);
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
    add("apply", tr("Apply"), {QKeySequence(Qt::CTRL | Qt::Key_Return)}, [this] { apply(); });
    add("next", tr("Next difference"), {Qt::Key_F7, Qt::Key_N},
        [this] { m_diff->goToDifference(DiffView::Way::Next); });
    add("previous", tr("Previous difference"), {QKeySequence(Qt::SHIFT | Qt::Key_F7), Qt::Key_P},
        [this] { m_diff->goToDifference(DiffView::Way::Previous); });
    add("fold", tr("Fold equal lines, or show them"), {Qt::Key_Z}, [this] {
        m_diff->toggleFold();
        readFaces();
    });
    add("undo", tr("Undo this change"), {QKeySequence(Qt::CTRL | Qt::Key_Z)}, [this] { undo(); });
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
    m_shown = {};
    m_model->setRows({});
    m_stack->setCurrentIndex(m_run ? 0 : 1);
    if (!m_run) {
        emit headingChanged();
        emit settledChanged();
        return;
    }
    connect(m_run, &ChangeRun::changed, this, &ChangePage::read);
    m_faces->setCurrentIndex(0);
    read();
}

void ChangePage::read() {
    readTable();
    readChoice();
    readConfirm();
    readFoot();
    emit headingChanged();
    emit settledChanged();
}

void ChangePage::readTable() {
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

ChangePage::Face ChangePage::face() const {
    return static_cast<Face>(m_faces->currentIndex());
}

void ChangePage::readChoice() {
    if (!m_run)
        return;
    const std::size_t number = chosen();
    const auto& operations = m_run->plan().operations;
    const bool isPlan = number < operations.size();
    m_remarks->setRemarks(remarksOf(*m_run, number, m_context.fleet));
    int alike = 0;
    for (std::size_t i = 0; i < operations.size(); ++i)
        alike += i != number && !operations[i].conflicts.empty() ? 1 : 0;
    m_conflicts->setConflicts(isPlan ? operations[number].conflicts : std::vector<change::FieldConflict>(),
                              isPlan ? m_run->plan().set.operations[number].object.kind : std::string(), alike,
                              QDateTime::currentMSecsSinceEpoch());
    const bool movedOn = isPlan && operations[number].movedOn;
    m_faces->setTabVisible(int(Face::MovedOn), movedOn);
    m_faces->setTabVisible(int(Face::Written), isPlan && !m_run->plan().set.operations[number].body.empty());
    if (!m_faces->isTabVisible(m_faces->currentIndex()))
        m_faces->setCurrentIndex(int(Face::Difference));
    readDifference();
    readFaces();
}

QString ChangePage::wouldText(const change::Operation& operation, const change::PlannedOperation& planned) const {
    const bool isOver = m_run->state() == ChangeRun::State::Over;
    const bool isGone = operation.verb == change::Verb::Delete || operation.verb == change::Verb::Evict;
    if (!planned.would.empty())
        return isOver ? tr("After") : tr("As the server would store it");
    switch (planned.verdict) {
    case change::Verdict::Conflict:
        return tr("Stays so until the conflicts are decided");
    case change::Verdict::Refused:
        return tr("Stays so: the server refuses");
    case change::Verdict::Accepted:
    case change::Verdict::NoChange:
        return isGone ? (isOver ? tr("Gone") : tr("Would be gone")) : tr("Not known yet");
    case change::Verdict::Pending:
    case change::Verdict::Deferred:
    case change::Verdict::Unreached:
    case change::Verdict::Over:
        break;
    }
    return tr("Not known yet");
}

void ChangePage::readDifference() {
    const std::size_t number = chosen();
    const change::Plan& plan = m_run->plan();
    Shown shown;
    if (number < plan.operations.size()) {
        const change::Operation& operation = plan.set.operations[number];
        const change::PlannedOperation& planned = plan.operations[number];
        shown.kind = operation.object.kind;
        const bool movedOn = face() == Face::MovedOn;
        shown.left = movedOn ? operation.before : planned.before;
        shown.right = movedOn ? planned.before : planned.would;
        // Nothing is known of what the server would store, which is not the same as nothing being left.
        const bool isGone = operation.verb == change::Verb::Delete || operation.verb == change::Verb::Evict;
        if (!movedOn && shown.right.empty() && !isGone)
            shown.right = shown.left;
        const QString version = QString::fromStdString(change::resourceVersionOf(planned.before));
        const bool isOver = m_run->state() == ChangeRun::State::Over;
        const QString now = version.isEmpty() ? tr("Not there")
                            : isOver          ? tr("Before, resourceVersion %1").arg(version)
                                              : tr("Stored now, resourceVersion %1").arg(version);
        m_diff->setHeads(movedOn ? tr("When this change was made") : now,
                         movedOn ? now : wouldText(operation, planned));
        if (face() == Face::Written && m_written->property("of") != QString::fromStdString(operation.body)) {
            m_written->setProperty("of", QString::fromStdString(operation.body));
            m_written->setPlainText(QString::fromStdString(change::diffText(operation.body, operation.object.kind)));
        }
    } else if (number - plan.operations.size() < m_run->refused().size()) {
        const change::UndoRefusal& refusal = m_run->refused()[number - plan.operations.size()];
        shown = {refusal.after, refusal.live, refusal.object.kind};
        m_diff->setHeads(tr("Right after the act that is taken back"), tr("Now"));
    }
    if (shown == m_shown)
        return;
    m_shown = std::move(shown);
    m_diff->setTexts(change::diffText(m_shown.left, m_shown.kind), change::diffText(m_shown.right, m_shown.kind));
}

void ChangePage::readFaces() {
    m_faceStack->setCurrentIndex(face() == Face::Written ? 1 : 0);
    m_fold->setVisible(face() != Face::Written && m_diff->canFold());
    m_fold->setText(m_diff->isFolded() ? tr("Show equal lines") : tr("Fold equal lines"));
}

void ChangePage::readConfirm() {
    QStringList names;
    const bool open = m_run->state() == ChangeRun::State::Planned && m_run->plan().mayApply();
    if (open) {
        for (const change::Operation& operation : m_run->plan().set.operations) {
            const fleet::ClusterInfo* cluster = clusterOf(m_context.fleet, operation.cluster);
            if (cluster && cluster->isProtected && !names.contains(QString::fromStdString(cluster->name)))
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
    const ChangeRun::State state = m_run->state();
    const bool isOver = state == ChangeRun::State::Over;
    const auto& operations = m_run->plan().operations;
    const auto isAway = [](const auto& planned) { return planned.verdict == change::Verdict::Unreached; };
    const bool away = std::ranges::any_of(operations, isAway);
    const auto isDone = [](const auto& progress) { return progress.outcome == change::Outcome::Done; };
    const bool anyDone = std::ranges::any_of(m_run->progress(), isDone);
    m_save->setVisible(state == ChangeRun::State::Planned && !operations.empty());
    m_retry->setVisible(state == ChangeRun::State::Planned && away);
    m_undo->setVisible(isOver && anyDone);
    m_apply->setVisible(state == ChangeRun::State::Building || state == ChangeRun::State::Planning ||
                        state == ChangeRun::State::Planned);
    m_apply->setEnabled(mayApply());
    m_apply->setText(tr("Apply to %Ln clusters", nullptr, clusterCount(m_run->plan().set)));
    m_cancel->setEnabled(!m_run->isCancelled() || isOver);
    m_cancel->setText(state == ChangeRun::State::Applying           ? tr("Stop")
                      : isOver || state == ChangeRun::State::Failed ? tr("Close")
                                                                    : tr("Cancel"));
    m_note->setText(state == ChangeRun::State::Applying
                        ? tr("You may leave this page: it goes on, and waits for you under Changes.")
                        : tr("Undo stays possible from the journal. The before-image is kept."));
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
    const ChangeRun& undone =
        m_context.changes.undo(m_run->plan().set.id, tr("Undo: %1", "%1 is what was done").arg(m_run->title()));
    PageTarget target;
    target.page = QStringLiteral("change");
    target.change = undone.id();
    m_context.navigator.open(target, Navigator::Tab::New);
}

void ChangePage::save() {
    auto* dialog = new QFileDialog(this, tr("Save this change as a file"));
    dialog->setObjectName(QStringLiteral("changeSaveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("YAML (*.yaml *.yml)", "a kind of file")});
    dialog->setDefaultSuffix(QStringLiteral("yaml"));
    dialog->selectFile(QStringLiteral("change.yaml"));
    connect(
        dialog, &QFileDialog::fileSelected, this,
        [this, text = change::toYaml(m_run->plan().set)](const QString& file) {
            QSaveFile out(file);
            const bool written =
                out.open(QIODevice::WriteOnly) && out.write(QByteArray::fromStdString(text)) >= 0 && out.commit();
            m_context.navigator.say(
                written
                    ? tr("Written to %1: qdctl apply and a later session take it from there", "%1 is a file").arg(file)
                    : tr("Could not write %1: %2", "%1 is a file, %2 why").arg(file, out.errorString()));
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
