// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/manifest/selector_field.h"

#include <QRandomGenerator>
#include <QtTest>

using kube::FieldSteps;
using kube::SelectorForm;
using kube::YamlObject;

namespace {

constexpr const char* kRules = R"(labels:
  # who
  matchLabels:
    app: web   # the shop
    tier: front
  matchExpressions:
  # not the old
  - key: old
    operator: DoesNotExist
  - key: zone   # where
    operator: In
    values: [a, b]
node:
  matchFields:
  - {key: metadata.name, operator: In, values: [n1]}
  matchExpressions:
  - key: cores
    operator: Gt
    values: ["4"]
odd:
  matchExpressions:
  - {key: a, operator: Like, values: [b]}
blank: {matchLabels: {a: "x y"}}
number: {matchLabels: {a: 5}}
other: {matchLabels: {a: b}, more: 1}
every: {}
)";

YamlObject read(const std::string& text) {
    return YamlObject::read(text).value();
}

const FieldSteps kLabels{{"labels"}};
const FieldSteps kNode{{"node"}};

} // namespace

class TestSelectorField : public QObject {
    Q_OBJECT
private slots:
    void reads();
    void refusesToShowWhatIsNoSelector_data();
    void refusesToShowWhatIsNoSelector();
    void keepsWhatStays();
    void writesNodeTerms();
    void rewritesExpressionsInTheirPlaces();
    void takesAway();
    void knowsWhatItTakes();
    void readsBackWhatItWrote();
};

void TestSelectorField::reads() {
    const YamlObject object = read(kRules);
    QCOMPARE(selectorAt(object, kLabels, SelectorForm::Labels).value(),
             std::string("app=web, tier=front, !old, zone in (a,b)"));
    QCOMPARE(selectorAt(object, kNode, SelectorForm::NodeTerm).value(), std::string("cores>4"));
    QCOMPARE(selectorAt(object, {{"every"}}, SelectorForm::Labels).value(), std::string());
    QCOMPARE(selectorAt(object, {{"none"}}, SelectorForm::Labels).value(), std::string());
}

void TestSelectorField::refusesToShowWhatIsNoSelector_data() {
    QTest::addColumn<QByteArray>("field");
    for (const char* field : {"odd", "blank", "number", "other"})
        QTest::newRow(field) << QByteArray(field);
}

void TestSelectorField::refusesToShowWhatIsNoSelector() {
    QFETCH(const QByteArray, field);
    QVERIFY(!selectorAt(read(kRules), {{field.toStdString()}}, SelectorForm::Labels));
}

void TestSelectorField::keepsWhatStays() {
    YamlObject object = read(kRules);
    QVERIFY(setSelector(object, kLabels, SelectorForm::Labels, "zone in (a,c),app=web,!old,new", 0));
    QString wanted = QString::fromUtf8(kRules);
    wanted.replace(QLatin1String("    tier: front\n"), QString());
    wanted.replace(QLatin1String("    values: [a, b]\n"), QLatin1String("    values:\n    - a\n    - c\n"
                                                                        "  - key: new\n    operator: Exists\n"));
    QCOMPARE(QString::fromStdString(object.text()), wanted);
    // The same in other words is no change.
    const std::string before = object.text();
    QVERIFY(setSelector(object, kLabels, SelectorForm::Labels, "new, app == web, !old, zone in (a, c)", 0));
    QCOMPARE(object.text(), before);
}

void TestSelectorField::writesNodeTerms() {
    YamlObject object = read(kRules);
    QVERIFY(setSelector(object, kNode, SelectorForm::NodeTerm, "cores>8,disk=ssd,zone notin (a,b),!gpu,age<3", 0));
    QCOMPARE(selectorAt(object, kNode, SelectorForm::NodeTerm).value(),
             std::string("cores>8, disk=ssd, zone notin (a,b), !gpu, age<3"));
    QVERIFY(object.text().find("- {key: metadata.name, operator: In, values: [n1]}") != std::string::npos);
    QVERIFY(object.text().find("- \"8\"") != std::string::npos || object.text().find("[\"8\"]") != std::string::npos);
    QVERIFY(!object.has(kNode / "matchLabels"));
}

