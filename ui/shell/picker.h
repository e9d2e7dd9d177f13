// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QString>
#include <QStringList>

#include <vector>

class QLineEdit;
class QListWidget;
class QListWidgetItem;

namespace ui {

struct PickerItem {
    QString key;
    QString text;
    int hue = -1;
    bool on = false;
};

/// A list of ticks that drops down from a chip: typing narrows, Space ticks, Enter takes, Esc leaves. Ticking nothing
/// means all.
class Picker : public QFrame {
    Q_OBJECT
public:
    /// Whether a text that no item has may be taken as a key of its own.
    enum class Typed { Refused, Taken };

    Picker(const QString& name, const QString& allText, std::vector<PickerItem> items, Typed typed, QWidget* parent);
    /// Shows below `anchor`; deletes itself when closed.
    void dropFrom(QWidget* anchor);

signals:
    void picked(const QStringList& keys);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void narrow(const QString& text);
    void take();
    void toggle(QListWidgetItem* item);
    void tell();

    QLineEdit* m_search;
    QListWidget* m_list;
    Typed m_typed;
    bool m_filling = false;
};

} // namespace ui
