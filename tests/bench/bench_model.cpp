// SPDX-License-Identifier: GPL-3.0-or-later
// The table of objects against QSortFilterProxyModel over the same rows, both with a table view on the screen
// (offscreen platform, 1600x900). Pods as manyPods() names them: workloads of a dozen replicas in 200 namespaces, one
// pod in twenty of a stateful set. Each figure is the median of 5 (of 1 for the proxy above one second); a turn ends
// when the view has been painted. "ours" and "proxy" are measured one after the other in one process.
//
// bench_model [rows of the sort, default 500000] [rows of filter and changes, default 200000]
#include "core/fleet/filter.h"
#include "tests/bench/support/report.h"
#include "tests/support/fake_view.h"
#include "ui/base/table_view.h"
#include "ui/browser/object_table_model.h"

#include <QApplication>
#include <QSortFilterProxyModel>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>

namespace {

double cpuMilliseconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double millisecondsOf(const std::function<void()>& work) {
    const double start = cpuMilliseconds();
    work();
    return cpuMilliseconds() - start;
}

// `prepare` runs before each turn and is not counted.
double median(const std::function<void()>& prepare, const std::function<void()>& work) {
    std::vector<double> times;
    for (int turn = 0; turn < 5; ++turn) {
        prepare();
        times.push_back(millisecondsOf(work));
        if (turn == 0 && times.front() > 1000)
            return times.front();
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

void report(const std::string& what, double goal, double ours, double proxy) {
    bench::report({.what = what, .ours = ours, .peer = "proxy model", .theirs = proxy, .goal = goal});
}

fleet::Filter filter(const char* text) {
    auto parsed = fleet::Filter::parse(text);
    return parsed ? std::move(*parsed) : fleet::Filter();
}

// Both models over one view each of equal rows, each with its table.
struct Rig {
    explicit Rig(std::size_t count)
        : pods(manyPods(count, 42)) {
        ours.setView(&oursView);
        source.setView(&sourceView);
        put(pods);
        proxy.setSourceModel(&source);
        proxy.setFilterKeyColumn(-1);
        for (ui::TableView* table : {&oursTable, &proxyTable})
            table->resize(1600, 900);
        oursTable.setModel(&ours);
        proxyTable.setModel(&proxy);
    }

    void put(const std::vector<FakePod>& changed) {
        for (FakeView* view : {&oursView, &sourceView})
            view->change(0, changed);
        oursView.deliver();
        sourceView.deliver();
    }

    static void paint(ui::TableView& table) {
        table.show();
        table.viewport()->repaint();
    }

    std::vector<FakePod> pods;
    FakeView oursView{1};
    FakeView sourceView{1};
    ui::ObjectTableModel ours;
    ui::ObjectTableModel source;
    QSortFilterProxyModel proxy;
    ui::TableView oursTable;
    ui::TableView proxyTable;
};

void benchSort(std::size_t count) {
    Rig rig(count);
    Rig::paint(rig.oursTable);
    Rig::paint(rig.proxyTable);
    for (const char* id : {"name", "restarts", "node", "status", "ip", "age"}) {
        const int column = rig.ours.columnIndex(id);
        const double ours = median([&] { rig.ours.sort(-1); },
                                   [&] {
                                       rig.ours.sort(column, Qt::AscendingOrder);
                                       Rig::paint(rig.oursTable);
                                   });
        const double proxy = median([&] { rig.proxy.sort(-1); },
                                    [&] {
                                        rig.proxy.sort(column, Qt::AscendingOrder);
                                        Rig::paint(rig.proxyTable);
                                    });
        report(std::to_string(count) + " rows sorted by " + id, std::string_view(id) == "name" ? 80 : 0, ours, proxy);
    }
}

void benchFilter(Rig& rig, const char* what, const char* before, const char* after) {
    const double ours = median([&] { rig.ours.setFilter(filter(before)); },
                               [&] {
                                   rig.ours.setFilter(filter(after));
                                   Rig::paint(rig.oursTable);
                               });
    const double proxy = median([&] { rig.proxy.setFilterFixedString(QString::fromLatin1(before)); },
                                [&] {
                                    rig.proxy.setFilterFixedString(QString::fromLatin1(after));
                                    Rig::paint(rig.proxyTable);
                                });
    report(std::to_string(rig.pods.size()) + " rows, " + what, 20, ours, proxy);
}

void benchChanges(std::size_t count) {
    Rig rig(count);
    Rig::paint(rig.oursTable);
    Rig::paint(rig.proxyTable);
    benchFilter(rig, "key stroke, first letter: \"c\"", "", "c");
    benchFilter(rig, "key stroke, second letter: \"ca\"", "c", "ca");
    benchFilter(rig, "key stroke, a rare word: \"zz7\"", "z", "zz7");
    benchFilter(rig, "key stroke, a status: \"crash\"", "", "crash");
    benchFilter(rig, "filter cleared", "crash", "");

    const int column = rig.ours.columnIndex("restarts");
    for (const bool sorted : {false, true}) {
        rig.ours.sort(sorted ? column : -1);
        rig.proxy.sort(sorted ? column : -1);
        std::size_t at = 0;
        std::int64_t restarts = 100;
        const auto touch = [&] {
            std::vector<FakePod> changed;
            for (int i = 0; i < 1000; ++i, at = (at + 197) % rig.pods.size()) {
                FakePod pod = rig.pods[at];
                pod.restarts = restarts++ % 40;
                changed.push_back(pod);
            }
            for (FakeView* view : {&rig.oursView, &rig.sourceView})
                view->change(0, changed);
        };
        const double ours = median(
            [&] {
                touch();
                rig.sourceView.deliver();
            },
            [&] {
                rig.oursView.deliver();
                Rig::paint(rig.oursTable);
            });
        const double proxy = median(
            [&] {
                touch();
                rig.oursView.deliver();
            },
            [&] {
                rig.sourceView.deliver();
                Rig::paint(rig.proxyTable);
            });
        report(std::to_string(count) + " rows, 1,000 changed, " +
                   (sorted ? "sorted by what changed" : "in the server's order"),
               16, ours, proxy);
    }
}

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    const auto sized = [&](int index, std::size_t fallback) {
        return argc > index ? static_cast<std::size_t>(std::strtoull(argv[index], nullptr, 10)) : fallback;
    };
    benchSort(sized(1, 500'000));
    const std::size_t rows = sized(2, 200'000);
    benchChanges(rows);
    return 0;
}
