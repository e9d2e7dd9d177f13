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
    Writer(std::string folder, base::Executor& home)
        : m_folder(std::move(folder))
        , m_home(home) {}

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
        const base::Result<JournalStore*> opened = store();
        auto answer = opened ? read(**opened) : decltype(read(**opened))(base::fail(opened.error()));
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
    // What was in the way may have been mended meanwhile.
    base::Result<JournalStore*> store() {
        if (!m_store) {
            auto opened = JournalStore::open(m_folder);
            if (!opened)
                return base::fail(std::move(opened.error()));
            m_store = *std::move(opened);
        }
        return m_store.get();
    }

    base::Result<void> writeAsOne(const std::vector<Write>& writes) {
        const base::Result<JournalStore*> opened = store();
        if (!opened)
            return base::fail(opened.error());
        JournalStore& journal = **opened;
        if (!journal.beginBatch())
            return journal.commitBatch();
        for (const Write& write : writes)
            write.work(journal);
        return journal.commitBatch();
    }

    void tell() {
        std::erase_if(m_listeners, [](const Listener& listener) { return listener.token.isCancelled(); });
        const auto listeners = m_listeners;
        for (const Listener& listener : listeners) {
            if (!listener.token.isCancelled())
                listener.call();
        }
    }

    const std::string m_folder;
    base::Executor& m_home;
    std::unique_ptr<JournalStore> m_store; // Own thread.
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

void Journal::adopt(std::string set, Written adopted) {
    m_thread->post([writer = m_writer, set = std::move(set), adopted = std::move(adopted)]() mutable {
        writer->read(
            [&set](JournalStore& store) -> base::Result<void> {
                const base::Result<bool> isOurs = store.adopt(set);
                if (!isOurs)
                    return base::fail(isOurs.error());
                if (*isOurs)
                    return {};
                const auto entries = store.entries({.set = set, .outcome = {}, .limit = 1});
                if (!entries)
                    return base::fail(entries.error());
                if (entries->empty())
                    return base::fail(base::ErrorCode::NotFound, "the journal has no set " + set);
                return base::fail(base::ErrorCode::Conflict,
                                  "the set " + set + " is being worked on by another program");
            },
            std::move(adopted));
    });
}

void Journal::read(JournalQuery query, Found<std::vector<JournalEntry>> found) {
    m_thread->post([writer = m_writer, query = std::move(query), found = std::move(found)]() mutable {
        writer->read([&query](JournalStore& store) { return store.entries(query); }, std::move(found));
    });
}

void Journal::records(std::string set, Found<std::vector<JournalRecord>> found) {
    m_thread->post([writer = m_writer, set = std::move(set), found = std::move(found)]() mutable {
        writer->read([&set](JournalStore& store) { return store.records(set); }, std::move(found));
    });
}

void Journal::images(std::string set, std::size_t number, Found<JournalImages> found) {
    m_thread->post([writer = m_writer, set = std::move(set), number, found = std::move(found)]() mutable {
        writer->read([&](JournalStore& store) { return store.images(set, number); }, std::move(found));
    });
}

void Journal::setsWithUnknown(Found<std::vector<std::string>> found) {
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
