// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/logs_label_dialog.h"

#include "core/fleet/fleet.h"
#include "core/kube/streams/log_sources.h"
#include "ui/base/cluster_text.h"
#include "ui/base/error_text.h"
#include "ui/base/theme.h"
#include "ui/logs/logs_subject.h"
#include "ui/shell/page.h"
#include "ui/shell/picker_items.h"
#include "ui/shell/scope_bar.h"
#include "ui/shell/scope_chip.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr int kCountMs = 250;
constexpr std::size_t kMostNamed = 3;
constexpr int kNameWidth = 24; // in characters

QStringList toTexts(const std::vector<std::string>& names) {
    QStringList texts;
    for (const std::string& name : names)
        texts.append(QString::fromStdString(name));
    return texts;
}

} // namespace

LogsLabelDialog::LogsLabelDialog(fleet::Fleet& fleet, LabelWish wish, QWidget* parent)
    : QDialog(parent)
    , m_fleet(fleet)
    , m_wish(std::move(wish)) {
    setObjectName(QStringLiteral("logsLabelDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Logs by label"));
    setMinimumWidth(520);
    build();
    m_counting.setSingleShot(true);
    m_counting.setInterval(kCountMs);
    connect(&m_counting, &QTimer::timeout, this, &LogsLabelDialog::countPods);
    m_notices = m_fleet.onNotice([this](const fleet::FleetNotice&) { readWhere(); });
    readClusters();
    readSelector();
    m_selector->selectAll();
    m_selector->setFocus();
}

LogsLabelDialog::~LogsLabelDialog() = default;

void LogsLabelDialog::build() {
    auto* fields = new QFormLayout;
    fields->setHorizontalSpacing(12);
    fields->setVerticalSpacing(8);
    fields->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    fields->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_clusters = new ScopeChip(this);
    m_clusters->setObjectName(QStringLiteral("logsLabelClusters"));
    m_namespaces = new ScopeChip(this);
    m_namespaces->setObjectName(QStringLiteral("logsLabelNamespaces"));
    m_selector = new QLineEdit(QString::fromStdString(m_wish.selector), this);
    m_selector->setObjectName(QStringLiteral("logsLabelSelector"));
    m_selector->setFont(monoFont());
    m_selector->setAccessibleName(tr("Label selector"));
    m_selector->setPlaceholderText(QStringLiteral("app=web,tier in (front,back),!canary"));
    fields->addRow(tr("&Clusters:"), m_clusters);
    fields->addRow(tr("&Namespaces:"), m_namespaces);
    fields->addRow(tr("&Label selector:"), m_selector);
    m_problem = new QLabel(this);
    m_problem->setObjectName(QStringLiteral("logsLabelProblem"));
    m_problem->setProperty("ink", QStringLiteral("attention"));
    m_count = new QLabel(this);
    m_count->setObjectName(QStringLiteral("logsLabelCount"));
    auto* hint =
        new QLabel(tr("Pods that come later are shown, too. The selector is written as kubectl takes it; a comma "
                      "means that both must hold."),
                   this);
    hint->setProperty("ink", QStringLiteral("muted"));
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 16, 16, 16);
    all->setSpacing(12);
    all->addLayout(fields);
    for (QLabel* label : {m_problem, m_count, hint}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        all->addWidget(label);
    }
    all->addStretch(1);
    all->addWidget(makeButtons());
    connect(m_clusters, &QAbstractButton::clicked, this, &LogsLabelDialog::pickClusters);
    connect(m_namespaces, &QAbstractButton::clicked, this, &LogsLabelDialog::pickNamespaces);
    connect(m_selector, &QLineEdit::textChanged, this, &LogsLabelDialog::readSelector);
    // Whoever types means it; an answer that comes now is too late.
    connect(m_selector, &QLineEdit::textEdited, this, [this] { m_asking.cancel(); });
}

