// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/kube/openapi/schema.h"
#include "core/kube/openapi/validate.h"
#include "core/kube/transport.h"
#include "core/net/engine.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace kube::openapi {

/// Schemas of many clusters, asked for when somebody needs them: an index of some kilobytes each time, a document of up
/// to some megabytes only where none with the same hash was read before, from whatever cluster. Confined to `home`;
/// documents are read on `pool`. Both must outlive it; destroying it leaves all asked for unanswered.
class SchemaStore {
public:
    SchemaStore(base::Executor& home, base::Executor& pool);
    ~SchemaStore();
    SchemaStore(const SchemaStore&) = delete;
    SchemaStore& operator=(const SchemaStore&) = delete;

    /// The schemas of "apps/v1" or "v1". Fails with NotFound where the server publishes none for it, with Unsupported
    /// where it knows no OpenAPI v3.
    [[nodiscard]] base::Cancel find(std::shared_ptr<Transport> transport, const std::string& apiVersion,
                                    net::Handler<base::Result<DocumentPtr>> handler);
    /// lint() on the pool, by the schemas of several versions.
    [[nodiscard]] base::Cancel lint(std::string text, std::string file, std::vector<DocumentPtr> documents,
                                    net::Handler<Lint> handler);

private:
    class Search;
    struct Cache;

    base::Executor& m_home;
    base::Executor& m_pool;
    std::shared_ptr<Cache> m_cache;
};

} // namespace kube::openapi
