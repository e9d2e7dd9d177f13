// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/history_dialog.h"

#include "core/change/door.h"
#include "core/fleet/fleet.h"
#include "ui/base/error_text.h"
#include "ui/base/table_view.h"
#include "ui/change/change_text.h"
#include "ui/change/diff_view.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <set>
#include <utility>

namespace ui {

namespace {

constexpr int kWidth = 1000;
constexpr int kLines = 6;
constexpr int kDiffHeight = 260;

QString clusterText(const fleet::Fleet& fleet, const change::Workload& workload) {
    const fleet::ClusterInfo* cluster = clusterOf(fleet, workload.target.cluster);
    return QString::fromStdString(cluster ? cluster->name : workload.target.cluster.context);
}

} // namespace

HistoryDialog::HistoryDialog(const QString& about, const fleet::Fleet& fleet, change::Door& door,
                             std::vector<change::Workload> workloads, QWidget* parent)
    : ActDialog(QStringLiteral("historyDialog"), tr("Revisions"), about, parent)
    , m_fleet(fleet)
    , m_door(door)
    , m_workloads(std::move(workloads))
    , m_summary(new QLabel(this))
    , m_table(new TableView(this))
    , m_model(makeHistoryModel(this))
    , m_diff(new DiffView(this)) {
    build();
    finish(tr("Choose one revision of each cluster to go back to it. Pods are made anew, one after the other."));
    setReady(false);
    m_summary->setText(tr("Reading the revisions…"));
    m_reader = std::make_unique<change::RevisionReader>(
        m_door.home(), m_door.clusters(), m_workloads,
        [this](change::RevisionReader::Answers answers) { show(std::move(answers)); });
}

HistoryDialog::~HistoryDialog() = default;

void HistoryDialog::build() {
    setMinimumWidth(kWidth);
    m_summary->setObjectName(QStringLiteral("historySummary"));
    m_summary->setWordWrap(true);
    m_table->setObjectName(QStringLiteral("historyTable"));
    m_table->setAccessibleName(tr("Revisions"));
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    const bool isOne = m_workloads.size() == 1;
    m_table->setRooms({isOne ? TableView::Room{0, 0} : TableView::Room{150, 1}, {110, 0}, {80, 0}, {300, 3}, {240, 2}});
    m_table->setColumnHidden(0, isOne);
    m_table->setMinimumHeight(m_table->horizontalHeader()->sizeHint().height() +
                              kLines * m_table->verticalHeader()->defaultSectionSize() + 2);
    m_diff->setMinimumHeight(kDiffHeight);
    body().addWidget(m_summary);
    body().addWidget(m_table, 1);
    body().addWidget(m_diff, 2);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &HistoryDialog::readChoice);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &HistoryDialog::readDifference);
}

void HistoryDialog::show(change::RevisionReader::Answers answers) {
    m_answers = std::move(answers);
    m_model->setRows(historyRows(m_workloads, m_answers, m_fleet, m_door.clock().nowMs()));
    chooseTheOneBefore();
    m_diff->setVisible(m_table->currentIndex().isValid()); // else there is nothing to go back to
    readChoice();
    readDifference();
    m_table->setFocus();
}

void HistoryDialog::chooseTheOneBefore() {
    std::set<std::size_t> seen;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const HistoryRow& shown = m_model->rowAt(row);
        if (shown.isCurrent || !seen.insert(shown.workload).second)
            continue;
        const QModelIndex index = m_model->index(row, 0);
        if (seen.size() == 1)
            m_table->selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        m_table->selectionModel()->select(index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
}

std::vector<HistoryRow> HistoryDialog::selected() const {
    std::vector<HistoryRow> rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows(1))
        rows.push_back(m_model->rowAt(index.row()));
    return rows;
}

base::Result<std::vector<change::Operation>> HistoryDialog::operations() const {
    std::vector<change::Operation> operations;
    std::set<std::size_t> seen;
    for (const HistoryRow& row : selected()) {
        if (!seen.insert(row.workload).second)
            return base::fail(base::ErrorCode::BadInput, tr("One revision of each cluster, please.").toStdString());
        const change::Workload& workload = m_workloads[row.workload];
        const std::vector<change::Revision>& revisions = *m_answers[row.workload];
        auto operation = change::rollBack(workload.target, workload.object, revisions, revisions[row.place].number);
        if (!operation)
            return base::fail(operation.error());
        if (*operation)
            operations.push_back(**std::move(operation));
    }
    return operations;
}

void HistoryDialog::readChoice() {
    QStringList lines;
    for (std::size_t i = 0; i < m_answers.size(); ++i) {
        if (!m_answers[i])
            lines.append(tr("%1: %2", "a cluster, an error")
                             .arg(clusterText(m_fleet, m_workloads[i]), errorSentence(m_answers[i].error())));
    }
    const auto wanted = operations();
    if (!wanted)
        lines.append(QString::fromStdString(wanted.error().message));
    else if (m_model->rowCount() == 0 && lines.isEmpty())
        lines.append(tr("No revisions are kept."));
    else if (wanted->empty())
        lines.append(tr("This is what is rolled out now."));
    else
        lines.append(tr("%Ln workloads go back.", nullptr, static_cast<int>(wanted->size())));
    m_summary->setText(lines.join(u'\n'));
    setReady(wanted && !wanted->empty());
}

void HistoryDialog::readDifference() {
    const QModelIndex current = m_table->currentIndex();
    if (!current.isValid() || current.row() >= m_model->rowCount())
        return;
    const HistoryRow& row = m_model->rowAt(current.row());
    const std::vector<change::Revision>& revisions = *m_answers[row.workload];
    const auto now = std::find_if(revisions.begin(), revisions.end(),
                                  [](const change::Revision& revision) { return revision.isCurrent; });
    const change::Revision& chosen = revisions[row.place];
    m_diff->setHeads(now == revisions.end() ? tr("Now") : tr("Now, revision %1").arg(now->number),
                     tr("Revision %1").arg(chosen.number));
    m_diff->setTexts(now == revisions.end() ? std::string() : change::revisionText(*now), change::revisionText(chosen));
}

void HistoryDialog::take() {
    const auto wanted = operations();
    if (!wanted || wanted->empty())
        return;
    accept();
    emit chosen(*wanted);
}

} // namespace ui
