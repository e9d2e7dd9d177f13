// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/secret_service.h"

#include <libsecret/secret.h>
#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

namespace base {

namespace {

using std::chrono::milliseconds;

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
    void operator()(GHashTable* table) const { g_hash_table_unref(table); }
    void operator()(SecretValue* value) const { secret_value_unref(value); }
};
template <typename T>
using Held = std::unique_ptr<T, Unref>;

struct FreeObjects {
    void operator()(GList* list) const { g_list_free_full(list, g_object_unref); }
};
using Objects = std::unique_ptr<GList, FreeObjects>;

const SecretSchema* schema() {
    static const SecretSchema schema = [] {
        SecretSchema made{};
        made.name = "io.quarterdeck.Key";
        made.attributes[0] = {"application", SECRET_SCHEMA_ATTRIBUTE_STRING};
        made.attributes[1] = {"purpose", SECRET_SCHEMA_ATTRIBUTE_STRING};
        made.attributes[2] = {"key", SECRET_SCHEMA_ATTRIBUTE_STRING};
        return made;
    }();
    return &schema;
}

// Not every service keeps bytes as they are; text they all do.
constexpr std::string_view kHex = "0123456789abcdef";
using HexKey = std::array<char, 2 * SecretKey::kSize>;

template <typename Out>
void writeHex(std::string_view bytes, Out out) {
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        *out++ = kHex[byte >> 4U];
        *out++ = kHex[byte & 0xFU];
    }
}

std::optional<SecretKey> keyFromHex(std::string_view hex) {
    std::array<char, SecretKey::kSize> bytes{};
    if (hex.size() != 2 * bytes.size() || hex.find_first_not_of(kHex) != std::string_view::npos)
        return std::nullopt;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(kHex.find(hex[2 * i]) * 16 + kHex.find(hex[2 * i + 1]));
    std::optional<SecretKey> key = SecretKey::fromBytes({bytes.data(), bytes.size()});
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return key;
}

/// Some calls one after the other, each of which ends in time: a call of libsecret waits as long as the service does.
class Conversation {
public:
    explicit Conversation(const CancelToken& token)
        : m_cancellable(g_cancellable_new())
        , m_watch([this] { watch(); }) {
        token.onCancel([held = std::shared_ptr<GCancellable>(
                            static_cast<GCancellable*>(g_object_ref(m_cancellable.get())),
                            [](GCancellable* kept) { g_object_unref(kept); })] { g_cancellable_cancel(held.get()); });
    }
    ~Conversation() {
        {
            const std::lock_guard lock(m_mutex);
            m_isOver = true;
        }
        m_changed.notify_all();
        m_watch.join();
        g_clear_error(&m_error);
    }
    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;

    /// `call` takes the cancellable and where to put an error; it has so long from now.
    template <typename Call>
    auto ask(milliseconds limit, Call call) {
        g_clear_error(&m_error);
        setDeadline(limit);
        auto answer = call(m_cancellable.get(), &m_error);
        setDeadline(std::nullopt);
        return answer;
    }

    [[nodiscard]] bool hasFailed() const { return m_error != nullptr; }

    [[nodiscard]] tl::unexpected<Error> failure() {
        if (timedOut())
            return fail(ErrorCode::TimedOut,
                        "the desktop's keyring does not answer: see that it is unlocked, or start it anew");
        if (g_cancellable_is_cancelled(m_cancellable.get()) != FALSE)
            return fail(ErrorCode::TimedOut, "the desktop's keyring was not waited for");
        if (!m_error)
            return fail(ErrorCode::Io, "the desktop's keyring failed without a reason");
        const std::string why = m_error->message;
        if (m_error->domain == G_DBUS_ERROR && isAbsence(m_error->code))
            return fail(ErrorCode::NotFound,
                        "this session has no keyring: start gnome-keyring, KWallet or KeePassXC (" + why + ")");
        if (m_error->domain == SECRET_ERROR && m_error->code == SECRET_ERROR_IS_LOCKED)
            return locked();
        return fail(ErrorCode::Io, "the desktop's keyring does not do it: " + why);
    }

    static tl::unexpected<Error> locked() {
        return fail(ErrorCode::Forbidden, "the desktop's keyring is locked: unlock it and try again");
    }

    static tl::unexpected<Error> noBus(const std::string& why) {
        return fail(ErrorCode::NotFound, "there is no desktop session here, and so no keyring (" + why + ")");
    }

    [[nodiscard]] std::string reason() const { return m_error ? m_error->message : std::string(); }
    [[nodiscard]] bool wasCut() { return timedOut() || g_cancellable_is_cancelled(m_cancellable.get()) != FALSE; }

private:
    using Clock = std::chrono::steady_clock;

    static bool isAbsence(int code) {
        return code == G_DBUS_ERROR_SERVICE_UNKNOWN || code == G_DBUS_ERROR_NAME_HAS_NO_OWNER ||
               (code >= G_DBUS_ERROR_SPAWN_EXEC_FAILED && code <= G_DBUS_ERROR_SPAWN_NO_MEMORY);
    }

    bool timedOut() {
        const std::lock_guard lock(m_mutex);
        return m_timedOut;
    }

    void setDeadline(std::optional<milliseconds> limit) {
        {
            const std::lock_guard lock(m_mutex);
            m_deadline = limit ? std::optional(Clock::now() + *limit) : std::nullopt;
        }
        m_changed.notify_all();
    }

    void watch() {
        std::unique_lock lock(m_mutex);
        while (!m_isOver) {
            if (!m_deadline) {
                m_changed.wait(lock);
            } else if (Clock::now() < *m_deadline) {
                m_changed.wait_until(lock, *m_deadline);
            } else {
                m_timedOut = true;
                m_deadline.reset();
                lock.unlock();
                g_cancellable_cancel(m_cancellable.get());
                lock.lock();
            }
        }
    }

