// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/access/rbac_reader.h"

#include "core/base/cancel_bag.h"
#include "core/kube/access/rbac_document.h"
#include "core/kube/object_list.h"
#include "core/kube/watcher.h"

#include <utility>

namespace kube {

namespace {

/// The lists under way; kept alive by their handlers, confined to home but for giveUp().
class Reading : public std::enable_shared_from_this<Reading> {
public:
    Reading(std::shared_ptr<Transport> transport, base::Executor& home, base::CancelToken token,
            net::Handler<RbacReading> handler)
        : m_transport(std::move(transport))
        , m_home(home)
        , m_token(std::move(token))
        , m_handler(std::move(handler)) {}

    void start(RbacScope scope, const std::string& ns) {
        const bool withNamespaced = scope != RbacScope::Cluster;
        m_open = withNamespaced ? 4 : 2;
        list("clusterroles", {}, &Reading::addRole);
        list("clusterrolebindings", {}, &Reading::addBinding);
        if (!withNamespaced)
            return;
        list("roles", ns, &Reading::addRole);
        list("rolebindings", ns, &Reading::addBinding);
    }

    void giveUp() { m_requests.close(); }

private:
    using Add = base::Result<void> (Reading::*)(std::string_view json);

    void list(const std::string& plural, const std::string& ns, Add add) {
        WatchSpec spec;
        spec.kind = rbacKind(plural);
        spec.ns = ns;
        m_requests.add(
            fetchObjects(m_transport, std::move(spec), m_home,
                         [self = shared_from_this(), plural, add](base::Result<std::vector<ObjectText>> objects) {
                             if (!self->m_token.isCancelled())
                                 self->take(plural, std::move(objects), add);
                         }));
    }

    void take(const std::string& plural, base::Result<std::vector<ObjectText>> objects, Add add) {
        base::Result<void> read;
        if (!objects)
            read = base::fail(std::move(objects.error()));
        for (std::size_t i = 0; read && i < objects->size(); ++i)
            read = (this->*add)((*objects)[i].json);
        if (!read) {
            base::Error error = std::move(read.error());
            error.verb = "list";
            error.resource = rbacKind(plural).resource();
            m_reading.problems.push_back(std::move(error));
            if (plural == "roles")
                m_reading.policy.rolesKnown = false;
            if (plural == "clusterroles")
                m_reading.policy.clusterRolesKnown = false;
        }
        if (--m_open > 0)
            return;
        m_requests.close();
        const auto handler = std::move(m_handler);
        handler(std::move(m_reading));
    }

    base::Result<void> addRole(std::string_view json) {
        base::Result<Role> role = parseRole(json);
        if (!role)
            return base::fail(std::move(role.error()));
        m_reading.policy.roles.push_back(std::move(*role));
        return {};
    }

    base::Result<void> addBinding(std::string_view json) {
        base::Result<RoleBinding> binding = parseRoleBinding(json);
        if (!binding)
            return base::fail(std::move(binding.error()));
        m_reading.policy.bindings.push_back(std::move(*binding));
        return {};
    }

    std::shared_ptr<Transport> m_transport;
    base::Executor& m_home;
    base::CancelToken m_token;
    net::Handler<RbacReading> m_handler;
    base::CancelBag m_requests;
    RbacReading m_reading;
    int m_open = 0;
};

} // namespace

Kind rbacKind(const std::string& plural) {
    Kind kind;
    kind.group = "rbac.authorization.k8s.io";
    kind.version = "v1";
    kind.plural = plural;
    kind.kind = plural == "roles"                 ? "Role"
                : plural == "rolebindings"        ? "RoleBinding"
                : plural == "clusterrolebindings" ? "ClusterRoleBinding"
                                                  : "ClusterRole";
    kind.namespaced = !plural.starts_with("cluster");
    return kind;
}

base::Cancel readRbac(std::shared_ptr<Transport> transport, RbacScope scope, const std::string& ns,
                      base::Executor& home, net::Handler<RbacReading> handler) {
    base::Cancel cancel = base::Cancel::create();
    const auto reading = std::make_shared<Reading>(std::move(transport), home, cancel.token(), std::move(handler));
    cancel.token().onCancel([weak = std::weak_ptr(reading)] {
        if (const auto running = weak.lock())
            running->giveUp();
    });
    reading->start(scope, scope == RbacScope::Namespace ? ns : std::string());
    return cancel;
}

} // namespace kube
