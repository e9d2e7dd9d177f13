// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/settings_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

SettingsDialog::SettingsDialog(const Preferences& preferences, QWidget* parent)
    : QDialog(parent)
    , m_preferences(preferences)
    , m_scheme(new QComboBox(this))
    , m_density(new QComboBox(this))
    , m_language(new QComboBox(this))
    , m_reopen(new QCheckBox(tr("&Connect at start what was connected last"), this))
    , m_readOnly(new QCheckBox(tr("Read-only &everywhere: nothing is written to any cluster"), this)) {
    setObjectName(QStringLiteral("settings"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Settings"));
    m_scheme->setObjectName(QStringLiteral("settings.scheme"));
    m_scheme->setAccessibleName(tr("Colours"));
    m_scheme->addItem(tr("As the desktop"), static_cast<int>(SchemeChoice::Desktop));
    m_scheme->addItem(tr("Light"), static_cast<int>(SchemeChoice::Light));
    m_scheme->addItem(tr("Dark"), static_cast<int>(SchemeChoice::Dark));
    m_density->setObjectName(QStringLiteral("settings.density"));
    m_density->setAccessibleName(tr("Rows"));
    m_density->addItem(tr("Comfortable"), static_cast<int>(Density::Comfortable));
    m_density->addItem(tr("Compact"), static_cast<int>(Density::Compact));
    m_language->setObjectName(QStringLiteral("settings.language"));
    m_language->setAccessibleName(tr("Language"));
    m_language->addItem(tr("As the desktop"), QString());
    // A language is named in itself.
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_language->addItem(QStringLiteral("中文"), QStringLiteral("zh_CN"));
    m_reopen->setObjectName(QStringLiteral("settings.reopen"));
    m_reopen->setAccessibleName(tr("Connect at start what was connected last"));
    m_readOnly->setObjectName(QStringLiteral("settings.readOnly"));
    m_readOnly->setAccessibleName(tr("Read-only everywhere: nothing is written to any cluster"));

    m_scheme->setCurrentIndex(m_scheme->findData(static_cast<int>(preferences.scheme)));
    m_density->setCurrentIndex(m_density->findData(static_cast<int>(preferences.density)));
    showLanguage();
    m_reopen->setChecked(preferences.reopen);
    m_readOnly->setChecked(preferences.readOnlyEverywhere);

    auto* note = new QLabel(tr("Clusters that sign in through a program are connected at start only where you ticked "
                               "that for the cluster itself."),
                            this);
    note->setWordWrap(true);
    note->setProperty("ink", QStringLiteral("muted"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setText(tr("Close"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    form->addRow(tr("C&olours"), m_scheme);
    form->addRow(tr("&Rows"), m_density);
    form->addRow(tr("&Language"), m_language);
    form->addRow(m_reopen);
    form->addRow(note);
    form->addRow(m_readOnly);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(16);
    layout->addLayout(form);
    layout->addStretch(1);
    layout->addWidget(buttons);
    resize(440, sizeHint().height());

    connect(m_scheme, &QComboBox::activated, this, &SettingsDialog::read);
    connect(m_density, &QComboBox::activated, this, &SettingsDialog::read);
    connect(m_language, &QComboBox::activated, this, [this] {
        const QString language = m_language->currentData().toString();
        showLanguage();
        emit languageChosen(language);
    });
    connect(m_reopen, &QCheckBox::toggled, this, &SettingsDialog::read);
    connect(m_readOnly, &QCheckBox::toggled, this, &SettingsDialog::read);
}

void SettingsDialog::showLanguage() {
    m_language->setCurrentIndex(std::max(0, m_language->findData(m_preferences.language)));
}

void SettingsDialog::read() {
    m_preferences.scheme = static_cast<SchemeChoice>(m_scheme->currentData().toInt());
    m_preferences.density = static_cast<Density>(m_density->currentData().toInt());
    m_preferences.reopen = m_reopen->isChecked();
    m_preferences.readOnlyEverywhere = m_readOnly->isChecked();
    emit changed(m_preferences);
}

} // namespace ui
