// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/qdctl/options.h"
#include "app/qdctl/session.h"
#include "core/base/error.h"
#include "core/kube/access/policy_rule.h"
#include "core/kube/discovery.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace qdctl {

/// What was typed, as one server understands it.
struct AccessQuestion {
    kube::AccessAttributes asked; ///< With the namespace as kubectl auth can-i sends it: also for what lies in none.
    bool namespaced = true;       ///< Of what the server does not know, too.
    std::vector<std::string> warnings; ///< As kubectl words them, each with its end.
};

/// Whether the words need discovery to be understood.
[[nodiscard]] bool needsKinds(const AuthOptions& options);
/// VERB and TYPE[/NAME] or a path, as kubectl auth can-i reads them. `kinds` may be null where nothing needs them.
/// Pure.
[[nodiscard]] AccessQuestion questionOf(const AuthOptions& options, const std::string& ns,
                                        const kube::KindCatalog* kinds);
/// What is wrong with the command line, nothing if all is well. Pure.
[[nodiscard]] std::optional<std::string> whatIsWrong(const AuthOptions& options);

/// One cluster under way, from the context's name to the server's answer.
struct AskedCluster {
    std::string context;
    std::optional<base::Error> error;
    AccessQuestion question;
};

/// Opens each context, reads what is typed by its kinds, and lets `ask` go on from there; runs the session's home until
/// each has called `done` or failed. `clusters` stay where they are meanwhile.
void askEachCluster(
    Session& session, std::vector<AskedCluster*> clusters, const AuthOptions& options,
    const std::function<base::Cancel(std::size_t index, const Way& way, std::function<void()> done)>& ask);

} // namespace qdctl
