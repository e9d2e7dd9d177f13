// SPDX-License-Identifier: GPL-3.0-or-later
//
// Random creates, updates and deletes over three kinds of a real API server, seen through watches whose network is bad:
// connections are cut and stalled, the server is killed and started again, watches expire. In the end every store
// equals a fresh list. 3,000 operations by default; QUARTERDECK_CONSISTENCY_OPERATIONS=100000 for the long run,
// QUARTERDECK_CONSISTENCY_SEED to repeat one.
#include "core/base/timer.h"
#include "core/kube/auth/credential_store.h"
#include "core/kube/config/endpoint.h"
#include "core/kube/config/kubeconfig.h"
#include "core/kube/live_transport.h"
#include "core/kube/row_store.h"
#include "core/kube/server_traits.h"
#include "core/kube/watcher.h"
#include "tests/core/kube/watched_store.h"
#include "tests/support/cutting_proxy.h"
#include "tests/support/testbed.h"

#include <QTest>

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>

using namespace std::chrono_literals;

namespace {

/// Asks for JSON where protobuf would be asked for: typed rows are read from both.
class JsonTransport final : public kube::Transport {
public:
    explicit JsonTransport(std::shared_ptr<kube::Transport> inner)
        : m_inner(std::move(inner)) {}
    base::Cancel send(kube::ApiRequest request, base::Executor& executor,
                      net::Handler<base::Result<net::Response>> handler) override {
        return m_inner->send(json(std::move(request)), executor, std::move(handler));
    }
    base::Cancel stream(kube::ApiRequest request, base::Executor& executor, net::StreamSink sink) override {
        return m_inner->stream(json(std::move(request)), executor, std::move(sink));
    }

private:
    static kube::ApiRequest json(kube::ApiRequest request) {
        if (request.accept.find("protobuf") != std::string::npos)
            request.accept = "application/json";
        return request;
    }
    std::shared_ptr<kube::Transport> m_inner;
};

kube::Kind kindOf(const char* group, const char* version, const char* name, const char* plural) {
    kube::Kind kind;
    kind.group = group;
    kind.version = version;
    kind.kind = name;
    kind.plural = plural;
    kind.verbs = {"list", "watch"};
    return kind;
}

using Rows = std::map<std::string, std::string>; // uid -> version and cells

void addRow(Rows& rows, kube::RowRef row) {
    std::string text =
        std::string(row.ns()) + "/" + std::string(row.name()) + " " + std::to_string(row.head().resourceVersion);
    for (const kube::Column& column : row.layout().columns())
        text += "|" + row.cell(column, 1'900'000'000'000);
    rows[row.uid().toText()] = text;
}

/// One watched kind and the store that its updates fill, as a view fills it.
struct Watched : WatchedStore {
    kube::Kind kind;
    std::string body; // Of a new object, NAME and NUMBER to be replaced.
    std::string patch;
    kube::WatchEnvironment environment;
    base::Cancel cancel;
    std::vector<std::string> living;

    Rows rows() const {
        Rows result;
        if (store)
            store->forEach([&](kube::RowHandle, kube::RowRef row) { addRow(result, row); });
        return result;
    }
};

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

constexpr const char* kWheelDefinition = R"({"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
 "metadata":{"name":"wheels.shop.example.com"},"spec":{"group":"shop.example.com","scope":"Namespaced",
 "names":{"kind":"Wheel","plural":"wheels","singular":"wheel"},"versions":[{"name":"v1","served":true,"storage":true,
 "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{
 "size":{"type":"integer"}}}}}},"additionalPrinterColumns":[{"name":"Size","type":"integer","jsonPath":".spec.size"}]}]}})";

} // namespace

class TestConsistency : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void storesEqualFreshLists();

private:
    base::Result<net::Response> ask(const std::string& method, const std::string& target, const std::string& body,
                                    const std::string& type);
    Rows freshList(const kube::Kind& kind);
    void operate(int operations, unsigned seed);
    void disturb(int operation);
    void runHome(std::chrono::milliseconds time) { (void)m_home.runFor(static_cast<int>(time.count())); }

    base::SystemClock m_clock;
    base::ThreadPool m_pool{2};
    base::ManualExecutor m_home;
    base::SystemTimers m_timers;
    std::unique_ptr<net::Engine> m_engine;
    std::unique_ptr<kube::CredentialStore> m_store;
    std::shared_ptr<kube::Transport> m_direct; // Around the bad network.
    std::unique_ptr<CuttingProxy> m_proxy;
    std::deque<Watched> m_watched;
    int m_refused = 0;
};

