// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/change/clusters.h"
#include "core/change/journal_store.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace change {

/// Whether an operation that is not taken back speaks against taking back the rest.
enum class Objection {
    None,   ///< There is nothing to take back: it is so already, or cannot be otherwise.
    Blocks, ///< Taking it back would undo somebody else's work.
};

/// Why one operation is not taken back.
struct UndoRefusal {
    std::size_t number = 0; ///< Of the operation in the set that is taken back.
    ClusterRef cluster;
    ObjectRef object;
    std::string why;
    std::string after; ///< As it was right after the operation, JSON; with live the diff of what happened since.
    std::string live;  ///< As it is now; empty: not there, or not read.
    Objection objection = Objection::Blocks;
};

/// A set that takes another back, last operation first, and what of it cannot be taken back.
struct Undo {
    ChangeSet set;            ///< Its title and intent name the other one, in English.
    std::string undoneIntent; ///< Of the set that is taken back.
    std::vector<UndoRefusal> refused;

    /// Something of it would undo somebody else's work: do none of it without asking.
    [[nodiscard]] bool isBlocked() const;
};

/// Builds the undo of a set from the before-images of what was done: what was made is deleted, what was deleted is made
/// again, and of what was changed exactly those fields are set back, if they still have the value that the set gave
/// them. Reads the objects; writes nothing. Confined to home; destroying it gives up, and
/// is allowed from `built`.
class UndoBuilder {
public:
    struct Environment {
        base::Executor& home;
        const base::Clock& clock;
        Clusters& clusters;
    };
    UndoBuilder(Environment environment, std::vector<JournalRecord> records, std::function<void(Undo)> built);
    ~UndoBuilder();
    UndoBuilder(const UndoBuilder&) = delete;
    UndoBuilder& operator=(const UndoBuilder&) = delete;

private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

/// Reads the objects of operations whose outcome is unknown, and tells what became of them.
class Recovery {
public:
    using Environment = UndoBuilder::Environment;
    /// `settled` has one close for each operation that is known now; those of clusters out of reach stay unknown. It
    /// may destroy the Recovery.
    Recovery(Environment environment, std::vector<JournalRecord> records,
             std::function<void(std::vector<JournalClose>)> settled);
    ~Recovery();
    Recovery(const Recovery&) = delete;
    Recovery& operator=(const Recovery&) = delete;

private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace change
