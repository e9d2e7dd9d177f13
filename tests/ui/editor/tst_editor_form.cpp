// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/autoscaler.h"
#include "core/change/fleet_clusters.h"
#include "tests/core/fleet/servers.h"
#include "ui/base/theme.h"
#include "ui/change/change_run.h"
#include "ui/change/change_runs.h"
#include "ui/editor/editor_page.h"
#include "ui/editor/form/form_line.h"
#include "ui/editor/form/form_panel.h"
#include "ui/editor/open_editor.h"
#include "ui/editor/yaml_editor.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/scope.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

using namespace std::chrono_literals;

namespace {

struct Ways final : ui::Navigator {
    void open(const ui::PageTarget& target, Tab) override { opened.push_back(target); }
    void goBack() override {}
    void say(const QString&) override {}
    void editFilter() override {}
    std::vector<ui::PageTarget> opened;
};

constexpr const char* kSpec = R"(,"spec":{"replicas":2,"template":{"spec":{"containers":[
    {"name":"web","image":"shop:1","args":["serve","--name","the shop"],
     "env":[{"name":"MODE","value":"fast"},{"name":"PASS","valueFrom":{"secretKeyRef":{"name":"db","key":"pass"}}}],
     "resources":{"requests":{"cpu":"100m"}},
     "readinessProbe":{"httpGet":{"path":"/ready","port":"http"},"periodSeconds":5}},
    {"name":"side","image":"side:1"}],
    "tolerations":[{"key":"gpu","operator":"Exists","effect":"NoSchedule"}]}}})";

} // namespace

// The form beside the YAML, over servers in memory.
class TestEditorForm : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void showsWhatTheTextSays();
    void writesIntoTheText();
    void readsTheTextBack();
    void refusesWhatIsNoQuantity();
    void waitsForATextThatCanBeRead();
    void changesEnvironment();
    void changesPortsAndSources();
    void changesVolumesAndMounts();
    void changesProbes();
    void changesScheduling();
    void addsNodeRules();
    void addsPodRules();
    void spreadsPods();
    void leavesRulesAloneThatItCannotShow();
    void offersCommonKeys();
    void addsAndRemovesContainers();
    void setsUpAnAutoscaler();
    void knowsJobs();
    void undoesAsOneStep();
    void comesToAChange();

private:
    void edit(const char* kind, const char* name);
    void open(ui::EditorSubject subject);
    [[nodiscard]] ui::YamlEditor& editor() const { return *m_page->findChild<ui::YamlEditor*>(); }
    template <typename Widget>
    [[nodiscard]] Widget* find(const char* name, const QString& resource = {}) const {
        for (Widget* widget : m_page->findChildren<Widget*>(QString::fromLatin1(name))) {
            if (resource.isEmpty() || widget->property("resource").toString() == resource)
                return widget;
        }
        return nullptr;
    }
    [[nodiscard]] ui::FormLine& line(const char* name, const QString& resource = {}) const {
        return *find<ui::FormLine>(name, resource);
    }
    // As somebody types it: the whole of it anew.
    void type(const char* name, const QString& text, const QString& resource = {}) { type(line(name, resource), text); }
    static void type(ui::FormLine& into, const QString& text) {
        into.setFocus();
        into.selectAll();
        if (text.isEmpty())
            QTest::keyClick(&into, Qt::Key_Delete);
        else
            QTest::keyClicks(&into, text);
    }
    static void choose(QComboBox* box, const QVariant& data) {
        const int index = box->findData(data);
        QVERIFY(index >= 0);
        box->setCurrentIndex(index);
        emit box->activated(index);
    }
    [[nodiscard]] bool says(const char* text) const { return editor().text().contains(QString::fromUtf8(text)); }
    void settle() {
        QVERIFY(QTest::qWaitFor([this] {
            m_bench->pass(50ms);
            return m_page->isSettled();
        }));
    }

    std::unique_ptr<Servers> m_bench;
    std::unique_ptr<change::FleetClusters> m_clusters;
    std::unique_ptr<change::Door> m_door;
    std::unique_ptr<ui::ChangeRuns> m_changes;
    std::unique_ptr<ui::Scope> m_scope;
    std::unique_ptr<ui::ActionRegistry> m_actions;
    Ways m_ways;
    std::unique_ptr<ui::EditorPage> m_page;
};