void TestConsistency::initTestCase() {
    testbed::ClusterOptions options;
    options.beside = testbed::Beside::Nothing;
    TESTBED_UP({"shake"}, options);
    testbed::Cluster& cluster = testbed::Testbed::instance().cluster("shake");
    QVERIFY(cluster.api("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", kWheelDefinition).isOk());
    QCOMPARE(cluster.kubectl({"wait", "--for=condition=Established", "crd/wheels.shop.example.com"}).exitCode, 0);

    const auto config =
        kube::Kubeconfig::load(kube::KubeconfigSources::explicitFile(testbed::Testbed::instance().kubeconfig()));
    const kube::ContextEntry* context = config.context(cluster.context());
    QVERIFY(context);
    m_engine = std::make_unique<net::Engine>();
    m_store = std::make_unique<kube::CredentialStore>(*m_engine, m_pool, m_clock);
    const auto credentials = m_store->credentialsFor(config, *context).value();
    const auto endpoint = std::make_shared<const net::Endpoint>(kube::endpointOf(config, *context).value());
    m_direct = std::make_shared<kube::LiveTransport>(*m_engine, endpoint, credentials);

    m_proxy = std::make_unique<CuttingProxy>(
        static_cast<std::uint16_t>(std::stoi(endpoint->url.substr(endpoint->url.rfind(':') + 1))));
    auto bad = std::make_shared<net::Endpoint>(*endpoint);
    bad->url = "https://127.0.0.1:" + std::to_string(m_proxy->port());
    const auto throughProxy = std::make_shared<kube::LiveTransport>(*m_engine, bad, credentials);

    kube::WatchEnvironment environment;
    environment.transport = throughProxy;
    environment.decodePool = &m_pool;
    environment.clock = &m_clock;
    environment.timers = &m_timers;
    environment.traits = std::make_shared<kube::ServerTraits>();
    kube::WatchEnvironment json = environment;
    json.transport = std::make_shared<JsonTransport>(throughProxy);

    const auto add = [&](kube::Kind kind, const kube::WatchEnvironment& used, std::string body, std::string patch) {
        Watched& watched = m_watched.emplace_back();
        watched.kind = std::move(kind);
        watched.environment = used;
        watched.body = std::move(body);
        watched.patch = std::move(patch);
    };
    add(kindOf("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices"), environment,
        R"({"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"NAME"},"addressType":"IPv4",
            "endpoints":[{"addresses":["10.0.0.1"]}],"ports":[{"name":"http","port":NUMBER}]})",
        R"({"ports":[{"name":"http","port":NUMBER}]})");
    add(kindOf("", "v1", "Service", "services"), json,
        R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"NAME"},"spec":{"clusterIP":"None",
            "ports":[{"port":NUMBER}]}})",
        R"({"spec":{"ports":[{"port":NUMBER}]}})");
    add(kindOf("shop.example.com", "v1", "Wheel", "wheels"), environment,
        R"({"apiVersion":"shop.example.com/v1","kind":"Wheel","metadata":{"name":"NAME"},"spec":{"size":NUMBER}})",
        R"({"spec":{"size":NUMBER}})");
    for (Watched& watched : m_watched) {
        kube::WatchSpec spec;
        spec.kind = watched.kind;
        watched.cancel = kube::watch(watched.environment, std::move(spec), m_home,
                                     [&watched](const kube::WatchUpdate& update) { watched.take(update); });
    }
}

base::Result<net::Response> TestConsistency::ask(const std::string& method, const std::string& target,
                                                 const std::string& body, const std::string& type) {
    kube::ApiRequest request;
    request.method = method;
    request.target = target;
    request.body = body;
    request.contentType = type;
    request.verb = method;
    request.resource = target;
    std::optional<base::Result<net::Response>> result;
    const base::Cancel cancel = m_direct->send(std::move(request), m_home, [&](base::Result<net::Response> answer) {
        result = std::move(answer);
        m_home.stop();
    });
    while (!result)
        m_home.run();
    return *result;
}

Rows TestConsistency::freshList(const kube::Kind& kind) {
    kube::WatchEnvironment environment = m_watched.front().environment;
    environment.transport = m_direct;
    kube::WatchSpec spec;
    spec.kind = kind;
    Rows rows;
    bool isDone = false;
    const base::Cancel cancel =
        kube::list(environment, std::move(spec), m_home, [&](const base::Result<kube::ListResult>& result) {
            if (result) {
                for (const kube::RowBatch& batch : result->batches) {
                    for (std::size_t i = 0; i < batch.size(); ++i)
                        addRow(rows, batch.row(i));
                }
            }
            isDone = true;
            m_home.stop();
        });
    while (!isDone)
        m_home.run();
    return rows;
}

