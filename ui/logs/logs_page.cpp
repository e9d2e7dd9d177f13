// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/logs_page.h"

#include "core/fleet/fleet.h"
#include "core/fleet/paths.h"
#include "core/fleet/settings.h"
#include "ui/base/error_text.h"
#include "ui/base/theme.h"
#include "ui/logs/label_wish.h"
#include "ui/logs/line_details.h"
#include "ui/logs/log_facets.h"
#include "ui/logs/log_histogram.h"
#include "ui/logs/log_lines.h"
#include "ui/logs/log_view.h"
#include "ui/logs/logs_subject.h"

#include <QAction>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace ui {

namespace {

constexpr int kTypingMs = 120;
constexpr int kRefreshMs = 250;
constexpr int kFacetsWidth = 290;
constexpr int kDetailsWidth = 380;

QString number(std::uint64_t value) {
    return QLocale().toString(qulonglong(value));
}

} // namespace

LogsPage::LogsPage(const PageContext& context, QWidget* parent)
    : Page(parent)
    , m_context(context) {
    setObjectName(QStringLiteral("logsPage"));
    logs::StoreOptions options;
    options.folder = fleet::Paths::fromEnvironment().cache + "/logs";
    m_lines = new LogLines(context.fleet, std::move(options), this);
    build();
    addActions();
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingMs);
    connect(&m_typing, &QTimer::timeout, this, &LogsPage::query);
    m_refreshing.setSingleShot(true);
    m_refreshing.setInterval(kRefreshMs);
    connect(&m_refreshing, &QTimer::timeout, this, &LogsPage::refresh);
    const auto later = [this] {
        if (!m_refreshing.isActive())
            m_refreshing.start();
    };
    connect(m_lines, &LogLines::statesChanged, this, later);
    connect(m_lines, &LogLines::linesChanged, this, [this, later] {
        if (m_wanted && !m_lines->isSearching())
            m_view->goTo(*std::exchange(m_wanted, std::nullopt));
        if (m_stack->currentIndex() != 0)
            readFace();
        later();
    });
    readFace();
}

LogsPage::~LogsPage() {
    m_exporting.cancel();
}

void LogsPage::build() {
    auto* side = new QFrame(this);
    side->setProperty("panel", true);
    m_facets = new LogFacets(side);
    auto* inSide = new QVBoxLayout(side);
    inSide->setContentsMargins(1, Measure::step, 1, 1);
    inSide->addWidget(m_facets);
    auto* details = new QFrame(this);
    details->setProperty("panel", true);
    m_details = new LineDetails(details);
    auto* inDetails = new QVBoxLayout(details);
    inDetails->setContentsMargins(1, 1, 1, 1);
    inDetails->addWidget(m_details);
    details->hide();
    m_detailsFrame = details;
    m_split = new QSplitter(Qt::Horizontal, this);
    m_split->addWidget(side);
    m_split->addWidget(makeLinesPanel());
    m_split->addWidget(details);
    m_split->setStretchFactor(1, 1);
    m_split->setSizes({kFacetsWidth, 900, kDetailsWidth});
    m_split->setHandleWidth(Measure::step * 3);
    m_split->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_split);
    connect(m_facets, &LogFacets::choiceChanged, this, &LogsPage::query);
    connect(m_details, &LineDetails::filterWanted, this,
            [this](const QString& term) { setFilter(m_filter.isEmpty() ? term : m_filter + u' ' + term); });
}

QWidget* LogsPage::makeLinesPanel() {
    auto* frame = new QFrame(this);
    frame->setProperty("panel", true);
    m_histogram = new LogHistogram(frame);
    m_notice = new QLabel(frame);
    m_notice->setObjectName(QStringLiteral("logsNotice"));
    m_notice->setWordWrap(true);
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setContentsMargins(Measure::cellPadding, Measure::step, Measure::cellPadding, Measure::step);
    m_notice->setProperty("ink", QStringLiteral("attention"));
    m_notice->hide();
    m_stack = new QStackedWidget(frame);
    m_view = new LogView(*m_lines, m_stack);
    m_view->setEnlargement(static_cast<int>(std::clamp<std::int64_t>(
        m_context.settings.number(fleet::Setting::LogTextSize), LogView::kSmallest, LogView::kLargest)));
    connect(m_view, &LogView::enlargementChanged, this,
            [this] { m_context.settings.set(fleet::Setting::LogTextSize, std::int64_t(m_view->enlargement())); });
    m_stack->addWidget(m_view);
    m_stack->addWidget(makeFace(m_stack));
    auto* all = new QVBoxLayout(frame);
    all->setContentsMargins(1, 1, 1, 1);
    all->setSpacing(0);
    all->addWidget(m_histogram);
    all->addWidget(m_notice);
    all->addWidget(m_stack, 1);
    connect(m_histogram, &LogHistogram::rangeChosen, this,
            [this](std::int64_t from, std::int64_t until) { setRange(std::pair(from, until)); });
    connect(m_histogram, &LogHistogram::allChosen, this, [this] { setRange(std::nullopt); });
    connect(m_histogram, &LogHistogram::left, this, [this] { m_view->setFocus(); });
    connect(m_view, &LogView::currentChanged, this, &LogsPage::readDetails);
    connect(m_view, &LogView::activated, this, &LogsPage::openDetails);
    connect(m_view, &LogView::followingChanged, this, [this] { m_follow->setChecked(m_view->isFollowing()); });
    connect(m_view, &QWidget::customContextMenuRequested, this, &LogsPage::showMenu);
    return frame;
}

