// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command.h"
#include "ui/shell/destinations.h"

#include <QTest>

using Verb = ui::Command::Verb;

class TestCommand : public QObject {
    Q_OBJECT
private slots:
    void readsWhatWasTyped_data();
    void readsWhatWasTyped();
    void joinsKindAndPlural_data();
    void joinsKindAndPlural();
};

void TestCommand::readsWhatWasTyped_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("verb");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("ns");
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("context");
    const auto row = [](const char* typed, Verb verb, const char* subject = "", const char* ns = "",
                        const char* filter = "", const char* context = "") {
        const auto text = [](const char* latin1) { return QString::fromLatin1(latin1); };
        QTest::newRow(typed) << text(typed) << static_cast<int>(verb) << text(subject) << text(ns) << text(filter)
                             << text(context);
    };
    row("", Verb::Nothing);
    row("  ", Verb::Nothing);
    row("pods", Verb::Subject, "pods");
    row(":pods", Verb::Subject, "pods");
    row("po shop", Verb::Subject, "po", "shop");
    row("po shop /cart -test", Verb::Subject, "po", "shop", "cart -test");
    row("po /!cart", Verb::Subject, "po", "", "-cart");
    row("po app=shop,tier!=db", Verb::Subject, "po", "", "label:app=shop,tier!=db");
    row("po app=shop /cart", Verb::Subject, "po", "", "label:app=shop cart");
    row("svc @houston", Verb::Subject, "svc", "", "", "houston");
    row("deploy shop @houston", Verb::Subject, "deploy", "shop", "", "houston");
    row("ctx", Verb::Context);
    row("ctx houston", Verb::Context, "houston");
    row("ns shop", Verb::Namespace, "shop");
    row("ns", Verb::Namespace);
    row("q!", Verb::Quit);
    row("help", Verb::Help);
    row("settings", Verb::Settings);
}

void TestCommand::readsWhatWasTyped() {
    QFETCH(QString, typed);
    QFETCH(int, verb);
    const ui::Command command = ui::parseCommand(typed);
    QCOMPARE(static_cast<int>(command.verb), verb);
    QTEST(command.subject, "subject");
    QTEST(command.ns, "ns");
    QTEST(command.filter, "filter");
    QTEST(command.context, "context");
}

void TestCommand::joinsKindAndPlural_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("plural");
    QTest::addColumn<QString>("title");
    QTest::newRow("pods") << QStringLiteral("Pod") << QStringLiteral("pods") << QStringLiteral("Pods");
    QTest::newRow("inner capitals") << QStringLiteral("CronJob") << QStringLiteral("cronjobs")
                                    << QStringLiteral("CronJobs");
    QTest::newRow("y") << QStringLiteral("NetworkPolicy") << QStringLiteral("networkpolicies")
                       << QStringLiteral("NetworkPolicies");
    QTest::newRow("same") << QStringLiteral("Endpoints") << QStringLiteral("endpoints") << QStringLiteral("Endpoints");
}

void TestCommand::joinsKindAndPlural() {
    QFETCH(QString, kind);
    QFETCH(QString, plural);
    QTEST(ui::kindTitle(kind.toStdString(), plural.toStdString()), "title");
}

QTEST_APPLESS_MAIN(TestCommand)
#include "tst_command.moc"
