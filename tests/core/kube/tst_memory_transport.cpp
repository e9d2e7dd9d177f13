// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/memory_transport.h"

#include <QTest>

#include <memory>
#include <optional>

using base::ErrorCode;
using namespace std::chrono_literals;

namespace {

kube::ApiRequest request(std::string target, std::string accept = "application/json") {
    kube::ApiRequest result;
    result.target = std::move(target);
    result.accept = std::move(accept);
    result.verb = "list";
    result.resource = "pods";
    return result;
}

struct Seen {
    std::optional<net::Response> head;
    std::string data;
    std::optional<base::Result<void>> end;

    net::StreamSink sink() {
        return {.head = [this](net::Response response) { head = std::move(response); },
                .data = [this](std::string bytes) { data += bytes; },
                .end = [this](base::Result<void> result) { end = std::move(result); }};
    }
};

} // namespace

class TestMemoryTransport : public QObject {
    Q_OBJECT
private slots:
    void answersByPathQueryAndType();
    void refusesAsAServerDoes();
    void delays();
    void scriptsAndFailures();
    void streams();
    void streamWithoutScript();
    void cancelEndsEverything();

private:
    base::Result<net::Response> ask(kube::MemoryTransport& transport, kube::ApiRequest what) {
        std::optional<base::Result<net::Response>> result;
        const base::Cancel cancel = transport.send(std::move(what), m_executor,
                                                   [&](base::Result<net::Response> got) { result = std::move(got); });
        m_executor.runPending();
        return result ? *result : base::fail(ErrorCode::Internal, "no answer");
    }
    base::ManualExecutor m_executor;
};

void TestMemoryTransport::answersByPathQueryAndType() {
    kube::MemoryTransport transport;
    transport.put("/api/v1/pods", "all");
    transport.put("/api/v1/pods?limit=1", "one");
    transport.put("/api/v1/pods",
                  kube::MemoryAnswer{.body = "table", .contentType = "application/json;as=Table;v=v1;g=meta.k8s.io"});
    QCOMPARE(ask(transport, request("/api/v1/pods"))->body, std::string("all"));
    QCOMPARE(ask(transport, request("/api/v1/pods?limit=1"))->body, std::string("one"));
    QCOMPARE(ask(transport, request("/api/v1/pods?limit=2"))->body, std::string("all"));
    const auto table = ask(transport, request("/api/v1/pods", "application/vnd.kubernetes.protobuf, "
                                                              "application/json; as=Table; v=v1; g=meta.k8s.io"));
    QCOMPARE(table->body, std::string("table"));
    QCOMPARE(net::header(table->headers, "content-type"),
             std::string_view("application/json;as=Table;v=v1;g=meta.k8s.io"));
    QCOMPARE(transport.requests().size(), std::size_t(4));
}

void TestMemoryTransport::refusesAsAServerDoes() {
    kube::MemoryTransport transport;
    transport.put("/api/v1/pods", "all");
    QVERIFY(ask(transport, request("/api/v1/nodes")).error().code == ErrorCode::Unsupported);
    QCOMPARE(ask(transport, request("/api/v1/pods", "application/yaml")).error().httpStatus, 406);
    QCOMPARE(transport.capturedAtMs(), std::int64_t(0));
    transport.setCapturedAtMs(5);
    QCOMPARE(transport.capturedAtMs(), std::int64_t(5));
}

void TestMemoryTransport::delays() {
    base::ManualTimers timers;
    kube::MemoryTransport transport(&timers);
    transport.put("/slow", kube::MemoryAnswer{.body = "late", .delay = 50ms});
    std::string body;
    const base::Cancel cancel =
        transport.send(request("/slow"), m_executor, [&](base::Result<net::Response> got) { body = got->body; });
    m_executor.runPending();
    QVERIFY(body.empty());
    timers.advance(50ms);
    m_executor.runPending();
    QCOMPARE(body, std::string("late"));
}

void TestMemoryTransport::scriptsAndFailures() {
    kube::MemoryTransport transport;
    transport.put("/b", "put");
    base::Error refused;
    refused.code = ErrorCode::Refused;
    transport.onSend([refused](const kube::ApiRequest& asked) -> std::optional<kube::MemoryAnswer> {
        if (asked.target != "/a")
            return std::nullopt;
        return kube::MemoryAnswer{.failure = refused};
    });
    const auto failed = ask(transport, request("/a"));
    QVERIFY(failed.error().code == ErrorCode::Refused);
    QCOMPARE(failed.error().verb, std::string("list"));
    QCOMPARE(ask(transport, request("/b"))->body, std::string("put"));
}

void TestMemoryTransport::streams() {
    kube::MemoryTransport transport;
    std::shared_ptr<kube::MemoryStream> stream;
    transport.onStream([&](std::shared_ptr<kube::MemoryStream> opened) { stream = std::move(opened); });
    Seen seen;
    base::Cancel cancel = transport.stream(request("/w"), m_executor, seen.sink());
    stream->send("ab");
    stream->send("c");
    stream->end();
    stream->send("never");
    m_executor.runPending();
    QCOMPARE(seen.head->status, 200);
    QCOMPARE(seen.data, std::string("abc"));
    QVERIFY(seen.end && seen.end->has_value());

    Seen refused;
    cancel = transport.stream(request("/w"), m_executor, refused.sink());
    stream->refuse({.status = 410, .body = R"({"kind":"Status","reason":"Expired","message":"too old"})"});
    m_executor.runPending();
    QVERIFY(!refused.head);
    QVERIFY(refused.end->error().code == ErrorCode::Gone);
    QCOMPARE(refused.end->error().message, std::string("too old"));
}

void TestMemoryTransport::streamWithoutScript() {
    kube::MemoryTransport transport;
    Seen quiet, refused;
    const base::Cancel first = transport.stream(request("/w?watch=1"), m_executor, quiet.sink());
    const base::Cancel second =
        transport.stream(request("/w?watch=1&sendInitialEvents=true"), m_executor, refused.sink());
    m_executor.runPending();
    QVERIFY(quiet.head && !quiet.end);
    QVERIFY(!refused.head && refused.end && !refused.end->has_value());
}

void TestMemoryTransport::cancelEndsEverything() {
    kube::MemoryTransport transport;
    std::shared_ptr<kube::MemoryStream> stream;
    transport.onStream([&](std::shared_ptr<kube::MemoryStream> opened) { stream = std::move(opened); });
    transport.put("/a", "body");
    auto owned = std::make_shared<int>(1);
    net::StreamSink sink{.head = [owned](const net::Response&) { QFAIL("head after cancel"); },
                         .data = [](const std::string&) { QFAIL("data after cancel"); },
                         .end = [](const base::Result<void>&) { QFAIL("end after cancel"); }};
    base::Cancel open = transport.stream(request("/w"), m_executor, std::move(sink));
    base::Cancel sent =
        transport.send(request("/a"), m_executor, [](const base::Result<net::Response>&) { QFAIL("cancelled"); });
    stream->send("x");
    open.cancel();
    sent.cancel();
    stream->send("y");
    stream->end();
    m_executor.runPending();
    QVERIFY(stream->isCancelled());
    QCOMPARE(owned.use_count(), 1L);
}

QTEST_GUILESS_MAIN(TestMemoryTransport)
#include "tst_memory_transport.moc"
