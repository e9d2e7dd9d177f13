// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/streams/pod_shells.h"

#include <QTest>

using kube::PodShells;
using Names = std::vector<std::string>;

class TestPodShells : public QObject {
    Q_OBJECT
private slots:
    void choosesContainers();
    void knowsTheSystem();
    void refusesNonsense();
    void knowsWhatAnAttachmentGets();
};

void TestPodShells::knowsWhatAnAttachmentGets() {
    const char* const pod =
        R"({"spec":{"containers":[{"name":"app"},{"name":"reader","stdin":true},{"name":"shell","stdin":true,"tty":true}],
        "ephemeralContainers":[{"name":"debugger","stdin":true,"tty":true}]}})";
    QVERIFY(kube::containerInputOf(pod, "app") == (kube::ContainerInput{false, false}));
    QVERIFY(kube::containerInputOf(pod, "reader") == (kube::ContainerInput{true, false}));
    QVERIFY(kube::containerInputOf(pod, "shell") == (kube::ContainerInput{true, true}));
    QVERIFY(kube::containerInputOf(pod, "debugger") == (kube::ContainerInput{true, true}));
    QVERIFY(kube::containerInputOf(pod, "none") == kube::ContainerInput());
    QVERIFY(kube::containerInputOf("nonsense", "app") == kube::ContainerInput());
}

void TestPodShells::choosesContainers() {
    const auto pod = [](const char* annotation, const char* status) {
        return std::string(R"({"metadata":{"annotations":{)") + annotation +
               R"(}},"spec":{"nodeName":"n1","containers":[{"name":"a"},{"name":"b"}]},"status":{)" + status + "}}";
    };
    const char* const preset = R"("kubectl.kubernetes.io/default-container":"b")";
    auto found = kube::podShellsOf(pod("", ""));
    QVERIFY(found);
    QVERIFY(found->containers == (Names{"a", "b"}));
    QCOMPARE(found->preset, std::string("a"));
    QCOMPARE(found->node, std::string("n1"));
    found = kube::podShellsOf(pod(preset, ""));
    QCOMPARE(found->preset, std::string("b"));
    const char* const status =
        R"("containerStatuses":[{"name":"a","state":{"running":{}}},{"name":"b","state":{"waiting":
        {}}}],"ephemeralContainerStatuses":[{"name":"debug","state":{"running":{}}}])";
    found = kube::podShellsOf(pod(preset, status)); // b does not run
    QVERIFY(found->containers == (Names{"a", "debug"}));
    QCOMPARE(found->preset, std::string("a"));
}

void TestPodShells::knowsTheSystem() {
    const auto systemIn = [](const char* spec) {
        return kube::podShellsOf(std::string(R"({"spec":{)") + spec + "}}")->system;
    };
    QVERIFY(systemIn("") == PodShells::System::Linux);
    QVERIFY(systemIn(R"("os":{"name":"windows"})") == PodShells::System::Windows);
    QVERIFY(systemIn(R"("nodeSelector":{"kubernetes.io/os":"windows"})") == PodShells::System::Windows);
    QVERIFY(kube::systemOf(R"({"metadata":{"labels":{"kubernetes.io/os":"windows"}}})") == PodShells::System::Windows);
    QVERIFY(kube::systemOf("{}") == PodShells::System::Linux);
    QCOMPARE(kube::shellCommands(PodShells::System::Windows).front().front(), std::string("powershell.exe"));
}

void TestPodShells::refusesNonsense() {
    QVERIFY(!kube::podShellsOf("{"));
    QVERIFY(kube::podShellsOf("{}")->containers.empty());
    QVERIFY(kube::systemOf("[") == PodShells::System::Linux);
}

QTEST_GUILESS_MAIN(TestPodShells)
#include "tst_pod_shells.moc"
