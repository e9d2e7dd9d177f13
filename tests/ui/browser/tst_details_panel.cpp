// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/fleet/servers.h"
#include "ui/browser/details_panel.h"

#include <QCheckBox>
#include <QPlainTextEdit>
#include <QTest>

using namespace std::chrono_literals;

class TestDetailsPanel : public QObject {
    Q_OBJECT
private slots:
    void hidesWhatSecretsKeepUntilAsked();
};

// Also where YAML is the tab that was open last, and for each secret anew.
void TestDetailsPanel::hidesWhatSecretsKeepUntilAsked() {
    Servers bench({"paris"});
    FakeApi& api = bench.api("paris");
    api.serve("v1", "Secret", "secrets", true);
    api.serve("v1", "ConfigMap", "configmaps", true);
    api.put("secrets", "shop", "login", R"(,"data":{"password":"c2VjcmV0"})");
    api.put("secrets", "shop", "other", R"(,"data":{"password":"c2VjcmV0"})");
    api.put("configmaps", "shop", "plain", R"(,"data":{"password":"c2VjcmV0"})");
    bench.connect("paris");
    const auto subject = [&bench](const char* kind, const char* name) {
        ui::ObjectSubject made;
        made.kind = *bench.fleet->kinds(bench.id("paris"))->findKind("v1", kind);
        made.key.cluster = bench.id("paris");
        made.key.ns = "shop";
        made.key.name = name;
        made.key.uid = kube::Uid::fromText({}, "shop", name);
        return made;
    };
    ui::DetailsPanel panel(*bench.fleet);
    panel.resize(400, 300);
    panel.setTab(ui::DetailsPanel::Tab::Yaml);
    panel.show();
    const auto* text = panel.findChild<QPlainTextEdit*>(QStringLiteral("yamlText"));
    auto* values = panel.findChild<QCheckBox*>(QStringLiteral("yamlValues"));
    const auto shows = [&](const char* part) {
        return QTest::qWaitFor([&] {
            bench.pass(50ms);
            return text->toPlainText().contains(QLatin1String(part));
        });
    };
    const auto isClear = [text] { return text->toPlainText().contains(QLatin1String("c2VjcmV0")); };

    panel.setSubject(subject("Secret", "login"));
    QVERIFY(shows("name: login"));
    QVERIFY(!isClear());
    QVERIFY(text->toPlainText().contains(QLatin1String("password: hidden ")));
    QVERIFY(values->isVisible());
    values->click();
    QVERIFY(isClear());

    panel.setSubject(subject("Secret", "other"));
    QVERIFY(shows("name: other"));
    QVERIFY(!isClear());
    QVERIFY(!values->isChecked());

    panel.setSubject(subject("ConfigMap", "plain"));
    QVERIFY(shows("name: plain"));
    QVERIFY(isClear());
    QVERIFY(!values->isVisible());
}

QTEST_MAIN(TestDetailsPanel)
#include "tst_details_panel.moc"
