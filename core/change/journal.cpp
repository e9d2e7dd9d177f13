// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/journal.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

namespace change {

namespace {

struct Write {
    std::function<void(JournalStore&)> work;
    Journal::Written written;
};

struct Listener {
    base::CancelToken token;
    std::function<void()> call;
};

} // namespace

/// What both threads share.
class Journal::Writer : public std::enable_shared_from_this<Journal::Writer> {
public:
    Writer(const std::string& folder, base::Executor& home)
        : m_home(home) {
        std::string trouble;
        auto store = JournalStore::open(folder, trouble);
        if (store)
            m_store = *std::move(store);
        else
            m_problem = std::move(store.error());
    }

    [[nodiscard]] const std::optional<base::Error>& problem() const { return m_problem; }

    // Home.
    void add(Write write) {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back(std::move(write));
    }

    // Own thread: everything that waits, as one.
    void writeAll() {
        std::vector<Write> writes;
        {
            const std::lock_guard lock(m_mutex);
            writes.swap(m_waiting);
        }
        if (writes.empty())
            return;
        base::Result<void> result = writeAsOne(writes);
        m_home.post([self = shared_from_this(), result = std::move(result), done = std::move(writes)]() mutable {
            if (self->m_closed)
                return;
            for (Write& write : done) {
                if (write.written && !self->m_closed)
                    write.written(result);
            }
            self->tell();
        });
    }

    // Own thread.
    template <typename Read, typename Found>
    void read(Read read, Found found) {
        using Answer = decltype(read(std::declval<JournalStore&>()));
        Answer answer{};
        if (m_store)
            answer = read(*m_store);
        m_home.post([self = shared_from_this(), answer = std::move(answer), found = std::move(found)]() mutable {
            if (!self->m_closed)
                found(std::move(answer));
        });
    }

    // Home.
    void close() { m_closed = true; }
    void listen(base::CancelToken token, std::function<void()> call) {
        m_listeners.push_back({std::move(token), std::move(call)});
    }

private:
    base::Result<void> writeAsOne(const std::vector<Write>& writes) {
        if (!m_store)
            return base::fail(*m_problem);
        if (!m_store->beginBatch())
            return m_store->commitBatch();
        for (const Write& write : writes)
            write.work(*m_store);
        return m_store->commitBatch();
    }

    void tell() {
        std::erase_if(m_listeners, [](const Listener& listener) { return listener.token.isCancelled(); });
        const auto listeners = m_listeners;
        for (const Listener& listener : listeners) {
            if (!listener.token.isCancelled())
                listener.call();
        }
    }

    base::Executor& m_home;
    std::unique_ptr<JournalStore> m_store;
    std::optional<base::Error> m_problem;
    std::mutex m_mutex;
    std::vector<Write> m_waiting;
    bool m_closed = false;             // Home.
    std::vector<Listener> m_listeners; // Home.
};

Journal::Journal(const std::string& folder, base::Executor& home)
    : m_writer(std::make_shared<Writer>(folder, home))
    , m_thread(std::make_unique<base::ThreadPool>(1)) {}

Journal::~Journal() {
    m_writer->close();
    m_thread.reset();
    // The pool dropped what had not started.
    m_writer->writeAll();
}

const std::optional<base::Error>& Journal::problem() const {
    return m_writer->problem();
}

void Journal::write(std::function<void(JournalStore&)> work, Written written) {
    m_writer->add({std::move(work), std::move(written)});
    m_thread->post([writer = m_writer] { writer->writeAll(); });
}

void Journal::add(std::vector<JournalRecord> records, std::string intent, Written written) {
    write(
        [records = std::move(records), intent = std::move(intent)](JournalStore& store) { store.add(records, intent); },
        std::move(written));
}

void Journal::begin(std::string set, std::vector<JournalBegin> begins, Written written) {
    write(
        [set = std::move(set), begins = std::move(begins)](JournalStore& store) {
            for (const JournalBegin& begin : begins)
                store.note(set, begin);
        },
        std::move(written));
}

void Journal::close(std::string set, std::vector<JournalClose> closes, Written written) {
    write(
        [set = std::move(set), closes = std::move(closes)](JournalStore& store) {
            for (const JournalClose& close : closes)
                store.note(set, close);
        },
        std::move(written));
}

void Journal::finish(std::string set, std::int64_t nowMs, Written written) {
    write([set = std::move(set), nowMs](JournalStore& store) { store.finish(set, nowMs); }, std::move(written));
}

void Journal::adopt(std::string set, base::UniqueFunction<void(base::Result<void>)> adopted) {
    m_thread->post([writer = m_writer, set = std::move(set), adopted = std::move(adopted)]() mutable {
        writer->read(
            [&set](JournalStore& store) -> base::Result<void> {
                if (store.adopt(set))
                    return {};
                if (store.entries({.set = set, .outcome = {}, .limit = 1}).empty())
                    return base::fail(base::ErrorCode::NotFound, "the journal has no set " + set);
                return base::fail(base::ErrorCode::Conflict,
                                  "the set " + set + " is being worked on by another program");
            },
            std::move(adopted));
    });
}

void Journal::read(JournalQuery query, base::UniqueFunction<void(std::vector<JournalEntry>)> found) {
    m_thread->post([writer = m_writer, query = std::move(query), found = std::move(found)]() mutable {
        writer->read([&query](JournalStore& store) { return store.entries(query); }, std::move(found));
    });
}

void Journal::records(std::string set, base::UniqueFunction<void(std::vector<JournalRecord>)> found) {
    m_thread->post([writer = m_writer, set = std::move(set), found = std::move(found)]() mutable {
        writer->read([&set](JournalStore& store) { return store.records(set); }, std::move(found));
    });
}

void Journal::images(std::string set, std::size_t number, base::UniqueFunction<void(JournalImages)> found) {
    m_thread->post([writer = m_writer, set = std::move(set), number, found = std::move(found)]() mutable {
        writer->read([&](JournalStore& store) { return store.images(set, number); }, std::move(found));
    });
}

void Journal::setsWithUnknown(base::UniqueFunction<void(std::vector<std::string>)> found) {
    m_thread->post([writer = m_writer, found = std::move(found)]() mutable {
        writer->read([](JournalStore& store) { return store.setsWithUnknown(); }, std::move(found));
    });
}

base::Cancel Journal::onChange(std::function<void()> listener) {
    base::Cancel cancel = base::Cancel::create();
    m_writer->listen(cancel.token(), std::move(listener));
    return cancel;
}

} // namespace change
