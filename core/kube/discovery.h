// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/error.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/kube/kind.h"
#include "core/kube/transport.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// Every kind one server serves, in its order of preference: an immutable snapshot.
class KindCatalog {
public:
    explicit KindCatalog(std::vector<Kind> kinds, std::vector<base::Error> problems = {});

    /// One entry per group and plural, in the version the server prefers; sub-resources left out.
    [[nodiscard]] const std::vector<Kind>& kinds() const { return m_kinds; }
    /// Groups that could not be read (an aggregated API that is down): the rest is still there.
    [[nodiscard]] const std::vector<base::Error>& problems() const { return m_problems; }
    /// As kubectl resolves what is typed: plural, singular, short name, kind in any case, each with ".group" or
    /// ".version.group"; null if nothing fits. The core group wins, then the server's order.
    [[nodiscard]] const Kind* find(std::string_view typed) const;
    [[nodiscard]] const Kind* findKind(std::string_view apiVersion, std::string_view kind) const;
    [[nodiscard]] const Kind* findResource(std::string_view resource) const;
    /// Members of a category such as "all".
    [[nodiscard]] std::vector<const Kind*> inCategory(std::string_view category) const;

private:
    std::vector<Kind> m_kinds;
    std::vector<base::Error> m_problems;
};

using KindCatalogPtr = std::shared_ptr<const KindCatalog>;

/// Asks for everything the server serves: aggregated discovery (apidiscovery.k8s.io/v2, v2beta1) where it is spoken,
/// group by group otherwise. `handler` runs once on `home`.
[[nodiscard]] base::Cancel discover(std::shared_ptr<Transport> transport, base::Executor& home,
                                    net::Handler<base::Result<KindCatalogPtr>> handler);

} // namespace kube
