// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/cell.h"

#include <QColor>
#include <QFont>
#include <QObject>

#include <array>

namespace ui {

enum class Scheme { Light, Dark };
enum class SchemeChoice { Desktop, Light, Dark };
enum class Density { Comfortable, Compact };

/// Every colour of the program. No colour literal stands elsewhere.
struct Tokens {
    QColor window, panel, line;
    QColor text, muted;
    QColor accent, accentGround, selection;
    QColor good, attention, broken, info, away;
    QColor added, removed;
    std::array<QColor, 8> hues;
    std::array<QColor, 8> terminalGrounds; ///< The same eight behind letters: deep in both schemes.
    std::array<QColor, 16> terminal;       ///< What programs in a terminal call black, red ... bright white.

    [[nodiscard]] QColor ink(Ink ink) const;
    [[nodiscard]] QColor mark(Mark mark) const;
};

const Tokens& tokens(Scheme scheme);
/// Those of the scheme in use. GUI thread.
const Tokens& tokens();

/// The measures of the program, in device-independent pixels.
struct Measure {
    static constexpr int step = 4; ///< Distances are 1, 2, 3, 4 steps.
    static constexpr int band = 4;
    static constexpr int mark = 10;
    static constexpr int cellPadding = 8;
    [[nodiscard]] static int row(); ///< 26, or 22 in the compact density.
};

QFont titleFont();  ///< Page titles: 13 pt semibold.
QFont strongFont(); ///< The font, semibold.
QFont smallFont();  ///< Group titles, keys.
QFont monoFont();   ///< Identifiers, YAML.

/// Puts palette, style sheet and fonts over Fusion and keeps them in step with the choice and the desktop (settings
/// portal, org.freedesktop.appearance color-scheme). One in the program, made after QApplication; everything above
/// reads the scheme it set. Widgets hear of a switch by QEvent::PaletteChange, others by schemeChanged.
class Theme : public QObject {
    Q_OBJECT
public:
    explicit Theme(SchemeChoice choice, QObject* parent = nullptr);
    ~Theme() override;

    [[nodiscard]] Scheme scheme() const;
    [[nodiscard]] SchemeChoice choice() const { return m_choice; }
    void setChoice(SchemeChoice choice);
    void setDensity(Density density);

signals:
    void schemeChanged();
    void densityChanged();

private:
    void setDesktopScheme(Scheme scheme);
    void apply();

    SchemeChoice m_choice;
    Scheme m_desktop = Scheme::Light;
};

} // namespace ui
