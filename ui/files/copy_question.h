// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QString>
#include <QStringList>

#include <cstdint>

class QPushButton;

namespace ui {

class ConfirmPanel;

/// Asks before files take the place of others, and for the name of a protected cluster. Deletes itself.
class CopyQuestion : public QDialog {
    Q_OBJECT
public:
    struct Subject {
        int count = 0; ///< Files and folders to be copied.
        QString folder;
        QStringList there;     ///< Those of them that are there already.
        QString protectedName; ///< Empty: no name has to be typed.
    };
    enum class Existing : std::uint8_t { Replaced, Left };

    CopyQuestion(const Subject& subject, QWidget* parent);

signals:
    void chosen(ui::CopyQuestion::Existing existing, const QStringList& confirmed);

private:
    void take(Existing existing);
    void readConfirmed();

    ConfirmPanel* m_confirm;
    QPushButton* m_go;
    QPushButton* m_skip = nullptr;
};

} // namespace ui