QWidget* LogsPage::makeFace(QWidget* parent) {
    auto* none = new QWidget(parent);
    m_face = new QLabel(none);
    m_face->setObjectName(QStringLiteral("logsFace"));
    m_face->setWordWrap(true);
    m_face->setTextFormat(Qt::PlainText);
    m_face->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_clear = new QPushButton(tr("Show all lines"), none);
    m_clear->setObjectName(QStringLiteral("logsClearFilter"));
    connect(m_clear, &QPushButton::clicked, this, [this] {
        m_range.reset();
        m_facets->showAll();
        setFilter({});
    });
    m_browse = new QPushButton(tr("Open the Browser"), none);
    m_browse->setObjectName(QStringLiteral("logsBrowse"));
    connect(m_browse, &QPushButton::clicked, this, [this] {
        PageTarget target;
        target.page = QStringLiteral("browser");
        target.kind = QStringLiteral("pods");
        m_context.navigator.open(target);
    });
    m_byLabel = new QPushButton(tr("Choose by label…"), none);
    m_byLabel->setObjectName(QStringLiteral("logsByLabel"));
    connect(m_byLabel, &QPushButton::clicked, this, &LogsPage::chooseByLabel);
    auto* layout = new QVBoxLayout(none);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(m_face);
    layout->addWidget(m_clear, 0, Qt::AlignLeft);
    layout->addWidget(m_browse, 0, Qt::AlignLeft);
    layout->addWidget(m_byLabel, 0, Qt::AlignLeft);
    layout->addStretch(1);
    return none;
}

QString LogsPage::title() const {
    return m_subject ? tr("Logs of %1", "%1 is an object or several").arg(m_subject->title) : tr("Logs");
}

QString LogsPage::tabTitle() const {
    return m_subject ? m_subject->title : tr("Logs");
}

int LogsPage::tabHue() const {
    if (!m_subject || m_subject->subjects.empty())
        return -1;
    const fleet::ClusterId first = m_subject->subjects.front().cluster;
    const bool isOne = std::all_of(m_subject->subjects.begin(), m_subject->subjects.end(),
                                   [first](const logs::GatherSubject& subject) { return subject.cluster == first; });
    return isOne ? hueOf(first) : -1;
}

int LogsPage::hueOf(fleet::ClusterId cluster) const {
    return m_context.fleet.cluster(cluster).hue;
}

QString LogsPage::subtitle() const {
    if (!m_subject)
        return {};
    const std::uint64_t total = m_lines->allCounts().total();
    if (m_lines->isFiltered()) {
        const QString match = tr("%1 of %2 lines match").arg(number(m_lines->count()), number(total));
        return m_lines->isSearching() ? tr("%1 so far", "%1 is a count in words").arg(match) : match;
    }
    const std::size_t open = m_lines->gathering() ? m_lines->gathering()->count(logs::SourceState::Phase::Reading) : 0;
    return tr("%1 lines, %2 of %3 sources open", "counts")
        .arg(number(total), number(open), number(m_lines->store().sources().size()));
}

QString LogsPage::filterHint() const {
    return tr("filter lines: timeout -debug level>=warn pod:web status=500 /time(d )?out/");
}

void LogsPage::setFilter(const QString& text) {
    if (text == m_filter)
        return;
    m_filter = text;
    const auto parsed = logs::LogFilter::parse(text.toStdString());
    m_problem.reset();
    if (!parsed) {
        const fleet::FilterError& error = parsed.error();
        m_problem = FilterProblem{static_cast<int>(error.column), static_cast<int>(error.length),
                                  QString::fromStdString(error.message)};
    } else {
        m_typing.start();
    }
    emit filterChanged();
    emit settledChanged();
}