void TestEditorForm::init() {
    m_ways = {};
    m_bench = std::make_unique<Servers>(std::vector<std::string>{"paris"});
    FakeApi& api = m_bench->api("paris");
    api.serve("apps/v1", "Deployment", "deployments", true);
    api.serve("batch/v1", "CronJob", "cronjobs", true);
    api.serve("v1", "ConfigMap", "configmaps", true);
    api.put("deployments", "shop", "web", kSpec);
    api.put("configmaps", "shop", "settings", R"(,"data":{"a":"b"})");
    api.put("cronjobs", "shop", "nightly",
            R"(,"spec":{"schedule":"@daily","jobTemplate":{"spec":{"template":{"spec":{"containers":[
                {"name":"c","image":"i:1"}]}}}}})");
    m_bench->connect("paris");
    m_clusters = std::make_unique<change::FleetClusters>(*m_bench->fleet);
    m_door = std::make_unique<change::Door>(change::Door::Environment{m_bench->home, m_bench->time, m_bench->time,
                                                                      *m_clusters, m_bench->path("journal"), "test"});
    m_changes = std::make_unique<ui::ChangeRuns>(*m_door);
    m_scope = std::make_unique<ui::Scope>();
    m_actions = std::make_unique<ui::ActionRegistry>();
    m_page = std::make_unique<ui::EditorPage>(
        ui::PageContext{*m_bench->fleet, *m_bench->settings, *m_door, *m_changes, *m_scope, *m_actions, m_ways, {}},
        nullptr);
    m_page->resize(1280, 760);
    static_cast<QWidget&>(*m_page).show();
}

void TestEditorForm::cleanup() {
    m_page.reset();
    m_actions.reset();
    m_changes.reset();
    m_door.reset();
    m_clusters.reset();
    m_bench.reset();
}

void TestEditorForm::open(ui::EditorSubject subject) {
    subject.view = ui::EditorSubject::View::Form;
    subject.clusters = {m_bench->id("paris")};
    m_page->show(ui::editorTarget(std::move(subject)));
    settle();
}

void TestEditorForm::edit(const char* kind, const char* name) {
    ui::EditorSubject subject;
    subject.purpose = ui::EditorSubject::Purpose::Edit;
    for (const char* version : {"apps/v1", "batch/v1", "v1"}) {
        if (const kube::Kind* found = m_bench->fleet->kinds(m_bench->id("paris"))->findKind(version, kind))
            subject.kind = *found;
    }
    subject.ns = "shop";
    subject.name = name;
    open(std::move(subject));
}

void TestEditorForm::showsWhatTheTextSays() {
    edit("Deployment", "web");
    QCOMPARE(line("formReplicas").text(), QStringLiteral("2"));
    QCOMPARE(line("formImage").text(), QStringLiteral("shop:1"));
    QCOMPARE(line("formArgs").text(), QStringLiteral("serve --name \"the shop\""));
    QCOMPARE(line("formRequest", QStringLiteral("cpu")).text(), QStringLiteral("100m"));
    QCOMPARE(line("formEnvName").text(), QStringLiteral("MODE"));
    QCOMPARE(line("formProbePath").text(), QStringLiteral("/ready"));
    QCOMPARE(line("formTolerationKey").text(), QStringLiteral("gpu"));
    auto* tabs = find<QTabBar>("formContainers");
    QCOMPARE(tabs->count(), 2);
    tabs->setCurrentIndex(1);
    QCOMPARE(line("formImage").text(), QStringLiteral("side:1"));
    QCOMPARE(line("formRequest", QStringLiteral("cpu")).text(), QString());
    QVERIFY(!line("formProbePath").isVisible());
}

