// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include <cstdint>
#include <deque>

class QLabel;

namespace change {
class Journal;
} // namespace change
namespace fleet {
class Fleet;
class Settings;
} // namespace fleet

namespace ui {

/// Connections, whether anything may be written at all, objects, events, age of the last change, the journal and own
/// memory; for some seconds a sentence about the last act.
class FootBar : public QWidget {
    Q_OBJECT
public:
    FootBar(fleet::Fleet& fleet, const fleet::Settings& settings, change::Journal& journal, QWidget* parent = nullptr);

    void say(const QString& sentence);

public slots:
    void readAll();

private:
    void readConnections();
    void readTraffic(std::int64_t nowMs);

    struct Sample {
        std::int64_t atMs;
        std::uint64_t events;
    };

    fleet::Fleet& m_fleet;
    const fleet::Settings& m_settings;
    QLabel* m_mark;
    QLabel* m_connections;
    QLabel* m_readOnly;
    QLabel* m_traffic;
    QLabel* m_change;
    QLabel* m_said;
    QLabel* m_journal;
    QLabel* m_memory;
    QTimer m_tick;
    QTimer m_saidUntil;
    std::deque<Sample> m_samples; // Of the last minute.
};

/// Resident memory of this process in bytes, 0 where it cannot be read.
std::int64_t residentBytes();

} // namespace ui
