// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ports/forward_dialog.h"

#include "core/fleet/fleet.h"
#include "ui/base/cluster_text.h"
#include "ui/base/error_text.h"
#include "ui/base/marks.h"
#include "ui/base/theme.h"
#include "ui/ports/forward_table.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QIcon>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int kMostPort = 65535;
constexpr int kTypingMs = 300;

} // namespace

ForwardDialog::ForwardDialog(fleet::Fleet& fleet, fleet::ForwardWish target, QWidget* parent)
    : QDialog(parent)
    , m_fleet(fleet)
    , m_target(std::move(target)) {
    setObjectName(QStringLiteral("forwardDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Forward port"));
    setMinimumWidth(440);
    build(m_target);
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingMs);
    connect(&m_typing, &QTimer::timeout, this, &ForwardDialog::askPorts);
    read();
    askPorts();
    if (m_name)
        m_name->setFocus();
    else
        m_remote->setFocus();
}

void ForwardDialog::build(const fleet::ForwardWish& target) {
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 16, 16, 16);
    all->setSpacing(12);
    auto* fields = new QFormLayout;
    fields->setSpacing(8);
    if (!target.name.empty()) {
        auto* head = new QLabel(
            tr("%1 in %2", "an object, a cluster")
                .arg(forwardTargetText(target), QString::fromStdString(m_fleet.cluster(target.cluster).name)),
            this);
        head->setFont(strongFont());
        head->setTextFormat(Qt::PlainText);
        head->setWordWrap(true);
        all->addWidget(head);
    }
    all->addLayout(fields);
    const auto add = [&](const QString& label, QWidget* field, const char* name) {
        field->setObjectName(QLatin1String(name));
        field->setAccessibleName(QString(label).remove(u'&').remove(u':'));
        fields->addRow(label, field);
    };
    if (target.name.empty()) {
        addTargetFields(target);
        add(tr("&Cluster:"), m_cluster, "forwardCluster");
        add(tr("&Kind:"), m_kind, "forwardKind");
        add(tr("Na&mespace:"), m_namespace, "forwardNamespace");
        add(tr("&Name:"), m_name, "forwardName");
    }
    m_remote = new QComboBox(this);
    m_remote->setEditable(true);
    m_remote->setInsertPolicy(QComboBox::NoInsert);
    add(tr("&Port of the target:"), m_remote, "forwardRemote");
    m_local = new QSpinBox(this);
    m_local->setRange(0, kMostPort);
    m_local->setSpecialValueText(tr("any that is free"));
    add(tr("&Local port:"), m_local, "forwardLocal");
    m_atStart = new QCheckBox(tr("&Start it again at the next start"), this);
    m_atStart->setObjectName(QStringLiteral("forwardAtStart"));
    fields->addRow(QString(), m_atStart);
    m_hint = new QLabel(this);
    m_hint->setObjectName(QStringLiteral("forwardHint"));
    m_hint->setProperty("ink", QStringLiteral("muted"));
    m_hint->setWordWrap(true);
    all->addWidget(m_hint);
    all->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_go = buttons->button(QDialogButtonBox::Ok);
    m_go->setText(tr("Forward"));
    m_go->setObjectName(QStringLiteral("forwardGo"));
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    all->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &ForwardDialog::take);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_remote, &QComboBox::editTextChanged, this, &ForwardDialog::read);
}

void ForwardDialog::addTargetFields(const fleet::ForwardWish& target) {
    m_cluster = new QComboBox(this);
    for (const fleet::ClusterInfo& cluster : m_fleet.clusters()) {
        if (!isOpen(cluster.health))
            continue;
        m_cluster->addItem(huePixmap(*this, cluster.hue), QString::fromStdString(cluster.name), cluster.id.value);
        if (cluster.id == target.cluster)
            m_cluster->setCurrentIndex(m_cluster->count() - 1);
    }
    m_kind = new QComboBox(this);
    for (const char* resource : {"services", "deployments.apps", "statefulsets.apps", "daemonsets.apps", "pods",
                                 "replicasets.apps", "jobs.batch"})
        m_kind->addItem(QString::fromStdString(kube::forwardableKind(resource)->kind), QLatin1String(resource));
    m_namespace = new QLineEdit(QString::fromStdString(target.ns), this);
    m_name = new QLineEdit(this);
    const auto later = [this] {
        read();
        m_typing.start();
    };
    connect(m_cluster, &QComboBox::currentIndexChanged, this, later);
    connect(m_kind, &QComboBox::currentIndexChanged, this, later);
    connect(m_namespace, &QLineEdit::textChanged, this, later);
    connect(m_name, &QLineEdit::textChanged, this, later);
}

fleet::ForwardWish ForwardDialog::wish() const {
    fleet::ForwardWish wish = m_target;
    if (m_name) {
        wish.cluster = {static_cast<std::uint16_t>(m_cluster->currentData().toUInt())};
        wish.resource = m_kind->currentData().toString().toStdString();
        wish.ns = m_namespace->text().trimmed().toStdString();
        wish.name = m_name->text().trimmed().toStdString();
    }
    // "8080 http", as the list says it, is port 8080.
    const int listed = m_remote->findText(m_remote->currentText());
    const QString remote = listed >= 0 ? m_remote->itemData(listed).toString() : m_remote->currentText().trimmed();
    wish.port.remote = remote.toStdString();
    wish.port.local = static_cast<std::uint16_t>(m_local->value());
    wish.atStart = m_atStart->isChecked() ? fleet::AtStart::Yes : fleet::AtStart::No;
    return wish;
}

void ForwardDialog::read() {
    const fleet::ForwardWish now = wish();
    const auto port = kube::parseForwardPort(":" + now.port.remote);
    const bool hasTarget = !now.name.empty() && !now.ns.empty() && (!m_cluster || m_cluster->currentIndex() >= 0);
    m_go->setEnabled(hasTarget && port.has_value());
    m_hint->setText(m_cluster && m_cluster->count() == 0
                        ? tr("No cluster is connected.")
                        : tr("The port is open on this machine alone. Connections go to a pod that runs; when it is "
                             "gone, new ones go to the next."));
}

// What the object says of its ports; typing another one is allowed all the same.
void ForwardDialog::askPorts() {
    const fleet::ForwardWish now = wish();
    const kube::Kind* kind = kube::forwardableKind(now.resource);
    if (now.name.empty() || now.ns.empty() || kind == nullptr || now.cluster.isNull())
        return;
    m_asking =
        m_fleet.fetch(now.cluster, *kind, now.ns, now.name, [this](const base::Result<fleet::FullObject>& object) {
            if (object)
                showPorts(kube::declaredPorts(object->json));
            else
                m_hint->setText(tr("Its ports could not be read: %1", "%1 is why").arg(errorSentence(object.error())));
        });
}

void ForwardDialog::showPorts(const std::vector<kube::DeclaredPort>& ports) {
    const QString typed = m_remote->currentText();
    m_remote->clear();
    for (const kube::DeclaredPort& port : ports) {
        const QString number = QString::number(port.number);
        m_remote->addItem(port.name.empty() ? number : number + u' ' + QString::fromStdString(port.name), number);
    }
    if (!typed.isEmpty() && m_remote->findText(typed) < 0)
        m_remote->setEditText(typed);
    else if (m_remote->count() > 0)
        m_remote->setCurrentIndex(0);
    read();
}

void ForwardDialog::take() {
    m_local->interpretText();
    const fleet::ForwardWish now = wish();
    accept();
    emit chosen(now);
}

} // namespace ui