void TestEditorForm::writesIntoTheText() {
    edit("Deployment", "web");
    editor().insertAt(QStringLiteral("# kept\n"), 0, 0);
    const QString before = editor().text();
    type("formReplicas", QStringLiteral("5"));
    QString wanted = before;
    QCOMPARE(editor().text(), wanted.replace(QLatin1String("replicas: 2"), QLatin1String("replicas: 5")));
    type("formImage", QStringLiteral("shop:2"));
    QVERIFY(says("image: shop:2"));
    type("formArgs", QStringLiteral("run \"two words\" 80"));
    QVERIFY(says("- two words"));
    QVERIFY(says("- \"80\""));
    type("formLimit", QStringLiteral("512Mi"), QStringLiteral("memory"));
    QVERIFY(says("memory: 512Mi"));
    type("formLimit", {}, QStringLiteral("memory"));
    QVERIFY(!says("limits:"));
    QVERIFY(says("# kept"));
    QCOMPARE(line("formRequest", QStringLiteral("cpu")).text(), QStringLiteral("100m"));
}

void TestEditorForm::readsTheTextBack() {
    edit("Deployment", "web");
    editor().setText(editor().text().replace(QLatin1String("shop:1"), QLatin1String("shop:7")));
    QCOMPARE(line("formImage").text(), QStringLiteral("shop:7"));
    // Hidden, it costs nothing; shown again, it says what is so.
    find<QPushButton>("editorFormToggle")->click();
    QVERIFY(find<ui::FormPanel>("editorForm")->isHidden());
    editor().setText(editor().text().replace(QLatin1String("shop:7"), QLatin1String("shop:8")));
    QCOMPARE(line("formImage").text(), QStringLiteral("shop:7"));
    m_actions->find(QStringLiteral("editor.form"))->trigger();
    QVERIFY(find<ui::FormPanel>("editorForm")->isVisible());
    QCOMPARE(line("formImage").text(), QStringLiteral("shop:8"));
}

void TestEditorForm::refusesWhatIsNoQuantity() {
    edit("Deployment", "web");
    const QString before = editor().text();
    ui::FormLine& request = line("formRequest", QStringLiteral("memory"));
    type("formRequest", QStringLiteral("x"), QStringLiteral("memory"));
    QCOMPARE(editor().text(), before);
    QVERIFY(!request.problem().isEmpty());
    // Another field's change leaves what is being typed alone.
    type("formImage", QStringLiteral("shop:3"));
    QCOMPARE(request.text(), QStringLiteral("x"));
    type("formRequest", QStringLiteral("64Mi"), QStringLiteral("memory"));
    QVERIFY(request.problem().isEmpty());
    QVERIFY(says("memory: 64Mi"));
    type("formReplicas", QStringLiteral("-"));
    QVERIFY(!line("formReplicas").problem().isEmpty());
    QVERIFY(says("replicas: 2"));
    // What each field takes, and servers refuse together.
    type("formLimit", QStringLiteral("50m"), QStringLiteral("cpu"));
    bool isSaid = false;
    for (const QLabel* label : m_page->findChildren<QLabel*>(QStringLiteral("formProblems")))
        isSaid = isSaid || (label->isVisible() && label->text().contains(QLatin1String("CPU")));
    QVERIFY(isSaid);
}

void TestEditorForm::waitsForATextThatCanBeRead() {
    edit("Deployment", "web");
    const QString good = editor().text();
    editor().setText(QStringLiteral("spec: ["));
    auto* why = find<QLabel>("formProblem");
    QVERIFY(why->isVisible());
    QVERIFY(!line("formImage").isEnabled());
    editor().setText(good);
    QVERIFY(!why->isVisible());
    QVERIFY(line("formImage").isEnabled());
    edit("ConfigMap", "settings");
    QVERIFY(why->text().contains(QLatin1String("ConfigMap")));
}

