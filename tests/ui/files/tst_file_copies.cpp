// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/door.h"
#include "core/change/fleet_clusters.h"
#include "tests/core/fleet/fake_api.h"
#include "tests/core/fleet/fleet_bench.h"
#include "tests/core/kube/files/local_container.h"
#include "ui/files/file_copies.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTest>

#include <sys/stat.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using ui::Cell;
using ui::FileCopyRow;
using ui::Ink;
using ui::Mark;

namespace {

using State = FileCopyRow::State;

/// Never opens.
class SilentSocket final : public kube::Socket {
public:
    bool send(net::SocketMessage) override { return false; }
    void close() override {}
};

/// A cluster whose containers run on this machine, but for those of the pod "stuck", which say nothing.
class Containers final : public kube::Transport {
public:
    explicit Containers(std::shared_ptr<kube::Transport> inner)
        : m_inner(std::move(inner))
        , m_container(QFileInfo(QStandardPaths::findExecutable(QStringLiteral("sh"))).path().toStdString()) {}
    base::Cancel send(kube::ApiRequest request, base::Executor& executor,
                      net::Handler<base::Result<net::Response>> handler) override {
        return m_inner->send(std::move(request), executor, std::move(handler));
    }
    base::Cancel stream(kube::ApiRequest request, base::Executor& executor, net::StreamSink sink) override {
        return m_inner->stream(std::move(request), executor, std::move(sink));
    }
    std::unique_ptr<kube::Socket> connect(kube::ApiRequest request, net::SocketOptions options,
                                          base::Executor& executor, net::SocketSink sink) override {
        if (request.target.find("/pods/stuck/") != std::string::npos)
            return std::make_unique<SilentSocket>();
        return m_container.connect(std::move(request), std::move(options), executor, std::move(sink));
    }

private:
    std::shared_ptr<kube::Transport> m_inner;
    LocalContainer m_container;
};

} // namespace

class TestFileCopies : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void showsWhatIsDoneInPart();
    void holdsUpNoOtherPod();

private:
    void copyInto(const char* pod) {
        kube::files::CopySpec spec;
        spec.container = {nullptr, "shop", pod, "main"};
        spec.direction = kube::files::Direction::ToContainer;
        spec.local = m_bench->path("mine");
        spec.remote = m_bench->path("there");
        m_copies->add(m_bench->fleet->byContext("paris"), std::move(spec), {});
    }
    /// Counted in the order in which they were asked for.
    [[nodiscard]] State stateOf(int copy) const {
        const ui::FileCopyModel& model = m_copies->model();
        return model.rowAt(model.rowCount() - 1 - copy).state;
    }
    template <typename Condition>
    [[nodiscard]] bool comes(Condition condition) {
        return QTest::qWaitFor(
            [&] {
                m_bench->pass(50ms);
                return condition();
            },
            20000);
    }

    std::unique_ptr<FleetBench> m_bench;
    std::unique_ptr<FakeApi> m_api;
    std::unique_ptr<change::FleetClusters> m_clusters;
    std::unique_ptr<change::Door> m_door;
    std::unique_ptr<ui::FileCopies> m_copies;
};

void TestFileCopies::init() {
    m_bench = std::make_unique<FleetBench>();
    m_api = std::make_unique<FakeApi>(m_bench->time, "uid-paris");
    m_api->setClock(m_bench->time);
    m_bench->write("config", FleetBench::kubeconfig({"paris"}));
    m_bench->makeTransport = [this](const std::string&) { return std::make_shared<Containers>(m_api->transport()); };
    m_bench->open();
    m_clusters = std::make_unique<change::FleetClusters>(*m_bench->fleet);
    m_door = std::make_unique<change::Door>(change::Door::Environment{m_bench->home, m_bench->time, m_bench->time,
                                                                      *m_clusters, m_bench->path("journal"), "test"});
    m_copies = std::make_unique<ui::FileCopies>(*m_bench->fleet, *m_door, nullptr);
}

