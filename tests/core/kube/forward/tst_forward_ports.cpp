// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/forward/forward_ports.h"
#include "core/kube/streams/pod_order.h"

#include <QtTest>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using kube::ForwardPort;
using kube::PodPort;
using nlohmann::json;

namespace {

const json kPod = json::parse(R"({"kind":"Pod","metadata":{"name":"web"},"spec":{
    "initContainers":[{"name":"side","ports":[{"name":"early","containerPort":7000}]}],
    "containers":[{"name":"main","ports":[{"name":"http","containerPort":8080},
    {"name":"dns","containerPort":53,"protocol":"UDP"},{"name":"both","containerPort":54,"protocol":"UDP"},
    {"containerPort":54,"protocol":"TCP"}]}]}})");
const json kService =
    json::parse(R"({"kind":"Service","metadata":{"name":"door"},"spec":{"clusterIP":"10.0.0.1","ports":[
    {"name":"web","port":80,"targetPort":"http"},{"name":"plain","port":81,"targetPort":9000},{"name":"same","port":82},
    {"name":"lost","port":83,"targetPort":"nowhere"},{"name":"dns","port":53,"protocol":"UDP"}]}})");

std::string said(const base::Result<PodPort>& port) {
    return port ? std::to_string(port->local) + "->" + std::to_string(port->remote) : port.error().message;
}

json pod(const char* name, const char* more) {
    json made = json::parse(more);
    made["metadata"]["name"] = name;
    return made;
}

} // namespace

