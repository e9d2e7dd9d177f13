// SPDX-License-Identifier: GPL-3.0-or-later
// The engine alone, without a fleet or a window: watches kinds of all clusters of a kubeconfig into stores, says when
// all are live and what the stores hold, and goes on until its input ends. Measured from outside by the benches.
//
//     watch_engine KUBECONFIG KINDS    (a number: so many of what each cluster serves, or a name: "pods")
#include "core/base/clock.h"
#include "core/base/timer.h"
#include "core/fleet/live_access.h"
#include "core/kube/discovery.h"
#include "core/kube/row_store.h"
#include "core/kube/server_traits.h"
#include "core/kube/watcher.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace {

struct Watched {
    std::optional<kube::RowStore> store;
    bool isLive = false;
    base::Cancel cancel;
};

class Engine {
public:
    Engine(const std::string& kubeconfig, std::string kinds)
        : m_kinds(std::move(kinds))
        , m_access(m_net, m_clock, {})
        , m_config(kube::Kubeconfig::load(kube::KubeconfigSources::explicitFile(kubeconfig))) {}

    int run() {
        for (const kube::ContextEntry& context : m_config.contexts)
            open(context.name);
        // Read where nothing else waits.
        std::thread input([this] {
            char c = 0;
            while (::read(STDIN_FILENO, &c, 1) > 0) {
            }
            m_home.stop();
        });
        m_home.run();
        input.join();
        return m_failed ? 1 : 0;
    }

private:
    void open(const std::string& context) {
        auto access = m_access.open(m_config, context);
        if (!access)
            return fail(access.error());
        m_accesses.push_back(*access);
        ++m_open;
        m_discoveries.push_back(
            kube::discover(access->transport, m_home,
                           [this, transport = access->transport](base::Result<kube::KindCatalogPtr> catalog) {
                               if (catalog)
                                   watchAll(transport, **catalog);
                               else
                                   fail(catalog.error());
                               done();
                           }));
    }

    void watchAll(const std::shared_ptr<kube::Transport>& transport, const kube::KindCatalog& catalog) {
        const int most = std::atoi(m_kinds.c_str());
        kube::WatchEnvironment environment{transport, &m_pool, &m_clock, &m_timers,
                                           std::make_shared<kube::ServerTraits>()};
        int count = 0;
        for (const kube::Kind& kind : catalog.kinds()) {
            if (most > 0 ? count == most : kind.plural != m_kinds)
                continue;
            ++count;
            Watched& watched = *m_watched.emplace_back(std::make_unique<Watched>());
            ++m_open;
            kube::WatchSpec spec;
            spec.kind = kind;
            watched.cancel = kube::watch(environment, spec, m_home, [this, &watched](kube::WatchUpdate update) {
                take(watched, std::move(update));
            });
        }
    }

    void take(Watched& watched, kube::WatchUpdate update) {
        kube::RowDelta delta;
        for (const kube::RowBatch& batch : update.batches) {
            if (!watched.store)
                watched.store.emplace(batch.layout());
            watched.store->apply(batch, delta);
        }
        if (update.error)
            fail(*update.error);
        if (update.phase == kube::WatchPhase::Live && !std::exchange(watched.isLive, true))
            done();
    }

    void done() {
        if (--m_open > 0)
            return;
        std::size_t rows = 0;
        std::size_t bytes = 0;
        for (const auto& watched : m_watched) {
            rows += watched->store ? watched->store->size() : 0;
            bytes += watched->store ? watched->store->bytes() : 0;
        }
        std::printf("live: %zu watches, %zu rows, %zu bytes\n", m_watched.size(), rows, bytes);
        std::fflush(stdout);
    }

    void fail(const base::Error& error) {
        m_failed = true;
        std::printf("failed: %s\n", error.message.c_str());
        std::fflush(stdout);
    }

    std::string m_kinds;
    base::SystemClock m_clock;
    base::ThreadPool m_pool{2};
    base::ManualExecutor m_home;
    base::SystemTimers m_timers;
    net::Engine m_net;
    fleet::LiveAccess m_access;
    kube::Kubeconfig m_config;
    std::vector<fleet::ClusterAccess> m_accesses;
    std::vector<base::Cancel> m_discoveries;
    std::vector<std::unique_ptr<Watched>> m_watched;
    std::size_t m_open = 0;
    bool m_failed = false;
};

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: watch_engine KUBECONFIG KINDS\n");
        return 2;
    }
    return Engine(argv[1], argv[2]).run();
}
