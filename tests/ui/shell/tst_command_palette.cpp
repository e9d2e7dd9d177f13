// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command_palette.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QTest>

namespace {

std::vector<ui::PaletteEntry> entries(QString* ran = nullptr) {
    std::vector<ui::PaletteEntry> list;
    const auto add = [&](const char* group, const char* text, const char* hint) {
        ui::PaletteEntry entry;
        entry.group = QString::fromLatin1(group);
        entry.text = QString::fromLatin1(text);
        entry.hint = QString::fromLatin1(hint);
        entry.run = [ran, name = entry.text] {
            if (ran)
                *ran = name;
        };
        list.push_back(std::move(entry));
    };
    add("Page", "Fleet", "");
    add("Kind", "Pods", "po");
    add("Kind", "PodDisruptionBudgets", "pdb, policy");
    add("Kind", "ReplicaSets", "rs, apps");
    add("Cluster", "new-york", "");
    return list;
}

QString first(const ui::PaletteModel& model) {
    return model.rowCount() == 0 ? QString() : model.entry(0).text;
}

} // namespace

class TestCommandPalette : public QObject {
    Q_OBJECT
private slots:
    void listsEverythingInOrderAtFirst();
    void bestFitStandsFirst_data();
    void bestFitStandsFirst();
    void enterRunsTheChosenOne();
    void narrowsToNothing();
};

void TestCommandPalette::listsEverythingInOrderAtFirst() {
    ui::PaletteModel model(entries());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 5);
    QCOMPARE(first(model), QStringLiteral("Fleet"));
}

void TestCommandPalette::bestFitStandsFirst_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("found");
    QTest::newRow("exact word") << QStringLiteral("pods") << QStringLiteral("Pods");
    QTest::newRow("short name") << QStringLiteral("pdb") << QStringLiteral("PodDisruptionBudgets");
    QTest::newRow("capitals") << QStringLiteral("rs") << QStringLiteral("ReplicaSets");
    QTest::newRow("part") << QStringLiteral("york") << QStringLiteral("new-york");
    QTest::newRow("with its group") << QStringLiteral("cluster ny") << QStringLiteral("new-york");
}

void TestCommandPalette::bestFitStandsFirst() {
    QFETCH(QString, typed);
    ui::PaletteModel model(entries());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTyped(typed);
    QTEST(first(model), "found");
}

void TestCommandPalette::enterRunsTheChosenOne() {
    QString ran;
    auto* palette = new ui::CommandPalette(entries(&ran), nullptr);
    palette->show();
    auto* search = palette->findChild<QLineEdit*>(QStringLiteral("paletteSearch"));
    QTest::keyClicks(search, QStringLiteral("pod"));
    QTest::keyClick(search, Qt::Key_Down);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(ran, QStringLiteral("PodDisruptionBudgets"));
}

void TestCommandPalette::narrowsToNothing() {
    ui::PaletteModel model(entries());
    model.setTyped(QStringLiteral("zzz"));
    QCOMPARE(model.rowCount(), 0);
    model.setTyped(QString());
    QCOMPARE(model.rowCount(), 5);
}

QTEST_MAIN(TestCommandPalette)
#include "tst_command_palette.moc"
