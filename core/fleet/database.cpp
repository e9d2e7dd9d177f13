// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

namespace fleet {

namespace {

constexpr int kBusyMs = 3000;

/// What can be done about a failure of SQLite.
std::string adviceOn(int code, const std::string& file) {
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return "another program holds it; try again";
    case SQLITE_FULL:
        return "make room on its disk and try again";
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
        return "see that it is a file which you may read and write, in a folder where you may, too";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return "rescue what is in it with: sqlite3 " + file + " .recover, and move it away to begin a new one";
    default:
        return "see whether its disk is in order";
    }
}

/// A database that is none of ours has no failure to tell of.
std::string whyBroken(const Database& database, const std::string& file) {
    const int code = sqlite3_errcode(database.handle());
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
        return database.message() + "; " + adviceOn(code, file);
    return "it belongs to another program; move it away to begin a new one";
}

/// SQLite makes its files readable for all unless one of ours is there first; its -wal and -shm follow it. One that is
/// there must not be opened and closed: that would end the locks of every connection of this process to it.
void makePrivate(const std::string& file) {
    const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made >= 0)
        ::close(made);
}

} // namespace

Statement::Statement(sqlite3* database, const char* sql) {
    m_result = sqlite3_prepare_v2(database, sql, -1, &m_statement, nullptr);
}

Statement::~Statement() {
    sqlite3_finalize(m_statement);
}

Statement& Statement::bind(int index, std::string_view text) {
    sqlite3_bind_text64(m_statement, index, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    return *this;
}

Statement& Statement::bindBytes(int index, std::string_view bytes) {
    sqlite3_bind_blob64(m_statement, index, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
    return *this;
}

Statement& Statement::bind(int index, std::int64_t number) {
    sqlite3_bind_int64(m_statement, index, number);
    return *this;
}

bool Statement::step() {
    m_result = m_statement ? sqlite3_step(m_statement) : SQLITE_ERROR;
    return m_result == SQLITE_ROW;
}

bool Statement::run() {
    while (step()) {
    }
    return m_result == SQLITE_DONE;
}

void Statement::reset() {
    sqlite3_reset(m_statement);
}

bool Statement::isDone() const {
    return m_result == SQLITE_DONE;
}

std::string Statement::text(int column) const {
    const void* bytes = sqlite3_column_blob(m_statement, column);
    const int size = sqlite3_column_bytes(m_statement, column);
    return bytes ? std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size)) : std::string();
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(m_statement, column);
}

Database::Database(std::string file)
    : m_file(std::move(file)) {}

base::Result<std::unique_ptr<Database>> Database::open(const std::string& file, const Format& format, Broken broken,
                                                       std::string& trouble) {
    for (int attempt = 0; attempt < 2; ++attempt) {
        makePrivate(file);
        std::unique_ptr<Database> database(new Database(file));
        const Verdict verdict = database->prepare(format);
        if (verdict == Verdict::Good)
            return database;
        if (verdict == Verdict::Newer)
            return base::fail(base::ErrorCode::Unsupported,
                              file + " was written by a newer version of this program and is left alone: use that one");
        if (verdict == Verdict::Unreachable)
            return base::fail(database->failure("opened"));
        if (broken == Broken::Fail)
            return base::fail(base::ErrorCode::Io, file + " cannot be opened: " + whyBroken(*database, file));
        database.reset();
        const std::string aside = file + ".broken";
        for (const char* suffix : {"-wal", "-shm"})
            ::unlink((file + suffix).c_str());
        if (std::rename(file.c_str(), aside.c_str()) != 0)
            return base::fail(base::ErrorCode::Io, file + " cannot be used and cannot be put aside");
        trouble = file + " could not be used and is now " + aside;
    }
    return base::fail(base::ErrorCode::Io, "cannot make " + file);
}

Database::~Database() {
    sqlite3_close_v2(m_handle);
}

std::string Database::message() const {
    return m_handle ? sqlite3_errmsg(m_handle) : "out of memory";
}

base::Error Database::failure(std::string_view what) const {
    base::Error error;
    error.code = base::ErrorCode::Io;
    error.message = m_file + " cannot be " + std::string(what) + ": " + message() + "; " +
                    adviceOn(m_handle ? sqlite3_errcode(m_handle) : SQLITE_NOMEM, m_file);
    return error;
}

bool Database::execute(const char* sql) {
    return sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

std::int64_t Database::pragma(const char* sql) {
    Statement statement(m_handle, sql);
    return statement.step() ? statement.number(0) : -1;
}

Database::Verdict Database::prepare(const Format& format) {
    constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;
    if (sqlite3_open_v2(m_file.c_str(), &m_handle, kFlags, nullptr) != SQLITE_OK)
        return Verdict::Unreachable;
    sqlite3_busy_timeout(m_handle, kBusyMs);
    // The first look at the file: what is no database shows itself here.
    const std::int64_t id = pragma("PRAGMA application_id");
    const int code = sqlite3_errcode(m_handle);
    if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT)
        return Verdict::Foreign;
    if (id < 0)
        return Verdict::Unreachable;
    const std::int64_t tables = pragma("SELECT count(*) FROM sqlite_schema");
    if (tables < 0) {
        const int failure = sqlite3_errcode(m_handle);
        return failure == SQLITE_CORRUPT || failure == SQLITE_NOTADB ? Verdict::Foreign : Verdict::Unreachable;
    }
    if (tables > 0 && id != format.applicationId)
        return Verdict::Foreign;
    const auto newest = static_cast<std::int64_t>(format.steps.size());
    const std::int64_t version = pragma("PRAGMA user_version");
    if (tables > 0 && version > newest)
        return Verdict::Newer;
    execute("PRAGMA journal_mode = WAL");
    // A power cut may cost the last writes, not the file; it is a cache.
    execute("PRAGMA synchronous = NORMAL");
    if ((tables > 0 && version == newest) || bringUp(format))
        return Verdict::Good;
    const int failure = sqlite3_errcode(m_handle);
    execute("ROLLBACK");
    return failure == SQLITE_CORRUPT || failure == SQLITE_NOTADB || failure == SQLITE_ERROR ? Verdict::Foreign
                                                                                            : Verdict::Unreachable;
}

// Another program may be doing the same right now: whoever gets the lock second finds it done.
bool Database::bringUp(const Format& format) {
    if (!execute("BEGIN IMMEDIATE"))
        return false;
    const auto version = static_cast<std::size_t>(pragma("PRAGMA user_version"));
    for (std::size_t i = version; i < format.steps.size(); ++i) {
        if (!execute(format.steps[i]))
            return false;
    }
    const std::string end = "PRAGMA application_id = " + std::to_string(format.applicationId) +
                            "; PRAGMA user_version = " + std::to_string(format.steps.size()) + "; COMMIT";
    return version > format.steps.size() ? execute("COMMIT") : execute(end.c_str());
}

} // namespace fleet
