// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/base/unique_function.h"
#include "core/change/journal_store.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace change {

/// The journal for a program with one thread that may not block: the file is used on a thread of its own, and what is
/// asked while that is busy is written as one. Confined to the home executor, on which handlers run, once, in the order
/// of the calls. The destructor writes what was asked for and calls no handler any more.
class Journal {
public:
    template <typename T>
    using Found = base::UniqueFunction<void(base::Result<T>)>;
    using Written = Found<void>;

    /// Opens or makes the journal in `folder` once it is needed. While that fails, everything fails with the reason.
    Journal(const std::string& folder, base::Executor& home);
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// See JournalStore. `written` runs once it is on the disk.
    void add(std::vector<JournalRecord> records, std::string intent, Written written);
    void begin(std::string set, std::vector<JournalBegin> begins, Written written);
    void close(std::string set, std::vector<JournalClose> closes, Written written);
    void finish(std::string set, std::int64_t nowMs, Written written);

    /// Fails with Conflict where a living program has it, with NotFound where there is no such set.
    void adopt(std::string set, Written adopted);
    void read(JournalQuery query, Found<std::vector<JournalEntry>> found);
    void records(std::string set, Found<std::vector<JournalRecord>> found);
    void images(std::string set, std::size_t number, Found<JournalImages> found);
    void setsWithUnknown(Found<std::vector<std::string>> found);

    /// Runs on home after something was written by this program.
    [[nodiscard]] base::Cancel onChange(std::function<void()> listener);

private:
    class Writer;
    void write(std::function<void(JournalStore&)> work, Written written);

    std::shared_ptr<Writer> m_writer;
    std::unique_ptr<base::ThreadPool> m_thread;
};

} // namespace change