// As somebody types a key, letter by letter.
void TestSelectorField::rewritesExpressionsInTheirPlaces() {
    YamlObject object = read(kRules);
    for (const char* text : {"app=web,tier=front,!old,zon in (a,b)", "app=web,tier=front,!old,zon notin (a,b)"})
        QVERIFY(setSelector(object, kLabels, SelectorForm::Labels, text, 0));
    QVERIFY(object.text().find("  - key: zon   # where\n    operator: NotIn\n    values: [a, b]\n") !=
            std::string::npos);
}

void TestSelectorField::takesAway() {
    YamlObject object = read("a:\n  b:\n    s:\n      matchLabels: {x: y}\n  # kept\n  c: 1\n");
    const FieldSteps path{{"a"}, {"b"}, {"s"}};
    QVERIFY(setSelector(object, path, SelectorForm::Labels, "x in (y,z)", 2));
    QVERIFY(!object.has(path / "matchLabels"));
    QVERIFY(setSelector(object, path, SelectorForm::Labels, " ", 2));
    QVERIFY(!object.has(path));
    QCOMPARE(object.text(), std::string("a:\n  b: {}\n  # kept\n  c: 1\n"));
    YamlObject rules = read(kRules);
    QVERIFY(setSelector(rules, kNode, SelectorForm::NodeTerm, "", 1));
    QVERIFY(!rules.has(kNode / "matchExpressions"));
    QVERIFY(rules.has(kNode / "matchFields"));
}

void TestSelectorField::knowsWhatItTakes() {
    QVERIFY(kube::isSelector("cores>4", SelectorForm::NodeTerm));
    QVERIFY(!kube::isSelector("cores>4", SelectorForm::Labels));
    QVERIFY(!kube::isSelector("cores>four", SelectorForm::NodeTerm));
    QVERIFY(!kube::isSelector("a in (", SelectorForm::Labels));
    QVERIFY(kube::isSameSelector("a, b in (c)", "b=c,a"));
    QVERIFY(!kube::isSameSelector("a", "!a"));
    YamlObject object = read(kRules);
    QVERIFY(!setSelector(object, kLabels, SelectorForm::Labels, "cores>4", 0));
    QCOMPARE(object.text(), std::string(kRules));
}

void TestSelectorField::readsBackWhatItWrote() {
    QRandomGenerator random(7);
    const QStringList parts{
        QStringLiteral("app=web"), QStringLiteral("app=shop"),     QStringLiteral("app in (a,b)"),
        QStringLiteral("!old"),    QStringLiteral("zone"),         QStringLiteral("zone!=a"),
        QStringLiteral("tier="),   QStringLiteral("zone in (a,)"), QStringLiteral("k/x notin (1,2)")};
    YamlObject object = read(kRules);
    for (int round = 0; round < 300; ++round) {
        QStringList chosen;
        for (int left = random.bounded(1, 6); left > 0; --left)
            chosen.append(parts[random.bounded(int(parts.size()))]);
        const std::string text = chosen.join(u',').toStdString();
        const auto form = round % 2 == 0 ? SelectorForm::Labels : SelectorForm::NodeTerm;
        const FieldSteps& path = round % 2 == 0 ? kLabels : kNode;
        QVERIFY2(setSelector(object, path, form, text, 1), text.c_str());
        const auto back = selectorAt(object, path, form);
        QVERIFY2(back && kube::isSameSelector(*back, text), (text + " / " + back.value_or("?")).c_str());
    }
    QVERIFY(object.text().find("metadata.name") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestSelectorField)
#include "tst_selector_field.moc"