class TestForwardPorts : public QObject {
    Q_OBJECT

private slots:
    void parses_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("result");
        for (const auto& [text, result] : std::vector<std::pair<const char*, const char*>>{
                 {"80", "80"},
                 {"8080:80", "8080:80"},
                 {":80", ":80"},
                 {"0:80", ":80"},
                 {"https", "https"},
                 {"8443:https", "8443:https"},
                 {"1:2:3", "invalid port format '1:2:3'"},
                 {"", "remote port cannot be empty"},
                 {"80:", "remote port cannot be empty"},
                 {"0", "remote port must be > 0"},
                 {"80:65536", "error parsing remote port '65536': value out of range"},
                 {"65536:80", "error parsing local port '65536': no port number"},
                 {"-1:80", "error parsing local port '-1': no port number"},
                 {"x:80", "error parsing local port 'x': no port number"}})
            QTest::newRow(text) << text << result;
    }
    void parses() {
        QFETCH(QString, text);
        QFETCH(QString, result);
        const auto port = kube::parseForwardPort(text.toStdString());
        QCOMPARE(port ? kube::toString(*port) : port.error().message, result.toStdString());
    }

    void isWhatKubectlTakesItFor_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("ofService");
        QTest::addColumn<QString>("ofPod");
        const auto row = [](const char* text, const char* service, const char* ofPod) {
            QTest::newRow(text) << text << service << ofPod;
        };
        row("80", "80->8080", "80->80");
        row("81", "81->9000", "81->81");
        row("82", "82->82", "82->82");
        row("5000:81", "5000->9000", "5000->81");
        row(":80", "0->8080", "0->80");
        row("web", "80->8080", "Pod 'web' does not have a named port 'web'");
        row("http", "Service 'door' does not have a named port 'http'", "8080->8080");
        row("9:http", "Service 'door' does not have a named port 'http'", "9->8080");
        row("early", "Service 'door' does not have a named port 'early'", "7000->7000");
        row("lost", "Pod 'web' does not have a named port 'nowhere'", "Pod 'web' does not have a named port 'lost'");
        row("84", "Service door does not have a service port 84", "84->84");
        row("dns", "UDP protocol is not supported for dns", "UDP protocol is not supported for dns");
        row("both", "Service 'door' does not have a named port 'both'", "54->54");
    }
    void isWhatKubectlTakesItFor() {
        QFETCH(QString, text);
        QFETCH(QString, ofService);
        QFETCH(QString, ofPod);
        const ForwardPort port = *kube::parseForwardPort(text.toStdString());
        QCOMPARE(said(kube::podPortOf(port, kService, kPod)), ofService.toStdString());
        QCOMPARE(said(kube::podPortOf(port, kPod, kPod)), ofPod.toStdString());
    }

    void headlessServicesAreTheirPods() {
        json service = kService;
        service["spec"]["clusterIP"] = "None";
        QCOMPARE(said(kube::podPortOf(*kube::parseForwardPort("80"), service, kPod)), std::string("80->80"));
    }

    void declaredPortsAreThoseOfTcp() {
        const auto list = [](const json& object) {
            std::string text;
            for (const kube::DeclaredPort& port : kube::declaredPorts(object.dump()))
                text += std::to_string(port.number) + port.name + " ";
            return text;
        };
        QCOMPARE(list(kService), std::string("80web 81plain 82same 83lost "));
        QCOMPARE(list(kPod), std::string("8080http 54 "));
        QCOMPARE(list({{"kind", "Deployment"}, {"spec", {{"template", kPod}}}}), std::string("8080http 54 "));
        QVERIFY(kube::declaredPorts("no json").empty());
    }

    void addresses_data() {
        QTest::addColumn<QStringList>("told");
        QTest::addColumn<QString>("result");
        QTest::newRow("localhost") << QStringList{"localhost"} << "127.0.0.1? ::1? ";
        QTest::newRow("named") << QStringList{"10.0.0.1", "localhost", "127.0.0.1"} << "10.0.0.1 127.0.0.1 ::1? ";
        QTest::newRow("any") << QStringList{"0.0.0.0"} << "0.0.0.0 ";
        QTest::newRow("a name") << QStringList{"example"} << "example is not a valid IP";
        QTest::newRow("none") << QStringList{} << "you must specify at least 1 address";
    }
    void addresses() {
        QFETCH(QStringList, told);
        QFETCH(QString, result);
        std::vector<std::string> words;
        for (const QString& word : told)
            words.push_back(word.toStdString());
        const auto found = kube::listenAddresses(words);
        std::string text = found ? "" : found.error().message;
        for (const kube::ListenAddress& address : found.value_or(std::vector<kube::ListenAddress>()))
            text += address.host + (address.isOptional ? "? " : " ");
        QCOMPARE(text, result.toStdString());
    }

    // The order of kubectl's ActivePods, best first.
    void podsInTheOrderToAttachTo() {
        const std::string ready =
            R"("conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-01-02T00:00:00Z"}])";
        const std::string longer =
            R"("conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z"}])";
        const auto running = [](const std::string& status, const char* more = "") {
            return R"({"spec":{"nodeName":"n"},"status":{"phase":"Running",)" + status + "}" + more + "}";
        };
        const json pods = json::array({
            pod("unassigned", R"({"status":{"phase":"Pending"}})"),
            pod("pending", R"({"spec":{"nodeName":"n"},"status":{"phase":"Pending"}})"),
            pod("unready", running(R"("conditions":[])").c_str()),
            pod("going", running(longer, R"(,"metadata":{"deletionTimestamp":"2026-01-03T00:00:00Z"})").c_str()),
            pod("restarted", running(ready + R"(,"containerStatuses":[{"restartCount":3}])").c_str()),
            pod("younger", running(ready, R"(,"metadata":{"creationTimestamp":"2025-02-01T00:00:00Z"})").c_str()),
            pod("older", running(ready, R"(,"metadata":{"creationTimestamp":"2025-01-01T00:00:00Z"})").c_str()),
            pod("best", running(longer).c_str()),
        });
        std::string order;
        for (const std::size_t i : kube::attachingOrder(pods))
            order += pods[i]["metadata"]["name"].get<std::string>() + " ";
        QCOMPARE(order, std::string("best older younger restarted going unready pending unassigned "));
    }
};

QTEST_GUILESS_MAIN(TestForwardPorts)
#include "tst_forward_ports.moc"
