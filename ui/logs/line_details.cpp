// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/line_details.h"

#include "core/logs/recognition.h"
#include "ui/base/elided_label.h"
#include "ui/base/theme.h"
#include "ui/logs/line_text.h"

#include <QDateTime>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr std::size_t kMostText = 256U * 1024;
constexpr int kNameWidth = 150;
constexpr std::int64_t kMs = 1'000'000;

} // namespace

LineDetails::LineDetails(QWidget* parent)
    : QWidget(parent)
    , m_head(new ElidedLabel(this))
    , m_fields(new QTreeWidget(this))
    , m_text(new QPlainTextEdit(this)) {
    setObjectName(QStringLiteral("lineDetails"));
    m_head->setObjectName(QStringLiteral("lineDetailsHead"));
    m_head->setProperty("ink", QStringLiteral("muted"));
    m_fields->setObjectName(QStringLiteral("lineFields"));
    m_fields->setAccessibleName(tr("Fields of the line"));
    m_fields->setColumnCount(2);
    m_fields->setHeaderHidden(true);
    m_fields->setRootIsDecorated(false);
    m_fields->setUniformRowHeights(true);
    m_fields->setFrameShape(QFrame::NoFrame);
    m_fields->header()->setStretchLastSection(true);
    m_fields->header()->resizeSection(0, kNameWidth);
    m_text->setObjectName(QStringLiteral("lineText"));
    m_text->setAccessibleName(tr("The line as it was written"));
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(monoFont());
    m_text->setTabChangesFocus(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(Measure::cellPadding, Measure::cellPadding, Measure::cellPadding, Measure::cellPadding);
    layout->setSpacing(Measure::step);
    layout->addWidget(m_head);
    layout->addWidget(m_fields, 3);
    layout->addWidget(m_text, 1);
    connect(m_fields, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem* item) {
        QString value = item->text(1);
        value.replace(u'\\', QLatin1String("\\\\")).replace(u'"', QLatin1String("\\\""));
        emit filterWanted(item->text(0) + QLatin1String("=\"") + value + u'"');
    });
}

void LineDetails::setLine(const logs::LogRow& row, const logs::SourceInfo& source) {
    const QString time =
        QDateTime::fromMSecsSinceEpoch(row.timeNs / kMs).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
    m_head->setText(tr("%1 · %2 · %3", "time, pod/container, cluster")
                        .arg(time, sourceText(source), QString::fromStdString(source.cluster)));
    m_fields->clear();
    const logs::Recognized line = logs::recognize(row.text);
    for (const logs::Field& field : line.fields) {
        auto* item =
            new QTreeWidgetItem(m_fields, {QString::fromStdString(field.name), QString::fromStdString(field.value)});
        item->setForeground(0, tokens().muted);
        item->setFont(1, monoFont());
        item->setToolTip(1, tr("Enter looks for lines with this value"));
    }
    m_fields->setVisible(!line.fields.empty());
    m_text->setPlainText(QString::fromStdString(row.text.substr(0, kMostText)));
}

} // namespace ui