void LogsPage::show(const PageTarget& target) {
    if (!target.logs || isAbout(target))
        return;
    m_notices.cancel();
    setSubject(target.logs);
    gather();
}

void LogsPage::setSubject(std::shared_ptr<const LogsSubject> about) {
    m_subject = std::move(about);
    std::set<fleet::ClusterId> clusters;
    for (const logs::GatherSubject& subject : m_subject->subjects)
        clusters.insert(subject.cluster);
    m_view->setHues(clusters.size() > 1 ? [this](fleet::ClusterId id) { return hueOf(id); }
                                        : std::function<int(fleet::ClusterId)>());
}

void LogsPage::gatherWhenConnected() {
    const auto& subjects = m_subject->subjects;
    if (std::any_of(subjects.begin(), subjects.end(), [&fleet = m_context.fleet](const auto& subject) {
            return !fleet.transport(subject.cluster) || !fleet.kinds(subject.cluster);
        }))
        return;
    m_notices.cancel();
    gather();
}

bool LogsPage::isAbout(const PageTarget& target) const {
    return m_subject && (!target.logs || target.logs->subjects == m_subject->subjects);
}

void LogsPage::gather() {
    if (!m_subject)
        return;
    logs::GatherSpec spec;
    spec.subjects = m_subject->subjects;
    spec.tailLines = m_history.tailLines;
    spec.sinceSeconds = m_history.sinceSeconds;
    spec.previous = m_readsPrevious ? logs::GatherSpec::Previous::With : logs::GatherSpec::Previous::Without;
    m_range.reset();
    m_around.reset();
    m_view->setFollowing(true);
    m_view->clearMarks();
    m_lines->gather(std::move(spec));
    query();
    emit headingChanged();
}

void LogsPage::query() {
    m_typing.stop();
    logs::LogQuery query;
    auto marked = std::make_shared<logs::LogFilter>();
    if (auto filter = logs::LogFilter::parse(m_filter.toStdString()))
        *marked = std::move(*filter);
    if (!m_around) {
        if (auto filter = logs::LogFilter::parse(m_filter.toStdString()))
            query.filter = std::move(*filter);
        if (m_range)
            std::tie(query.fromNs, query.untilNs) = *m_range;
        query.hiddenLevels = m_facets->hiddenLevels();
        query.hiddenSources = m_facets->hiddenSources();
    }
    // Whoever reads a line goes on reading it, as far as it is still there.
    m_wanted = m_around ? m_around : m_view->isFollowing() ? std::nullopt : m_view->currentRow();
    m_view->setFilter(std::move(marked));
    m_lines->setQuery(std::move(query));
    if (m_wanted && !m_lines->isFiltered())
        m_view->goTo(*std::exchange(m_wanted, std::nullopt));
    refresh();
}

void LogsPage::setAround(std::optional<logs::Row> row) {
    m_around = row;
    if (row)
        m_view->setFollowing(false);
    query();
}

void LogsPage::setRange(std::optional<std::pair<std::int64_t, std::int64_t>> range) {
    if (m_range == range)
        return;
    m_range = range;
    query();
}

void LogsPage::refresh() {
    m_histogram->setCounts(&m_lines->counts());
    m_histogram->setRange(m_around ? std::nullopt : m_range);
    if (const logs::LogGathering* gathering = m_lines->gathering())
        m_facets->setLines(m_lines->allCounts(), m_lines->store().sources(), gathering->states());
    readFace();
    readNotice();
    emit headingChanged();
    emit settledChanged();
}

void LogsPage::changeEvent(QEvent* event) {
    Page::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_lines)
        refresh();
}

void LogsPage::readFace() {
    const bool isEmpty = m_lines->count() == 0;
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
    m_clear->setVisible(isEmpty && m_lines->isFiltered() && !m_lines->isSearching());
    m_browse->setVisible(!m_subject);
    m_byLabel->setVisible(!m_subject);
    // Nothing to count, nothing to choose from.
    m_split->widget(0)->setVisible(m_subject != nullptr);
    m_histogram->setVisible(m_subject != nullptr);
    if (isEmpty)
        m_face->setText(faceText());
}

