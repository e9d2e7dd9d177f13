// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/fuzzy.h"

#include <QTest>

class TestFuzzy : public QObject {
    Q_OBJECT
private slots:
    void fits_data();
    void fits();
    void prefers_data();
    void prefers();
};

void TestFuzzy::fits_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("fits");
    QTest::newRow("nothing typed") << QString() << QStringLiteral("Pods") << true;
    QTest::newRow("in order") << QStringLiteral("dpl") << QStringLiteral("Deployments") << true;
    QTest::newRow("not in order") << QStringLiteral("lpd") << QStringLiteral("Deployments") << false;
    QTest::newRow("twice the letter") << QStringLiteral("pp") << QStringLiteral("Pods") << false;
    QTest::newRow("two words") << QStringLiteral("go pod") << QStringLiteral("Pods: go there") << true;
    QTest::newRow("longer than text") << QStringLiteral("podsies") << QStringLiteral("Pods") << false;
    QTest::newRow("empty text") << QStringLiteral("a") << QString() << false;
}

void TestFuzzy::fits() {
    QFETCH(QString, typed);
    QFETCH(QString, text);
    QFETCH(bool, fits);
    QCOMPARE(ui::fuzzyScore(typed, text).has_value(), fits);
}

void TestFuzzy::prefers_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("better");
    QTest::addColumn<QString>("worse");
    QTest::newRow("exact") << QStringLiteral("pods") << QStringLiteral("Pods") << QStringLiteral("Pods Metrics");
    QTest::newRow("word start") << QStringLiteral("rs") << QStringLiteral("ReplicaSets") << QStringLiteral("Endpoints");
    QTest::newRow("start of text") << QStringLiteral("no") << QStringLiteral("Nodes") << QStringLiteral("Runon");
    QTest::newRow("run") << QStringLiteral("york") << QStringLiteral("new-york") << QStringLiteral("yellow-o-r-k");
}

void TestFuzzy::prefers() {
    QFETCH(QString, typed);
    QFETCH(QString, better);
    QFETCH(QString, worse);
    QVERIFY(ui::fuzzyScore(typed, better).value() > ui::fuzzyScore(typed, worse).value_or(-1000));
}

QTEST_APPLESS_MAIN(TestFuzzy)
#include "tst_fuzzy.moc"
