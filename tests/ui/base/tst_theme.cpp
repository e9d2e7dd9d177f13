// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/theme.h"

#include <QApplication>
#include <QPalette>
#include <QTest>

#include <cmath>

namespace {

double channel(double c) {
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

// WCAG 2: relative luminance and contrast ratio.
double luminance(const QColor& c) {
    return 0.2126 * channel(c.redF()) + 0.7152 * channel(c.greenF()) + 0.0722 * channel(c.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace

class TestTheme : public QObject {
    Q_OBJECT
private slots:
    void inksKeepContrast_data();
    void inksKeepContrast();
    void choiceSwitchesPaletteLive();
    void everyMarkHasAnInk();
};

void TestTheme::inksKeepContrast_data() {
    QTest::addColumn<int>("scheme");
    QTest::newRow("light") << static_cast<int>(ui::Scheme::Light);
    QTest::newRow("dark") << static_cast<int>(ui::Scheme::Dark);
}

void TestTheme::inksKeepContrast() {
    QFETCH(int, scheme);
    const ui::Tokens& t = ui::tokens(static_cast<ui::Scheme>(scheme));
    const std::array<QColor, 3> grounds = {t.window, t.panel, t.selection};
    const std::array<QColor, 8> inks = {t.text, t.muted, t.accent, t.good, t.attention, t.broken, t.info, t.away};
    for (const QColor& ground : grounds) {
        for (const QColor& ink : inks) {
            const double ratio = contrast(ink, ground);
            QVERIFY2(ratio >= 4.5,
                     qPrintable(QStringLiteral("%1 on %2 is %3").arg(ink.name(), ground.name()).arg(ratio, 0, 'f', 2)));
        }
    }
    QVERIFY(contrast(t.accent, t.accentGround) >= 4.5);
    QVERIFY(contrast(t.text, t.added) >= 4.5);
    QVERIFY(contrast(t.text, t.removed) >= 4.5);
    QVERIFY(contrast(t.text, t.line) >= 4.5);
}

void TestTheme::choiceSwitchesPaletteLive() {
    ui::Theme theme(ui::SchemeChoice::Light);
    QCOMPARE(QApplication::palette().color(QPalette::Window), ui::tokens(ui::Scheme::Light).window);
    int switches = 0;
    connect(&theme, &ui::Theme::schemeChanged, this, [&switches] { ++switches; });
    theme.setChoice(ui::SchemeChoice::Dark);
    QCOMPARE(switches, 1);
    QCOMPARE(QApplication::palette().color(QPalette::Window), ui::tokens(ui::Scheme::Dark).window);
    QCOMPARE(ui::tokens().text, ui::tokens(ui::Scheme::Dark).text);
    theme.setChoice(ui::SchemeChoice::Dark);
    QCOMPARE(switches, 1);
}

void TestTheme::everyMarkHasAnInk() {
    for (int m = 0; m <= static_cast<int>(ui::Mark::NotConnected); ++m)
        QVERIFY(ui::tokens(ui::Scheme::Light).mark(static_cast<ui::Mark>(m)).isValid());
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
