// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/picker.h"

#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QTest>

#include <memory>

class TestPicker : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_picker.reset(); }
    void takesTheOneThatFits();
    void ticksSeveral();
    void allIsNone();
    void offersWhatIsTyped();
    void addsWhatIsTypedBesideOthers();
    void refusesWhatNoNamespaceIsCalled_data();
    void refusesWhatNoNamespaceIsCalled();
    void takesOutWhatWasTyped();
    void takesOutByTheCross();
    void offersNothingWhereItRefuses();

private:
    void open(ui::Picker::Typed typed);
    void press(Qt::Key key) { QTest::keyClick(m_search, key); }
    void type(const char* text) { QTest::keyClicks(m_search, QString::fromLatin1(text)); }
    [[nodiscard]] QStringList visible() const;

    std::unique_ptr<ui::Picker> m_picker;
    QLineEdit* m_search = nullptr;
    QListWidget* m_list = nullptr;
    QStringList m_picked;
    std::unique_ptr<QSignalSpy> m_added;
    std::unique_ptr<QSignalSpy> m_removed;
};

void TestPicker::init() {
    open(ui::Picker::Typed::Taken);
}

void TestPicker::open(ui::Picker::Typed typed) {
    const QString pay = QStringLiteral("payments");
    const QString shop = QStringLiteral("shop");
    const QString own = QStringLiteral("team-a");
    m_picker = std::make_unique<ui::Picker>(
        QStringLiteral("Namespaces"), QStringLiteral("All"),
        std::vector<ui::PickerItem>{{pay, pay}, {shop, shop, -1, true}, {own, own, -1, false, true}}, typed, nullptr);
    m_picker->setAttribute(Qt::WA_DeleteOnClose, false);
    m_search = m_picker->findChild<QLineEdit*>();
    m_list = m_picker->findChild<QListWidget*>();
    m_picked = {QStringLiteral("nothing yet")};
    connect(m_picker.get(), &ui::Picker::picked, this, [this](const QStringList& keys) { m_picked = keys; });
    m_added = std::make_unique<QSignalSpy>(m_picker.get(), &ui::Picker::added);
    m_removed = std::make_unique<QSignalSpy>(m_picker.get(), &ui::Picker::removed);
    m_picker->show();
}

QStringList TestPicker::visible() const {
    QStringList texts;
    for (int i = 0; i < m_list->count(); ++i) {
        if (!m_list->item(i)->isHidden())
            texts.append(m_list->item(i)->text());
    }
    return texts;
}

void TestPicker::takesTheOneThatFits() {
    type("pay");
    press(Qt::Key_Return);
    QCOMPARE(m_picked, QStringList{QStringLiteral("payments")});
    QVERIFY(!m_picker->isVisible());
    QCOMPARE(m_added->size(), 0);
}

void TestPicker::ticksSeveral() {
    press(Qt::Key_Down);
    press(Qt::Key_Space);
    QCOMPARE(m_picked, (QStringList{QStringLiteral("payments"), QStringLiteral("shop")}));
    QCOMPARE(m_list->item(0)->checkState(), Qt::Unchecked);
    QVERIFY(m_picker->isVisible());
}

void TestPicker::allIsNone() {
    press(Qt::Key_Space);
    QCOMPARE(m_picked, QStringList());
    QCOMPARE(m_list->item(0)->checkState(), Qt::Checked);
    QCOMPARE(m_list->item(2)->checkState(), Qt::Unchecked);
}

void TestPicker::offersWhatIsTyped() {
    type("shop-test");
    QCOMPARE(visible(), QStringList{QStringLiteral("Use “shop-test”")});
    press(Qt::Key_Return);
    QCOMPARE(m_added->value(0).value(0).toString(), QStringLiteral("shop-test"));
    QCOMPARE(m_picked, QStringList{QStringLiteral("shop-test")});
    QVERIFY(!m_picker->isVisible());
}

void TestPicker::addsWhatIsTypedBesideOthers() {
    // Behind what fits, and not at all for a name that is there.
    type("sho");
    QCOMPARE(visible(), (QStringList{QStringLiteral("shop"), QStringLiteral("Use “sho”")}));
    type("p");
    QCOMPARE(visible(), QStringList{QStringLiteral("shop")});
    type("s");
    press(Qt::Key_Space);
    QCOMPARE(m_picked, (QStringList{QStringLiteral("shop"), QStringLiteral("shops")}));
    QCOMPARE(m_added->size(), 1);
    QVERIFY(m_search->text().isEmpty());
    QCOMPARE(m_list->currentItem()->text(), QStringLiteral("shops"));
    press(Qt::Key_Delete);
    QCOMPARE(m_picked, QStringList{QStringLiteral("shop")});
    QCOMPARE(m_removed->size(), 1);
}

void TestPicker::refusesWhatNoNamespaceIsCalled_data() {
    QTest::addColumn<QString>("typed");
    QTest::newRow("capitals") << QStringLiteral("Zoo");
    QTest::newRow("dots") << QStringLiteral("zoo.one");
    QTest::newRow("ends in a dash") << QStringLiteral("zoo-");
    QTest::newRow("too long") << QString(64, QLatin1Char('z'));
}

void TestPicker::refusesWhatNoNamespaceIsCalled() {
    QFETCH(QString, typed);
    QTest::keyClicks(m_search, typed);
    QCOMPARE(visible().size(), 1);
    press(Qt::Key_Return);
    press(Qt::Key_Space);
    QVERIFY(m_picker->isVisible());
    QCOMPARE(m_picked, QStringList{QStringLiteral("nothing yet")});
    QCOMPARE(m_added->size(), 0);
}

void TestPicker::takesOutWhatWasTyped() {
    type("team");
    press(Qt::Key_Delete);
    QCOMPARE(m_removed->value(0).value(0).toString(), QStringLiteral("team-a"));
    QVERIFY(m_list->findItems(QStringLiteral("team-a"), Qt::MatchExactly).isEmpty());
    // It was not ticked: what is looked at stays. What the cluster told cannot be taken out.
    QCOMPARE(m_picked, QStringList{QStringLiteral("nothing yet")});
    m_search->clear();
    type("shop");
    press(Qt::Key_Delete);
    QCOMPARE(m_removed->size(), 1);
}

void TestPicker::takesOutByTheCross() {
    const QRect row = m_list->visualItemRect(m_list->item(3));
    QTest::mouseClick(m_list->viewport(), Qt::LeftButton, {},
                      QPoint(m_list->viewport()->width() - 8, row.center().y()));
    QCOMPARE(m_removed->size(), 1);
    const QRect other = m_list->visualItemRect(m_list->item(1));
    QTest::mouseClick(m_list->viewport(), Qt::LeftButton, {},
                      QPoint(m_list->viewport()->width() - 8, other.center().y()));
    QCOMPARE(m_removed->size(), 1);
}

void TestPicker::offersNothingWhereItRefuses() {
    open(ui::Picker::Typed::Refused);
    type("elsewhere");
    QCOMPARE(visible(), QStringList());
    press(Qt::Key_Return);
    QVERIFY(m_picker->isVisible());
    QCOMPARE(m_picked, QStringList{QStringLiteral("nothing yet")});
}

QTEST_MAIN(TestPicker)
#include "tst_picker.moc"
