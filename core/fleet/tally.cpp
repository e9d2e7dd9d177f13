// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/tally.h"

#include <algorithm>
#include <cstdint>
#include <initializer_list>

namespace fleet {

namespace {

// Rows of servers whose columns we do not print ourselves lack some fields: they count for nothing then.
std::string_view textOf(const kube::RowRef& row, std::string_view id) {
    const int field = row.layout().fieldIndex(id);
    if (field < 0 || row.layout().fields()[static_cast<std::size_t>(field)].type != kube::FieldType::Text)
        return {};
    return row.text(static_cast<std::uint16_t>(field));
}

std::int64_t numberOf(const kube::RowRef& row, std::string_view id) {
    const int field = row.layout().fieldIndex(id);
    if (field < 0 || row.layout().fields()[static_cast<std::size_t>(field)].type != kube::FieldType::Number)
        return 0;
    const std::int64_t number = row.number(static_cast<std::uint16_t>(field));
    return number == kube::kNoNumber ? 0 : number;
}

} // namespace

PodTally::Share PodTally::shareOf(const kube::RowRef& row) {
    Share share;
    const std::string_view phase = textOf(row, "phase");
    share.phase = phase == "Running"     ? Phase::Running
                  : phase == "Pending"   ? Phase::Pending
                  : phase == "Succeeded" ? Phase::Succeeded
                  : phase == "Failed"    ? Phase::Failed
                                         : Phase::Other;
    share.broken = row.state() == kube::ObjectState::Broken;
    const bool hasEnded = share.phase == Phase::Succeeded || share.phase == Phase::Failed;
    const std::string_view node = textOf(row, "node");
    if (!hasEnded && !node.empty() && node != "<none>") {
        share.cpuMilli = static_cast<std::int32_t>(std::min<std::int64_t>(numberOf(row, "cpu-requests"), INT32_MAX));
        share.memory = numberOf(row, "memory-requests");
    }
    return share;
}

void PodTally::add(const Share& share, int sign) {
    if (share.phase == Phase::None)
        return;
    m_sums.pods += sign;
    m_sums.running += share.phase == Phase::Running ? sign : 0;
    m_sums.pending += share.phase == Phase::Pending ? sign : 0;
    m_sums.succeeded += share.phase == Phase::Succeeded ? sign : 0;
    m_sums.failed += share.phase == Phase::Failed ? sign : 0;
    m_sums.broken += share.broken ? sign : 0;
    m_sums.cpuMilli += sign * std::int64_t(share.cpuMilli);
    m_sums.memory += sign * share.memory;
}

void PodTally::put(std::uint32_t slot, kube::RowHandle handle, const Share& share) {
    if (slot >= m_shares.size())
        m_shares.resize(slot + std::size_t(1));
    std::vector<Share>& shares = m_shares[slot];
    if (handle >= shares.size())
        shares.resize(handle + std::size_t(1));
    add(shares[handle], -1);
    shares[handle] = share;
    add(share, 1);
}

void PodTally::feedChanged(Feed& feed, std::uint32_t slot, const kube::RowDelta& delta) {
    for (const kube::RowHandle handle : delta.removed)
        put(slot, handle, {});
    for (const auto* handles : {&delta.added, &delta.changed}) {
        for (const kube::RowHandle handle : *handles)
            put(slot, handle, shareOf(feed.row(slot, handle)));
    }
    m_changed();
}

void PodTally::feedReset(Feed& feed) {
    m_shares.clear();
    m_sums = {};
    feed.forEachRow([this](std::uint32_t slot, kube::RowHandle handle, const kube::RowRef& row) {
        put(slot, handle, shareOf(row));
    });
    m_changed();
}

NodeTally::Share NodeTally::shareOf(const kube::RowRef& row) {
    Share share;
    share.known = true;
    const std::string_view status = textOf(row, "status");
    share.ready = status == "Ready" || status.starts_with("Ready,");
    share.cpuMilli = numberOf(row, "cpu-allocatable");
    share.memory = numberOf(row, "memory-allocatable");
    const std::string_view problems = textOf(row, "problems");
    if (!share.ready)
        share.problem = std::string(row.name()) + " NotReady";
    else if (!problems.empty())
        share.problem = std::string(row.name()) + " " + std::string(problems);
    share.place = placeOfNode(textOf(row, "provider-id"), row.labels());
    return share;
}

void NodeTally::add(const Share& share, int sign) {
    if (!share.known)
        return;
    m_sums.nodes += sign;
    m_sums.ready += share.ready ? sign : 0;
    m_sums.cpuMilli += sign * share.cpuMilli;
    m_sums.memory += sign * share.memory;
    const auto count = [sign](auto& map, const auto& key) {
        const auto entry = map.try_emplace(key, 0).first;
        entry->second += sign;
        if (entry->second == 0)
            map.erase(entry);
    };
    count(m_places, share.place);
    if (!share.problem.empty())
        count(m_problems, share.problem);
}

void NodeTally::put(kube::RowHandle handle, Share share) {
    if (handle >= m_shares.size())
        m_shares.resize(handle + std::size_t(1));
    add(m_shares[handle], -1);
    m_shares[handle] = std::move(share);
    add(m_shares[handle], 1);
}

std::vector<std::string> NodeTally::problems() const {
    std::vector<std::string> problems;
    for (const auto& [text, count] : m_problems)
        problems.push_back(text);
    return problems;
}

NodePlace NodeTally::place() const {
    const auto most = std::ranges::max_element(m_places, {}, [](const auto& entry) { return entry.second; });
    return most == m_places.end() ? NodePlace() : most->first;
}

void NodeTally::feedChanged(Feed& feed, std::uint32_t slot, const kube::RowDelta& delta) {
    for (const kube::RowHandle handle : delta.removed)
        put(handle, {});
    for (const auto* handles : {&delta.added, &delta.changed}) {
        for (const kube::RowHandle handle : *handles)
            put(handle, shareOf(feed.row(slot, handle)));
    }
    m_changed();
}

void NodeTally::feedReset(Feed& feed) {
    m_shares.clear();
    m_places.clear();
    m_problems.clear();
    m_sums = {};
    feed.forEachRow(
        [this](std::uint32_t, kube::RowHandle handle, const kube::RowRef& row) { put(handle, shareOf(row)); });
    m_changed();
}

} // namespace fleet
