// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace base {

/// 256 bits that are wiped from memory when the last copy goes. Cheap to copy; any thread.
class SecretKey {
public:
    static constexpr std::size_t kSize = 32;
    static constexpr std::size_t kIdSize = 16;

    /// Fails where the machine has no randomness to give.
    [[nodiscard]] static Result<SecretKey> random();
    /// Nothing where there are not exactly kSize bytes.
    [[nodiscard]] static std::optional<SecretKey> fromBytes(std::string_view bytes);

    /// kSize bytes. Whoever copies them wipes the copy.
    [[nodiscard]] std::string_view bytes() const;
    /// A fingerprint of kIdSize bytes that tells nothing else of the key.
    [[nodiscard]] const std::string& id() const { return m_id; }

private:
    using Bytes = std::array<unsigned char, kSize>;
    explicit SecretKey(std::shared_ptr<const Bytes> bytes);
    static std::shared_ptr<Bytes> wiped();

    std::shared_ptr<const Bytes> m_bytes;
    std::string m_id;
};

} // namespace base