// One unkindness after the other; the writing goes on meanwhile.
void TestConsistency::disturb(int operation) {
    testbed::Cluster& cluster = testbed::Testbed::instance().cluster("shake");
    switch (operation % 1000) {
    case 100:
    case 300:
    case 550:
    case 850:
        m_proxy->cutAll();
        break;
    case 400:
        m_proxy->setStalled(true);
        break;
    case 450:
        m_proxy->cutAll();
        m_proxy->setStalled(false);
        break;
    case 600:
        // While nobody gets through the server forgets: its watch cache starts anew, etcd drops its history.
        m_proxy->cutAll();
        m_proxy->setStalled(true);
        break;
    case 700: {
        cluster.kill(testbed::Server::ApiServer);
        QVERIFY(cluster.start(testbed::Server::ApiServer));
        const auto list = ask("GET", "/api/v1/namespaces?limit=1", {}, {});
        QVERIFY2(list, list ? "" : list.error().message.c_str());
        const std::size_t at = list->body.find("\"resourceVersion\":\"");
        const std::string revision = list->body.substr(at + 19, list->body.find('"', at + 19) - at - 19);
        auto etcd = std::make_shared<net::Endpoint>();
        etcd->url = cluster.etcdUrl();
        net::Request compact;
        compact.endpoint = etcd;
        compact.method = "POST";
        compact.target = "/v3/kv/compaction";
        compact.body = R"({"revision":")" + revision + R"(","physical":true})";
        const base::Cancel cancel =
            m_engine->send(compact, m_home, [this](const base::Result<net::Response>&) { m_home.stop(); });
        m_home.run();
        m_proxy->setStalled(false);
        break;
    }
    default:
        break;
    }
}

void TestConsistency::operate(int operations, unsigned seed) {
    std::mt19937 random(seed);
    const auto draw = [&random](std::size_t below) {
        return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
    };
    int created = 0;
    for (int operation = 0; operation < operations; ++operation) {
        disturb(operation);
        if (QTest::currentTestFailed())
            return;
        Watched& watched = m_watched[draw(m_watched.size())];
        const std::string number = std::to_string(1 + draw(60000));
        const std::size_t act = draw(10);
        const std::string path = watched.kind.path("default");
        base::Result<net::Response> answer;
        if (watched.living.empty() || act < 4) {
            const std::string name = "x" + std::to_string(created++);
            answer =
                ask("POST", path, replaced(replaced(watched.body, "NAME", name), "NUMBER", number), "application/json");
            if (answer)
                watched.living.push_back(name);
        } else {
            const std::size_t which = draw(watched.living.size());
            const std::string name = watched.living[which];
            if (act < 7) {
                answer = ask("PATCH", path + "/" + name, replaced(watched.patch, "NUMBER", number),
                             "application/merge-patch+json");
            } else {
                answer = ask("DELETE", path + "/" + name, {}, {});
                watched.living.erase(watched.living.begin() + static_cast<std::ptrdiff_t>(which));
            }
        }
        if (!answer)
            ++m_refused;
    }
}

void TestConsistency::storesEqualFreshLists() {
    bool isNumber = false;
    int operations = qEnvironmentVariableIntValue("QUARTERDECK_CONSISTENCY_OPERATIONS", &isNumber);
    if (!isNumber)
        operations = 3000;
    const int givenSeed = qEnvironmentVariableIntValue("QUARTERDECK_CONSISTENCY_SEED", &isNumber);
    const unsigned seed = isNumber ? static_cast<unsigned>(givenSeed) : std::random_device{}();
    qInfo("%d operations, seed %u", operations, seed);
    operate(operations, seed);
    m_proxy->setStalled(false);
    QVERIFY2(m_refused <= operations / 100, std::to_string(m_refused).c_str());
    for (Watched& watched : m_watched) {
        Rows fresh;
        Rows seen;
        // Quiet now: what is under way arrives, broken watches come back.
        for (int i = 0; i < 300; ++i) {
            fresh = freshList(watched.kind);
            seen = watched.rows();
            if (watched.phase == kube::WatchPhase::Live && fresh == seen)
                break;
            runHome(200ms);
        }
        qInfo("%s: %zu objects, %zu full lists, %zu breaks", watched.kind.plural.c_str(), fresh.size(), watched.resyncs,
              watched.failures);
        QVERIFY(fresh.size() > 10);
        QVERIFY(watched.phase == kube::WatchPhase::Live);
        QVERIFY(watched.failures > 0);
        QVERIFY(watched.resyncs > 1);
        if (fresh != seen) {
            for (const auto& [uid, text] : fresh) {
                if (!seen.contains(uid) || seen[uid] != text)
                    qWarning("%s, seen: %s", text.c_str(), seen.contains(uid) ? seen[uid].c_str() : "nothing");
            }
            for (const auto& [uid, text] : seen) {
                if (!fresh.contains(uid))
                    qWarning("should be gone: %s", text.c_str());
            }
            QFAIL("the store differs from a fresh list");
        }
    }
    m_watched.clear();
}

QTEST_GUILESS_MAIN(TestConsistency)
#include "tst_consistency.moc"
