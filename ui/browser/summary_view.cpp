// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/summary_view.h"

#include "core/fleet/fleet.h"
#include "ui/base/error_text.h"
#include "ui/base/theme.h"
#include "ui/browser/summary_html.h"

#include <QDateTime>
#include <QLabel>
#include <QScrollBar>
#include <QTextBrowser>
#include <QTimer>
#include <QVBoxLayout>

#include <utility>

namespace ui {

namespace {

// Other objects change without ours: they are read again now and then, and after a change of ours, but never faster.
constexpr std::int64_t kFastestMs = 5'000;
constexpr std::int64_t kSlowestMs = 30'000;
// The printed ages of a summary are coarse; it is made anew rarely.
constexpr std::int64_t kShowEveryMs = 10'000;

} // namespace

SummaryView::SummaryView(fleet::Fleet& fleet, QWidget* parent)
    : QWidget(parent)
    , m_fleet(fleet)
    , m_note(new QLabel(this))
    , m_text(new QTextBrowser(this))
    , m_later(new QTimer(this)) {
    m_note->setObjectName(QStringLiteral("summaryNote"));
    m_note->setWordWrap(true);
    m_note->setProperty("ink", QStringLiteral("muted"));
    m_note->hide();
    m_text->setObjectName(QStringLiteral("summary"));
    m_text->setAccessibleName(tr("Summary"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenLinks(false);
    m_text->document()->setDocumentMargin(0);
    m_text->setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Measure::step);
    layout->addWidget(m_note);
    layout->addWidget(m_text, 1);
    setFocusProxy(m_text);
    m_later->setSingleShot(true);
    connect(m_later, &QTimer::timeout, this, &SummaryView::ask);
    connect(m_text, &QTextBrowser::anchorClicked, this, &SummaryView::linkActivated);
}

void SummaryView::setObject(fleet::ClusterId cluster, const std::string& json) {
    m_cluster = cluster;
    m_json = json;
    showText();
    askSoon();
}

void SummaryView::clear() {
    m_turn.renew();
    m_fetches.clear();
    m_waiting = 0;
    m_later->stop();
    m_askedMs = 0;
    m_json.clear();
    m_related.clear();
    m_missing.clear();
    m_html.clear();
    m_text->clear();
    tellMissing();
}

void SummaryView::setActive(bool active) {
    if (active == m_active)
        return;
    m_active = active;
    if (active) {
        showText();
        askSoon();
        return;
    }
    m_fetches.clear();
    m_waiting = 0;
    m_later->stop();
}

void SummaryView::askSoon() {
    if (!m_active || m_json.empty() || m_waiting > 0 || m_later->isActive())
        return;
    const std::int64_t since = QDateTime::currentMSecsSinceEpoch() - m_askedMs;
    if (m_askedMs == 0 || since < 0 || since >= kFastestMs)
        ask();
    else
        m_later->start(static_cast<int>(kFastestMs - since));
}

void SummaryView::ask() {
    const auto queries = kube::relatedQueries(m_json);
    m_askedMs = QDateTime::currentMSecsSinceEpoch();
    if (!queries || queries->empty())
        return;
    m_turn.renew();
    m_fetches.clear();
    m_waiting = queries->size();
    for (const kube::RelatedQuery& query : *queries) {
        kube::ApiRequest request;
        request.target = query.target;
        request.verb = query.verb;
        request.resource = query.resource;
        m_fetches.push_back(call(
            this, m_turn,
            [&](auto callback) { return m_fleet.fetch(m_cluster, std::move(request), std::move(callback)); },
            [this, query](base::Result<fleet::FullObject> answer) {
                if (answer)
                    take(query, std::move(answer->json));
                else
                    take(query, base::fail(answer.error()));
            }));
    }
}

void SummaryView::take(const kube::RelatedQuery& query, base::Result<std::string> answer) {
    m_missing.erase(query.id);
    if (answer)
        m_related[query.id] = *std::move(answer);
    else
        m_missing[query.id] = answer.error();
    // What may not be read any more is not known any more; what did not answer is as it was.
    if (!answer &&
        (answer.error().code == base::ErrorCode::Forbidden || answer.error().code == base::ErrorCode::NotFound))
        m_related.erase(query.id);
    if (--m_waiting > 0)
        return;
    tellMissing();
    showText();
    emit settledChanged();
}

void SummaryView::tellMissing() {
    QStringList lines;
    for (const auto& [id, error] : m_missing) {
        // A node without a lease is one.
        if (error.code != base::ErrorCode::NotFound)
            lines.append(tr("%1: what describe takes from there is missing.", "%1 says why something was not read")
                             .arg(errorSentence(error)));
    }
    m_note->setText(lines.join(u'\n'));
    m_note->setVisible(!lines.isEmpty());
}

void SummaryView::showText() {
    if (m_json.empty() || !m_active)
        return;
    const base::Result<kube::Summary> summary = kube::summarize(m_json, m_related);
    const QString html = summary ? summaryHtml(*summary, QDateTime::currentMSecsSinceEpoch())
                                 : errorSentence(summary.error()).toHtmlEscaped();
    // Somebody is about to copy: not now.
    if (html == m_html || m_text->textCursor().hasSelection())
        return;
    m_html = html;
    const int scroll = m_text->verticalScrollBar()->value();
    m_text->setHtml(html);
    m_text->verticalScrollBar()->setValue(scroll);
}

void SummaryView::tick() {
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    if (now / 1000 % (kShowEveryMs / 1000) == 0)
        showText();
    if (m_askedMs != 0 && now - m_askedMs >= kSlowestMs)
        askSoon();
}

void SummaryView::repaintTexts() {
    m_html.clear();
    showText();
}

} // namespace ui
