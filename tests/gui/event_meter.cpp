// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/event_meter.h"

#include "ui/browser/object_table_model.h"

#include <QEventLoop>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <thread>
#include <utility>

using std::chrono::milliseconds;

namespace {

constexpr int kLeastPauseMs = 15;
constexpr int kMostPauseMs = 40;
constexpr milliseconds kTurn(1);

std::string contents(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

double ms(std::int64_t ns) {
    return static_cast<double>(ns) / 1e6;
}

/// How long the calling thread has waited for a processor since it began.
std::int64_t waitedNs() {
    std::ifstream file("/proc/thread-self/schedstat");
    std::int64_t ran = 0;
    std::int64_t waited = 0;
    file >> ran >> waited;
    return waited;
}

/// The longest a thread was away that only sleeps a millisecond at a time.
class MachineGap {
public:
    MachineGap()
        : m_thread([this] {
            QElapsedTimer clock;
            clock.start();
            while (!m_isOver) {
                std::this_thread::sleep_for(kTurn);
                m_longestNs = std::max<std::int64_t>(m_longestNs, clock.nsecsElapsed());
                clock.start();
            }
        }) {}
    ~MachineGap() { stop(); }
    MachineGap(const MachineGap&) = delete;
    MachineGap& operator=(const MachineGap&) = delete;
    double stop() {
        m_isOver = true;
        if (m_thread.joinable())
            m_thread.join();
        return ms(m_longestNs);
    }

private:
    std::atomic<bool> m_isOver = false;
    std::atomic<std::int64_t> m_longestNs = 0;
    std::thread m_thread;
};

} // namespace

EventMeter::EventMeter(const std::vector<Target>& targets, const ui::ObjectTableModel& model)
    : m_model(model) {
    m_clock.start();
    for (const Target& target : targets) {
        net::Endpoint endpoint;
        endpoint.url = target.cluster->url();
        endpoint.caPem = contents(target.cluster->authorityFile());
        endpoint.clientCertPem = contents(target.cluster->folder() / "admin.crt");
        endpoint.clientKeyPem = contents(target.cluster->folder() / "admin.key");
        m_writers.push_back({target, std::make_shared<const net::Endpoint>(std::move(endpoint)), Act::Create, {}, {}});
    }
    m_write.setSingleShot(true);
    m_write.setTimerType(Qt::PreciseTimer);
    connect(&m_write, &QTimer::timeout, this, &EventMeter::writeOne);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &EventMeter::look);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &EventMeter::look);
    connect(&model, &QAbstractItemModel::dataChanged, this, &EventMeter::look);
    connect(&model, &QAbstractItemModel::modelReset, this, &EventMeter::look);
}

EventMeter::~EventMeter() = default;

net::Request EventMeter::requestFor(const Writer& writer) const {
    net::Request request;
    request.endpoint = writer.endpoint;
    request.target = "/api/v1/namespaces/team-a/pods";
    std::string type = "application/json";
    switch (writer.next) {
    case Act::Create:
        request.method = "POST";
        request.body = R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":")" + writer.pod +
                       R"("},"spec":{"containers":[{"name":"c","image":"registry.example/c:1"}]}})";
        break;
    case Act::Change:
        request.method = "PATCH";
        request.target += "/" + writer.pod + "/status";
        request.body = R"({"status":{"phase":"Running"}})";
        type = "application/merge-patch+json";
        break;
    case Act::Delete:
        request.method = "DELETE";
        request.target += "/" + writer.pod + "?gracePeriodSeconds=0";
        break;
    }
    request.headers = {{"Content-Type", type}, {"Accept", "application/json"}};
    return request;
}

