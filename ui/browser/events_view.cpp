// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/events_view.h"

#include "core/base/age.h"
#include "core/fleet/fleet.h"
#include "ui/base/error_text.h"
#include "ui/base/table_view.h"
#include "ui/base/theme.h"
#include "ui/browser/object_cell.h"

#include <QHeaderView>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

// The text of a field or column by its id, whichever way the server's events come.
QString textOf(const kube::RowRef& row, std::string_view id, std::int64_t nowMs) {
    if (const int field = row.layout().fieldIndex(id);
        field >= 0 && row.layout().fields()[static_cast<std::size_t>(field)].type == kube::FieldType::Text)
        return fromUtf8(row.text(static_cast<std::uint16_t>(field)));
    if (const int column = row.layout().columnIndex(id); column >= 0)
        return QString::fromStdString(row.cell(row.layout().columns()[static_cast<std::size_t>(column)], nowMs));
    return {};
}

std::int64_t seenMs(const kube::RowRef& row) {
    const int field = row.layout().fieldIndex("last-seen");
    if (field >= 0 && row.layout().fields()[static_cast<std::size_t>(field)].type == kube::FieldType::Time)
        return row.timeMs(static_cast<std::uint16_t>(field));
    return row.createdMs();
}

bool isAbout(const kube::RowRef& row, const ObjectSubject& subject, std::int64_t nowMs) {
    const QString uid = textOf(row, "object-uid", nowMs);
    if (!uid.isEmpty())
        return kube::Uid::fromText(uid.toStdString(), {}, {}) == subject.key.uid ||
               // A node's events name it by its name.
               uid.toStdString() == subject.key.name;
    const QString object = textOf(row, "object", nowMs);
    return object.compare(QString::fromStdString(subject.kind.singular + "/" + subject.key.name),
                          Qt::CaseInsensitive) == 0;
}

} // namespace

EventsView::EventsView(fleet::Fleet& fleet, QWidget* parent)
    : QWidget(parent)
    , m_fleet(fleet)
    , m_model([](const EventRow& row) { return row.uid; },
              [] {
                  std::vector<TableColumn<EventRow>> columns(4);
                  columns[0].id = QStringLiteral("age");
                  columns[0].title = tr("Seen", "column title: how long ago an event was seen last");
                  columns[0].width = 64;
                  columns[0].cell = [](const EventRow& row) {
                      Cell cell;
                      cell.text = row.age;
                      cell.ink = Ink::Muted;
                      return cell;
                  };
                  columns[0].sortKey = [](const EventRow& row) { return QVariant(qlonglong(-row.seenMs)); };
                  columns[1].id = QStringLiteral("reason");
                  columns[1].title = tr("Reason", "column title");
                  columns[1].width = 130;
                  columns[1].cell = [](const EventRow& row) {
                      Cell cell;
                      cell.text = row.reason;
                      cell.mark = row.type == QLatin1String("Warning") ? Mark::Attention : Mark::None;
                      return cell;
                  };
                  columns[2].id = QStringLiteral("message");
                  columns[2].title = tr("Message", "column title");
                  columns[2].width = 320;
                  columns[2].cell = [](const EventRow& row) {
                      Cell cell;
                      cell.text = row.message;
                      cell.elide = CellElide::End;
                      return cell;
                  };
                  columns[3].id = QStringLiteral("count");
                  columns[3].title = tr("Count", "column title: how often an event was seen");
                  columns[3].width = 56;
                  columns[3].align = CellAlign::Right;
                  columns[3].cell = [](const EventRow& row) {
                      Cell cell;
                      cell.text = row.count;
                      cell.align = CellAlign::Right;
                      return cell;
                  };
                  columns[3].sortKey = [](const EventRow& row) { return QVariant(row.count.toLongLong()); };
                  return columns;
              }())
    , m_table(new TableView(this))
    , m_blank(new QLabel(this)) {
    m_table->setObjectName(QStringLiteral("events"));
    m_table->setAccessibleName(tr("Events of this object"));
    m_table->setModel(&m_model);
    for (std::size_t i = 0; i < m_model.columns().size(); ++i)
        m_table->setColumnWidth(static_cast<int>(i), m_model.columns()[i].width);
    m_table->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    m_blank->setAlignment(Qt::AlignCenter);
    m_blank->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Measure::step, 0, 0);
    layout->addWidget(m_blank, 1);
    layout->addWidget(m_table, 1);
    m_model.sort(0, Qt::AscendingOrder);
}

EventsView::~EventsView() = default;

void EventsView::setSubject(const ObjectSubject& subject) {
    if (subject.key == m_subject.key && subject.isNull() == m_subject.isNull())
        return;
    m_subject = subject;
    m_view.reset();
    m_model.setRows({});
    setActive(m_active);
    emit countChanged();
}

void EventsView::setActive(bool active) {
    m_active = active;
    if (!active) {
        m_view.reset();
        return;
    }
    if (m_view || m_subject.isNull())
        return;
    fleet::ViewSpec spec;
    spec.resource = "events";
    spec.clusters = {m_subject.key.cluster};
    // Events about objects without a namespace stand in "default".
    spec.namespaces = {m_subject.key.ns.empty() ? std::string("default") : m_subject.key.ns};
    m_view = m_fleet.openView(std::move(spec));
    m_view->onDelta([this](const fleet::ViewDelta&) { read(); });
    read();
}

void EventsView::read() {
    std::vector<EventRow> rows;
    const std::int64_t now = m_view->nowMs(m_subject.key.cluster);
    for (const fleet::RowId id : m_view->allRows()) {
        const kube::RowRef row = m_view->row(id);
        if (row.isNull() || !isAbout(row, m_subject, now))
            continue;
        EventRow event;
        event.uid = row.uid().toText();
        event.seenMs = seenMs(row);
        event.age = QString::fromStdString(base::humanDuration(now - event.seenMs));
        event.type = textOf(row, "type", now);
        event.reason = textOf(row, "reason", now);
        event.message = textOf(row, "message", now);
        event.count = textOf(row, "count", now);
        rows.push_back(std::move(event));
    }
    const int before = count();
    m_model.setRows(std::move(rows));
    tellState();
    if (count() != before)
        emit countChanged();
}

void EventsView::tellState() {
    m_table->setVisible(count() > 0);
    m_blank->setVisible(count() == 0);
    QString text = tr("No events about this object. Kubernetes keeps events for an hour.");
    if (!isSettled())
        text = tr("Reading events…");
    for (const fleet::ViewPart& part : m_view->parts()) {
        if (part.error)
            text = errorSentence(*part.error) + QLatin1String(". ") + errorAdvice(*part.error);
    }
    m_blank->setText(text);
}

int EventsView::count() const {
    return m_model.totalCount();
}

bool EventsView::isSettled() const {
    if (!m_view)
        return true;
    const auto& parts = m_view->parts();
    return std::none_of(parts.begin(), parts.end(), [](const fleet::ViewPart& part) {
        return part.phase == kube::WatchPhase::Listing && !part.error;
    });
}

void EventsView::tick() {
    if (m_view && isVisible() && count() > 0)
        read();
}

} // namespace ui
