// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/log_facets.h"

#include "ui/base/error_text.h"
#include "ui/base/theme.h"
#include "ui/logs/line_text.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QPixmap>

namespace ui {

namespace {

constexpr int kCountWidth = 64;
constexpr int kChip = 8;

QIcon chip(const QColor& colour, qreal ratio) {
    QPixmap pixmap(QSize(kChip, kChip) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(colour);
    return {pixmap};
}

void setText(QTreeWidgetItem* item, int column, const QString& text) {
    if (item->text(column) != text)
        item->setText(column, text);
}

} // namespace

LogFacets::LogFacets(QWidget* parent)
    : QTreeWidget(parent) {
    setObjectName(QStringLiteral("logFacets"));
    setAccessibleName(tr("Levels and sources"));
    setColumnCount(2);
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setIndentation(Measure::step * 2);
    setUniformRowHeights(false);
    setFrameShape(QFrame::NoFrame);
    setTextElideMode(Qt::ElideMiddle);
    setIconSize({kChip, kChip});
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setSectionResizeMode(1, QHeaderView::Fixed);
    header()->resizeSection(1, kCountWidth);
    m_levels = group(tr("Levels"));
    for (std::size_t i = logs::kLevels; i-- > 0;) {
        m_levelItems[i] = entry(m_levels, levelWord(static_cast<logs::Level>(i)));
        m_levelItems[i]->setHidden(true);
    }
    connect(this, &QTreeWidget::itemChanged, this, [this](QTreeWidgetItem*, int column) {
        if (!m_isFilling && column == 0)
            emit choiceChanged();
    });
    connect(this, &QTreeWidget::itemDoubleClicked, this, [this](QTreeWidgetItem* item) { showOnly(item); });
}

QTreeWidgetItem* LogFacets::group(const QString& text) {
    auto* item = new QTreeWidgetItem(this, {text});
    item->setFlags(Qt::ItemIsEnabled);
    item->setFirstColumnSpanned(true);
    item->setFont(0, smallFont());
    item->setSizeHint(0, {0, Measure::row()});
    item->setExpanded(true);
    return item;
}

QTreeWidgetItem* LogFacets::entry(QTreeWidgetItem* group, const QString& text) {
    auto* item = new QTreeWidgetItem(group, {text});
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(0, Qt::Checked);
    item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    item->setSizeHint(0, {0, Measure::row() - Measure::step});
    return item;
}

void LogFacets::setLines(const logs::LogCounts& counts, const std::vector<logs::SourceInfo>& sources,
                         const std::vector<logs::SourceState>& states) {
    m_isFilling = true;
    const QLocale locale;
    for (std::size_t i = 0; i < logs::kLevels; ++i) {
        m_levelItems[i]->setHidden(counts.levels()[i] == 0);
        m_levelItems[i]->setIcon(0, chip(levelColour(static_cast<logs::Level>(i)), devicePixelRatioF()));
        setText(m_levelItems[i], 1, locale.toString(qulonglong(counts.levels()[i])));
    }
    std::map<QTreeWidgetItem*, std::uint64_t> lines;
    std::map<QTreeWidgetItem*, const logs::SourceState*> worst;
    m_bySource.resize(sources.size());
    for (std::size_t id = 0; id < sources.size(); ++id) {
        const logs::SourceInfo& source = sources[id];
        QTreeWidgetItem*& item =
            m_sourceItems[source.cluster + '\n' + source.ns + '\n' + source.pod + '\n' + source.container];
        if (!item) {
            QTreeWidgetItem*& sourcesOf = m_clusters[source.cluster];
            if (!sourcesOf)
                sourcesOf = group(tr("Sources in %1", "pods and containers; %1 is a cluster")
                                      .arg(QString::fromStdString(source.cluster)));
            item = entry(sourcesOf, QString::fromStdString(source.pod + '/' + source.container));
            const auto& hues = tokens().hues;
            item->setIcon(0, chip(hues[source.seat % hues.size()], devicePixelRatioF()));
        }
        m_bySource[id] = item;
        lines[item] += id < counts.sources().size() ? counts.sources()[id] : 0;
        if (id < states.size())
            worst[item] = &states[id]; // the newest run
    }
    for (const auto& [item, count] : lines) {
        const logs::SourceState* state = worst[item];
        const bool isDone = state && state->phase == logs::SourceState::Phase::Ended;
        const bool fails =
            state && state->error &&
            (state->phase == logs::SourceState::Phase::Interrupted ||
             state->phase == logs::SourceState::Phase::Forbidden || state->phase == logs::SourceState::Phase::Failed);
        setText(item, 1, locale.toString(qulonglong(count)));
        item->setForeground(0, fails ? tokens().attention : isDone ? tokens().muted : tokens().text);
        item->setToolTip(
            0, fails    ? tr("%1: %2", "source, what went wrong").arg(item->text(0), errorSentence(*state->error))
               : isDone ? tr("%1: has ended", "%1 is pod/container").arg(item->text(0))
                        : item->text(0));
    }
    m_isFilling = false;
}

std::array<bool, logs::kLevels> LogFacets::hiddenLevels() const {
    std::array<bool, logs::kLevels> hidden{};
    for (std::size_t i = 0; i < logs::kLevels; ++i)
        hidden[i] = m_levelItems[i]->checkState(0) == Qt::Unchecked;
    return hidden;
}

std::vector<bool> LogFacets::hiddenSources() const {
    std::vector<bool> hidden;
    for (const QTreeWidgetItem* item : m_bySource)
        hidden.push_back(item->checkState(0) == Qt::Unchecked);
    return hidden;
}

void LogFacets::showAll() {
    m_isFilling = true;
    for (int at = 0; at < topLevelItemCount(); ++at) {
        QTreeWidgetItem* items = topLevelItem(at);
        for (int i = 0; i < items->childCount(); ++i)
            items->child(i)->setCheckState(0, Qt::Checked);
    }
    m_isFilling = false;
    emit choiceChanged();
}

void LogFacets::showOnly(QTreeWidgetItem* item) {
    if (!item || !item->parent())
        return;
    std::vector<QTreeWidgetItem*> others;
    bool isAlone = item->checkState(0) == Qt::Checked;
    for (int at = 0; at < topLevelItemCount(); ++at) {
        QTreeWidgetItem* items = topLevelItem(at);
        for (int i = 0; (items == m_levels) == (item->parent() == m_levels) && i < items->childCount(); ++i) {
            if (items->child(i) != item)
                others.push_back(items->child(i));
        }
    }
    for (const QTreeWidgetItem* other : others)
        isAlone = isAlone && other->checkState(0) == Qt::Unchecked;
    m_isFilling = true;
    item->setCheckState(0, Qt::Checked);
    for (QTreeWidgetItem* other : others)
        other->setCheckState(0, isAlone ? Qt::Checked : Qt::Unchecked);
    m_isFilling = false;
    emit choiceChanged();
}

void LogFacets::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        showOnly(currentItem());
        return;
    }
    QTreeWidget::keyPressEvent(event);
}

} // namespace ui
