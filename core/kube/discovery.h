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
    /// `kinds` in the order of preference, `otherVersions` what the same groups serve beside the preferred version.
    explicit KindCatalog(std::vector<Kind> kinds, std::vector<base::Error> problems = {},
                         std::vector<Kind> otherVersions = {});

    /// One entry per group and plural, in the version the server prefers; sub-resources left out.
    [[nodiscard]] const std::vector<Kind>& kinds() const { return m_kinds; }
    /// Groups that could not be read (an aggregated API that is down): the rest is still there.
    [[nodiscard]] const std::vector<base::Error>& problems() const { return m_problems; }
    /// As kubectl resolves what is typed: plural, singular, short name, kind in any case, each with ".group" (its start
    /// is enough) or ".version.group"; null if nothing fits. The core group wins, then the server's order; a version
    /// that is not the preferred one is found only by its name.
    [[nodiscard]] const Kind* find(std::string_view typed) const;
    /// In any version served; in the preferred one where `apiVersion` is not served any more but its group is.
    [[nodiscard]] const Kind* findKind(std::string_view apiVersion, std::string_view kind) const;
    /// By Kind::resource(): "pods", "deployments.apps".
    [[nodiscard]] const Kind* findResource(std::string_view resource) const;
    /// Members of a category such as "all".
    [[nodiscard]] std::vector<const Kind*> inCategory(std::string_view category) const;

private:
    std::vector<Kind> m_kinds;
    std::vector<base::Error> m_problems;
    std::vector<Kind> m_otherVersions;
};

using KindCatalogPtr = std::shared_ptr<const KindCatalog>;

/// Asks for everything the server serves: aggregated discovery (apidiscovery.k8s.io/v2, v2beta1) where it is spoken,
/// group by group otherwise. A group that cannot be read ends among the problems; it fails only where nothing can be
/// read at all. `handler` runs once on `home`, where the answers are read, too.
[[nodiscard]] base::Cancel discover(std::shared_ptr<Transport> transport, base::Executor& home,
                                    net::Handler<base::Result<KindCatalogPtr>> handler);

} // namespace kube
