// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeck-demo/kinds.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace demo {

using Json = nlohmann::json;
using ObjectPtr = std::shared_ptr<const Json>;

enum class Change : std::uint8_t { Added, Modified, Deleted };

struct StoreEvent {
    std::uint64_t version = 0;
    Change change = Change::Added;
    const ServedKind* kind = nullptr;
    ObjectPtr object;
};

/// All objects of one simulated cluster, with resourceVersions and a short history for watches to resume from.
/// One thread.
class ObjectStore {
public:
    /// Objects by "namespace/name", in that order.
    using Objects = std::map<std::string, ObjectPtr>;

    explicit ObjectStore(std::uint64_t seed);

    [[nodiscard]] const Objects& objects(const ServedKind& kind) const;
    /// Null if there is none.
    [[nodiscard]] ObjectPtr find(const ServedKind& kind, const std::string& ns, const std::string& name) const;

    /// Stores an object; fills in uid, creationTimestamp, generation and resourceVersion. Returns it as stored.
    ObjectPtr put(const ServedKind& kind, Json object);
    void remove(const ServedKind& kind, const std::string& ns, const std::string& name);
    /// Changes a stored object in place; nothing happens if it is gone.
    void update(const ServedKind& kind, const std::string& ns, const std::string& name,
                const std::function<void(Json&)>& change);

    [[nodiscard]] std::uint64_t version() const { return m_version; }
    /// Events after `version`; false if they are no longer known.
    bool eventsSince(std::uint64_t version, const std::function<void(const StoreEvent&)>& visit) const;

    /// `listener` hears of every change until its id is given to unlisten().
    int listen(std::function<void(const StoreEvent&)> listener);
    void unlisten(int id);

    /// The same uids in every run with the same seed.
    std::string nextUid();

private:
    void publish(Change change, const ServedKind& kind, ObjectPtr object);

    std::map<const ServedKind*, Objects> m_objects;
    std::deque<StoreEvent> m_history;
    std::map<int, std::function<void(const StoreEvent&)>> m_listeners;
    std::uint64_t m_version = 1000;
    std::uint64_t m_random;
    int m_nextListener = 0;
};

/// "2026-11-22T10:00:00Z"; now by default, in seconds from now otherwise.
std::string timestamp(std::int64_t secondsFromNow = 0);

} // namespace demo
