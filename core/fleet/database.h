// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace fleet {

/// One prepared statement. Values are bound from 1, columns read from 0. One thread at a time.
class Statement {
public:
    Statement(sqlite3* database, const char* sql);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    Statement& bind(int index, std::string_view text);
    Statement& bindBytes(int index, std::string_view bytes);
    Statement& bind(int index, std::int64_t number);
    /// True while there is a row.
    bool step();
    /// Runs to the end; false if that failed.
    bool run();
    /// Ready to run again, with the values that are bound.
    void reset();
    /// After step() was false: whether that was the end, and not a failure.
    [[nodiscard]] bool isDone() const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::int64_t number(int column) const;

private:
    sqlite3_stmt* m_statement = nullptr;
    int m_result = 0;
};

/// An SQLite file in WAL mode with a busy timeout, for several programs at a time.
class Database {
public:
    /// What is done with a file that is no database, is damaged, or belongs to something else.
    enum class Broken {
        PutAside, ///< It is renamed to "<file>.broken" and made anew; `trouble` says so.
        Fail,     ///< It is left alone.
    };

    struct Format {
        std::int32_t applicationId = 0;
        std::vector<const char*> steps; ///< Each leads from the version before it, 0 being an empty file, to the next.
    };

    /// Opens the file, or makes it, in the format's last version: steps that it lacks are done as one, or not at all.
    /// One of a newer version is left alone: an error.
    static base::Result<std::unique_ptr<Database>> open(const std::string& file, const Format& format, Broken broken,
                                                        std::string& trouble);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    [[nodiscard]] sqlite3* handle() const { return m_handle; }
    [[nodiscard]] std::string message() const;
    /// Why the last call failed, with the file and what can be done about it.
    [[nodiscard]] base::Error failure(std::string_view what) const;
    bool execute(const char* sql);

private:
    explicit Database(std::string file);
    enum class Verdict { Good, Foreign, Newer, Unreachable };
    Verdict prepare(const Format& format);
    bool bringUp(const Format& format);
    std::int64_t pragma(const char* sql);

    const std::string m_file;
    sqlite3* m_handle = nullptr;
};

} // namespace fleet
