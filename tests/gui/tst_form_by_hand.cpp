// SPDX-License-Identifier: GPL-3.0-or-later
// The editor's form through the window, in Chinese: rules of scheduling are added to a Deployment of a real server,
// pass its strict dry run and are stored, with kubectl as the judge.
#include "tests/gui/window_hand.h"
#include "tests/support/testbed.h"
#include "ui/editor/form/form_line.h"
#include "ui/editor/yaml_editor.h"

#include <QComboBox>
#include <QJsonDocument>
#include <QPushButton>
#include <QScrollArea>
#include <QTest>

namespace {

constexpr int kPatience = 60000;

/// Without pods, so that no rollout waits for nodes that fit.
const char* const kDeployment = R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"cart","namespace":
"team-a"},"spec":{"replicas":0,"selector":{"matchLabels":{"app":"cart"}},"template":{"metadata":{"labels":{"app":"cart"}},
"spec":{"containers":[{"name":"app","image":"cart:1"}]}}}})";

testbed::Cluster& cluster() {
    return testbed::Testbed::instance().cluster("north");
}

QByteArray field(const char* path) {
    return QByteArray::fromStdString(cluster()
                                         .kubectl({"-n", "team-a", "get", "deployment", "cart", "-o",
                                                   std::string("jsonpath={.spec.template.spec.") + path + "}"})
                                         .out);
}

/// Without regard to the order of fields.
void compare(const char* path, const char* json) {
    QCOMPARE(QJsonDocument::fromJson(field(path)), QJsonDocument::fromJson(json));
}

} // namespace

class TestFormByHand : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { TESTBED_UP({"north"}); }
    void cleanup();
    void plansPods_data();
    void plansPods();

private:
    [[nodiscard]] bool start(const QString& theme);
    void openForm();
    void add(const char* rules, const char* button) const;
    void type(const char* rules, const char* name, const QString& text) const;
    /// To look at: PICTURES names a folder.
    void keepPicture(const char* name, const char* shown) const;

    WindowHand m_hand;
};

void TestFormByHand::cleanup() {
    m_hand.program.reset();
    (void)cluster().kubectl({"-n", "team-a", "delete", "deployment", "cart", "--cascade=foreground"});
}

bool TestFormByHand::start(const QString& theme) {
    app::Options options;
    options.kubeconfig = QString::fromStdString(testbed::Testbed::instance().kubeconfig().string());
    options.contexts = {QStringLiteral("north-admin")};
    options.page = QStringLiteral("fleet");
    options.theme = theme;
    options.language = QStringLiteral("zh_CN");
    options.size = QSize(1280, 800);
    return m_hand.start(options) && m_hand.settles();
}

void TestFormByHand::openForm() {
    m_hand.press(Qt::Key_Colon);
    m_hand.type("deployments");
    m_hand.press(Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.table() != nullptr, kPatience);
    m_hand.press(Qt::Key_Slash);
    m_hand.type("cart");
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE(QApplication::focusWidget(), m_hand.table());
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.rows(), 1, kPatience);
    m_hand.table()->setCurrentIndex(m_hand.table()->model()->index(0, 0));
    m_hand.press(Qt::Key_E);
    QTRY_VERIFY(m_hand.visible<ui::YamlEditor>("yamlEditor"));
    QVERIFY(m_hand.settles());
    m_hand.visible<QPushButton>("editorFormToggle")->click();
    QTRY_VERIFY(m_hand.visible<QWidget>("form-nodeAffinity"));
}

void TestFormByHand::add(const char* rules, const char* button) const {
    m_hand.visible<QWidget>(rules)->findChild<QPushButton*>(QLatin1String(button))->click();
}

void TestFormByHand::type(const char* rules, const char* name, const QString& text) const {
    const auto lines = m_hand.visible<QWidget>(rules)->findChildren<ui::FormLine*>(QLatin1String(name));
    QVERIFY(!lines.isEmpty());
    lines.back()->setFocus();
    lines.back()->selectAll();
    QTest::keyClicks(lines.back(), text);
    QCOMPARE(lines.back()->problem(), QString());
    QTest::keyClick(lines.back(), Qt::Key_End);
}

void TestFormByHand::keepPicture(const char* name, const char* shown) const {
    if (!qEnvironmentVariableIsSet("PICTURES"))
        return;
    QCoreApplication::processEvents();
    for (auto* scroll : m_hand.window()->findChildren<QScrollArea*>()) {
        if (auto* widget = scroll->findChild<QWidget*>(QLatin1String(shown)); widget && scroll->isVisible())
            scroll->ensureWidgetVisible(widget);
    }
    m_hand.window()->grab().save(
        qEnvironmentVariable("PICTURES") +
        QStringLiteral("/form-%1-%2.png").arg(QString::fromLatin1(name), QString::fromLatin1(QTest::currentDataTag())));
}

