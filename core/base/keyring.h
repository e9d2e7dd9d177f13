// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/base/secret_key.h"

#include <mutex>
#include <vector>

namespace base {

/// Keeps the keys of one purpose for longer than the program runs. Calls block, for as long as somebody thinks about a
/// password: for a thread that has nothing else to do. They return soon once `token` is cancelled; a hook on it is
/// theirs. Errors say what can be done.
class Keyring {
public:
    virtual ~Keyring() = default;
    /// The oldest first; empty: there is none yet. May have the operator asked to unlock it.
    [[nodiscard]] virtual Result<std::vector<SecretKey>> keys(const CancelToken& token) = 0;
    /// Two programs may add theirs at the same time: both stay.
    [[nodiscard]] virtual Result<void> add(const SecretKey& key, const CancelToken& token) = 0;
};

/// Keys that are gone with the program. Any thread.
class MemoryKeyring : public Keyring {
public:
    [[nodiscard]] Result<std::vector<SecretKey>> keys(const CancelToken&) override {
        const std::lock_guard lock(m_mutex);
        return m_keys;
    }
    [[nodiscard]] Result<void> add(const SecretKey& key, const CancelToken&) override {
        const std::lock_guard lock(m_mutex);
        m_keys.push_back(key);
        return {};
    }

private:
    std::mutex m_mutex;
    std::vector<SecretKey> m_keys;
};

} // namespace base
