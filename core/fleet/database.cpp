// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstdio>

namespace fleet {

namespace {

constexpr int kBusyMs = 3000;
constexpr std::int64_t kSchemaVersion = 1;

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

std::string Statement::text(int column) const {
    const void* bytes = sqlite3_column_blob(m_statement, column);
    const int size = sqlite3_column_bytes(m_statement, column);
    return bytes ? std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size)) : std::string();
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(m_statement, column);
}

base::Result<std::unique_ptr<Database>> Database::open(const std::string& file, std::int32_t applicationId,
                                                       const char* schema, std::string& trouble) {
    // SQLite makes its files readable for all unless one of ours is there first; its -wal and -shm follow it. One that
    // is there must not be opened and closed: that would end the locks of every connection of this process to it.
    const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made >= 0)
        ::close(made);
    for (int attempt = 0; attempt < 2; ++attempt) {
        std::unique_ptr<Database> database(new Database);
        const Verdict verdict = database->prepare(file, applicationId, schema);
        if (verdict == Verdict::Good)
            return database;
        const std::string message = database->message();
        database.reset();
        if (verdict == Verdict::Newer)
            return base::fail(base::ErrorCode::Unsupported, file + " was written by a newer version; left alone");
        if (verdict == Verdict::Unreachable)
            return base::fail(base::ErrorCode::Io, "cannot open " + file + ": " + message);
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

bool Database::execute(const char* sql) {
    return sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

std::int64_t Database::pragma(const char* sql) {
    Statement statement(m_handle, sql);
    return statement.step() ? statement.number(0) : -1;
}

Database::Verdict Database::prepare(const std::string& file, std::int32_t applicationId, const char* schema) {
    constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;
    if (sqlite3_open_v2(file.c_str(), &m_handle, kFlags, nullptr) != SQLITE_OK)
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
    if (tables < 0 || (tables > 0 && id != applicationId))
        return Verdict::Foreign;
    if (tables > 0 && pragma("PRAGMA user_version") > kSchemaVersion)
        return Verdict::Newer;
    execute("PRAGMA journal_mode = WAL");
    // A power cut may cost the last writes, not the file; it is a cache.
    execute("PRAGMA synchronous = NORMAL");
    // Another program may be doing the same right now: whoever gets the lock second finds it done.
    const std::string make = "BEGIN IMMEDIATE; PRAGMA application_id = " + std::to_string(applicationId) +
                             "; PRAGMA user_version = " + std::to_string(kSchemaVersion) + "; " + schema + " COMMIT;";
    if (execute(make.c_str()))
        return Verdict::Good;
    const int failure = sqlite3_errcode(m_handle);
    execute("ROLLBACK");
    return failure == SQLITE_CORRUPT || failure == SQLITE_NOTADB || failure == SQLITE_ERROR ? Verdict::Foreign
                                                                                            : Verdict::Unreachable;
}

} // namespace fleet