void TestFileCopies::cleanup() {
    m_copies.reset();
    m_door.reset();
    m_clusters.reset();
    m_bench->close();
    m_api.reset();
    m_bench.reset();
}

void TestFileCopies::showsWhatIsDoneInPart() {
    constexpr int kWhat = 0;
    constexpr int kProgress = 2;
    constexpr int kState = 5;
    const std::unique_ptr<ui::FileCopyModel> model(ui::makeFileCopyModel(nullptr));
    const QAbstractItemModelTester tester(model.get());
    const auto cell = [&model](int column) { return model->index(0, column).data(ui::CellRole).value<Cell>(); };
    FileCopyRow row;
    row.state = State::Done;
    row.progress.files = 2;
    row.progress.totalFiles = 4;
    row.progress.bytes = 25;
    row.progress.totalBytes = 100;
    row.leftOut = row.unread = 40;
    for (int i = 0; i < 40; ++i)
        row.notes.push_back("/home/me/file" + std::to_string(i) + ": cannot be read, and is left out");
    model->setRows({row});
    QCOMPARE(cell(kWhat).mark, Mark::Attention);
    QCOMPARE(cell(kProgress).share, 0.25);
    QCOMPARE(cell(kProgress).barInk, Ink::Attention);
    QCOMPARE(cell(kState).text, QStringLiteral("2 files copied, some could not be read"));
    QCOMPARE(cell(kState).chip, QStringLiteral("40 left out"));
    const QStringList tip = model->index(0, kState).data(Qt::ToolTipRole).toString().split(u'\n');
    QCOMPARE(tip.value(1), QStringLiteral("/home/me/file0: cannot be read, and is left out"));
    QCOMPARE(tip.size(), qsizetype(17));
    QCOMPARE(tip.last(), QStringLiteral("and 25 more"));
    // A socket that was left out takes nothing from a copy.
    row.leftOut = 1;
    row.unread = 0;
    row.notes = {"\"socket\" is neither file, folder nor link, and is left out"};
    row.progress.files = row.progress.totalFiles;
    row.progress.bytes = row.progress.totalBytes;
    model->setRows({row});
    QCOMPARE(cell(kWhat).mark, Mark::Good);
    QCOMPARE(cell(kProgress).share, 1.0);
    QCOMPARE(cell(kState).text, QStringLiteral("4 files copied"));
    QCOMPARE(cell(kState).chip, QStringLiteral("1 left out"));
}

// Two stall, and those behind them wait, in that pod alone.
void TestFileCopies::holdsUpNoOtherPod() {
    ::chmod(m_bench->path(".").c_str(), 0755); // the container's commands may be somebody else's
    m_bench->write("mine", "mine");
    QVERIFY(QDir().mkpath(QString::fromStdString(m_bench->path("there"))));
    ::chmod(m_bench->path("there").c_str(), 0777);
    m_bench->fleet->connect(m_bench->fleet->byContext("paris"));
    QVERIFY(comes([&] { return m_clusters->find({"paris"}).has_value(); }));
    for (int i = 0; i < 4; ++i)
        copyInto("stuck");
    copyInto("web");
    QVERIFY(comes([&] { return stateOf(4) != State::Waiting && stateOf(4) != State::Running; }));
    QCOMPARE(stateOf(4), State::Done);
    QFile arrived(QString::fromStdString(m_bench->path("there/mine")));
    QVERIFY(arrived.open(QIODevice::ReadOnly));
    QCOMPARE(arrived.readAll(), QByteArray("mine"));
    const auto states = [this] { return std::vector{stateOf(0), stateOf(1), stateOf(2), stateOf(3)}; };
    QVERIFY((states() == std::vector{State::Running, State::Running, State::Waiting, State::Waiting}));
    QCOMPARE(m_copies->pending(), 4);
    // One that is given up makes room for the next there.
    m_copies->cancel(m_copies->model().rowAt(4).id);
    QVERIFY((states() == std::vector{State::Cancelled, State::Running, State::Running, State::Waiting}));
}

QTEST_MAIN(TestFileCopies)
#include "tst_file_copies.moc"