void TestEditorForm::changesEnvironment() {
    edit("Deployment", "web");
    find<QPushButton>("formAddEnv")->click();
    QList<ui::FormLine*> names = m_page->findChildren<ui::FormLine*>(QStringLiteral("formEnvName"));
    QCOMPARE(names.size(), 3);
    type(*names[2], QStringLiteral("PLACE"));
    QVERIFY(says("- name: PLACE"));
    const QList<QComboBox*> sources = m_page->findChildren<QComboBox*>(QStringLiteral("formEnvSource"));
    QCOMPARE(sources[1]->currentText(), QStringLiteral("Secret key"));
    choose(sources[2], sources[2]->itemData(1)); // ConfigMap
    QVERIFY(says("configMapKeyRef:"));
    type(*m_page->findChildren<ui::FormLine*>(QStringLiteral("formEnvObject"))[2], QStringLiteral("where"));
    type(*m_page->findChildren<ui::FormLine*>(QStringLiteral("formEnvKey"))[2], QStringLiteral("here"));
    QVERIFY(says("name: where"));
    QVERIFY(says("key: here"));
    // A name is known whatever it is taken from.
    choose(sources[2], sources[2]->itemData(2)); // Secret
    QVERIFY(says("name: where"));
    QVERIFY(!says("configMapKeyRef:"));
    for (int left = 3; left > 0; --left)
        names.front()->parentWidget()->parentWidget()->findChild<QToolButton*>(QStringLiteral("formRemove"))->click();
    QVERIFY(!says("env:"));
}

void TestEditorForm::changesPortsAndSources() {
    edit("Deployment", "web");
    find<QPushButton>("formAddPort")->click();
    type("formPortNumber", QStringLiteral("70000"));
    QVERIFY(!line("formPortNumber").problem().isEmpty());
    type("formPortNumber", QStringLiteral("9090"));
    type("formPortName", QStringLiteral("metrics"));
    choose(find<QComboBox>("formPortProtocol"), QStringLiteral("UDP"));
    for (const char* text : {"containerPort: 9090", "name: metrics", "protocol: UDP"})
        QVERIFY2(says(text), text);
    find<QPushButton>("formAddEnvFrom")->click();
    type("formEnvFromName", QStringLiteral("settings"));
    type("formEnvFromPrefix", QStringLiteral("APP_"));
    QVERIFY(says("configMapRef:"));
    editor().setText(
        editor().text().replace(QLatin1String("configMapRef:\n"), QLatin1String("configMapRef:   # whose\n")));
    choose(find<QComboBox>("formEnvFromSource"), QStringLiteral("secretRef"));
    for (const char* text : {"secretRef:", "name: settings", "prefix: APP_"})
        QVERIFY2(says(text), text);
    QVERIFY(!says("configMapRef:"));
    type("formEnvFromName", QStringLiteral("keys"));
    QVERIFY(says("name: keys"));
}

void TestEditorForm::changesVolumesAndMounts() {
    edit("Deployment", "web");
    find<QPushButton>("formAddVolume")->click();
    QVERIFY(says("emptyDir: {}"));
    type("formVolumeName", QStringLiteral("data"));
    auto* source = find<QComboBox>("formVolumeSource");
    source->setCurrentIndex(3);
    emit source->activated(3);
    type("formVolumeObject", QStringLiteral("disk"));
    QVERIFY(says("claimName: disk"));
    QVERIFY(!says("emptyDir"));
    find<QPushButton>("formAddMount")->click();
    type("formMountVolume", QStringLiteral("data"));
    type("formMountPath", QStringLiteral("/data"));
    type("formMountWithin", QStringLiteral("web"));
    find<QCheckBox>("formMountReadOnly")->click();
    for (const char* text : {"mountPath: /data", "subPath: web", "readOnly: true"})
        QVERIFY2(says(text), text);
    find<QCheckBox>("formMountReadOnly")->click();
    QVERIFY(!says("readOnly"));
    // Another source is told and left.
    editor().setText(editor().text().replace(QLatin1String("persistentVolumeClaim:"), QLatin1String("projected:")));
    // A text that is written anew has new rows.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(!find<QComboBox>("formVolumeSource")->isEnabled());
    QVERIFY(!line("formVolumeObject").isVisible());
    type("formVolumeName", QStringLiteral("all"));
    QVERIFY(says("projected:"));
    QVERIFY(says("name: all"));
}

