// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QString>
#include <QStringList>

#include <vector>

class QLabel;
class QLineEdit;
class QListWidget;
class QListWidgetItem;

namespace ui {

struct PickerItem {
    QString key;
    QString text;
    int hue = -1;
    bool on = false;
    bool typed = false; ///< Somebody typed it once; it may be taken out again.
};

/// A list of ticks that drops down from a chip: typing narrows, Space ticks, Enter takes, Esc leaves. Ticking nothing
/// means all.
class Picker : public QFrame {
    Q_OBJECT
public:
    /// Whether a name that no item has may be added by typing it: a last row offers to. Delete, or a click on the
    /// cross, takes one out that was typed.
    enum class Typed { Refused, Taken };

    Picker(const QString& name, const QString& allText, std::vector<PickerItem> items, Typed typed, QWidget* parent);
    /// A sentence below the list.
    void setHint(const QString& hint);
    /// Shows below `anchor`; deletes itself when closed.
    void dropFrom(QWidget* anchor);

signals:
    void picked(const QStringList& keys);
    /// A typed name was taken; comes before it is picked.
    void added(const QString& key);
    void removed(const QString& key);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QListWidgetItem* addItem(const PickerItem& item);
    void narrow(const QString& text);
    void take();
    void flip(QListWidgetItem* item);
    void toggle(QListWidgetItem* item);
    void addOffered();
    void remove(QListWidgetItem* item);
    void readAll();
    void tell();
    [[nodiscard]] QStringList ticked() const;

    QLineEdit* m_search;
    QListWidget* m_list;
    QLabel* m_hint;
    QListWidgetItem* m_all = nullptr;
    QListWidgetItem* m_offer = nullptr; // Null where typed names are refused.
    bool m_filling = false;
};

} // namespace ui
