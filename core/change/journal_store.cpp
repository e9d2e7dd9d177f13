// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/journal_store.h"

#include "core/change/journal_row.h"
#include "core/change/journal_search.h"
#include "core/change/journal_text.h"
#include "core/fleet/paths.h"
#include "core/fleet/row_archive.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>

namespace change {

namespace {

constexpr std::int32_t kApplicationId = 0x51444a4c;

constexpr const char* kSchema =
    "CREATE TABLE IF NOT EXISTS sets(id TEXT PRIMARY KEY, intent TEXT NOT NULL, runner TEXT NOT NULL,"
    " closed_ms INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS open_sets ON sets(id) WHERE closed_ms = 0;"
    "CREATE TABLE IF NOT EXISTS entries(set_id TEXT NOT NULL, number INTEGER NOT NULL, title TEXT NOT NULL,"
    " undoes TEXT NOT NULL, cluster TEXT NOT NULL, cluster_uid TEXT NOT NULL, cluster_user TEXT NOT NULL,"
    " verb TEXT NOT NULL, api_version TEXT NOT NULL, kind TEXT NOT NULL, resource TEXT NOT NULL,"
    " subresource TEXT NOT NULL, ns TEXT NOT NULL, name TEXT NOT NULL, outcome INTEGER NOT NULL,"
    " message TEXT NOT NULL, began_ms INTEGER NOT NULL, closed_ms INTEGER NOT NULL, server_ms INTEGER NOT NULL,"
    " set_ms INTEGER NOT NULL, person TEXT NOT NULL, program TEXT NOT NULL,"
    " PRIMARY KEY(set_id, number)) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS unknown_entries ON entries(set_id) WHERE outcome IN (1, 4);"
    "CREATE TABLE IF NOT EXISTS images(set_id TEXT NOT NULL, number INTEGER NOT NULL, options TEXT NOT NULL,"
    " body BLOB NOT NULL, before BLOB NOT NULL, after BLOB NOT NULL, PRIMARY KEY(set_id, number)) WITHOUT ROWID;";

// Lines get numbers in the order in which they are written down, and an index by trigrams that keeps no text of its
// own. Triggers wrote it with each line, until the third version. Images are in no index.
std::string secondSchema() {
    const std::string columns =
        "set_id, number, title, undoes, cluster, cluster_uid, cluster_user, verb, api_version, kind, resource,"
        " subresource, ns, name, outcome, message, began_ms, closed_ms, server_ms, set_ms, person, program";
    return "DROP INDEX unknown_entries;"
           "ALTER TABLE entries RENAME TO entries_of_version_1;"
           "CREATE TABLE entries(line INTEGER PRIMARY KEY, set_id TEXT NOT NULL, number INTEGER NOT NULL,"
           " title TEXT NOT NULL, undoes TEXT NOT NULL, cluster TEXT NOT NULL, cluster_uid TEXT NOT NULL,"
           " cluster_user TEXT NOT NULL, verb TEXT NOT NULL, api_version TEXT NOT NULL, kind TEXT NOT NULL,"
           " resource TEXT NOT NULL, subresource TEXT NOT NULL, ns TEXT NOT NULL, name TEXT NOT NULL,"
           " outcome INTEGER NOT NULL, message TEXT NOT NULL, began_ms INTEGER NOT NULL, closed_ms INTEGER NOT NULL,"
           " server_ms INTEGER NOT NULL, set_ms INTEGER NOT NULL, person TEXT NOT NULL, program TEXT NOT NULL,"
           " UNIQUE(set_id, number));"
           "CREATE INDEX unknown_entries ON entries(set_id) WHERE outcome IN (1, 4);"
           "CREATE INDEX other_outcomes ON entries(outcome) WHERE outcome != 2;"
           "CREATE VIRTUAL TABLE words USING fts5(text, content='', detail=none, columnsize=0,"
           " tokenize='trigram case_sensitive 1');"
           "CREATE TRIGGER entry_added AFTER INSERT ON entries BEGIN"
           " INSERT INTO words(rowid, text) VALUES(new.line, " +
           indexedTextWithoutIntent("new") +
           "); END;"
           "CREATE TRIGGER message_changed AFTER UPDATE OF message ON entries WHEN old.message IS NOT new.message BEGIN"
           " INSERT INTO words(words, rowid, text) VALUES('delete', old.line, " +
           indexedTextWithoutIntent("old") + "); INSERT INTO words(rowid, text) VALUES(new.line, " +
           indexedTextWithoutIntent("new") +
           "); END;"
           "INSERT INTO entries(" +
           columns + ") SELECT " + columns +
           " FROM entries_of_version_1 ORDER BY set_id, number;"
           "DROP TABLE entries_of_version_1;"
           // Else the first sets that are written after this pay for putting its parts together.
           "INSERT INTO words(words) VALUES('optimize');";
}

// The index is behind the lines: to take in some thousands at once costs it as much as two sets of twenty one by one,
// since it writes out what it has in memory each time, and has to put that together later.
constexpr const char* kThirdSchema = "DROP TRIGGER entry_added; DROP TRIGGER message_changed;"
                                     "CREATE TABLE indexed(line INTEGER NOT NULL);"
                                     "INSERT INTO indexed SELECT ifnull(max(line), 0) FROM entries;";

constexpr const char* kFourthSchema =
    "CREATE TABLE sealed(set_id TEXT NOT NULL, number INTEGER NOT NULL, body BLOB NOT NULL, before BLOB NOT NULL,"
    " after BLOB NOT NULL, why_not TEXT NOT NULL, PRIMARY KEY(set_id, number)) WITHOUT ROWID;";

// Each line has the intent of its set, as it has its title: that is shown and searched line by line.
std::string fifthSchema() {
    const std::string isElsewise = "intent != '' AND line <= (SELECT line FROM indexed)";
    return "ALTER TABLE entries ADD COLUMN intent TEXT NOT NULL DEFAULT '';"
           "UPDATE entries SET intent = (SELECT sets.intent FROM sets WHERE sets.id = entries.set_id)"
           " WHERE set_id IN (SELECT id FROM sets WHERE sets.intent != '');"
           "ALTER TABLE sets DROP COLUMN intent;"
           "INSERT INTO words(words, rowid, text) SELECT 'delete', line, " +
           indexedTextWithoutIntent("entries") + " FROM entries WHERE " + isElsewise + ";" + indexing(isElsewise) + ";";
}

fleet::Database::Format format() {
    static const std::string second = secondSchema();
    static const std::string fifth = fifthSchema();
    return {kApplicationId, {kSchema, second.c_str(), kThirdSchema, kFourthSchema, fifth.c_str()}};
}

const std::string& indexOfNewest() {
    static const std::string sql = indexing("line > ?1");
    return sql;
}
const std::string& indexOfLine() {
    static const std::string sql = indexing("line = ?1");
    return sql;
}
const std::string& forgettingOfLine() {
    static const std::string sql = forgetting("line = ?1");
    return sql;
}

/// As many of the newest lines as may be in no index: they are looked through one by one.
constexpr std::int64_t kMostBehind = 2'000;
std::string packed(const std::string& text) {
    return text.empty() ? text : fleet::compressed(text);
}

/// The objects of one line, in the order of the columns from `first`.
base::Result<JournalImages> imagesFrom(const fleet::Statement& row, int first, const std::string& set,
                                       std::size_t number) {
    JournalImages images;
    int column = first;
    for (std::string* image : {&images.body, &images.before, &images.after}) {
        const std::string bytes = row.text(column++);
        if (bytes.empty())
            continue;
        base::Result<std::string> text = fleet::decompressed(bytes);
        if (!text)
            return base::fail(base::ErrorCode::Io, "the journal's line " + set + "/" + std::to_string(number) +
                                                       " is damaged: " + text.error().message);
        *image = *std::move(text);
    }
    return images;
}

} // namespace

base::Result<std::unique_ptr<JournalStore>> JournalStore::open(const std::string& folder) {
    if (!fleet::makePrivateFolder(folder + "/runners"))
        return base::fail(base::ErrorCode::Io,
                          "cannot make " + folder + "/runners, and without a journal nothing is written");
    std::unique_ptr<JournalStore> store(new JournalStore);
    store->m_folder = folder;
    std::string trouble;
    auto database = fleet::Database::open(folder + "/journal.sqlite", format(), fleet::Database::Broken::Fail, trouble);
    if (!database) {
        database.error().message.insert(0, "the journal ");
        return base::fail(std::move(database.error()));
    }
    store->m_database = *std::move(database);
    // What is said to be noted must be there after a power cut, too.
    store->m_database->execute("PRAGMA synchronous = FULL");
    store->m_runner = std::to_string(::getpid()) + "-" + newSetId(0).substr(16);
    const std::string lock = folder + "/runners/" + store->m_runner;
    store->m_lock = ::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (store->m_lock < 0 || ::flock(store->m_lock, LOCK_EX | LOCK_NB) != 0)
        return base::fail(base::ErrorCode::Io, "cannot lock " + lock +
                                                   ", and without a journal nothing is written: see that you may write "
                                                   "there, and that its disk has room");
    if (base::Result<void> settled = store->settleDead(); !settled)
        return base::fail(std::move(settled.error()));
    return store;
}

JournalStore::~JournalStore() {
    if (m_lock >= 0) {
        ::unlink((m_folder + "/runners/" + m_runner).c_str());
        ::close(m_lock);
    }
}

bool JournalStore::beginBatch() {
    m_failure.clear();
    if (m_database->execute("BEGIN IMMEDIATE"))
        return true;
    m_failure = m_database->failure("written").message;
    return false;
}

base::Result<void> JournalStore::commitBatch() {
    if (m_failure.empty() && m_database->execute("COMMIT"))
        return {};
    const std::string why = m_failure.empty() ? m_database->failure("written").message : m_failure;
    m_database->execute("ROLLBACK");
    // One that could not even be made is made anew.
    m_prepared.clear();
    return base::fail(base::ErrorCode::Io, "the journal " + why);
}

fleet::Statement& JournalStore::prepared(const std::string& sql) {
    std::unique_ptr<fleet::Statement>& statement = m_prepared[sql];
    if (!statement)
        statement = std::make_unique<fleet::Statement>(m_database->handle(), sql.c_str());
    statement->reset();
    return *statement;
}

void JournalStore::run(fleet::Statement& statement) {
    if (!statement.run() && m_failure.empty())
        m_failure = m_database->failure("written").message;
}

base::Error JournalStore::unreadable() const {
    base::Error error = m_database->failure("read");
    error.message.insert(0, "the journal ");
    return error;
}

void JournalStore::add(const std::vector<JournalRecord>& records, const std::string& intent) {
    if (records.empty())
        return;
    const std::string& id = records.front().entry.set;
    fleet::Statement& set = prepared("INSERT INTO sets VALUES(?1, ?2, 0)");
    set.bind(1, id).bind(2, m_runner);
    run(set);
    fleet::Statement& line =
        prepared("INSERT INTO entries VALUES(NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
                 " ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)");
    fleet::Statement& image = prepared("INSERT INTO images VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
    for (const JournalRecord& record : records) {
        const JournalEntry& entry = record.entry;
        line.reset();
        line.bind(1, entry.set).bind(2, static_cast<std::int64_t>(entry.number)).bind(3, entry.title);
        line.bind(4, entry.undoes).bind(5, entry.cluster).bind(6, entry.clusterUid).bind(7, entry.clusterUser);
        line.bind(8, toString(entry.verb)).bind(9, entry.object.apiVersion).bind(10, entry.object.kind);
        line.bind(11, entry.resource).bind(12, entry.subresource).bind(13, entry.object.ns).bind(14, entry.object.name);
        line.bind(15, static_cast<std::int64_t>(entry.outcome)).bind(16, entry.message).bind(17, entry.beganMs);
        line.bind(18, entry.closedMs).bind(19, entry.serverMs).bind(20, entry.setMs).bind(21, entry.person);
        line.bind(22, entry.program).bind(23, intent);
        run(line);
        image.reset();
        image.bind(1, entry.set).bind(2, static_cast<std::int64_t>(entry.number));
        image.bind(3, optionsText(record)).bindBytes(4, packed(record.operation.body));
        image.bindBytes(5, packed(record.operation.before)).bindBytes(6, packed(record.after));
        run(image);
        if (record.sealed)
            addSealed(record);
    }
}

void JournalStore::addSealed(const JournalRecord& record) {
    fleet::Statement& statement = prepared("INSERT INTO sealed VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
    statement.bind(1, record.entry.set).bind(2, static_cast<std::int64_t>(record.entry.number));
    statement.bindBytes(3, record.sealed->body).bindBytes(4, record.sealed->before);
    statement.bindBytes(5, record.sealed->after).bind(6, record.sealed->whyNot);
    run(statement);
}

void JournalStore::indexNewest() {
    fleet::Statement& behind = prepared("SELECT line, (SELECT max(line) FROM entries) FROM indexed WHERE line <="
                                        " (SELECT max(line) FROM entries) - ?1");
    behind.bind(1, kMostBehind);
    if (!behind.step())
        return;
    const std::int64_t last = behind.number(0);
    const std::int64_t newest = behind.number(1);
    behind.reset();
    fleet::Statement& index = prepared(indexOfNewest());
    index.bind(1, last);
    run(index);
    fleet::Statement& indexed = prepared("UPDATE indexed SET line = ?1");
    indexed.bind(1, newest);
    run(indexed);
}

void JournalStore::updateMessage(const std::string& set, std::size_t number, const std::string& message,
                                 fleet::Statement& update) {
    fleet::Statement& other =
        prepared("SELECT line FROM entries WHERE set_id = ?1 AND number = ?2 AND message IS NOT ?3"
                 " AND line <= (SELECT line FROM indexed)");
    other.bind(1, set).bind(2, static_cast<std::int64_t>(number)).bind(3, message);
    const std::int64_t line = other.step() ? other.number(0) : 0;
    other.reset();
    if (line == 0)
        return run(update);
    // Only its old text takes it out of the index.
    fleet::Statement& forget = prepared(forgettingOfLine());
    forget.bind(1, line);
    run(forget);
    run(update);
    fleet::Statement& index = prepared(indexOfLine());
    index.bind(1, line);
    run(index);
}

void JournalStore::note(const std::string& set, const JournalBegin& begin) {
    const auto number = static_cast<std::int64_t>(begin.number);
    fleet::Statement& line = prepared("UPDATE entries SET outcome = ?1, began_ms = ?2, closed_ms = 0, message = ''"
                                      " WHERE set_id = ?3 AND number = ?4");
    line.bind(1, static_cast<std::int64_t>(Outcome::Sending)).bind(2, begin.beganMs).bind(3, set).bind(4, number);
    updateMessage(set, begin.number, {}, line);
    fleet::Statement& image = prepared("UPDATE images SET before = ?1, after = ?4 WHERE set_id = ?2 AND number = ?3");
    image.bindBytes(1, packed(begin.before)).bind(2, set).bind(3, number).bindBytes(4, packed(begin.expected));
    run(image);
    if (!begin.sealed)
        return;
    // Also where nothing could be sealed: what was before belongs to other images.
    fleet::Statement& statement =
        prepared("INSERT INTO sealed VALUES(?1, ?2, x'', ?3, ?4, ?5) ON CONFLICT(set_id, number)"
                 " DO UPDATE SET before = excluded.before, after = excluded.after, why_not = excluded.why_not");
    statement.bind(1, set).bind(2, number).bindBytes(3, begin.sealed->before).bindBytes(4, begin.sealed->after);
    statement.bind(5, begin.sealed->whyNot);
    run(statement);
}

void JournalStore::note(const std::string& set, const JournalClose& close) {
    const auto number = static_cast<std::int64_t>(close.number);
    fleet::Statement& line = prepared("UPDATE entries SET outcome = ?1, message = ?2, closed_ms = ?3,"
                                      " server_ms = ?4 WHERE set_id = ?5 AND number = ?6");
    line.bind(1, static_cast<std::int64_t>(close.outcome)).bind(2, close.message).bind(3, close.closedMs);
    line.bind(4, close.serverMs).bind(5, set).bind(6, number);
    updateMessage(set, close.number, close.message, line);
    if (close.after.empty())
        return;
    fleet::Statement& image = prepared("UPDATE images SET after = ?1 WHERE set_id = ?2 AND number = ?3");
    image.bindBytes(1, packed(close.after)).bind(2, set).bind(3, number);
    run(image);
    if (!close.sealed)
        return;
    fleet::Statement& statement = prepared("INSERT INTO sealed VALUES(?1, ?2, x'', x'', ?3, ?4)"
                                           " ON CONFLICT(set_id, number) DO UPDATE SET"
                                           " after = excluded.after, why_not = excluded.why_not");
    statement.bind(1, set).bind(2, number).bindBytes(3, close.sealed->after).bind(4, close.sealed->whyNot);
    run(statement);
}

void JournalStore::finish(const std::string& set, std::int64_t nowMs) {
    fleet::Statement& statement = prepared("UPDATE sets SET closed_ms = ?1 WHERE id = ?2");
    statement.bind(1, nowMs).bind(2, set);
    run(statement);
    indexNewest();
}

base::Result<bool> JournalStore::adopt(const std::string& set) {
    if (base::Result<void> settled = settleDead(); !settled)
        return base::fail(std::move(settled.error()));
    fleet::Statement statement(
        m_database->handle(),
        "UPDATE sets SET runner = ?1, closed_ms = 0 WHERE id = ?2 AND closed_ms != 0 RETURNING id");
    statement.bind(1, m_runner).bind(2, set);
    const bool isOurs = statement.step();
    // What RETURNING gives is there before the write is over.
    if (!statement.run())
        return base::fail(unreadable());
    return isOurs;
}

bool JournalStore::isAlive(const std::string& runner) const {
    if (runner == m_runner)
        return true;
    const int file = ::open((m_folder + "/runners/" + runner).c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0)
        return false;
    const bool free = ::flock(file, LOCK_EX | LOCK_NB) == 0;
    if (free)
        ::unlink((m_folder + "/runners/" + runner).c_str());
    ::close(file);
    return !free;
}

base::Result<std::vector<std::string>> JournalStore::deadSets() {
    std::vector<std::string> dead;
    fleet::Statement open(m_database->handle(), "SELECT id, runner FROM sets WHERE closed_ms = 0");
    while (open.step()) {
        if (!isAlive(open.text(1)))
            dead.push_back(open.text(0));
    }
    if (!open.isDone())
        return base::fail(unreadable());
    return dead;
}

// What a program left open when it died is unknown from then on; what it had not sent stays so.
base::Result<void> JournalStore::settleDead() {
    const base::Result<std::vector<std::string>> dead = deadSets();
    if (!dead)
        return base::fail(dead.error());
    for (const std::string& set : *dead) {
        if (!beginBatch())
            return commitBatch();
        settle(set);
        if (base::Result<void> written = commitBatch(); !written)
            return written;
    }
    return {};
}

void JournalStore::settle(const std::string& set) {
    const std::string message = "the program ended before the answer came";
    std::vector<std::size_t> open;
    fleet::Statement& sending = prepared("SELECT number FROM entries WHERE set_id = ?1 AND outcome = 1");
    sending.bind(1, set);
    while (sending.step())
        open.push_back(static_cast<std::size_t>(sending.number(0)));
    if (!sending.isDone() && m_failure.empty())
        m_failure = m_database->failure("read").message;
    fleet::Statement& line =
        prepared("UPDATE entries SET outcome = ?1, message = ?2 WHERE set_id = ?3 AND number = ?4");
    line.bind(1, static_cast<std::int64_t>(Outcome::Unknown)).bind(2, message).bind(3, set);
    for (const std::size_t number : open) {
        line.reset();
        line.bind(4, static_cast<std::int64_t>(number));
        updateMessage(set, number, message, line);
    }
    fleet::Statement& sets = prepared("UPDATE sets SET closed_ms = 1 WHERE id = ?1");
    sets.bind(1, set);
    run(sets);
}

base::Result<std::vector<JournalRecord>> JournalStore::records(const std::string& set) {
    if (base::Result<void> settled = settleDead(); !settled)
        return base::fail(std::move(settled.error()));
    const std::string sql = std::string("SELECT ") + kEntryColumns + " FROM entries WHERE set_id = ?1 ORDER BY number";
    fleet::Statement statement(m_database->handle(), sql.c_str());
    statement.bind(1, set);
    std::vector<JournalRecord> records;
    while (statement.step()) {
        JournalRecord record;
        record.entry = entryOf(statement);
        records.push_back(std::move(record));
    }
    if (!statement.isDone())
        return base::fail(unreadable());
    if (base::Result<void> read = readImages(set, records); !read)
        return base::fail(std::move(read.error()));
    if (base::Result<void> read = readSealed(set, records); !read)
        return base::fail(std::move(read.error()));
    return records;
}

base::Result<void> JournalStore::readSealed(const std::string& set, std::vector<JournalRecord>& records) {
    fleet::Statement statement(m_database->handle(),
                               "SELECT number, body, before, after, why_not FROM sealed WHERE set_id = ?1");
    statement.bind(1, set);
    while (statement.step()) {
        const auto number = static_cast<std::size_t>(statement.number(0));
        if (number < records.size())
            records[number].sealed = SealedImages{.body = statement.text(1),
                                                  .before = statement.text(2),
                                                  .after = statement.text(3),
                                                  .whyNot = statement.text(4)};
    }
    if (!statement.isDone())
        return base::fail(unreadable());
    return {};
}

base::Result<void> JournalStore::readImages(const std::string& set, std::vector<JournalRecord>& records) {
    fleet::Statement statement(
        m_database->handle(),
        "SELECT number, options, body, before, after FROM images WHERE set_id = ?1 ORDER BY number");
    statement.bind(1, set);
    std::size_t lines = 0;
    bool hasRow = statement.step();
    for (; hasRow && lines < records.size(); ++lines, hasRow = statement.step()) {
        const auto number = static_cast<std::size_t>(statement.number(0));
        if (number != lines || records[number].entry.number != number ||
            !readOptions(statement.text(1), records[number]))
            break;
        JournalRecord& record = records[number];
        base::Result<JournalImages> images = imagesFrom(statement, 2, set, number);
        if (!images)
            return base::fail(std::move(images.error()));
        record.operation.body = std::move(images->body);
        record.operation.before = std::move(images->before);
        record.after = std::move(images->after);
    }
    if (!hasRow && !statement.isDone())
        return base::fail(unreadable());
    if (lines < records.size())
        return base::fail(base::ErrorCode::Io,
                          "the journal's line " + set + "/" + std::to_string(lines) + " is damaged");
    return {};
}

base::Result<JournalImages> JournalStore::images(const std::string& set, std::size_t number) {
    fleet::Statement statement(m_database->handle(),
                               "SELECT body, before, after FROM images WHERE set_id = ?1 AND number = ?2");
    statement.bind(1, set).bind(2, static_cast<std::int64_t>(number));
    if (statement.step())
        return imagesFrom(statement, 0, set, number);
    if (!statement.isDone())
        return base::fail(unreadable());
    return JournalImages();
}

base::Result<std::vector<std::string>> JournalStore::setsWithUnknown() {
    if (base::Result<void> settled = settleDead(); !settled)
        return base::fail(std::move(settled.error()));
    fleet::Statement statement(m_database->handle(), "SELECT DISTINCT set_id, verb FROM entries"
                                                     " WHERE outcome IN (1, 4) AND outcome = 4 ORDER BY set_id");
    std::vector<std::string> sets;
    while (statement.step()) {
        // What was done in pods leaves nothing that could be read back.
        const std::optional<Verb> verb = verbFrom(statement.text(1));
        if (!verb || !isInPod(*verb))
            sets.push_back(statement.text(0));
    }
    sets.erase(std::unique(sets.begin(), sets.end()), sets.end()); // of several verbs
    if (!statement.isDone())
        return base::fail(unreadable());
    return sets;
}

} // namespace change