void TestEditorForm::changesProbes() {
    edit("Deployment", "web");
    auto* readiness = m_page->findChild<QWidget*>(QStringLiteral("form-readinessProbe"));
    auto* way = readiness->findChild<QComboBox*>(QStringLiteral("formProbeWay"));
    QCOMPARE(way->currentText(), QStringLiteral("HTTP request"));
    type(*readiness->findChild<ui::FormLine*>(QStringLiteral("formProbeHttpPort")), QStringLiteral("8081"));
    QVERIFY(says("port: 8081"));
    for (ui::FormLine* time : readiness->findChildren<ui::FormLine*>(QStringLiteral("formProbeTime"))) {
        if (time->property("probeField") == QLatin1String("timeoutSeconds"))
            type(*time, QStringLiteral("3"));
    }
    QVERIFY(says("timeoutSeconds: 3"));
    choose(way, way->itemData(3)); // Command
    QVERIFY(says("exec:"));
    QVERIFY(!says("httpGet:"));
    QVERIFY(says("timeoutSeconds: 3"));
    type(*readiness->findChild<ui::FormLine*>(QStringLiteral("formProbeCommand")), QStringLiteral("sh -c \"a b\""));
    QVERIFY(says("- a b"));
    choose(way, way->itemData(4)); // gRPC
    QVERIFY(says("grpc:"));
    choose(way, way->itemData(0));
    QVERIFY(!says("readinessProbe:"));
    auto* liveness = m_page->findChild<QWidget*>(QStringLiteral("form-livenessProbe"));
    auto* other = liveness->findChild<QComboBox*>(QStringLiteral("formProbeWay"));
    choose(other, other->itemData(2)); // TCP
    QVERIFY(says("livenessProbe:"));
    QVERIFY(says("tcpSocket:"));
}

void TestEditorForm::changesScheduling() {
    edit("Deployment", "web");
    type("formNodeSelector", QStringLiteral("disk=ssd zone=a"));
    QVERIFY(says("disk: ssd"));
    QVERIFY(says("zone: a"));
    type("formNodeSelector", QStringLiteral("zone=b"));
    QVERIFY(!says("disk:"));
    QVERIFY(says("zone: b"));
    type("formNodeSelector", QStringLiteral("zone"));
    QVERIFY(!line("formNodeSelector").problem().isEmpty());
    find<QPushButton>("formAddToleration")->click();
    const auto keys = m_page->findChildren<ui::FormLine*>(QStringLiteral("formTolerationKey"));
    QCOMPARE(keys.size(), 2);
    type(*keys[1], QStringLiteral("disk"));
    QVERIFY(says("key: disk"));
    const auto effects = m_page->findChildren<QComboBox*>(QStringLiteral("formTolerationEffect"));
    choose(effects[1], QStringLiteral("NoExecute"));
    const auto seconds = m_page->findChildren<ui::FormLine*>(QStringLiteral("formTolerationSeconds"));
    QVERIFY(seconds[1]->isVisible());
    type(*seconds[1], QStringLiteral("60"));
    QVERIFY(says("tolerationSeconds: 60"));
}