    const Held<GCancellable> m_cancellable;
    GError* m_error = nullptr;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<Clock::time_point> m_deadline;
    bool m_timedOut = false;
    bool m_isOver = false;
    std::thread m_watch; // Last: it uses the others.
};

Result<Held<SecretService>> connected(Conversation& conversation, milliseconds limit) {
    const Held<GDBusConnection> bus(conversation.ask(limit, [](GCancellable* cancellable, GError** error) {
        return g_bus_get_sync(G_BUS_TYPE_SESSION, cancellable, error);
    }));
    if (!bus)
        return conversation.wasCut() ? conversation.failure() : Conversation::noBus(conversation.reason());
    // By default the end of the session's bus is the end of the program.
    g_dbus_connection_set_exit_on_close(bus.get(), FALSE);
    // A fresh one each time: what the shared one remembers may be of a service that has been started anew since.
    Held<SecretService> service(conversation.ask(limit, [](GCancellable* cancellable, GError** error) {
        return secret_service_open_sync(secret_service_get_type(), nullptr, SECRET_SERVICE_OPEN_SESSION, cancellable,
                                        error);
    }));
    if (!service)
        return conversation.failure();
    return service;
}

/// What a search found.
struct Found {
    std::vector<SecretKey> keys;
    Objects locked;
};

Result<Found> search(Conversation& conversation, SecretService* service, const std::string& purpose,
                     milliseconds limit) {
    const Held<GHashTable> attributes(
        secret_attributes_build(schema(), "application", "quarterdeck", "purpose", purpose.c_str(), nullptr));
    const Objects items(conversation.ask(limit, [&](GCancellable* cancellable, GError** error) {
        const int flags = SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS;
        return secret_service_search_sync(service, schema(), attributes.get(), static_cast<SecretSearchFlags>(flags),
                                          cancellable, error);
    }));
    if (conversation.hasFailed())
        return conversation.failure();
    std::vector<std::pair<std::uint64_t, SecretKey>> dated;
    Found found;
    for (GList* at = items.get(); at; at = at->next) {
        auto* item = static_cast<SecretItem*>(at->data);
        const Held<SecretValue> value(secret_item_get_secret(item));
        if (!value) {
            found.locked.reset(g_list_prepend(found.locked.release(), g_object_ref(item)));
            continue;
        }
        gsize length = 0;
        const char* text = secret_value_get(value.get(), &length);
        if (auto key = keyFromHex({text, length}))
            dated.emplace_back(secret_item_get_created(item), *std::move(key));
    }
    std::sort(dated.begin(), dated.end(), [](const auto& a, const auto& b) {
        return std::pair(a.first, a.second.id()) < std::pair(b.first, b.second.id());
    });
    for (auto& [created, key] : dated)
        found.keys.push_back(std::move(key));
    return found;
}

} // namespace

Result<std::vector<SecretKey>> SecretServiceKeyring::keys(const CancelToken& token) {
    Conversation conversation(token);
    const auto service = connected(conversation, m_patience.quiet);
    if (!service)
        return fail(service.error());
    auto found = search(conversation, service->get(), m_purpose, m_patience.quiet);
    if (!found)
        return fail(std::move(found.error()));
    if (!found->keys.empty())
        return std::move(found->keys);
    // Some services find nothing in what is locked.
    const Held<SecretCollection> home(
        conversation.ask(m_patience.quiet, [&](GCancellable* cancellable, GError** error) {
            return secret_collection_for_alias_sync(service->get(), SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                                                    cancellable, error);
        }));
    if (conversation.hasFailed())
        return conversation.failure();
    if (home && secret_collection_get_locked(home.get()) != FALSE)
        found->locked.reset(g_list_prepend(found->locked.release(), g_object_ref(home.get())));
    if (!found->locked)
        return std::vector<SecretKey>();
    conversation.ask(m_patience.prompt, [&](GCancellable* cancellable, GError** error) {
        return secret_service_unlock_sync(service->get(), found->locked.get(), cancellable, nullptr, error);
    });
    if (conversation.hasFailed())
        return conversation.failure();
    found = search(conversation, service->get(), m_purpose, m_patience.quiet);
    if (!found)
        return fail(std::move(found.error()));
    const bool isLocked = found->locked || (home && secret_collection_get_locked(home.get()) != FALSE);
    if (found->keys.empty() && isLocked)
        return Conversation::locked();
    return std::move(found->keys);
}

Result<void> SecretServiceKeyring::add(const SecretKey& key, const CancelToken& token) {
    Conversation conversation(token);
    const auto service = connected(conversation, m_patience.quiet);
    if (!service)
        return fail(service.error());
    std::string id;
    writeHex(key.id(), std::back_inserter(id));
    HexKey hex{};
    writeHex(key.bytes(), hex.begin());
    const Held<SecretValue> value(secret_value_new(hex.data(), static_cast<gssize>(hex.size()), "text/plain"));
    OPENSSL_cleanse(hex.data(), hex.size());
    const Held<GHashTable> attributes(secret_attributes_build(schema(), "application", "quarterdeck", "purpose",
                                                              m_purpose.c_str(), "key", id.c_str(), nullptr));
    const std::string label = "Quarterdeck: key of the " + m_purpose;
    // The first key of a new keyring may have the operator asked for its password.
    const auto stored = conversation.ask(m_patience.prompt, [&](GCancellable* cancellable, GError** error) {
        return secret_service_store_sync(service->get(), schema(), attributes.get(), SECRET_COLLECTION_DEFAULT,
                                         label.c_str(), value.get(), cancellable, error);
    });
    if (stored == FALSE)
        return conversation.failure();
    return {};
}

} // namespace base
