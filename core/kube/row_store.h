// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/row_batch.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace kube {

/// A row's place in its store: stays the same while the object lives; reused after it was removed and reported so.
using RowHandle = std::uint32_t;

/// What one apply() did. A handle stands in one list only.
struct RowDelta {
    std::vector<RowHandle> added;
    std::vector<RowHandle> changed;
    std::vector<RowHandle> removed;
    [[nodiscard]] bool isEmpty() const { return added.empty() && changed.empty() && removed.empty(); }
};

/// The known objects of one kind on one server: compact rows in chunks, found by uid. Belongs to one thread (its view's
/// executor); filled with batches decoded elsewhere. Rows that are replaced leave texts behind; the store rebuilds its
/// pool by itself when more than half is garbage (RowRefs are void after any call that is not const).
class RowStore {
public:
    explicit RowStore(RowLayoutPtr layout);
    ~RowStore();
    RowStore(RowStore&&) noexcept;
    RowStore& operator=(RowStore&&) noexcept;

    [[nodiscard]] const RowLayoutPtr& layout() const;
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] RowRef row(RowHandle handle) const;
    /// Null if there is no such row.
    [[nodiscard]] RowRef find(const Uid& uid) const;
    /// Calls for every row, in no particular order.
    void forEach(const std::function<void(RowHandle, RowRef)>& visit) const;

    /// Puts a batch in; `delta` is overwritten with what that did. A row that is not newer than the one known
    /// (resourceVersion) changes nothing; rows without a resourceVersion change where they differ. The batch's layout
    /// must be this store's, or one with equal fields; where the server's columns changed, make a new store. In a
    /// resync (between beginResync and finishResync) an equal row counts as seen, and one that differs is taken even
    /// when older: the watch goes on from that list.
    void apply(const RowBatch& batch, RowDelta& delta);
    /// A full list follows: what is not in it by finishResync() is removed then.
    void beginResync();
    void finishResync(RowDelta& delta);

    /// Heap bytes held, everything counted.
    [[nodiscard]] std::size_t bytes() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kube
