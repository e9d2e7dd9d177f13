// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/theme.h"

#include "ui/base/box_style.h"
#include "ui/base/scheme_portal.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QWidget>

namespace ui {

namespace {

constexpr std::array<QRgb, 8> kHues = {0xFF2563EB, 0xFFD97706, 0xFF0D9488, 0xFF9333EA,
                                       0xFFDB2777, 0xFF65A30D, 0xFF0891B2, 0xFF78716C};

std::array<QColor, 8> hueColors() {
    std::array<QColor, 8> colors;
    for (std::size_t i = 0; i < colors.size(); ++i)
        colors[i] = QColor::fromRgb(kHues[i]);
    return colors;
}

// Readable on the panel: dark inks where it is white, light ones where it is dark.
constexpr std::array<QRgb, 16> kTerminalLight = {0xFF1B2430, 0xFFB91C1C, 0xFF166B37, 0xFF8A5A00, 0xFF1D4ED8, 0xFF9333A8,
                                                 0xFF0B6B75, 0xFFC9CFD8, 0xFF566172, 0xFFDC2626, 0xFF15803D, 0xFFA16207,
                                                 0xFF2563EB, 0xFFB02FC4, 0xFF0E7C8A, 0xFFF6F7F9};
constexpr std::array<QRgb, 16> kTerminalDark = {0xFF2B323D, 0xFFF47174, 0xFF4ADE80, 0xFFE5B84B, 0xFF6EA8FE, 0xFFC792EA,
                                                0xFF45C8D6, 0xFFCBD2DC, 0xFF7A8696, 0xFFFF9A9C, 0xFF86EFAC, 0xFFFCD34D,
                                                0xFF9CC4FF, 0xFFE0B3F7, 0xFF7FE3EE, 0xFFF8FAFC};

std::array<QColor, 16> terminalColors(const std::array<QRgb, 16>& values) {
    std::array<QColor, 16> colors;
    for (std::size_t i = 0; i < colors.size(); ++i)
        colors[i] = QColor::fromRgb(values[i]);
    return colors;
}

std::array<QColor, 8> terminalGrounds() {
    std::array<QColor, 8> colors;
    for (std::size_t i = 0; i < colors.size(); ++i)
        colors[i] = QColor::fromRgb(kTerminalLight[i]);
    return colors;
}

Tokens lightTokens() {
    Tokens t;
    t.window = QColor(0xF6, 0xF7, 0xF9);
    t.panel = QColor(0xFF, 0xFF, 0xFF);
    t.line = QColor(0xE3, 0xE6, 0xEB);
    t.text = QColor(0x1B, 0x24, 0x30);
    t.muted = QColor(0x56, 0x61, 0x72);
    t.accent = QColor(0x1D, 0x4E, 0xD8);
    t.accentGround = QColor(0xE6, 0xEE, 0xFD);
    t.selection = QColor(0xDC, 0xE7, 0xFB);
    t.good = QColor(0x16, 0x6B, 0x37);
    t.attention = QColor(0x9A, 0x4A, 0x08);
    t.broken = QColor(0xB9, 0x1C, 0x1C);
    t.info = QColor(0x07, 0x59, 0x85);
    t.away = QColor(0x59, 0x64, 0x75);
    t.added = QColor(0xE4, 0xF5, 0xE9);
    t.removed = QColor(0xFB, 0xE7, 0xE7);
    t.hues = hueColors();
    t.terminal = terminalColors(kTerminalLight);
    t.terminalGrounds = terminalGrounds();
    return t;
}

Tokens darkTokens() {
    Tokens t;
    t.window = QColor(0x14, 0x18, 0x1F);
    t.panel = QColor(0x1B, 0x20, 0x29);
    t.line = QColor(0x2B, 0x32, 0x3D);
    t.text = QColor(0xE4, 0xE8, 0xEE);
    t.muted = QColor(0xA3, 0xAE, 0xBD);
    t.accent = QColor(0x7D, 0xB0, 0xFF);
    t.accentGround = QColor(0x1F, 0x33, 0x57);
    t.selection = QColor(0x22, 0x38, 0x5F);
    t.good = QColor(0x4A, 0xDE, 0x80);
    t.attention = QColor(0xFB, 0xBF, 0x24);
    t.broken = QColor(0xFB, 0x8C, 0x8C);
    t.info = QColor(0x38, 0xBD, 0xF8);
    t.away = QColor(0xA0, 0xAB, 0xBA);
    t.added = QColor(0x17, 0x30, 0x23);
    t.removed = QColor(0x3A, 0x1F, 0x22);
    t.hues = hueColors();
    t.terminal = terminalColors(kTerminalDark);
    t.terminalGrounds = terminalGrounds();
    return t;
}

Scheme s_scheme = Scheme::Light;
Density s_density = Density::Comfortable;

QPalette makePalette(const Tokens& t) {
    QPalette p;
    const auto set = [&p](QPalette::ColorRole role, const QColor& color, const QColor& disabled) {
        p.setColor(QPalette::Active, role, color);
        p.setColor(QPalette::Inactive, role, color);
        p.setColor(QPalette::Disabled, role, disabled);
    };
    QColor faint = t.muted;
    faint.setAlphaF(0.6F);
    set(QPalette::Window, t.window, t.window);
    set(QPalette::Base, t.panel, t.panel);
    set(QPalette::AlternateBase, t.panel, t.panel);
    set(QPalette::Button, t.panel, t.window);
    set(QPalette::ToolTipBase, t.panel, t.panel);
    set(QPalette::WindowText, t.text, faint);
    set(QPalette::Text, t.text, faint);
    set(QPalette::ButtonText, t.text, faint);
    set(QPalette::ToolTipText, t.text, faint);
    set(QPalette::PlaceholderText, t.muted, faint);
    set(QPalette::BrightText, t.broken, t.broken);
    set(QPalette::Highlight, t.selection, t.line);
    set(QPalette::HighlightedText, t.text, faint);
    set(QPalette::Link, t.info, faint);
    set(QPalette::LinkVisited, t.info, faint);
    set(QPalette::Light, t.panel, t.panel);
    set(QPalette::Midlight, t.line, t.line);
    set(QPalette::Mid, t.line, t.line);
    set(QPalette::Dark, t.line, t.line);
    set(QPalette::Shadow, t.line, t.line);
    return p;
}

// Only what the palette cannot say: hairlines, rounded panels, flat buttons, headers without relief.
QString makeStyleSheet(const Tokens& t) {
    QString sheet = QStringLiteral(R"(
* { outline: 0; }
QToolTip { color: {text}; background: {panel}; border: 1px solid {line}; padding: 4px 6px; }
QMenu { background: {panel}; border: 1px solid {line}; padding: 4px; }
QMenu::item { padding: 4px 24px 4px 12px; border-radius: 4px; }
QMenu::item:selected { background: {selection}; color: {text}; }
QMenu::item:disabled { color: {muted}; }
QMenu::separator { height: 1px; background: {line}; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 14px; height: 14px; padding-left: 6px; }
QPushButton, QToolButton {
    background: {panel}; color: {text}; border: 1px solid {line}; border-radius: 4px; padding: 4px 12px; }
QToolButton { padding: 4px 8px; }
QPushButton:flat {
    background: transparent; border-color: transparent; text-align: left; padding: 4px 6px; }
QPushButton:hover, QToolButton:hover { background: {accentGround}; }
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked { background: {selection}; }
QPushButton:flat:hover, QPushButton[link="true"] { color: {accent}; }
QPushButton::menu-indicator { image: none; width: 0; }
QPushButton:focus, QToolButton:focus { border-color: {accent}; }
QPushButton:default { border-color: {accent}; color: {accent}; }
QPushButton[primary="true"] { background: {accent}; border-color: {accent}; color: {panel}; font-weight: 600; }
QPushButton[primary="true"]:hover { background: {accent}; color: {panel}; }
QPushButton[primary="true"]:focus { border-color: {text}; }
QPushButton:disabled, QPushButton[primary="true"]:disabled, QToolButton:disabled { border-color: {line}; color: {muted}; background: {window}; }
QToolButton::menu-indicator { image: none; width: 0; }
QLineEdit, QPlainTextEdit, QTextBrowser, QComboBox, QSpinBox {
    background: {panel}; border: 1px solid {line}; border-radius: 4px; padding: 3px 8px;
    selection-background-color: {selection}; selection-color: {text}; }
QLineEdit:focus, QPlainTextEdit:focus, QTextBrowser:focus, QComboBox:focus, QSpinBox:focus { border-color: {accent}; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: none; padding: 0; min-height: 0; background: transparent; }
QLineEdit[fault="true"] { border-color: {attention}; }
QPlainTextEdit[bare="true"] { border: 0; border-radius: 0; padding: 0; }
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow, QSpinBox::down-arrow {
    width: 0; height: 0; border-left: 4px solid {panel}; border-right: 4px solid {panel};
    border-top: 5px solid {muted}; }
QSpinBox::up-arrow {
    width: 0; height: 0; border-left: 4px solid {panel}; border-right: 4px solid {panel};
    border-bottom: 5px solid {muted}; }
QSpinBox::up-button, QSpinBox::down-button { border: 0; width: 18px; }
QAbstractItemView {
    background: {panel}; border: 0; selection-background-color: {selection}; selection-color: {text}; }
QTableCornerButton::section { background: {panel}; border: 0; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: {line}; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: {line}; border-radius: 4px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: {muted}; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QTabBar { background: transparent; border: 0; }
QTabBar::tab {
    background: transparent; color: {muted}; border: 0; border-bottom: 2px solid transparent; padding: 5px 2px;
    margin-right: 14px; }
QTabBar::tab:selected { color: {text}; border-bottom-color: {accent}; font-weight: 600; }
QTabBar::tab:hover { color: {text}; }
QTabBar::tab:focus { color: {accent}; }
QTabWidget::pane { border: 0; }
QFrame[panel="true"] { background: {panel}; border: 1px solid {line}; border-radius: 4px; }
QLabel[ink="muted"] { color: {muted}; }
QLabel[ink="attention"] { color: {attention}; }
QLabel[ink="broken"] { color: {broken}; }
)");
    const std::array<std::pair<const char*, QColor>, 10> names = {{{"{window}", t.window},
                                                                   {"{panel}", t.panel},
                                                                   {"{line}", t.line},
                                                                   {"{text}", t.text},
                                                                   {"{muted}", t.muted},
                                                                   {"{accent}", t.accent},
                                                                   {"{accentGround}", t.accentGround},
                                                                   {"{selection}", t.selection},
                                                                   {"{attention}", t.attention},
                                                                   {"{broken}", t.broken}}};
    for (const auto& [name, color] : names)
        sheet.replace(QLatin1String(name), color.name());
    return sheet;
}

} // namespace

QColor Tokens::ink(Ink which) const {
    switch (which) {
    case Ink::Text:
        return text;
    case Ink::Muted:
        return muted;
    case Ink::Accent:
        return accent;
    case Ink::Good:
        return good;
    case Ink::Attention:
        return attention;
    case Ink::Broken:
        return broken;
    case Ink::Info:
        return info;
    case Ink::Away:
        return away;
    }
    return text;
}

QColor Tokens::mark(Mark which) const {
    switch (which) {
    case Mark::None:
        return text;
    case Mark::Good:
        return good;
    case Mark::Info:
    case Mark::Pending:
        return info;
    case Mark::Attention:
        return attention;
    case Mark::Broken:
        return broken;
    case Mark::Done:
    case Mark::Away:
    case Mark::NotConnected:
        return away;
    }
    return text;
}

const Tokens& tokens(Scheme scheme) {
    static const Tokens light = lightTokens();
    static const Tokens dark = darkTokens();
    return scheme == Scheme::Dark ? dark : light;
}

const Tokens& tokens() {
    return tokens(s_scheme);
}

int Measure::row() {
    return s_density == Density::Compact ? 22 : 26;
}

QFont titleFont() {
    QFont font = QApplication::font();
    font.setPointSizeF(13);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont strongFont() {
    QFont font = QApplication::font();
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont smallFont() {
    QFont font = QApplication::font();
    font.setPointSizeF(8.5);
    return font;
}

QFont monoFont() {
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(9.5);
    return font;
}

Theme::Theme(SchemeChoice choice, QObject* parent)
    : QObject(parent)
    , m_choice(choice) {
    QApplication::setStyle(new BoxStyle);
    QFont font = QApplication::font();
    font.setPointSizeF(10);
    QApplication::setFont(font);
    if (QApplication::palette().color(QPalette::Window).lightness() < 128)
        m_desktop = Scheme::Dark;
    s_scheme = scheme();
    apply();
    auto* portal = new SchemePortal(this);
    connect(portal, &SchemePortal::schemeRead, this, &Theme::setDesktopScheme);
    portal->start();
}

Theme::~Theme() = default;

Scheme Theme::scheme() const {
    switch (m_choice) {
    case SchemeChoice::Light:
        return Scheme::Light;
    case SchemeChoice::Dark:
        return Scheme::Dark;
    case SchemeChoice::Desktop:
        break;
    }
    return m_desktop;
}

void Theme::setChoice(SchemeChoice choice) {
    m_choice = choice;
    if (scheme() == s_scheme)
        return;
    s_scheme = scheme();
    apply();
    emit schemeChanged();
}

void Theme::setDensity(Density density) {
    if (s_density == density)
        return;
    s_density = density;
    emit densityChanged();
}

void Theme::setDesktopScheme(Scheme scheme) {
    m_desktop = scheme;
    setChoice(m_choice);
}

void Theme::apply() {
    QApplication::setPalette(makePalette(tokens()));
    qApp->setStyleSheet(makeStyleSheet(tokens()));
}

} // namespace ui
