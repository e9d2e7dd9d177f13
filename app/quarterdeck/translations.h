// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTranslator>

namespace app {

/// The language of the program and of Qt's own texts, and the locale that goes with it.
class Translations {
public:
    /// "en", "zh" or "zh_CN"; empty: what the desktop speaks, English where that is neither.
    void use(const QString& language);
    [[nodiscard]] const QString& inUse() const { return m_inUse; }

private:
    QTranslator m_program;
    QTranslator m_qt;
    QString m_inUse;
};

} // namespace app
