// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/executor.h"
#include "core/fleet/ids.h"
#include "core/net/engine.h"
#include "tests/support/cluster.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace ui {
class ObjectTableModel;
}

/// Writes pods to several clusters by turns (creates one, gives it a phase, deletes it) and measures how long after the
/// server's answer a table's model shows it, and how long the event loop of this thread was away meanwhile. Writes go
/// through an engine and a thread of their own, at irregular times that no beat of the program can agree with.
class EventMeter : public QObject {
public:
    struct Target {
        testbed::Cluster* cluster = nullptr;
        fleet::ClusterId id;
    };
    struct Figures {
        std::size_t events = 0;
        std::size_t refused = 0; ///< Writes that the server did not take.
        std::size_t lost = 0;    ///< Events that no row showed in ten seconds.
        double p50 = 0;          ///< Milliseconds, as all that follows.
        double p99 = 0;
        double longest = 0;
        double ownGap = 0;     ///< The longest between two turns of the event loop, but for waiting for a processor;
        double gap = 0;        ///< the longest with it,
        double gapWaited = 0;  ///< how much of that its thread could have run, had others left it a processor,
        double machineGap = 0; ///< and the longest of a thread that does nothing else: what the machine adds by itself.
        std::string slowest;   ///< Which event took longest.
    };

    EventMeter(const std::vector<Target>& targets, const ui::ObjectTableModel& model);
    ~EventMeter() override;

    Figures measure(std::chrono::milliseconds span);

private:
    enum class Act { Create, Change, Delete };
    struct Event {
        std::size_t target = 0;
        Act act = Act::Create;
        std::string name;
        std::atomic<std::int64_t> answeredNs = 0; ///< 0: not yet.
        std::atomic<int> status = 0;
        std::int64_t seenNs = 0;
    };
    struct Writer {
        Target target;
        std::shared_ptr<const net::Endpoint> endpoint;
        Act next = Act::Create;
        std::string pod;
        std::shared_ptr<Event> waiting; ///< Its row is not there yet.
    };

    void writeOne();
    [[nodiscard]] net::Request requestFor(const Writer& writer) const;
    void look();
    [[nodiscard]] bool isShown(const Event& event) const;
    void runFor(std::chrono::milliseconds span);
    [[nodiscard]] Figures read() const;

    const ui::ObjectTableModel& m_model;
    base::ThreadPool m_thread{1};
    net::Engine m_engine;
    QElapsedTimer m_clock;
    QTimer m_write;
    std::minstd_rand m_random{20};
    std::vector<Writer> m_writers;
    std::size_t m_turn = 0;
    int m_pods = 0;
    std::vector<std::shared_ptr<Event>> m_events;
    std::vector<base::Cancel> m_calls;
};
