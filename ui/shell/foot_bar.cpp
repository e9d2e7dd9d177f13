// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/foot_bar.h"

#include "core/fleet/fleet.h"
#include "core/fleet/settings.h"
#include "ui/base/cluster_text.h"
#include "ui/base/elided_label.h"
#include "ui/base/format.h"
#include "ui/base/marks.h"
#include "ui/base/theme.h"
#include "ui/journal/journal_summary.h"

#include <QDateTime>
#include <QFile>
#include <QHBoxLayout>
#include <QLabel>

#include <unistd.h>

namespace ui {

namespace {

constexpr std::int64_t kRateWindowMs = 60'000;
constexpr int kSayMs = 6'000;

QLabel* makeLabel(const QString& name, QWidget* parent) {
    auto* label = new ElidedLabel(parent);
    label->setObjectName(name);
    label->setFont(smallFont());
    label->setProperty("ink", QStringLiteral("muted"));
    return label;
}

} // namespace

std::int64_t residentBytes() {
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> fields = file.readLine().split(' ');
    return fields.size() > 1 ? fields.at(1).toLongLong() * ::sysconf(_SC_PAGESIZE) : 0;
}

FootBar::FootBar(fleet::Fleet& fleet, const fleet::Settings& settings, change::Journal& journal, QWidget* parent)
    : QWidget(parent)
    , m_fleet(fleet)
    , m_settings(settings)
    , m_mark(new QLabel(this))
    , m_connections(makeLabel(QStringLiteral("footConnections"), this))
    , m_readOnly(makeLabel(QStringLiteral("footReadOnly"), this))
    , m_traffic(makeLabel(QStringLiteral("footTraffic"), this))
    , m_change(makeLabel(QStringLiteral("footChange"), this))
    , m_said(makeLabel(QStringLiteral("footSaid"), this))
    , m_journal(new JournalSummary(journal, this))
    , m_memory(makeLabel(QStringLiteral("footMemory"), this)) {
    setObjectName(QStringLiteral("foot"));
    setAccessibleName(tr("State of the program"));
    setFixedHeight(26);
    m_journal->setObjectName(QStringLiteral("footJournal"));
    m_journal->setFont(smallFont());
    m_journal->setProperty("ink", QStringLiteral("muted"));
    m_memory->setToolTip(tr("Memory of this program"));
    m_readOnly->setProperty("ink", QStringLiteral("attention"));
    m_readOnly->setText(tr("Read-only everywhere"));
    m_readOnly->setToolTip(tr("Nothing is written to any cluster: the settings say so"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 0, 12, 0);
    layout->setSpacing(20);
    auto* connections = new QHBoxLayout;
    connections->setSpacing(5);
    connections->addWidget(m_mark);
    connections->addWidget(m_connections);
    layout->addLayout(connections);
    layout->addWidget(m_readOnly);
    layout->addWidget(m_traffic);
    layout->addWidget(m_change);
    layout->addStretch(1);
    layout->addWidget(m_said);
    layout->addWidget(m_journal);
    layout->addWidget(m_memory);
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, &FootBar::readAll);
    m_tick.start();
    m_saidUntil.setSingleShot(true);
    m_saidUntil.setInterval(kSayMs);
    connect(&m_saidUntil, &QTimer::timeout, m_said, &QLabel::clear);
    readAll();
}

void FootBar::say(const QString& sentence) {
    m_said->setText(sentence);
    m_saidUntil.start();
}

void FootBar::readAll() {
    readConnections();
    m_readOnly->setVisible(m_settings.flag(fleet::Setting::ReadOnlyEverywhere));
    readTraffic(QDateTime::currentMSecsSinceEpoch());
    const Measured memory = bytesText(residentBytes());
    m_memory->setText(QStringLiteral("%1 %2B").arg(memory.number, memory.unit.left(1)));
}

void FootBar::readConnections() {
    int open = 0;
    int live = 0;
    for (const fleet::ClusterInfo& cluster : m_fleet.clusters()) {
        if (!isOpen(cluster.health))
            continue;
        ++open;
        if (cluster.health == fleet::Health::Live || cluster.health == fleet::Health::Degraded)
            ++live;
    }
    Mark mark = Mark::NotConnected;
    QString text = tr("No cluster connected");
    if (open > 0) {
        mark = live == open ? Mark::Good : Mark::Attention;
        text = tr("%1 of %Ln clusters live", "how many of those connected", open).arg(countText(live));
    }
    m_mark->setPixmap(markPixmap(*this, mark));
    m_connections->setText(text);
}

void FootBar::readTraffic(std::int64_t nowMs) {
    const fleet::Fleet::Traffic traffic = m_fleet.traffic();
    m_samples.push_back({nowMs, traffic.events});
    while (m_samples.size() > 2 && m_samples.front().atMs < nowMs - kRateWindowMs)
        m_samples.pop_front();
    if (traffic.objects == 0) {
        m_traffic->clear();
        m_change->clear();
        return;
    }
    // What the last minute brought, never extrapolated from a shorter time.
    const std::uint64_t perMinute = traffic.events - m_samples.front().events;
    const QString objects = tr("%Ln objects", nullptr, static_cast<int>(traffic.objects));
    m_traffic->setText(tr("%1, %2 events/min", "%1 is a count of objects in words")
                           .arg(objects, countText(static_cast<std::int64_t>(perMinute))));
    m_change->setText(traffic.lastChangeMs == 0
                          ? QString()
                          : tr("Last change %1", "%1 is like 2 s ago").arg(agoText(traffic.lastChangeMs, nowMs)));
}

} // namespace ui
