// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeck-demo/object_store.h"
#include "app/quarterdeck-demo/rights.h"
#include "app/quarterdeck-demo/table.h"

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>

namespace demo {

struct ApiCall {
    std::string method;
    std::string path;
    std::map<std::string, std::string> query;
    std::string accept;
    std::string contentType;
    std::string body;
};

/// Where a stream writes; write() after the peer has gone does nothing.
class StreamPeer {
public:
    virtual ~StreamPeer() = default;
    virtual void write(std::string bytes) = 0;
    virtual void finish() = 0;
    [[nodiscard]] virtual bool isGone() const = 0;
};

struct Reply {
    int status = 200;
    std::string contentType = "application/json";
    std::string body;
    /// Set for answers without an end: called once with the peer after the head was sent.
    std::function<void(std::shared_ptr<StreamPeer>)> stream;
};

/// The Kubernetes API over one store: discovery, get, list, watch, create, update, patch, server-side apply, delete,
/// scale, logs, reviews of what one may do; refuses what the roles do not allow. One thread.
class Api {
public:
    Api(ObjectStore& store, std::string gitVersion);

    Reply handle(const ApiCall& call);
    /// Once a second: bookmarks, ends of watches, log lines.
    void tick();

private:
    struct Target {
        const ServedKind* kind = nullptr;
        std::string ns;
        std::string name;
        std::string subresource;
    };
    struct Watch;
    struct Follow;

    bool parse(const std::string& path, Target& target) const;
    static kube::AccessAttributes asked(const ApiCall& call, const Target& target);
    Reply review(const ApiCall& call);
    Reply discovery(const ApiCall& call) const;
    Reply get(const ApiCall& call, const Target& target);
    Reply list(const ApiCall& call, const Target& target) const;
    Reply watch(const ApiCall& call, const Target& target);
    Reply create(const ApiCall& call, const Target& target);
    Reply replace(const ApiCall& call, const Target& target);
    Reply patch(const ApiCall& call, const Target& target);
    Reply apply(const ApiCall& call, const Target& target);
    Reply remove(const ApiCall& call, const Target& target);
    Reply scale(const ApiCall& call, const Target& target);
    Reply logs(const ApiCall& call, const Target& target);
    static Reply movedOn(const Target& target);
    Reply store(const ApiCall& call, const Target& target, Json object, int status);

    ObjectStore& m_store;
    Rights m_rights;
    std::string m_gitVersion;
    std::list<std::shared_ptr<Watch>> m_watches;
    std::list<std::shared_ptr<Follow>> m_follows;
};

} // namespace demo
