// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/watched_kind.h"

#include <algorithm>
#include <utility>

namespace qdctl {

using kube::WatchEventType;

namespace {

bool isUnchanged(kube::RowRef before, kube::RowRef now) {
    const std::uint64_t version = now.head().resourceVersion;
    if (version != 0 || before.head().resourceVersion != 0)
        return version == before.head().resourceVersion;
    // Some aggregated APIs have no versions.
    const auto& columns = now.layout().columns();
    return columns.size() == before.layout().columns().size() &&
           std::all_of(columns.begin(), columns.end(),
                       [&](const kube::Column& column) { return now.cell(column, 0) == before.cell(column, 0); });
}

// Objects stand in the order of their rows, unless a list names one twice.
std::string takeJson(std::vector<kube::ObjectText>& objects, std::size_t index, kube::RowRef row) {
    const auto isOfRow = [row](const kube::ObjectText& object) {
        return object.name == row.name() && object.ns == row.ns();
    };
    if (index < objects.size() && isOfRow(objects[index]))
        return std::move(objects[index].json);
    const auto found = std::find_if(objects.begin(), objects.end(), isOfRow);
    return found == objects.end() ? std::string() : std::move(found->json);
}

} // namespace

WatchedKind::WatchedKind(kube::Kind kind, std::string cluster, const fleet::Filter& filter, WatchPrinter& printer)
    : m_kind(std::move(kind))
    , m_cluster(std::move(cluster))
    , m_filter(filter)
    , m_printer(printer) {}

void WatchedKind::take(kube::WatchUpdate update, std::int64_t nowMs) {
    m_nowMs = nowMs;
    if (update.resyncBegins) {
        m_isListing = true;
        for (auto& [uid, known] : m_known)
            known.isSeen = false;
    }
    for (std::size_t b = 0; b < update.batches.size(); ++b) {
        const auto batch = std::make_shared<const kube::RowBatch>(std::move(update.batches[b]));
        for (std::size_t i = 0; i < batch->size(); ++i) {
            Known now{batch, i, takeJson(update.objects[b], i, batch->row(i)), true};
            // Events that follow a list in one update are told from it by their type; an added object is as good as a
            // listed one.
            if (m_isListing && update.types[b] == WatchEventType::Added)
                takeListed(std::move(now));
            else
                takeEvent(update.types[b], std::move(now));
        }
    }
    if (update.resyncEnds)
        finishList();
}

void WatchedKind::takeListed(Known now) {
    const kube::RowRef row = now.row();
    if (!m_filter.matches({row, m_cluster, m_nowMs}))
        return;
    const auto found = m_known.find(row.uid().bits);
    const bool isNew = found == m_known.end();
    if (isNew || !isUnchanged(found->second.row(), row))
        print(isNew ? WatchEventType::Added : WatchEventType::Modified, now);
    m_known.insert_or_assign(row.uid().bits, std::move(now));
}

void WatchedKind::takeEvent(WatchEventType type, Known now) {
    const kube::RowRef row = now.row();
    const auto found = m_known.find(row.uid().bits);
    const bool isKnown = found != m_known.end();
    if (type == WatchEventType::Deleted) {
        if (isKnown || m_filter.isEmpty())
            print(type, now);
        if (isKnown)
            m_known.erase(found);
    } else if (m_filter.matches({row, m_cluster, m_nowMs})) {
        print(m_filter.isEmpty() ? type : isKnown ? WatchEventType::Modified : WatchEventType::Added, now);
        m_known.insert_or_assign(row.uid().bits, std::move(now));
    } else if (isKnown) {
        print(WatchEventType::Deleted, found->second);
        m_known.erase(found);
    }
    // A line by itself, as kubectl writes it; what a list says is written together.
    if (!m_isListing)
        m_printer.flush();
}

void WatchedKind::finishList() {
    for (auto at = m_known.begin(); at != m_known.end();) {
        if (at->second.isSeen) {
            ++at;
            continue;
        }
        print(WatchEventType::Deleted, at->second);
        at = m_known.erase(at);
    }
    m_isListing = false;
    m_isListed = true;
    m_printer.flush();
}

void WatchedKind::print(WatchEventType type, const Known& known) {
    m_printer.add({type, m_kind, known.batch->layout(), known.row(), m_nowMs, m_cluster, known.json});
}

} // namespace qdctl