void TestEditorForm::addsNodeRules() {
    edit("Deployment", "web");
    editor().setText(editor().text().replace(
        QLatin1String("      tolerations:\n"),
        QLatin1String(
            "      # where it runs\n      affinity:\n        nodeAffinity: {}   # soon\n      tolerations:\n")));
    auto* rules = find<QWidget>("form-nodeAffinity");
    rules->findChild<QPushButton*>(QStringLiteral("formAddRequired"))->click();
    type("formNodeRule", QStringLiteral("zone in (a,b), disk!=hdd, gpu, !old, cores>4, age<9"));
    QCOMPARE(line("formNodeRule").problem(), QString());
    for (const char* text :
         {"nodeSelectorTerms:", "operator: In\n", "operator: NotIn\n", "operator: Exists\n", "operator: DoesNotExist\n",
          "operator: Gt\n", "operator: Lt\n", "- \"4\"", "# where it runs", "# soon"})
        QVERIFY2(says(text), qPrintable(editor().text()));
    // Half a selector is not written, and said.
    const QString before = editor().text();
    type("formNodeRule", QStringLiteral("("));
    QVERIFY(!line("formNodeRule").problem().isEmpty());
    QCOMPARE(editor().text(), before);
    type("formNodeRule", QStringLiteral("zone=a"));
    QVERIFY(!says("operator: Gt"));
    rules->findChild<QPushButton*>(QStringLiteral("formAddPreferred"))->click();
    const auto all = m_page->findChildren<ui::FormLine*>(QStringLiteral("formNodeRule"));
    QCOMPARE(all.size(), 2);
    type(*all[1], QStringLiteral("disk=ssd"));
    type("formRuleWeight", QStringLiteral("101"));
    QVERIFY(!line("formRuleWeight").problem().isEmpty());
    type("formRuleWeight", QStringLiteral("80"));
    QVERIFY(says("weight: 80"));
    QVERIFY(says("preference:"));
    for (auto* remove : rules->findChildren<QToolButton*>(QStringLiteral("formRemove")))
        remove->click();
    QVERIFY(!says("affinity:"));
    QVERIFY(says("# where it runs"));
}

void TestEditorForm::addsPodRules() {
    edit("Deployment", "web");
    editor().setText(editor().text().replace(QLatin1String("  template:\n"),
                                             QLatin1String("  selector:\n    matchLabels:\n      app: web\n"
                                                           "  template:\n")));
    auto* away = find<QWidget>("form-podAntiAffinity");
    away->findChild<QPushButton*>(QStringLiteral("formAddRequired"))->click();
    // A new rule is about these pods.
    QCOMPARE(line("formPodRule").text(), QStringLiteral("app=web"));
    QVERIFY(says("topologyKey: kubernetes.io/hostname"));
    type("formPodRule", QStringLiteral("app=web, tier in (a,b)"));
    type("formPodRuleTopology", QStringLiteral("topology.kubernetes.io/zone"));
    type("formPodRuleNamespaces", QStringLiteral("shop till"));
    QVERIFY(says("topologyKey: topology.kubernetes.io/zone"));
    QVERIFY(says("podAntiAffinity:"));
    QVERIFY(says("- till"));
    QVERIFY(says("key: tier"));
    type("formPodRule", QStringLiteral("cores>4"));
    QVERIFY(!line("formPodRule").problem().isEmpty());
    auto* near = find<QWidget>("form-podAffinity");
    near->findChild<QPushButton*>(QStringLiteral("formAddPreferred"))->click();
    auto* pods = near->findChild<ui::FormLine*>(QStringLiteral("formPodRule"));
    QCOMPARE(pods->text(), QStringLiteral("app=web"));
    type(*pods, {});
    QVERIFY(says("podAffinityTerm:"));
    QVERIFY(pods->placeholderText().startsWith(QLatin1String("no pods")));
    type(*pods, QStringLiteral("app=cache"));
    QVERIFY(says("app: cache"));
}

