// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/journal_keys.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace change {

using base::Result;
using base::SecretKey;

/// What is known of the keyring. On the keys' own thread.
class JournalKeys::Asker {
public:
    Asker(std::shared_ptr<base::Keyring> keyring, base::CancelToken life)
        : m_keyring(std::move(keyring))
        , m_life(std::move(life)) {}

    Result<SecretKey> toSeal() {
        if (m_keys.empty()) {
            if (Result<void> known = look(); !known)
                return base::fail(std::move(known.error()));
        }
        if (m_keys.empty()) {
            Result<SecretKey> made = SecretKey::random();
            if (!made)
                return made;
            if (Result<void> added = m_keyring->add(*made, m_life); !added)
                return base::fail(std::move(added.error()));
            // Looked up, so that what is sealed with can be found again.
            if (Result<void> known = look(); !known)
                return base::fail(std::move(known.error()));
        }
        if (m_keys.empty())
            return base::fail(base::ErrorCode::Io, "the keyring took a key and does not give it back");
        return m_keys.front();
    }

    Result<std::vector<SecretKey>> toUnseal(const std::vector<std::string>& ids) {
        const bool isKnown = std::all_of(ids.begin(), ids.end(),
                                         [this](const std::string& id) { return m_missing.contains(id) || has(id); });
        if (isKnown)
            return m_keys;
        if (Result<void> known = look(); !known) {
            // What is here already may be enough for some of it.
            if (m_keys.empty())
                return base::fail(std::move(known.error()));
            return m_keys;
        }
        for (const std::string& id : ids) {
            if (!has(id))
                m_missing.insert(id);
        }
        return m_keys;
    }

private:
    bool has(const std::string& id) const {
        return std::any_of(m_keys.begin(), m_keys.end(), [&id](const SecretKey& key) { return key.id() == id; });
    }

    Result<void> look() {
        if (!m_keyring)
            return base::fail(base::ErrorCode::NotFound, "this program uses no keyring");
        if (m_life.isCancelled())
            return base::fail(base::ErrorCode::TimedOut, "the keyring was not waited for");
        Result<std::vector<SecretKey>> keys = m_keyring->keys(m_life);
        if (!keys)
            return base::fail(std::move(keys.error()));
        m_keys = *std::move(keys);
        return {};
    }

    const std::shared_ptr<base::Keyring> m_keyring;
    const base::CancelToken m_life;
    std::vector<SecretKey> m_keys;
    std::set<std::string> m_missing; ///< Asked for, and not there.
};

JournalKeys::JournalKeys(std::shared_ptr<base::Keyring> keyring, base::Executor& home)
    : m_home(home)
    , m_life(base::Cancel::create()) {
    m_asker = std::make_shared<Asker>(std::move(keyring), m_life.token());
}

JournalKeys::~JournalKeys() {
    m_life.cancel();
}

template <typename T, typename Ask>
base::Cancel JournalKeys::ask(Ask question, Found<T> found) {
    if (!m_thread)
        m_thread = std::make_unique<base::ThreadPool>(1);
    base::Cancel cancel = base::Cancel::create();
    m_thread->post([asker = m_asker, &home = m_home, life = m_life.token(), token = cancel.token(),
                    question = std::move(question), found = std::move(found)]() mutable {
        std::optional<Result<T>> answer;
        if (!token.isCancelled() && !life.isCancelled())
            answer.emplace(question(*asker));
        // Also when nobody waits any more: what the handler holds belongs to home.
        home.post([life, token, answer = std::move(answer), found = std::move(found)]() mutable {
            if (answer && !life.isCancelled() && !token.isCancelled())
                found(*std::move(answer));
        });
    });
    return cancel;
}

base::Cancel JournalKeys::toSeal(Found<SecretKey> found) {
    return ask<SecretKey>([](Asker& asker) { return asker.toSeal(); }, std::move(found));
}

base::Cancel JournalKeys::toUnseal(std::vector<std::string> ids, Found<std::vector<SecretKey>> found) {
    return ask<std::vector<SecretKey>>([ids = std::move(ids)](Asker& asker) { return asker.toUnseal(ids); },
                                       std::move(found));
}

} // namespace change