QWidget* LogsLabelDialog::makeButtons() {
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_go = buttons->button(QDialogButtonBox::Ok);
    m_go->setText(tr("Show logs"));
    m_go->setObjectName(QStringLiteral("logsLabelGo"));
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    connect(buttons, &QDialogButtonBox::accepted, this, &LogsLabelDialog::take);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

void LogsLabelDialog::pickClusters() {
    auto* picker = new Picker(ScopeBar::tr("Connected clusters"), ScopeBar::tr("All clusters"),
                              clusterItems(m_fleet, m_wish.clusters), Picker::Typed::Refused, this);
    connect(picker, &Picker::picked, this, [this](const QStringList& keys) {
        m_wish.clusters = pickedClusters(keys);
        readClusters();
    });
    picker->dropFrom(m_clusters);
}

void LogsLabelDialog::pickNamespaces() {
    auto* picker = new Picker(ScopeBar::tr("Namespaces"), ScopeBar::tr("All namespaces"),
                              namespaceItems(m_fleet, m_wish.clusters, toTexts(m_wish.namespaces), {}),
                              Picker::Typed::Taken, this);
    connect(picker, &Picker::picked, this, [this](const QStringList& names) {
        m_wish.namespaces.clear();
        for (const QString& name : names)
            m_wish.namespaces.push_back(name.toStdString());
        readWhere();
    });
    picker->dropFrom(m_namespaces);
}

void LogsLabelDialog::readClusters() {
    // The fleet watches all pods of what is connected anyway: this asks no server for more.
    fleet::ViewSpec spec;
    spec.resource = "pods";
    spec.clusters = m_wish.clusters;
    m_pods = m_fleet.openView(std::move(spec));
    m_pods->onDelta([this](const fleet::ViewDelta&) {
        if (!m_counting.isActive())
            m_counting.start();
    });
    readWhere();
}

void LogsLabelDialog::readWhere() {
    QStringList names;
    std::vector<ScopeChip::Cluster> shown;
    const int width = kNameWidth * fontMetrics().averageCharWidth();
    for (const fleet::ClusterId id : m_wish.clusters) {
        const fleet::ClusterInfo& cluster = m_fleet.cluster(id);
        names.append(clusterName(cluster));
        shown.push_back(
            {fontMetrics().elidedText(QString::fromStdString(cluster.name), Qt::ElideMiddle, width), cluster.hue});
    }
    if (shown.empty())
        m_clusters->showText(ScopeBar::tr("All clusters"));
    else if (shown.size() > kMostNamed)
        m_clusters->showText(ScopeBar::tr("%Ln clusters", nullptr, static_cast<int>(shown.size())));
    else
        m_clusters->showClusters(shown);
    m_clusters->setToolTip(names.join(QStringLiteral(", ")));
    m_clusters->setAccessibleName(names.isEmpty() ? ScopeBar::tr("All clusters")
                                                  : tr("Clusters: %1").arg(names.join(QStringLiteral(", "))));
    const QStringList namespaces = toTexts(m_wish.namespaces);
    const QString all = namespaces.join(QStringLiteral(", "));
    if (namespaces.isEmpty())
        m_namespaces->showText(ScopeBar::tr("All namespaces"));
    else if (m_wish.namespaces.size() > kMostNamed)
        m_namespaces->showText(ScopeBar::tr("%Ln namespaces", nullptr, static_cast<int>(namespaces.size())));
    else
        m_namespaces->showText(all);
    m_namespaces->setToolTip(all);
    m_namespaces->setAccessibleName(namespaces.isEmpty() ? ScopeBar::tr("All namespaces")
                                                         : tr("Namespaces: %1").arg(all));
    readSelector();
}

std::optional<kube::LabelSelector> LogsLabelDialog::selector() const {
    auto selector = kube::LabelSelector::parse(m_selector->text().toStdString());
    if (!selector || selector->requirements().empty())
        return std::nullopt;
    return *std::move(selector);
}

void LogsLabelDialog::readSelector() {
    const auto parsed = kube::LabelSelector::parse(m_selector->text().toStdString());
    QString problem;
    if (!parsed)
        problem = QString::fromStdString(parsed.error().message);
    else if (meantClusters().empty())
        problem = tr("No cluster is connected.");
    else if (parsed->requirements().empty())
        problem = m_unread;
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_go->setEnabled(problem.isEmpty() && selector().has_value());
    countPods();
}

void LogsLabelDialog::countPods() {
    m_counting.stop();
    const std::optional<kube::LabelSelector> meant = m_go->isEnabled() ? selector() : std::nullopt;
    int count = 0;
    for (const fleet::RowId id : meant ? m_pods->allRows() : std::vector<fleet::RowId>()) {
        const kube::RowRef row = m_pods->row(id);
        const auto isIn = [&row](const std::string& ns) { return row.ns() == ns; };
        if (!row.isNull() && meant->matches(row.labels()) &&
            (m_wish.namespaces.empty() || std::any_of(m_wish.namespaces.begin(), m_wish.namespaces.end(), isIn)))
            ++count;
    }
    const bool isListing = std::any_of(m_pods->parts().begin(), m_pods->parts().end(), [](const fleet::ViewPart& part) {
        return part.phase == kube::WatchPhase::Listing && !part.error;
    });
    QString text;
    if (count > 0)
        text = tr("%Ln pods match now.", nullptr, count);
    else if (meant && !isListing)
        text = tr("No pod matches now.");
    m_count->setText(text);
    // It stands in one place with what is wrong, so that nothing below jumps.
    m_count->setVisible(m_problem->isHidden());
    if (const int needed = layout()->totalHeightForWidth(width()); isVisible() && height() < needed)
        resize(width(), needed);
}

void LogsLabelDialog::askSelectorOf(const ActTarget& owner) {
    m_asking = m_fleet.fetch(
        owner.cluster, owner.kind, owner.ns, owner.name, [this](const base::Result<fleet::FullObject>& object) {
            const auto text = object ? kube::podSelectorOf(object->json)
                                     : base::Result<std::string>(tl::unexpected<base::Error>(object.error()));
            if (!text) {
                m_unread = tr("Its selector could not be read: %1", "%1 is why").arg(errorSentence(text.error()));
                return readSelector();
            }
            m_selector->setText(QString::fromStdString(*text));
            m_selector->selectAll();
        });
}

std::vector<fleet::ClusterId> LogsLabelDialog::meantClusters() const {
    std::vector<fleet::ClusterId> clusters = m_wish.clusters;
    for (const fleet::ClusterInfo& cluster : m_fleet.clusters()) {
        if (m_wish.clusters.empty() && isOpen(cluster.health))
            clusters.push_back(cluster.id);
    }
    return clusters;
}

void LogsLabelDialog::take() {
    LabelWish wish = m_wish;
    wish.clusters = meantClusters();
    wish.selector = m_selector->text().trimmed().toStdString();
    accept();
    emit chosen(wish);
}

LogsLabelDialog* askLogsByLabel(const PageContext& context, LabelWish wish, QWidget* window) {
    auto* dialog = new LogsLabelDialog(context.fleet, std::move(wish), window);
    QObject::connect(dialog, &LogsLabelDialog::chosen, dialog,
                     [&fleet = context.fleet, &navigator = context.navigator](const LabelWish& meant) {
                         navigator.open(logsTarget(fleet, meant));
                     });
    dialog->open();
    return dialog;
}

void askLogsByLabel(const PageContext& context, const std::vector<ActTarget>& targets, QWidget* window) {
    if (targets.empty())
        return;
    LogsLabelDialog* dialog = askLogsByLabel(context, labelWish(targets), window);
    const ActTarget& first = targets.front();
    // One name in several clusters has one selector, most likely.
    const bool isOne = std::all_of(targets.begin(), targets.end(), [&first](const ActTarget& target) {
        return target.ns == first.ns && target.name == first.name;
    });
    if (first.kind.resource() != "pods" && isOne)
        dialog->askSelectorOf(first);
}

} // namespace ui
