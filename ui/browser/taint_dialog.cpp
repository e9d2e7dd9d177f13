// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/taint_dialog.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <string>

namespace ui {

namespace {

constexpr int kMostLines = 6;
constexpr int kSpelling = Qt::UserRole;

} // namespace

TaintDialog::TaintDialog(const QString& about, int nodes, const std::vector<Taint>& taints, QWidget* parent)
    : ActDialog(QStringLiteral("taintDialog"), tr("Taints"), about, parent)
    , m_list(new QListWidget(this))
    , m_key(new QLineEdit(this))
    , m_value(new QLineEdit(this))
    , m_effect(new QComboBox(this))
    , m_problem(new QLabel(this)) {
    addList(nodes, taints);
    addFields();
    m_problem->setObjectName(QStringLiteral("taintProblem"));
    m_problem->setProperty("ink", QStringLiteral("attention"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    body().addWidget(m_problem);
    finish(
        tr("A taint whose mark is taken away is removed from all these nodes. NoExecute evicts pods that do not bear "
           "the taint."));
    connect(m_list, &QListWidget::itemChanged, this, &TaintDialog::read);
    connect(m_key, &QLineEdit::textChanged, this, &TaintDialog::read);
    connect(m_value, &QLineEdit::textChanged, this, &TaintDialog::read);
    connect(m_effect, &QComboBox::currentIndexChanged, this, &TaintDialog::read);
    setReady(false);
    m_key->setFocus();
}

void TaintDialog::addList(int nodes, const std::vector<Taint>& taints) {
    m_list->setObjectName(QStringLiteral("taintList"));
    m_list->setAccessibleName(tr("Taints there are"));
    for (const Taint& taint : taints) {
        const QString some = tr("%1 (on %Ln of them)", "a taint, how many nodes have it", taint.nodes);
        auto* item = new QListWidgetItem(taint.nodes == nodes ? taint.spelling : some.arg(taint.spelling), m_list);
        item->setData(kSpelling, taint.spelling);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable);
        item->setCheckState(Qt::Checked);
    }
    const int lines = std::clamp(static_cast<int>(taints.size()), 1, kMostLines);
    m_list->setFixedHeight(lines * (m_list->fontMetrics().lineSpacing() + 8) + 8);
    m_list->setVisible(!taints.empty());
    auto* none = new QLabel(tr("No taints yet."), this);
    none->setVisible(taints.empty());
    body().addWidget(none);
    body().addWidget(m_list);
}

void TaintDialog::addFields() {
    m_key->setObjectName(QStringLiteral("taintKey"));
    m_key->setAccessibleName(tr("Key"));
    m_key->setPlaceholderText(QStringLiteral("dedicated"));
    m_value->setObjectName(QStringLiteral("taintValue"));
    m_value->setAccessibleName(tr("Value"));
    m_value->setPlaceholderText(tr("value"));
    m_effect->setObjectName(QStringLiteral("taintEffect"));
    m_effect->setAccessibleName(tr("Effect"));
    for (const char* effect : {"NoSchedule", "PreferNoSchedule", "NoExecute"})
        m_effect->addItem(QLatin1String(effect));
    auto* label = new QLabel(tr("&Add a taint:"), this);
    label->setBuddy(m_key);
    auto* fields = new QHBoxLayout;
    fields->setSpacing(8);
    fields->addWidget(m_key, 2);
    fields->addWidget(m_value, 2);
    fields->addWidget(m_effect, 1);
    body().addWidget(label);
    body().addLayout(fields);
}

base::Result<std::vector<change::TaintChange>> TaintDialog::changes() const {
    std::vector<std::string> words;
    for (int row = 0; row < m_list->count(); ++row) {
        const QListWidgetItem* item = m_list->item(row);
        if (item->checkState() == Qt::Unchecked)
            words.push_back(item->data(kSpelling).toString().toStdString() + "-");
    }
    const std::string key = m_key->text().trimmed().toStdString();
    const std::string value = m_value->text().trimmed().toStdString();
    if (!key.empty() || !value.empty())
        words.push_back(key + (value.empty() ? "" : "=" + value) + ":" + m_effect->currentText().toStdString());
    return change::parseTaintChanges(words);
}

void TaintDialog::read() {
    const auto parsed = changes();
    const bool isTyped = !m_key->text().trimmed().isEmpty() || !m_value->text().trimmed().isEmpty();
    m_problem->setText(parsed || !isTyped ? QString() : QString::fromStdString(parsed.error().message));
    m_problem->setVisible(!m_problem->text().isEmpty());
    setReady(parsed.has_value());
}

void TaintDialog::take() {
    const auto parsed = changes();
    if (!parsed)
        return;
    accept();
    emit chosen(*parsed);
}

} // namespace ui
