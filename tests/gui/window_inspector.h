// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QString>
#include <QStringList>
#include <QWidget>

/// Looks at widgets as somebody does who cannot see them, has no mouse, or reads another language: gathers what has no
/// name, what only a pointer reaches, and texts that are cut off. Keeps a picture of each in the folder that PICTURES
/// names.
class WindowInspector {
public:
    /// All that is visible in `top`; `where` stands before what is found.
    void inspect(QWidget& top, const QString& where);
    /// Presses Tab from the widget with the keyboard around; what takes the keyboard by Tab must be on the way.
    void walkByTab(QWidget& top, const QString& where);

    [[nodiscard]] const QStringList& nameless() const { return m_nameless; }
    [[nodiscard]] const QStringList& byMouseAlone() const { return m_byMouseAlone; }
    [[nodiscard]] const QStringList& cut() const { return m_cut; }

private:
    void complain(QStringList& list, const QWidget& widget, const QString& where, const QString& what = {});
    static void keepPicture(QWidget& top, const QString& where);
    void inspectTexts(const QWidget& widget, const QString& where);

    QStringList m_nameless;
    QStringList m_byMouseAlone;
    QStringList m_cut;
};
