// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace app {

void Translations::use(const QString& language) {
    QLocale locale(language.isEmpty() ? QLocale::system() : QLocale(language));
    const bool chinese = locale.language() == QLocale::Chinese;
    // Regions keep their way of writing numbers and dates; languages we do not speak become English.
    if (!chinese && locale.language() != QLocale::English)
        locale = QLocale(QLocale::English);
    if (chinese && !language.isEmpty())
        locale = QLocale(QLocale::Chinese, QLocale::China);
    QLocale::setDefault(locale);
    m_inUse = chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
    QCoreApplication::removeTranslator(&m_program);
    QCoreApplication::removeTranslator(&m_qt);
    // English has a file too: it holds the plurals.
    if (m_program.load(QStringLiteral(":/i18n/quarterdeck_%1.qm").arg(m_inUse)))
        QCoreApplication::installTranslator(&m_program);
    if (chinese && m_qt.load(QStringLiteral("qtbase_zh_CN"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
}

} // namespace app
