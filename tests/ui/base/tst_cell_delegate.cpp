// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/cell_delegate.h"
#include "ui/base/marks.h"
#include "ui/base/theme.h"

#include <QImage>
#include <QPainter>
#include <QTest>

#include <set>

namespace {

QImage paint(const ui::Cell& cell, int width = 160) {
    QImage image(width, 26, QImage::Format_ARGB32);
    image.fill(ui::tokens().panel);
    QPainter painter(&image);
    ui::paintCell(painter, image.rect(), cell);
    return image;
}

int firstInked(const QImage& image) {
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y) {
            if (image.pixelColor(x, y) != ui::tokens().panel)
                return x;
        }
    }
    return -1;
}

} // namespace

class TestCellDelegate : public QObject {
    Q_OBJECT
private slots:
    void bandStandsAtTheLeftEdge();
    void marksDifferInShape();
    void barGrowsWithShare();
    void figuresEndAtTheSamePlace();
    void widthHoldsTheText();
};

void TestCellDelegate::bandStandsAtTheLeftEdge() {
    ui::Cell cell;
    cell.hue = 1;
    const QImage image = paint(cell);
    for (int x = 0; x < ui::Measure::band; ++x)
        QCOMPARE(image.pixelColor(x, 13), ui::tokens().hues[1]);
    QCOMPARE(image.pixelColor(ui::Measure::band, 13), ui::tokens().panel);
}

// Drawn in one colour, no two marks of different meaning look alike (good, info and done share the disc by design).
void TestCellDelegate::marksDifferInShape() {
    const auto shape = [](ui::Mark mark) {
        QImage image(20, 20, QImage::Format_ARGB32);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        ui::paintMark(painter, QRectF(0, 0, 20, 20), mark);
        painter.end();
        return image.convertToFormat(QImage::Format_Alpha8);
    };
    const std::array<ui::Mark, 5> marks = {ui::Mark::Good, ui::Mark::Attention, ui::Mark::Broken, ui::Mark::Away,
                                           ui::Mark::NotConnected};
    for (std::size_t a = 0; a < marks.size(); ++a) {
        for (std::size_t b = a + 1; b < marks.size(); ++b)
            QVERIFY(shape(marks[a]) != shape(marks[b]));
    }
}

void TestCellDelegate::barGrowsWithShare() {
    const auto filled = [](double share) {
        ui::Cell cell;
        cell.share = share;
        const QImage image = paint(cell);
        int count = 0;
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, 13) == ui::tokens().accent ? 1 : 0;
        return count;
    };
    QCOMPARE(filled(0), 0);
    QVERIFY(filled(0.5) > filled(0.2));
    QVERIFY(filled(1) > filled(0.5));
    QCOMPARE(filled(1.7), filled(1));
}

void TestCellDelegate::figuresEndAtTheSamePlace() {
    ui::Cell ones;
    ones.text = QStringLiteral("111");
    ones.align = ui::CellAlign::Right;
    ui::Cell eights = ones;
    eights.text = QStringLiteral("888");
    QCOMPARE(ui::cellWidth(ones), ui::cellWidth(eights));
    QVERIFY(firstInked(paint(ones)) > 80);
}

void TestCellDelegate::widthHoldsTheText() {
    ui::Cell cell;
    cell.text = QStringLiteral("new-york");
    const int plain = ui::cellWidth(cell);
    cell.chip = QStringLiteral("protected");
    const int withChip = ui::cellWidth(cell);
    cell.mark = ui::Mark::Good;
    QVERIFY(plain < withChip);
    QVERIFY(withChip < ui::cellWidth(cell));
}

QTEST_MAIN(TestCellDelegate)
#include "tst_cell_delegate.moc"
