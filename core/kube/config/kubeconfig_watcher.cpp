// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/config/kubeconfig_watcher.h"

#include "core/base/cancel.h"
#include "core/kube/config/pem.h"
#include "core/kube/config/read_file.h"
#include "core/kube/config/watch_plan.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

namespace kube {

namespace {

using Time = std::chrono::steady_clock::time_point;

/// A program that writes without end must not put the news off for ever.
constexpr int mostQuietTimes = 10;
constexpr std::uint32_t interesting = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_MOVED_FROM | IN_ATTRIB |
                                      IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

/// Changes exactly when what the files hold does.
std::string fingerprint(const KubeconfigSources& sources) {
    std::string all;
    for (const std::string& file : sources.files) {
        const auto content = readFile(file);
        all += content ? "+" + sha256(*content) : "-" + content.error().message;
    }
    return all;
}

} // namespace

class KubeconfigWatcher::Impl {
public:
    Impl(KubeconfigSources sources, base::Executor& executor, Handler handler, std::chrono::milliseconds quiet)
        : m_sources(std::move(sources))
        , m_executor(executor)
        , m_handler(std::make_shared<Handler>(std::move(handler)))
        , m_quiet(quiet)
        , m_cancel(base::Cancel::create())
        , m_token(m_cancel.token())
        , m_inotify(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK))
        , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
        watch();
        m_fingerprint = fingerprint(m_sources);
        m_initial = Kubeconfig::load(m_sources);
        m_thread = std::thread([this] { work(); });
    }

    ~Impl() {
        m_cancel.cancel();
        m_stopping = true;
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t count = ::write(m_wake, &one, sizeof one);
        m_thread.join();
        ::close(m_wake);
        if (m_inotify >= 0)
            ::close(m_inotify);
    }

    [[nodiscard]] const Kubeconfig& initial() const { return m_initial; }
    [[nodiscard]] bool isWatching() const { return m_watching; }

private:
    /// Until the plan made after watching is the one that is watched: links may move meanwhile.
    void watch() {
        for (int i = 0; i < 5; ++i) {
            const WatchPlan plan = watchPlan(m_sources.files);
            if (i > 0 && plan == m_plan)
                return;
            apply(plan);
        }
    }

    void apply(const WatchPlan& plan) {
        std::map<int, std::set<std::string>> watched;
        bool complete = m_inotify >= 0;
        for (const auto& [folder, names] : plan) {
            const int watch = ::inotify_add_watch(m_inotify, folder.c_str(), interesting);
            // A folder that has gone since the plan was made is seen in the next one.
            if (watch >= 0)
                watched[watch].insert(names.begin(), names.end());
            else if (errno != ENOENT && errno != ENOTDIR)
                complete = false;
        }
        for (const auto& entry : m_watched)
            if (!watched.contains(entry.first))
                ::inotify_rm_watch(m_inotify, entry.first);
        m_watched = std::move(watched);
        m_plan = plan;
        m_watching = complete;
    }

    /// Whether anything of interest was among the events that have come.
    bool readEvents() {
        bool found = false;
        alignas(inotify_event) char buffer[16384];
        for (;;) {
            const ssize_t count = ::read(m_inotify, buffer, sizeof buffer);
            if (count <= 0)
                return found;
            for (ssize_t at = 0; at < count;) {
                const auto* event = reinterpret_cast<const inotify_event*>(buffer + at);
                const std::string_view name = event->len > 0 ? std::string_view(event->name) : std::string_view();
                const auto watch = m_watched.find(event->wd);
                if ((event->mask & IN_Q_OVERFLOW) != 0)
                    found = true;
                else if (watch != m_watched.end())
                    found = found || name.empty() || watch->second.contains(std::string(name));
                at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
            }
        }
    }

    void work() {
        std::optional<Time> first;
        std::optional<Time> due;
        while (!m_stopping) {
            pollfd fds[] = {{m_wake, POLLIN, 0}, {m_inotify, POLLIN, 0}};
            int timeout = -1;
            if (due)
                timeout = static_cast<int>(std::max<std::int64_t>(
                    0, std::chrono::ceil<std::chrono::milliseconds>(*due - std::chrono::steady_clock::now()).count()));
            ::poll(fds, m_inotify >= 0 ? 2 : 1, timeout);
            if (m_stopping)
                return;
            const Time now = std::chrono::steady_clock::now();
            if (readEvents()) {
                first = first.value_or(now);
                due = std::min(now + m_quiet, *first + mostQuietTimes * m_quiet);
                // At once, so that nothing is missed in a folder that has just appeared.
                watch();
            }
            if (due && *due <= now) {
                first.reset();
                due.reset();
                look();
            }
        }
    }

    void look() {
        watch();
        std::string now = fingerprint(m_sources);
        if (now == m_fingerprint)
            return;
        m_fingerprint = std::move(now);
        m_executor.post([token = m_token, handler = m_handler, config = Kubeconfig::load(m_sources)]() mutable {
            if (!token.isCancelled())
                (*handler)(std::move(config));
        });
    }

    const KubeconfigSources m_sources;
    base::Executor& m_executor;
    const std::shared_ptr<Handler> m_handler;
    const std::chrono::milliseconds m_quiet;
    base::Cancel m_cancel;
    const base::CancelToken m_token;
    const int m_inotify;
    const int m_wake;
    std::atomic<bool> m_stopping = false;
    std::atomic<bool> m_watching = false;
    // Of the thread, once it runs.
    WatchPlan m_plan;
    std::map<int, std::set<std::string>> m_watched;
    std::string m_fingerprint;
    Kubeconfig m_initial;
    std::thread m_thread;
};

KubeconfigWatcher::KubeconfigWatcher(KubeconfigSources sources, base::Executor& executor, Handler handler,
                                     std::chrono::milliseconds quiet)
    : m_impl(std::make_unique<Impl>(std::move(sources), executor, std::move(handler), quiet)) {}

KubeconfigWatcher::~KubeconfigWatcher() = default;

const Kubeconfig& KubeconfigWatcher::initial() const {
    return m_impl->initial();
}

bool KubeconfigWatcher::isWatching() const {
    return m_impl->isWatching();
}

} // namespace kube
