// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/status.h"

#include <QTest>

using base::ErrorCode;
using namespace std::chrono_literals;

namespace {

kube::ApiRequest listPods() {
    kube::ApiRequest request;
    request.verb = "list";
    request.resource = "pods";
    return request;
}

net::Response answer(int status, std::string body, net::Headers headers = {}) {
    net::Response response;
    response.status = status;
    response.body = std::move(body);
    response.headers = std::move(headers);
    return response;
}

// The bytes of one length-delimited protobuf field.
std::string field(int number, const std::string& bytes) {
    return std::string{static_cast<char>(number << 3 | 2), static_cast<char>(bytes.size())} + bytes;
}

} // namespace

class TestStatus : public QObject {
    Q_OBJECT
private slots:
    void codes_data();
    void codes();
    void retryAfter();
    void protobufStatus();
    void brokenBodies();
    void dates();
};

void TestStatus::codes_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("code");
    const auto status = [](const char* reason, int code, const char* details) {
        return QByteArray(R"({"kind":"Status","apiVersion":"v1","message":"m","reason":")") + reason +
               R"(","details":)" + details + R"(,"code":)" + QByteArray::number(code) + "}";
    };
    QTest::newRow("object missing") << 404 << status("NotFound", 404, R"({"name":"a","kind":"pods"})")
                                    << QByteArray("NotFound");
    QTest::newRow("kind missing") << 404 << status("NotFound", 404, "{}") << QByteArray("Unsupported");
    QTest::newRow("path missing") << 404 << QByteArray("404 page not found\n") << QByteArray("Unsupported");
    QTest::newRow("forbidden") << 403 << status("Forbidden", 403, R"({"kind":"pods"})") << QByteArray("Forbidden");
    QTest::newRow("unauthorized") << 401 << status("Unauthorized", 401, "{}") << QByteArray("Unauthorized");
    QTest::newRow("expired") << 410 << status("Expired", 410, "{}") << QByteArray("Gone");
    QTest::newRow("conflict") << 409 << status("Conflict", 409, "{}") << QByteArray("Conflict");
    QTest::newRow("invalid") << 422 << status("Invalid", 422, "{}") << QByteArray("BadInput");
    QTest::newRow("throttled") << 429 << QByteArray("slow down") << QByteArray("Throttled");
    QTest::newRow("unavailable") << 503 << QByteArray("") << QByteArray("ServerFailure");
    QTest::newRow("unavailable for now") << 503 << status("ServiceUnavailable", 503, R"({"retryAfterSeconds":1})")
                                         << QByteArray("Throttled");
    QTest::newRow("failed") << 500 << QByteArray("<html>oops</html>") << QByteArray("ServerFailure");
    QTest::newRow("not acceptable") << 406 << status("NotAcceptable", 406, "{}") << QByteArray("Unsupported");
}

void TestStatus::codes() {
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, code);
    const base::Error error = kube::errorFromResponse(answer(status, body.toStdString()), listPods());
    QCOMPARE(QByteArray::fromStdString(std::string(toString(error.code))), code);
    QCOMPARE(error.verb, std::string("list"));
    QCOMPARE(error.resource, std::string("pods"));
    QCOMPARE(error.httpStatus, status);
    QVERIFY(!error.message.empty());
}

void TestStatus::retryAfter() {
    QCOMPARE(kube::errorFromResponse(answer(429, "", {{"Retry-After", "7"}}), listPods()).retryAfter.value(), 7000ms);
    const net::Headers dated = {{"retry-after", "Sun, 06 Nov 1994 08:49:40 GMT"},
                                {"date", "Sun, 06 Nov 1994 08:49:37 GMT"}};
    const base::Error error = kube::errorFromResponse(answer(503, "", dated), listPods());
    QCOMPARE(error.retryAfter.value(), 3000ms);
    QVERIFY(error.code == ErrorCode::Throttled);
    const char* body = R"({"kind":"Status","details":{"retryAfterSeconds":2},"code":429})";
    QCOMPARE(kube::errorFromResponse(answer(429, body), listPods()).retryAfter.value(), 2000ms);
    QVERIFY(!kube::errorFromResponse(answer(429, "", {{"Retry-After", "soon"}}), listPods()).retryAfter);
    // More than anybody waits is more than a clock can count.
    const char* never = R"({"kind":"Status","details":{"retryAfterSeconds":9223372036854775807},"code":429})";
    QCOMPARE(kube::errorFromResponse(answer(429, never), listPods()).retryAfter.value(), 5min);
    // Nobody sends us away for a day.
    QCOMPARE(kube::errorFromResponse(answer(429, "", {{"Retry-After", "86400"}}), listPods()).retryAfter.value(), 5min);
}

void TestStatus::protobufStatus() {
    const std::string details = field(1, "web-1") + field(3, "pods") + std::string("\x28\x05", 2);
    const std::string code{'\x30', '\x94', '\x03'}; // 404
    const std::string status = field(3, "pods \"web-1\" not found") + field(4, "NotFound") + field(5, details) + code;
    const std::string body = std::string("k8s\0", 4) + field(1, field(1, "v1") + field(2, "Status")) + field(2, status);
    const auto parsed = kube::parseStatus(body);
    QVERIFY(parsed.has_value());
    QCOMPARE(parsed->code, 404);
    QCOMPARE(parsed->reason, std::string("NotFound"));
    QCOMPARE(parsed->name, std::string("web-1"));
    QCOMPARE(parsed->retryAfter.value(), 5s);
    const base::Error error = kube::errorFromResponse(answer(404, body), listPods());
    QVERIFY(error.code == ErrorCode::NotFound);
    QCOMPARE(error.message, std::string("pods \"web-1\" not found"));
    // Another wire type than the field's.
    const std::string wrong = std::string("k8s\0", 4) + field(1, std::string("\x10\x05", 2)) + field(2, status);
    QVERIFY(!kube::parseStatus(wrong));
    for (std::size_t cut = 0; cut < body.size(); ++cut)
        (void)kube::parseStatus(std::string_view(body).substr(0, cut));
}

void TestStatus::brokenBodies() {
    QVERIFY(!kube::parseStatus(""));
    QVERIFY(!kube::parseStatus("{"));
    QVERIFY(!kube::parseStatus("[]"));
    QVERIFY(!kube::parseStatus(R"({"kind":"Pod"})"));
    QVERIFY(!kube::parseStatus(R"({"kind":7})"));
    const base::Error error = kube::errorFromResponse(answer(502, "a\r\n\x01" + std::string(5000, 'b')), listPods());
    QVERIFY(error.message.size() <= 300);
    QVERIFY(error.message.starts_with("a b"));
}

void TestStatus::dates() {
    QCOMPARE(kube::httpDateMs("Sun, 06 Nov 1994 08:49:37 GMT"), std::int64_t(784111777000));
    QCOMPARE(kube::httpDateMs("Thu, 01 Jan 1970 00:00:00 GMT"), std::int64_t(0));
    QCOMPARE(kube::httpDateMs("yesterday"), std::int64_t(0));
    QCOMPARE(kube::httpDateMs("Sun, xx Nov 1994 08:49:37 GMT"), std::int64_t(0));
}

QTEST_GUILESS_MAIN(TestStatus)
#include "tst_status.moc"