void TestFormByHand::plansPods_data() {
    QTest::addColumn<QString>("theme");
    QTest::newRow("light") << QStringLiteral("light");
    QTest::newRow("dark") << QStringLiteral("dark");
}

void TestFormByHand::plansPods() {
    QFETCH(QString, theme);
    QVERIFY(cluster().api("POST", "/apis/apps/v1/namespaces/team-a/deployments", kDeployment).isOk());
    QVERIFY(start(theme));
    openForm();
    keepPicture("empty", "formAddSpread");
    add("form-nodeAffinity", "formAddRequired");
    type("form-nodeAffinity", "formNodeRule", QStringLiteral("zone in (a,b), disk!=hdd, gpu, !old, cores>4, age<9"));
    add("form-nodeAffinity", "formAddPreferred");
    type("form-nodeAffinity", "formNodeRule", QStringLiteral("disk=ssd"));
    type("form-nodeAffinity", "formRuleWeight", QStringLiteral("80"));
    add("form-podAffinity", "formAddPreferred");
    type("form-podAffinity", "formPodRule", QStringLiteral("app in (cache,store), !old"));
    type("form-podAffinity", "formPodRuleTopology", QStringLiteral("topology.kubernetes.io/zone"));
    type("form-podAffinity", "formPodRuleNamespaces", QStringLiteral("team-a team-b"));
    add("form-podAntiAffinity", "formAddRequired");
    add("editorForm", "formAddSpread");
    auto* otherwise = m_hand.visible<QComboBox>("formSpreadOtherwise");
    otherwise->setCurrentIndex(0);
    emit otherwise->activated(0);
    type("editorForm", "formSpreadDomains", QStringLiteral("2"));
    QVERIFY(m_hand.settles());
    keepPicture("rules", "formAddSpread");
    add("editorForm", "formAddPort");
    type("editorForm", "formPortName", QStringLiteral("http"));
    add("editorForm", "formAddEnvFrom");
    type("editorForm", "formEnvFromName", QStringLiteral("settings"));
    add("editorForm", "formAddVolume");
    type("editorForm", "formVolumeName", QStringLiteral("scratch"));
    type("editorForm", "formVolumeObject", QStringLiteral("1Gi"));
    add("editorForm", "formAddMount");
    type("editorForm", "formMountVolume", QStringLiteral("scratch"));
    type("editorForm", "formMountPath", QStringLiteral("/scratch"));
    QVERIFY(m_hand.settles());
    keepPicture("container", "formAddPort");

    m_hand.visible<QPushButton>("editorGo")->click();
    QVERIFY(m_hand.settles());
    QTRY_VERIFY2(m_hand.label("pageSubtitle").contains(QStringLiteral("试运行")),
                 qPrintable(m_hand.label("pageSubtitle")));
    m_hand.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_hand.isOver());
    compare("affinity.nodeAffinity",
            R"({"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[
            {"key":"zone","operator":"In","values":["a","b"]},{"key":"disk","operator":"NotIn","values":["hdd"]},
            {"key":"gpu","operator":"Exists"},{"key":"old","operator":"DoesNotExist"},
            {"key":"cores","operator":"Gt","values":["4"]},{"key":"age","operator":"Lt","values":["9"]}]}]},
            "preferredDuringSchedulingIgnoredDuringExecution":[{"weight":80,"preference":{"matchExpressions":[
            {"key":"disk","operator":"In","values":["ssd"]}]}}]})");
    compare("affinity.podAffinity",
            R"({"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":50,"podAffinityTerm":{"labelSelector":{
            "matchExpressions":[{"key":"app","operator":"In","values":["cache","store"]},
            {"key":"old","operator":"DoesNotExist"}]},"namespaces":["team-a","team-b"],
            "topologyKey":"topology.kubernetes.io/zone"}}]})");
    compare("affinity.podAntiAffinity",
            R"({"requiredDuringSchedulingIgnoredDuringExecution":[{"labelSelector":{"matchLabels":{"app":"cart"}},
            "topologyKey":"kubernetes.io/hostname"}]})");
    compare("topologySpreadConstraints",
            R"([{"labelSelector":{"matchLabels":{"app":"cart"}},"maxSkew":1,"minDomains":2,
            "topologyKey":"topology.kubernetes.io/zone","whenUnsatisfiable":"DoNotSchedule"}])");
    compare("containers[0].ports", R"([{"containerPort":8080,"name":"http","protocol":"TCP"}])");
    compare("containers[0].envFrom", R"([{"configMapRef":{"name":"settings"}}])");
    compare("containers[0].volumeMounts", R"([{"mountPath":"/scratch","name":"scratch"}])");
    compare("volumes", R"([{"emptyDir":{"sizeLimit":"1Gi"},"name":"scratch"}])");
}

QTEST_MAIN(TestFormByHand)
#include "tst_form_by_hand.moc"
