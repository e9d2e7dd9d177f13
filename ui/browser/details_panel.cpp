// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/details_panel.h"

#include "core/change/redact.h"
#include "core/fleet/fleet.h"
#include "core/kube/yaml_text.h"
#include "ui/base/cluster_text.h"
#include "ui/base/error_text.h"
#include "ui/base/format.h"
#include "ui/base/marks.h"
#include "ui/base/theme.h"
#include "ui/browser/events_view.h"
#include "ui/browser/related_view.h"
#include "ui/browser/summary_html.h"
#include "ui/browser/summary_view.h"
#include "ui/browser/yaml_view.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

DetailsPanel::DetailsPanel(fleet::Fleet& fleet, QWidget* parent)
    : QWidget(parent)
    , m_fleet(fleet)
    , m_title(new QLabel(this))
    , m_place(new QLabel(this))
    , m_note(new QLabel(this))
    , m_tabs(new QTabBar(this))
    , m_stack(new QStackedWidget(this))
    , m_summary(new SummaryView(fleet, m_stack))
    , m_events(new EventsView(fleet, m_stack))
    , m_related(new RelatedView(fleet, m_stack))
    , m_yaml(new YamlView(m_stack))
    , m_later(new QTimer(this)) {
    setAccessibleName(tr("Details"));
    m_title->setObjectName(QStringLiteral("detailsTitle"));
    m_title->setFont(strongFont());
    m_title->setWordWrap(true);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_place->setObjectName(QStringLiteral("detailsPlace"));
    m_place->setWordWrap(true);
    m_note->setObjectName(QStringLiteral("detailsNote"));
    m_note->setWordWrap(true);
    m_note->hide();
    m_tabs->setObjectName(QStringLiteral("detailsTabs"));
    m_tabs->setAccessibleName(tr("Parts of the details"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("Summary"));
    m_tabs->addTab(tr("Events"));
    m_tabs->addTab(tr("Related", "tab: owners and owned objects"));
    m_tabs->addTab(tr("YAML"));
    for (QWidget* page : std::initializer_list<QWidget*>{m_summary, m_events, m_related, m_yaml})
        m_stack->addWidget(page);

    auto* close = new QToolButton(this);
    close->setObjectName(QStringLiteral("detailsClose"));
    close->setText(QStringLiteral("\u2715"));
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::TabFocus);
    close->setToolTip(tr("Close the details (Esc)"));
    close->setAccessibleName(tr("Close the details"));
    connect(close, &QToolButton::clicked, this, &DetailsPanel::closeWanted);

    auto* heading = new QHBoxLayout;
    heading->addWidget(m_title, 1);
    heading->addWidget(close, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(Measure::step * 3, Measure::step * 2, Measure::step * 3, Measure::step * 2);
    layout->setSpacing(Measure::step);
    layout->addLayout(heading);
    layout->addWidget(m_place);
    layout->addWidget(m_note);
    layout->addWidget(m_tabs);
    layout->addWidget(m_stack, 1);

    m_later->setSingleShot(true);
    m_later->setInterval(1000);
    connect(m_later, &QTimer::timeout, this, &DetailsPanel::read);
    connect(m_tabs, &QTabBar::currentChanged, this, &DetailsPanel::activateTab);
    connect(m_summary, &SummaryView::linkActivated, this, &DetailsPanel::followLink);
    connect(m_summary, &SummaryView::settledChanged, this, &DetailsPanel::settledChanged);
    connect(m_yaml, &YamlView::choiceChanged, this, &DetailsPanel::showYaml);
    connect(m_related, &RelatedView::objectWanted, this, &DetailsPanel::objectWanted);
    connect(m_events, &EventsView::countChanged, this, [this] {
        const int count = m_events->count();
        m_tabs->setTabText(static_cast<int>(Tab::Events),
                           count > 0 ? tr("Events %1", "tab; %1 is how many").arg(countText(count)) : tr("Events"));
    });
}

DetailsPanel::~DetailsPanel() = default;

void DetailsPanel::setSubject(const ObjectSubject& subject) {
    const bool same = subject.key == m_subject.key && subject.isNull() == m_subject.isNull();
    m_subject = subject;
    if (same) {
        m_related->setSubject(subject);
        return;
    }
    m_turn.renew();
    m_fetch.cancel();
    m_later->stop();
    m_state = State::Empty;
    m_again = false;
    m_gone = false;
    m_json.clear();
    m_error.reset();
    m_summary->clear();
    m_yaml->clear();
    m_events->setSubject(subject);
    m_related->setSubject(subject);
    showHeading();
    if (isVisible())
        read();
}

void DetailsPanel::showHeading() {
    if (m_subject.isNull()) {
        m_title->clear();
        m_place->clear();
        return;
    }
    const fleet::ClusterInfo& cluster = m_fleet.cluster(m_subject.key.cluster);
    const QString name = QString::fromStdString(m_subject.key.name);
    m_title->setText(m_subject.key.ns.empty() ? name : QString::fromStdString(m_subject.key.ns) + u'/' + name);
    m_title->setToolTip(QString::fromStdString(m_subject.kind.kind));
    // Words, and the cluster's hue as a band before them.
    const QString hue = tokens().hues[static_cast<std::size_t>(cluster.hue) % tokens().hues.size()].name();
    m_place->setText(QStringLiteral("<span style=\"color:%1\">\u258C</span> <span style=\"color:%2\">%3, %4</span>")
                         .arg(hue, tokens().muted.name(), QString::fromStdString(m_subject.kind.kind).toHtmlEscaped(),
                              clusterName(cluster).toHtmlEscaped()));
    QString note;
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    if (m_gone)
        note = tr("Deleted. This is its state of %1.", "%1 is a moment").arg(momentText(m_asOfMs, now));
    else if (m_error && !m_json.empty())
        note = tr("%1. This is its state of %2.", "%1 is why it could not be read again, %2 a moment")
                   .arg(errorSentence(*m_error), momentText(m_asOfMs, now));
    else if (m_error)
        note = errorSentence(*m_error) + QLatin1String(". ") + errorAdvice(*m_error);
    else if (m_state == State::Reading && m_json.empty())
        note = tr("Reading…", "an object is being read");
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void DetailsPanel::refresh() {
    if (!isVisible() || m_subject.isNull())
        return;
    if (m_state == State::Reading)
        m_again = true;
    else if (!m_later->isActive())
        m_later->start();
}

void DetailsPanel::tellGone() {
    m_gone = true;
    m_later->stop();
    showHeading();
}

void DetailsPanel::read() {
    if (m_subject.isNull())
        return;
    m_state = State::Reading;
    m_again = false;
    m_fetch = call(
        this, m_turn,
        [this](auto callback) {
            return m_fleet.fetch(m_subject.key.cluster, m_subject.kind, m_subject.key.ns, m_subject.key.name,
                                 std::move(callback));
        },
        [this](base::Result<fleet::FullObject> answer) {
            if (answer)
                take(std::move(answer->json), answer->asOfMs);
            else
                fail(answer.error());
            if (m_again)
                m_later->start();
            emit settledChanged();
        });
    showHeading();
}

void DetailsPanel::take(std::string json, std::int64_t asOfMs) {
    m_state = State::Read;
    m_error.reset();
    m_json = std::move(json);
    m_asOfMs = asOfMs;
    showHeading();
    m_summary->setObject(m_subject.key.cluster, m_json);
    showYaml();
}

void DetailsPanel::fail(const base::Error& error) {
    m_state = State::Failed;
    if (error.code == base::ErrorCode::NotFound && !m_json.empty())
        m_gone = true;
    else
        m_error = error;
    showHeading();
}

void DetailsPanel::showYaml() {
    if (m_json.empty() || tab() != Tab::Yaml)
        return;
    const auto fields = m_yaml->showsManagedFields() ? kube::ManagedFields::Shown : kube::ManagedFields::Folded;
    const std::string kind = m_subject.kind.group.empty() ? m_subject.kind.kind : std::string();
    m_yaml->setHidesValues(kind == "Secret");
    const base::Result<std::string> yaml =
        kube::toYaml(m_yaml->showsValues() ? m_json : change::redacted(m_json, kind), fields);
    m_yaml->setYaml(yaml ? QString::fromStdString(*yaml) : errorSentence(yaml.error()));
}

DetailsPanel::Tab DetailsPanel::tab() const {
    return static_cast<Tab>(m_tabs->currentIndex());
}

void DetailsPanel::setTab(Tab tab) {
    m_tabs->setCurrentIndex(static_cast<int>(tab));
}

// Only the tab that is in sight watches anything.
void DetailsPanel::activateTab() {
    m_stack->setCurrentIndex(m_tabs->currentIndex());
    m_events->setActive(isVisible());
    m_related->setActive(isVisible() && tab() == Tab::Related);
    m_summary->setActive(isVisible() && tab() == Tab::Summary);
    showYaml();
}

void DetailsPanel::openFind() {
    setTab(Tab::Yaml);
    m_yaml->openFind();
}

bool DetailsPanel::closeInner() {
    return tab() == Tab::Yaml && m_yaml->closeFind();
}

bool DetailsPanel::isSettled() const {
    return !isVisible() || m_subject.isNull() ||
           (m_state != State::Reading && m_events->isSettled() && m_summary->isSettled() &&
            (tab() != Tab::Related || m_related->isSettled()));
}

void DetailsPanel::tick() {
    if (!isVisible())
        return;
    m_events->tick();
    m_summary->tick();
}

void DetailsPanel::followLink(const QUrl& url) {
    const std::optional<ObjectLink> link = linkOf(url);
    if (!link)
        return;
    const kube::KindCatalogPtr catalog = m_fleet.kinds(m_subject.key.cluster);
    const kube::Kind* kind = catalog ? catalog->find(link->kind.toStdString()) : nullptr;
    if (kind != nullptr)
        emit objectWanted(QString::fromStdString(kind->resource()), link->ns, link->name);
}

void DetailsPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    activateTab();
    if (m_state == State::Empty)
        read();
    else
        refresh();
}

void DetailsPanel::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    m_later->stop();
    m_events->setActive(false);
    m_related->setActive(false);
    m_summary->setActive(false);
}

void DetailsPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_subject.isNull()) {
        showHeading();
        m_summary->repaintTexts();
    }
}

} // namespace ui
