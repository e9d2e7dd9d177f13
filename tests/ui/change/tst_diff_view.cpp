// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/change/diff_pane.h"
#include "ui/change/diff_view.h"

#include <QScrollBar>
#include <QTest>
#include <QTextBlock>

namespace {

std::string numbered(int from, int to) {
    std::string text;
    for (int i = from; i <= to; ++i)
        text += "line" + std::to_string(i) + ": x\n";
    return text;
}

} // namespace

class TestDiffView : public QObject {
    Q_OBJECT
private slots:
    void putsLinesBesideEachOther() {
        ui::DiffView view;
        view.setTexts("a: 1\nb: 2\nd: 4\n", "a: 1\nb: 3\nc: 3\nd: 4\n");
        QCOMPARE(view.left().toPlainText(), QStringLiteral("a: 1\nb: 2\n\nd: 4"));
        QCOMPARE(view.right().toPlainText(), QStringLiteral("a: 1\nb: 3\nc: 3\nd: 4"));
        QCOMPARE(view.differenceCount(), 1);
        QVERIFY(!view.canFold());
    }

    void foldsWhatIsEqual() {
        ui::DiffView view;
        view.setTexts(numbered(1, 40) + "a: 1\n" + numbered(41, 100), numbered(1, 40) + "a: 2\n" + numbered(41, 100));
        QVERIFY(view.canFold());
        QVERIFY(view.isFolded());
        QCOMPARE(view.left().blockCount(), 1 + 4 + 1 + 4 + 1);
        QCOMPARE(view.left().blockCount(), view.right().blockCount());
        view.toggleFold();
        QCOMPARE(view.left().blockCount(), 101);
        QCOMPARE(view.right().blockCount(), 101);
    }

    void showsEqualTextsWhole() {
        ui::DiffView view;
        view.setTexts(numbered(1, 90), numbered(1, 90));
        QCOMPARE(view.left().blockCount(), 90);
        QCOMPARE(view.differenceCount(), 0);
        view.goToDifference(ui::DiffView::Way::Next);
        view.setTexts({}, {});
        QCOMPARE(view.left().toPlainText(), QString());
    }

    void goesRoundItsDifferences() {
        ui::DiffView view;
        view.resize(800, 200);
        view.show();
        view.setTexts("a: 1\n" + numbered(1, 30) + "b: 1\n" + numbered(31, 60) + "c: 1\n",
                      "a: 2\n" + numbered(1, 30) + "b: 2\n" + numbered(31, 60) + "c: 2\n");
        QCOMPARE(view.differenceCount(), 3);
        const auto line = [&view] { return view.left().textCursor().block().text(); };
        QCOMPARE(line(), QStringLiteral("a: 1"));
        for (const char* expected : {"b: 1", "c: 1", "a: 1", "b: 1"}) {
            view.goToDifference(ui::DiffView::Way::Next);
            QCOMPARE(line(), QLatin1String(expected));
        }
        for (const char* expected : {"a: 1", "c: 1", "b: 1"}) {
            view.goToDifference(ui::DiffView::Way::Previous);
            QCOMPARE(line(), QLatin1String(expected));
        }
    }

    void scrollsTogether() {
        ui::DiffView view;
        view.resize(800, 160);
        view.show();
        view.setTexts("a: 1\n" + numbered(1, 300), "a: 2\n" + numbered(1, 300));
        view.toggleFold();
        view.left().verticalScrollBar()->setValue(57);
        QCOMPARE(view.right().verticalScrollBar()->value(), 57);
        view.right().verticalScrollBar()->setValue(12);
        QCOMPARE(view.left().verticalScrollBar()->value(), 12);
    }

    // As where the panel with it comes up after the texts were set.
    void showsTheDifferenceOnceThereIsRoom() {
        ui::DiffView view;
        view.setTexts(numbered(1, 200) + "a: 1\n" + numbered(201, 400),
                      numbered(1, 200) + "a: 2\n" + numbered(201, 400));
        view.toggleFold();
        view.resize(800, 300);
        view.show();
        QCOMPARE(view.left().verticalScrollBar()->value(), view.right().verticalScrollBar()->value());
        QVERIFY(view.left().verticalScrollBar()->value() > 150);
        QVERIFY(view.left().verticalScrollBar()->value() <= 200);
    }
};

QTEST_MAIN(TestDiffView)
#include "tst_diff_view.moc"
