// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/change/journal_entry.h"
#include "core/fleet/database.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace change {

/// One operation as the journal keeps it: enough to go on with it or to take it back.
struct JournalRecord {
    JournalEntry entry;
    Operation operation;       ///< body and before without what secrets keep.
    std::string after;         ///< Once done; before that what the server said it would store.
    bool hidesSecrets = false; ///< Some values are marks: the operation cannot be repeated or taken back from here.
    std::optional<SealedImages> sealed = {}; ///< Of secrets only, and of those that older versions wrote not.
    std::string whyHidden = {};              ///< Where it hides secrets; see reveal().
};

/// What is noted when an operation is about to be sent.
struct JournalBegin {
    std::size_t number = 0;
    std::int64_t beganMs = 0;
    std::string before;                      ///< As read right before; "null": not there.
    std::string expected;                    ///< What the server said it would store; empty: not known, or gone.
    std::optional<SealedImages> sealed = {}; ///< Of a secret: before and after (what is expected).
};

/// What is noted when an operation has ended.
struct JournalClose {
    std::size_t number = 0;
    Outcome outcome = Outcome::Unknown;
    std::string message;
    std::string after;
    std::int64_t closedMs = 0;
    std::int64_t serverMs = 0;
    std::optional<SealedImages> sealed = {}; ///< Of a secret: after.
};

/// The journal's SQLite file, which window and qdctl use at the same time. What was written survives the death of the
/// program at any point and, once a call has returned, a power cut. A set belongs to the program that runs it for as
/// long as that lives (a lock on a file in `folder`/runners tells); what it left open when it died is Unknown from then
/// on. A file that cannot be used is left alone, and each call says so: an audit trail is never begun anew by itself.
/// Errors name the file and what can be done. One thread at a time; blocks on the disk.
class JournalStore {
public:
    static base::Result<std::unique_ptr<JournalStore>> open(const std::string& folder);
    ~JournalStore();
    JournalStore(const JournalStore&) = delete;
    JournalStore& operator=(const JournalStore&) = delete;

    /// Several writes as one: begin(), any of the writes below, commit().
    bool beginBatch();
    base::Result<void> commitBatch();

    /// A set with all its operations, none sent; what their entries say of the intent does not matter.
    void add(const std::vector<JournalRecord>& records, const std::string& intent);
    void note(const std::string& set, const JournalBegin& begin);
    void note(const std::string& set, const JournalClose& close);
    /// Nothing more will be done for this set by this program.
    void finish(const std::string& set, std::int64_t nowMs);
    /// Takes over an unfinished set of a program that died, to go on with it. False: somebody has it.
    base::Result<bool> adopt(const std::string& set);

    [[nodiscard]] base::Result<std::vector<JournalEntry>> entries(const JournalQuery& query);
    /// Empty where there is no such set.
    [[nodiscard]] base::Result<std::vector<JournalRecord>> records(const std::string& set);
    [[nodiscard]] base::Result<JournalImages> images(const std::string& set, std::size_t number);
    /// Sets with operations of which nobody knows what became.
    [[nodiscard]] base::Result<std::vector<std::string>> setsWithUnknown();

private:
    JournalStore() = default;
    /// Made once, and ready to be bound; what it found is read before it is asked for again.
    [[nodiscard]] fleet::Statement& prepared(const std::string& sql);
    void run(fleet::Statement& statement);
    void addSealed(const JournalRecord& record);
    /// `update` sets the message of a line.
    void updateMessage(const std::string& set, std::size_t number, const std::string& message,
                       fleet::Statement& update);
    base::Result<void> settleDead();
    void settle(const std::string& set);
    void indexNewest();
    base::Result<std::vector<std::string>> deadSets();
    [[nodiscard]] base::Error unreadable() const;
    enum class Way; ///< To the lines of a query.
    [[nodiscard]] base::Result<Way> wayTo(const JournalQuery& query, const std::string& match);
    [[nodiscard]] base::Result<std::vector<JournalEntry>> find(const JournalQuery& query, Way way,
                                                               const std::string& match);
    [[nodiscard]] base::Result<std::vector<JournalEntry>> findIndexed(JournalQuery query, const std::string& match);
    [[nodiscard]] base::Result<std::vector<JournalEntry>> findShort(const JournalQuery& query, Way way,
                                                                    std::string match);
    [[nodiscard]] base::Result<std::vector<std::string>> trigramsThatBegin(const std::string& word);
    [[nodiscard]] base::Result<std::int64_t> number(const char* sql);
    [[nodiscard]] base::Result<void> readImages(const std::string& set, std::vector<JournalRecord>& records);
    [[nodiscard]] base::Result<void> readSealed(const std::string& set, std::vector<JournalRecord>& records);
    [[nodiscard]] bool isAlive(const std::string& runner) const;

    std::string m_folder;
    std::string m_runner;
    int m_lock = -1;
    std::unique_ptr<fleet::Database> m_database;
    std::map<std::string, std::unique_ptr<fleet::Statement>> m_prepared; ///< By their SQL.
    std::string m_failure;                                               ///< Of the batch that is open.
};

} // namespace change