// To the next cluster whose last event was seen.
void EventMeter::writeOne() {
    m_write.start(std::uniform_int_distribution<int>(kLeastPauseMs, kMostPauseMs)(m_random));
    for (std::size_t tried = 0; tried < m_writers.size(); ++tried) {
        const std::size_t target = m_turn++ % m_writers.size();
        Writer& writer = m_writers[target];
        if (writer.waiting)
            continue;
        if (writer.next == Act::Create)
            writer.pod = "event-" + std::to_string(m_pods++);
        auto event = std::make_shared<Event>();
        event->target = target;
        event->act = writer.next;
        event->name = writer.pod;
        writer.waiting = event;
        m_events.push_back(event);
        m_calls.push_back(
            m_engine.send(requestFor(writer), m_thread, [this, event](const base::Result<net::Response>& answer) {
                event->status = answer ? answer->status : -1;
                event->answeredNs = m_clock.nsecsElapsed();
            }));
        writer.next = writer.next == Act::Create ? Act::Change : writer.next == Act::Change ? Act::Delete : Act::Create;
        return;
    }
}

bool EventMeter::isShown(const Event& event) const {
    const int row = m_model.rowOfName(m_writers[event.target].target.id, "team-a", event.name);
    if (event.act == Act::Delete)
        return row < 0;
    return row >= 0 && (event.act == Act::Create || m_model.text(row, m_model.columnIndex("status")) == "Running");
}

void EventMeter::look() {
    for (Writer& writer : m_writers) {
        if (!writer.waiting || !isShown(*writer.waiting))
            continue;
        writer.waiting->seenNs = m_clock.nsecsElapsed();
        writer.waiting.reset();
    }
}

void EventMeter::runFor(milliseconds span) {
    QEventLoop loop;
    QTimer::singleShot(span, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

EventMeter::Figures EventMeter::measure(milliseconds span) {
    m_events.clear();
    m_calls.clear();
    std::int64_t lastNs = m_clock.nsecsElapsed();
    std::int64_t lastWaitedNs = waitedNs();
    std::int64_t gapNs = 0;
    std::int64_t gapWaitedNs = 0;
    std::int64_t ownGapNs = 0;
    QTimer turn;
    turn.setTimerType(Qt::PreciseTimer);
    connect(&turn, &QTimer::timeout, &turn, [&] {
        const std::int64_t now = m_clock.nsecsElapsed();
        const std::int64_t waited = waitedNs();
        ownGapNs = std::max(ownGapNs, now - lastNs - (waited - lastWaitedNs));
        if (now - lastNs > gapNs) {
            gapNs = now - lastNs;
            gapWaitedNs = waited - lastWaitedNs;
        }
        lastNs = now;
        lastWaitedNs = waited;
    });
    turn.start(kTurn);
    MachineGap machine;
    m_write.start(0);
    runFor(span);
    m_write.stop();
    const auto isDone = [](const auto& event) { return event->seenNs != 0 && event->answeredNs != 0; };
    for (int waited = 0; waited < 200 && !std::all_of(m_events.begin(), m_events.end(), isDone); ++waited)
        runFor(milliseconds(50));
    for (Writer& writer : m_writers)
        writer.waiting.reset();
    Figures figures = read();
    figures.ownGap = ms(ownGapNs);
    figures.gap = ms(gapNs);
    figures.gapWaited = ms(gapWaitedNs);
    figures.machineGap = machine.stop();
    return figures;
}

EventMeter::Figures EventMeter::read() const {
    static constexpr const char* acts[] = {"creation", "change", "deletion"};
    Figures figures;
    std::vector<double> times;
    for (const auto& event : m_events) {
        const bool isTaken = event->status >= 200 && event->status < 300;
        figures.refused += isTaken ? 0U : 1U;
        figures.lost += isTaken && event->seenNs == 0 ? 1U : 0U;
        if (!isTaken || event->seenNs == 0)
            continue;
        times.push_back(ms(std::max<std::int64_t>(event->seenNs - event->answeredNs, 0)));
        if (times.back() <= figures.longest)
            continue;
        figures.longest = times.back();
        figures.slowest = std::string(acts[static_cast<int>(event->act)]) + " of " + event->name + " in " +
                          m_writers[event->target].target.cluster->name();
    }
    std::sort(times.begin(), times.end());
    figures.events = times.size();
    if (!times.empty()) {
        figures.p50 = times[times.size() / 2];
        figures.p99 = times[times.size() * 99 / 100];
    }
    return figures;
}
