// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/keyring.h"

#include <chrono>
#include <string>

namespace base {

/// The desktop's keyring (gnome-keyring, KWallet, KeePassXC) over the Secret Service of the session's bus
/// (https://specifications.freedesktop.org/secret-service). Keys lie in the default collection, told by the attributes
/// application, purpose and key (the key's fingerprint). Nothing is contacted before the first call.
class SecretServiceKeyring final : public Keyring {
public:
    struct Patience {
        std::chrono::milliseconds quiet{10'000};  ///< For what nobody is asked about.
        std::chrono::milliseconds prompt{90'000}; ///< For what the operator is asked about.
    };

    /// `purpose` tells these keys from others of ours: "journal".
    explicit SecretServiceKeyring(std::string purpose)
        : SecretServiceKeyring(std::move(purpose), Patience()) {}
    SecretServiceKeyring(std::string purpose, Patience patience)
        : m_purpose(std::move(purpose))
        , m_patience(patience) {}

    [[nodiscard]] Result<std::vector<SecretKey>> keys(const CancelToken& token) override;
    [[nodiscard]] Result<void> add(const SecretKey& key, const CancelToken& token) override;

private:
    const std::string m_purpose;
    const Patience m_patience;
};

} // namespace base