void TestEditorForm::spreadsPods() {
    edit("Deployment", "web");
    find<QPushButton>("formAddSpread")->click();
    QVERIFY(says("topologySpreadConstraints:"));
    QVERIFY(!line("formSpreadDomains").isVisible());
    choose(find<QComboBox>("formSpreadOtherwise"), QStringLiteral("DoNotSchedule"));
    QVERIFY(line("formSpreadDomains").isVisible());
    type("formSpreadDomains", QStringLiteral("3"));
    type("formSpreadSkew", QStringLiteral("2"));
    type("formSpreadPods", QStringLiteral("app=web"));
    for (const char* text : {"minDomains: 3", "maxSkew: 2", "whenUnsatisfiable: DoNotSchedule", "app: web"})
        QVERIFY2(says(text), text);
    type("formSpreadSkew", QStringLiteral("0"));
    QVERIFY(!line("formSpreadSkew").problem().isEmpty());
    QVERIFY(says("maxSkew: 2"));
}

void TestEditorForm::leavesRulesAloneThatItCannotShow() {
    edit("Deployment", "web");
    const QString rules = QStringLiteral("      affinity:\n"
                                         "        nodeAffinity:\n"
                                         "          requiredDuringSchedulingIgnoredDuringExecution:\n"
                                         "            nodeSelectorTerms:\n"
                                         "            - matchFields:   # one node\n"
                                         "              - {key: metadata.name, operator: In, values: [n1]}\n"
                                         "              matchExpressions:\n"
                                         "              - {key: a, operator: Like, values: [b]}\n"
                                         "        podAffinity:\n"
                                         "          requiredDuringSchedulingIgnoredDuringExecution:\n"
                                         "          - labelSelector: {}\n"
                                         "            topologyKey: zone\n"
                                         "            namespaceSelector: {}\n");
    editor().setText(
        editor().text().replace(QLatin1String("      tolerations:\n"), rules + QLatin1String("      tolerations:\n")));
    QVERIFY(line("formNodeRule").isReadOnly());
    QCOMPARE(line("formPodRule").placeholderText(), QStringLiteral("all pods"));
    QStringList said;
    for (const QLabel* label : m_page->findChildren<QLabel*>(QStringLiteral("formOthers"))) {
        if (label->isVisible())
            said.append(label->text());
    }
    QCOMPARE(said, QStringList({QStringLiteral("In the YAML alone: matchFields"),
                                QStringLiteral("In the YAML alone: namespaceSelector")}));
    type("formPodRuleTopology", QStringLiteral("rack"));
    QString wanted = rules;
    QVERIFY(editor().text().contains(
        wanted.replace(QLatin1String("topologyKey: zone"), QLatin1String("topologyKey: rack"))));
    // Where the text becomes one that can be shown, it is.
    editor().setText(editor().text().replace(QLatin1String("Like"), QLatin1String("In")));
    QVERIFY(!line("formNodeRule").isReadOnly());
    QCOMPARE(line("formNodeRule").text(), QStringLiteral("a=b"));
}

void TestEditorForm::offersCommonKeys() {
    edit("Deployment", "web");
    find<QPushButton>("formAddSpread")->click();
    auto* box = qobject_cast<QComboBox*>(line("formSpreadTopology").parentWidget());
    QVERIFY(box != nullptr);
    QCOMPARE(box->count(), 3);
    box->setCurrentIndex(2);
    emit box->textActivated(box->itemText(2));
    QVERIFY(says("topologyKey: topology.kubernetes.io/region"));
    find<QWidget>("form-nodeAffinity")->findChild<QPushButton*>(QStringLiteral("formAddRequired"))->click();
    ui::FormLine& rule = line("formNodeRule");
    type(rule, QStringLiteral("gpu, inst"));
    QCompleter* completer = rule.completer();
    QCOMPARE(completer->completionCount(), 1);
    QCOMPARE(completer->currentCompletion(), QStringLiteral("gpu, node.kubernetes.io/instance-type"));
    emit completer->activated(completer->currentCompletion());
    QCOMPARE(rule.text(), QStringLiteral("gpu, node.kubernetes.io/instance-type"));
    QVERIFY(says("key: node.kubernetes.io/instance-type"));
    type(rule, QStringLiteral("gpu in (inst"));
    QCOMPARE(completer->completionCount(), 0);
}

