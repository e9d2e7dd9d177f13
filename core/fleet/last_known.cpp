// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/last_known.h"

#include "core/fleet/database.h"
#include "core/fleet/paths.h"
#include "core/fleet/row_archive.h"

#include <deque>
#include <mutex>
#include <utility>

namespace fleet {

namespace {

constexpr std::int32_t kApplicationId = 0x51444c4b;

constexpr const char* kSchema =
    "CREATE TABLE IF NOT EXISTS known_rows(cluster TEXT NOT NULL, resource TEXT NOT NULL, ns TEXT NOT NULL,"
    " as_of_ms INTEGER NOT NULL, rows BLOB NOT NULL, PRIMARY KEY(cluster, resource, ns));"
    "CREATE TABLE IF NOT EXISTS summaries(cluster TEXT PRIMARY KEY, text TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS catalogs(cluster TEXT PRIMARY KEY, text BLOB NOT NULL);";

} // namespace

struct LastKnown::State {
    std::unique_ptr<Database> database;
    std::optional<base::Error> problem;
    std::map<std::string, std::string> summaries;

    std::mutex mutex;
    std::deque<std::function<void(State&)>> work; // In order; guarded by mutex. The database is used under `busy`.
    std::mutex busy;

    // Does the oldest thing there is to do. Any thread.
    bool doOne() {
        const std::lock_guard turn(busy);
        std::function<void(State&)> next;
        {
            const std::lock_guard lock(mutex);
            if (work.empty())
                return false;
            next = std::move(work.front());
            work.pop_front();
        }
        next(*this);
        return true;
    }

    void write(const KnownKey& key, const std::string& packed, std::int64_t asOfMs) const {
        Statement statement(database->handle(),
                            "INSERT INTO known_rows VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET"
                            " as_of_ms = ?4, rows = ?5 WHERE as_of_ms <= ?4");
        statement.bind(1, key.cluster).bind(2, key.resource).bind(3, key.ns).bind(4, asOfMs);
        statement.bindBytes(5, compressed(packed)).run();
    }

    [[nodiscard]] std::optional<KnownRows> read(const KnownKey& key) const {
        Statement statement(database->handle(),
                            "SELECT as_of_ms, rows FROM known_rows WHERE cluster = ?1 AND resource = ?2 AND ns = ?3");
        statement.bind(1, key.cluster).bind(2, key.resource).bind(3, key.ns);
        if (!statement.step())
            return std::nullopt;
        const base::Result<std::string> plain = decompressed(statement.text(1));
        if (!plain)
            return std::nullopt;
        base::Result<kube::RowBatch> rows = unpackRows(*plain);
        if (!rows)
            return std::nullopt;
        return KnownRows{*std::move(rows), statement.number(0)};
    }
};

LastKnown::LastKnown(const std::string& folder)
    : m_state(std::make_shared<State>()) {
    makePrivateFolder(folder);
    std::string trouble;
    auto opened =
        Database::open(folder + "/last-known.sqlite", {kApplicationId, {kSchema}}, Database::Broken::PutAside, trouble);
    if (!opened) {
        m_state->problem = std::move(opened.error());
        return;
    }
    if (!trouble.empty())
        m_state->problem = base::fail(base::ErrorCode::Io, std::move(trouble)).value();
    m_state->database = *std::move(opened);
    Statement statement(m_state->database->handle(), "SELECT cluster, text FROM summaries");
    while (statement.step())
        m_state->summaries.emplace(statement.text(0), statement.text(1));
    m_thread = std::make_unique<base::ThreadPool>(1);
}

LastKnown::~LastKnown() {
    m_thread.reset();
    // The pool dropped what had not started; it is still in the queue.
    while (m_state->doOne()) {
    }
}

const std::optional<base::Error>& LastKnown::problem() const {
    return m_state->problem;
}

const std::map<std::string, std::string>& LastKnown::summaries() const {
    return m_state->summaries;
}

bool LastKnown::mayKeep(const std::string& resource) {
    return resource != "secrets";
}

void LastKnown::enqueue(std::function<void(State&)> work) {
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->work.push_back(std::move(work));
    }
    m_thread->post([state = m_state] { state->doOne(); });
}

void LastKnown::saveRows(KnownKey key, std::string packed, std::int64_t asOfMs) {
    if (!m_thread || !mayKeep(key.resource))
        return;
    enqueue([key = std::move(key), packed = std::move(packed), asOfMs](const State& state) {
        state.write(key, packed, asOfMs);
    });
}

void LastKnown::forgetRowsBefore(std::int64_t ms) {
    if (!m_thread)
        return;
    enqueue([ms](const State& state) {
        Statement statement(state.database->handle(), "DELETE FROM known_rows WHERE as_of_ms < ?1");
        statement.bind(1, ms).run();
    });
}

void LastKnown::saveSummary(std::string cluster, std::string text) {
    if (!m_thread)
        return;
    enqueue([cluster = std::move(cluster), text = std::move(text)](const State& state) {
        Statement statement(state.database->handle(),
                            "INSERT INTO summaries VALUES(?1, ?2) ON CONFLICT DO UPDATE SET text = ?2");
        statement.bind(1, cluster).bind(2, text).run();
    });
}

void LastKnown::saveCatalog(std::string cluster, std::string text) {
    if (!m_thread)
        return;
    enqueue([cluster = std::move(cluster), text = std::move(text)](const State& state) {
        Statement statement(state.database->handle(),
                            "INSERT INTO catalogs VALUES(?1, ?2) ON CONFLICT DO UPDATE SET text = ?2");
        statement.bind(1, cluster).bindBytes(2, compressed(text)).run();
    });
}

base::Cancel LastKnown::loadCatalog(std::string cluster, base::Executor& home, net::Handler<std::string> handler) {
    return load<std::string>(
        [cluster = std::move(cluster)](const State& state) -> std::string {
            Statement statement(state.database->handle(), "SELECT text FROM catalogs WHERE cluster = ?1");
            statement.bind(1, cluster);
            return statement.step() ? decompressed(statement.text(0)).value_or(std::string()) : std::string();
        },
        home, std::move(handler));
}

base::Cancel LastKnown::loadRows(KnownKey key, base::Executor& home, net::Handler<std::optional<KnownRows>> handler) {
    return load<std::optional<KnownRows>>(
        [key = std::move(key)](const State& state) -> std::optional<KnownRows> {
            return mayKeep(key.resource) ? state.read(key) : std::nullopt;
        },
        home, std::move(handler));
}

template <typename T>
base::Cancel LastKnown::load(std::function<T(const State&)> read, base::Executor& home, net::Handler<T> handler) {
    base::Cancel cancel = base::Cancel::create();
    // std::function wants something to copy.
    auto shared = std::make_shared<net::Handler<T>>(std::move(handler));
    const auto answer = [&home, token = cancel.token(), shared](T found) {
        home.post([token, shared, found = std::move(found)]() mutable {
            if (!token.isCancelled())
                (*shared)(std::move(found));
        });
    };
    if (!m_thread) {
        answer(T());
        return cancel;
    }
    enqueue([read = std::move(read), token = cancel.token(), answer](const State& state) {
        if (!token.isCancelled())
            answer(read(state));
    });
    return cancel;
}

} // namespace fleet
