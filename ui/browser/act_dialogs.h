// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/acts/key_changes.h"
#include "core/change/change_set.h"

#include <QDialog>
#include <QStringList>

#include <vector>

class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QVBoxLayout;

namespace ui {

/// A small question before an act: what it is about, one field, and a button that goes on to the dry run. Deletes
/// itself.
class ActDialog : public QDialog {
    Q_OBJECT
protected:
    ActDialog(const QString& name, const QString& title, const QString& about, QWidget* parent);
    [[nodiscard]] QVBoxLayout& body() { return *m_body; }
    /// Below the body, once that is complete.
    void finish(const QString& hint);
    void setReady(bool ready);
    virtual void take() = 0;

private:
    QVBoxLayout* m_body;
    QDialogButtonBox* m_buttons = nullptr;
};

class ScaleDialog final : public ActDialog {
    Q_OBJECT
public:
    ScaleDialog(const QString& about, QWidget* parent);

signals:
    void chosen(int replicas);

private:
    void take() override;
    QSpinBox* m_replicas;
};

class KeysDialog final : public ActDialog {
    Q_OBJECT
public:
    KeysDialog(const QString& about, change::KeysOf of, QWidget* parent);

signals:
    void chosen(const std::vector<change::KeyChange>& changes);

private:
    void take() override;
    void read();
    change::KeysOf m_of;
    QLineEdit* m_line;
    QLabel* m_problem;
};

class DeleteDialog final : public ActDialog {
    Q_OBJECT
public:
    DeleteDialog(const QString& about, const QStringList& objects, QWidget* parent);

signals:
    void chosen(change::Propagation propagation);

private:
    void take() override;
    QComboBox* m_propagation;
};

} // namespace ui