std::optional<base::Error> LogsPage::refusal() const {
    const logs::LogGathering* gathering = m_lines->gathering();
    if (!gathering)
        return std::nullopt;
    for (const logs::SourceState& state : gathering->states()) {
        if (state.error && state.phase == logs::SourceState::Phase::Forbidden)
            return state.error;
    }
    return gathering->problems().empty() ? std::nullopt : std::optional(gathering->problems().front());
}

QString LogsPage::faceText() const {
    if (!m_subject)
        return tr("Choose pods or workloads in the Browser and press L: their lines are shown here as one, over all "
                  "clusters.");
    if (m_lines->isFiltered() && m_lines->allCounts().total() > 0)
        return m_lines->isSearching() ? tr("Searching…")
               : m_filter.isEmpty()   ? tr("No line is shown of the levels, sources and times chosen")
                                      : tr("No line matches %1").arg(m_filter);
    if (!m_lines->gathering())
        return tr("These lines are read once their clusters are connected.");
    if (const auto error = refusal()) {
        const QString advice = errorAdvice(*error);
        return QString::fromStdString(error->cluster) + QLatin1String(": ") + errorSentence(*error) +
               (advice.isEmpty() ? QString() : QStringLiteral("\n\n") + advice);
    }
    if (!isSettled())
        return tr("Reading…");
    const std::string selector = labelWish(*m_subject).selector;
    if (!selector.empty() && m_lines->store().sources().empty())
        return tr("No pod matches %1 now. Lines appear once one comes.", "%1 is a label selector")
            .arg(QString::fromStdString(selector));
    return tr("Nothing was written yet. Lines appear as they come.");
}

void LogsPage::readNotice() {
    QStringList notes;
    if (m_around)
        notes += tr("All lines around the one chosen. Esc goes back to the filter.");
    if (const logs::LogGathering* gathering = m_lines->gathering()) {
        using Phase = logs::SourceState::Phase;
        for (const base::Error& error : gathering->problems())
            notes += QString::fromStdString(error.cluster) + QLatin1String(": ") + errorSentence(error);
        if (const auto cut = gathering->count(Phase::Interrupted); cut > 0)
            notes += tr("%Ln streams were cut and go on by themselves", "of lines", static_cast<int>(cut));
        if (const auto denied = gathering->count(Phase::Forbidden); denied > 0)
            notes += tr("%Ln sources may not be read", nullptr, static_cast<int>(denied));
        if (const auto failed = gathering->count(Phase::Failed); failed > 0)
            notes += tr("%Ln sources do not answer yet and are asked again", nullptr, static_cast<int>(failed));
    }
    if (const std::uint64_t dropped = m_lines->store().dropped(); dropped > 0)
        notes += tr("The oldest %1 lines were given up: the room for lines is full").arg(number(dropped));
    m_notice->setText(notes.join(u'\n'));
    m_notice->setVisible(!notes.isEmpty() && m_lines->count() > 0);
}

void LogsPage::readDetails() {
    const auto row = m_view->currentRow();
    const auto line = row && m_detailsFrame->isVisible() ? m_lines->store().read(*row) : std::nullopt;
    if (line)
        m_details->setLine(*line, m_lines->store().source(line->source));
}

void LogsPage::focusMain() {
    if (m_subject)
        m_view->setFocus();
    else
        m_browse->setFocus();
}

bool LogsPage::isSettled() const {
    return !m_subject || !m_lines->gathering() ||
           (m_lines->gathering() && m_lines->gathering()->isSettled() && !m_lines->isSearching() &&
            !m_typing.isActive());
}

QVariantMap LogsPage::state() const {
    return {{QStringLiteral("wraps"), m_wrap->isChecked()},
            {QStringLiteral("times"), m_times->isChecked()},
            {QStringLiteral("raw"), m_raw->isChecked()},
            {QStringLiteral("filter"), m_filter},
            {QStringLiteral("logs"), m_subject ? logsState(m_context.fleet, *m_subject) : QVariantMap()}};
}

void LogsPage::restore(const QVariantMap& state) {
    m_wrap->setChecked(state.value(QStringLiteral("wraps"), false).toBool());
    m_times->setChecked(state.value(QStringLiteral("times"), true).toBool());
    m_raw->setChecked(state.value(QStringLiteral("raw"), false).toBool());
    setFilter(state.value(QStringLiteral("filter")).toString());
    auto subject = logsSubjectFrom(m_context.fleet, state.value(QStringLiteral("logs")).toMap());
    if (!subject)
        return;
    setSubject(std::move(subject));
    m_notices = m_context.fleet.onNotice([this](const fleet::FleetNotice&) { gatherWhenConnected(); });
    gatherWhenConnected();
    refresh();
}

} // namespace ui