void TestEditorForm::addsAndRemovesContainers() {
    edit("Deployment", "web");
    auto* tabs = find<QTabBar>("formContainers");
    find<QPushButton>("formAddContainer")->click();
    QCOMPARE(tabs->count(), 3);
    QCOMPARE(tabs->currentIndex(), 2);
    type("formImage", QStringLiteral("new:1"));
    QVERIFY(says("image: new:1"));
    find<QPushButton>("formRemoveContainer")->click();
    QCOMPARE(tabs->count(), 2);
    QVERIFY(!says("new:1"));
}

void TestEditorForm::setsUpAnAutoscaler() {
    ui::EditorSubject subject;
    subject.purpose = ui::EditorSubject::Purpose::Create;
    subject.draft = change::newAutoscaler({"apps/v1", "Deployment", "shop", "web"});
    open(std::move(subject));
    QCOMPARE(line("formTargetName").text(), QStringLiteral("web"));
    QCOMPARE(line("formMaxReplicas").text(), QStringLiteral("3"));
    QCOMPARE(line("formUtilization", QStringLiteral("cpu")).text(), QStringLiteral("80"));
    type("formMaxReplicas", QStringLiteral("9"));
    QVERIFY(says("maxReplicas: 9"));
    auto* memory = find<QComboBox>("formMeasure", QStringLiteral("memory"));
    choose(memory, memory->itemData(2)); // average
    type("formAverage", QStringLiteral("300Mi"), QStringLiteral("memory"));
    QVERIFY(says("averageValue: 300Mi"));
    auto* cpu = find<QComboBox>("formMeasure", QStringLiteral("cpu"));
    choose(cpu, cpu->itemData(0));
    QVERIFY(!says("name: cpu"));
    QCOMPARE(line("formAverage", QStringLiteral("memory")).text(), QStringLiteral("300Mi"));
    type("formStabilization", QStringLiteral("60"));
    QVERIFY(says("stabilizationWindowSeconds: 60"));
    type("formStabilization", {});
    QVERIFY(!says("behavior:"));
}

void TestEditorForm::knowsJobs() {
    edit("CronJob", "nightly");
    QCOMPARE(line("formSchedule").text(), QStringLiteral("@daily"));
    type("formSchedule", QStringLiteral("5 4 * * *"));
    QVERIFY(says("schedule: 5 4 * * *"));
    find<QCheckBox>("formSuspended")->click();
    QVERIFY(says("suspend: true"));
    type("formImage", QStringLiteral("i:2"));
    QVERIFY(says("image: i:2"));
}

void TestEditorForm::undoesAsOneStep() {
    edit("Deployment", "web");
    const QString before = editor().text();
    type("formReplicas", QStringLiteral("7"));
    QVERIFY(editor().text() != before);
    editor().undo();
    QCOMPARE(editor().text(), before);
    QCOMPARE(line("formReplicas").text(), QStringLiteral("2"));
}

void TestEditorForm::comesToAChange() {
    edit("Deployment", "web");
    type("formImage", QStringLiteral("shop:2"));
    settle();
    find<QPushButton>("editorGo")->click();
    QCOMPARE(m_ways.opened.size(), std::size_t(1));
    const auto& operations = m_changes->all().back()->plan().set.operations;
    QCOMPARE(operations.size(), std::size_t(1));
    QVERIFY(operations[0].body.find("shop:2") != std::string::npos);
}

QTEST_MAIN(TestEditorForm)
#include "tst_editor_form.moc"
