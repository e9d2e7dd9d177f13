// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/row_batch.h"

#include <cstring>

namespace kube {

RowBatch::RowBatch(RowLayoutPtr layout)
    : m_layout(std::move(layout)) {}

RowRef RowBatch::row(std::size_t index) const {
    return {*m_layout, m_strings, m_rows.data() + index * m_layout->stride()};
}

RowHead RowBatch::headAt(std::size_t index) const {
    return row(index).head();
}

void RowBatch::beginRow() {
    m_current = m_rows.size();
    m_rows.resize(m_current + m_layout->stride());
    const RowHead fresh;
    std::memcpy(m_rows.data() + m_current, &fresh, sizeof fresh);
    for (std::size_t i = 0; i < m_layout->fields().size(); ++i) {
        if (m_layout->fields()[i].type == FieldType::Number)
            setNumber(static_cast<std::uint16_t>(i), kNoNumber);
    }
}

RowHead& RowBatch::head() {
    return *reinterpret_cast<RowHead*>(m_rows.data() + m_current);
}

void RowBatch::putField(std::uint16_t field, const void* value, std::size_t size) {
    std::memcpy(m_rows.data() + m_current + m_layout->offset(field), value, size);
}

void RowBatch::setText(std::uint16_t field, std::string_view text) {
    const std::uint32_t index = m_strings.intern(text);
    putField(field, &index, sizeof index);
}

void RowBatch::setNumber(std::uint16_t field, std::int64_t number) {
    putField(field, &number, sizeof number);
}

void RowBatch::setTime(std::uint16_t field, std::int64_t ms) {
    putField(field, &ms, sizeof ms);
}

void RowBatch::endRow() {
    const auto uidOfRow = [this](std::uint32_t index) { return row(index).uid(); };
    const auto uidOfRemoved = [this](std::uint32_t index) { return m_removed[index]; };
    const Uid uid = head().uid;
    if (const std::uint32_t gone = m_removedIndex.find(uid, uidOfRemoved); gone != UidIndex::kNone) {
        m_removedIndex.erase(uid, uidOfRemoved);
        const auto last = static_cast<std::uint32_t>(m_removed.size() - 1);
        if (gone != last) {
            m_removedIndex.renumber(m_removed[last], gone, uidOfRemoved);
            m_removed[gone] = m_removed[last];
        }
        m_removed.pop_back();
    }
    const auto index = static_cast<std::uint32_t>(m_current / m_layout->stride());
    const std::uint32_t earlier = m_rowIndex.find(uid, uidOfRow);
    if (earlier == UidIndex::kNone) {
        m_rowIndex.insert(uid, index, uidOfRow);
    } else {
        std::memcpy(m_rows.data() + std::size_t(earlier) * m_layout->stride(), m_rows.data() + m_current,
                    m_layout->stride());
        m_rows.resize(m_current);
    }
    m_current = m_rows.size();
}

void RowBatch::dropRow() {
    m_rows.resize(m_current);
}

void RowBatch::takeRowOut(std::uint32_t index) {
    const auto uidOfRow = [this](std::uint32_t at) { return row(at).uid(); };
    m_rowIndex.erase(row(index).uid(), uidOfRow);
    const auto last = static_cast<std::uint32_t>(size() - 1);
    const std::size_t stride = m_layout->stride();
    if (index != last) {
        m_rowIndex.renumber(row(last).uid(), index, uidOfRow);
        std::memcpy(m_rows.data() + index * stride, m_rows.data() + last * stride, stride);
    }
    m_rows.resize(last * stride);
    m_current = m_rows.size();
}

void RowBatch::remove(const Uid& uid) {
    const std::uint32_t known = m_rowIndex.find(uid, [this](std::uint32_t at) { return row(at).uid(); });
    if (known != UidIndex::kNone)
        takeRowOut(known);
    const auto uidOfRemoved = [this](std::uint32_t index) { return m_removed[index]; };
    if (m_removedIndex.find(uid, uidOfRemoved) != UidIndex::kNone)
        return;
    m_removed.push_back(uid);
    m_removedIndex.insert(uid, static_cast<std::uint32_t>(m_removed.size() - 1), uidOfRemoved);
}

} // namespace kube
