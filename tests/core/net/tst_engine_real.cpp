// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/probe.h"
#include "tests/core/net/engine_fixture.h"
#include "tests/support/testbed.h"

#include <QtTest>

#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace enginetest;

class TestEngineReal : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        testbed::ClusterOptions options;
        options.beside = testbed::Beside::Nothing;
        TESTBED_UP({"north"}, options);
        testbed::Cluster& cluster = testbed::Testbed::instance().cluster("north");
        m_endpoint.url = cluster.url();
        m_endpoint.caPem = read(cluster.folder() / "ca.crt");
        m_endpoint.clientCertPem = read(cluster.folder() / "admin.crt");
        m_endpoint.clientKeyPem = read(cluster.folder() / "admin.key");
    }

    // Fifty watches and the requests beside them over one connection, each hearing of each object.
    void fiftyWatchesShareAConnection() {
        net::Engine engine;
        base::ManualExecutor executor;
        const auto version = ask(engine, get(m_endpoint, "/version"));
        QVERIFY2(version.has_value(), version ? "" : version.error().message.c_str());
        QCOMPARE(version->status, 200);
        QCOMPARE(version->httpVersion, 20);
        std::vector<base::Cancel> cancels;
        std::vector<std::unique_ptr<Streamed>> watches;
        for (int i = 0; i < 50; ++i) {
            watches.push_back(std::make_unique<Streamed>());
            cancels.push_back(engine.stream(get(m_endpoint, "/api/v1/namespaces?watch=1"), executor,
                                            into(*watches.back(), executor)));
        }
        const auto all = [&](std::string_view text) {
            executor.runPending();
            for (const auto& watch : watches) {
                if (watch->data.find(text) == std::string::npos)
                    return false;
            }
            return true;
        };
        QTRY_VERIFY_WITH_TIMEOUT(all("kube-system"), 20000);
        net::Request create = get(m_endpoint, "/api/v1/namespaces");
        create.method = "POST";
        create.headers = {{"Content-Type", "application/json"}};
        create.body = R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":"seen-by-all"}})";
        const auto created = ask(engine, create);
        QVERIFY2(created.has_value(), created ? "" : created.error().message.c_str());
        QCOMPARE(created->status, 201);
        QCOMPARE(created->timings.connect, std::int64_t(-1)); // went over the watches' connection
        QTRY_VERIFY_WITH_TIMEOUT(all("seen-by-all"), 20000);
    }

    void wholeWayIsDiagnosed() {
        net::Engine engine;
        base::ManualExecutor executor;
        std::optional<net::Diagnosis> found;
        const base::Cancel cancel =
            net::diagnose(engine, get(m_endpoint, "/version"), executor, [&](net::Diagnosis diagnosis) {
                found = std::move(diagnosis);
                executor.stop();
            });
        QVERIFY(executor.runFor(30000));
        QVERIFY(!found->error());
        QCOMPARE(found->response->status, 200);
        QVERIFY(found->clockSkewMs && std::abs(*found->clockSkewMs) < 2000);
        QVERIFY(!found->certificates.empty());
        QVERIFY(!found->certificates.front().names.empty());
    }

private:
    static std::string read(const std::filesystem::path& path) {
        QFile file(QString::fromStdString(path.string()));
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
    }

    net::Endpoint m_endpoint;
};

QTEST_GUILESS_MAIN(TestEngineReal)
#include "tst_engine_real.moc"
