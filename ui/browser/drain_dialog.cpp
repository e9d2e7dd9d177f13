// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/drain_dialog.h"

#include "core/change/acts/drain_reader.h"
#include "core/change/door.h"
#include "ui/base/error_text.h"
#include "ui/base/table_view.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr int kWidth = 900;
constexpr int kLines = 10;
constexpr int kMostMinutes = 24 * 60;
constexpr int kMostGrace = 24 * 60 * 60;

} // namespace

DrainDialog::DrainDialog(const QString& about, change::Door& door, std::vector<change::Target> nodes, QWidget* parent)
    : ActDialog(QStringLiteral("drainDialog"), tr("Drain"), about, parent)
    , m_door(door)
    , m_nodes(std::move(nodes))
    , m_summary(new QLabel(this))
    , m_table(new TableView(this))
    , m_model(makeDrainModel(this))
    , m_daemonSets(new QCheckBox(tr("&Leave the pods of DaemonSets where they are"), this))
    , m_localData(new QCheckBox(tr("Also pods whose data in &emptyDir volumes is lost"), this))
    , m_unmanaged(new QCheckBox(tr("Also pods that &no controller makes again"), this))
    , m_minutes(new QSpinBox(this))
    , m_grace(new QSpinBox(this)) {
    addTable();
    addOptions();
    finish(
        m_nodes.size() == 1
            ? tr("The node takes no new pods from then on. A drain may be stopped, and gone on with from the journal.")
            : tr("None of the nodes takes new pods from then on; one after the other is emptied. A drain may be "
                 "stopped, and gone on with from the journal."));
    setMinimumWidth(kWidth);
    read();
}

DrainDialog::~DrainDialog() = default;

void DrainDialog::addTable() {
    m_summary->setObjectName(QStringLiteral("drainSummary"));
    m_summary->setWordWrap(true);
    m_table->setObjectName(QStringLiteral("drainPods"));
    m_table->setAccessibleName(tr("Pods on these nodes"));
    m_table->setModel(m_model);
    m_table->setRooms({{210, 3}, {100, 1}, {160, 0}, {330, 4}});
    m_table->setMinimumHeight(m_table->horizontalHeader()->sizeHint().height() +
                              kLines * m_table->verticalHeader()->defaultSectionSize() + 2);
    body().addWidget(m_summary);
    body().addWidget(m_table, 1);
}

void DrainDialog::addOptions() {
    m_daemonSets->setObjectName(QStringLiteral("drainDaemonSets"));
    m_daemonSets->setChecked(true);
    m_localData->setObjectName(QStringLiteral("drainLocalData"));
    m_unmanaged->setObjectName(QStringLiteral("drainUnmanaged"));
    auto* allowed = new QVBoxLayout;
    allowed->setSpacing(4);
    body().addLayout(allowed);
    for (QCheckBox* box : {m_daemonSets, m_localData, m_unmanaged}) {
        allowed->addWidget(box);
        connect(box, &QCheckBox::toggled, this, &DrainDialog::read);
    }
    m_minutes->setObjectName(QStringLiteral("drainMinutes"));
    m_minutes->setRange(0, kMostMinutes);
    m_minutes->setSpecialValueText(tr("no end", "how long a drain waits for a pod"));
    m_minutes->setSuffix(tr(" min", "minutes, behind a number"));
    m_grace->setObjectName(QStringLiteral("drainGrace"));
    m_grace->setRange(-1, kMostGrace);
    m_grace->setValue(-1);
    m_grace->setSpecialValueText(tr("as each pod says", "how long a pod has to end"));
    m_grace->setSuffix(tr(" s", "seconds, behind a number"));
    auto* times = new QFormLayout;
    times->setHorizontalSpacing(12);
    times->addRow(tr("&Wait for each pod at most:"), m_minutes);
    times->addRow(tr("&Time that pods get to end:"), m_grace);
    for (QSpinBox* box : {m_minutes, m_grace})
        box->setMinimumWidth(180);
    times->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    body().addLayout(times);
}

change::DrainOptions DrainDialog::options() const {
    change::DrainOptions options;
    options.ignoreDaemonSets = m_daemonSets->isChecked();
    options.deleteEmptyDirData = m_localData->isChecked();
    options.force = m_unmanaged->isChecked();
    options.timeout = std::chrono::minutes(m_minutes->value());
    if (m_grace->value() >= 0)
        options.gracePeriodSeconds = m_grace->value();
    return options;
}

void DrainDialog::read() {
    setReady(false);
    m_summary->setText(tr("Reading what runs there…"));
    m_reader = std::make_unique<change::DrainReader>(
        m_door.home(), m_door.clusters(), m_nodes, options(),
        [this](std::vector<change::NodeDrain> drains) { show(std::move(drains)); });
}

void DrainDialog::show(std::vector<change::NodeDrain> drains) {
    m_drains = std::move(drains);
    m_model->setRows(drainRows(m_drains, m_door.clusters()));
    const bool isInTheWay = std::any_of(m_drains.begin(), m_drains.end(), [](const change::NodeDrain& node) {
        return node.error || std::any_of(node.pods.begin(), node.pods.end(), [](const change::PodOnNode& pod) {
                   return pod.fate == change::PodFate::Refuse;
               });
    });
    m_summary->setText(summary());
    setReady(!isInTheWay);
}

QString DrainDialog::summary() const {
    QStringList problems;
    int evicted = 0;
    int staying = 0;
    int inTheWay = 0;
    bool budgetsKnown = true;
    for (const change::NodeDrain& node : m_drains) {
        if (node.error)
            problems.append(tr("%1: %2", "a node, an error")
                                .arg(QString::fromStdString(node.node.object.name), errorSentence(*node.error)));
        budgetsKnown = budgetsKnown && node.budgetsKnown;
        for (const change::PodOnNode& pod : node.pods) {
            evicted += pod.fate == change::PodFate::Evict ? 1 : 0;
            staying += pod.fate == change::PodFate::Stay ? 1 : 0;
            inTheWay += pod.fate == change::PodFate::Refuse ? 1 : 0;
        }
    }
    if (!problems.isEmpty())
        return problems.join(u'\n');
    QStringList parts{tr("%Ln pods are evicted", nullptr, evicted)};
    if (staying > 0)
        parts.append(tr("%Ln stay", "pods", staying));
    if (inTheWay > 0)
        parts.append(tr("%Ln are in the way: allow below what may happen to them", "pods", inTheWay));
    if (!budgetsKnown)
        parts.append(tr("some disruption budgets may not be read"));
    return parts.join(QStringLiteral(" · "));
}

void DrainDialog::take() {
    const change::ChangeSet set = change::drain(m_drains, options());
    accept();
    emit chosen(set.operations, options());
}

} // namespace ui
