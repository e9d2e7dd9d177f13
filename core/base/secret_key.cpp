// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/secret_key.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <utility>

namespace base {

SecretKey::SecretKey(std::shared_ptr<const Bytes> bytes)
    : m_bytes(std::move(bytes)) {
    static constexpr std::string_view kPurpose = "quarterdeck key id";
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    HMAC(EVP_sha256(), m_bytes->data(), static_cast<int>(m_bytes->size()),
         reinterpret_cast<const unsigned char*>(kPurpose.data()), kPurpose.size(), digest.data(), &length);
    m_id.assign(digest.begin(), digest.begin() + kIdSize);
}

std::shared_ptr<SecretKey::Bytes> SecretKey::wiped() {
    return {new Bytes{}, [](Bytes* bytes) {
                OPENSSL_cleanse(bytes->data(), bytes->size());
                delete bytes;
            }};
}

Result<SecretKey> SecretKey::random() {
    const auto bytes = wiped();
    if (RAND_priv_bytes(bytes->data(), static_cast<int>(bytes->size())) != 1)
        return fail(ErrorCode::Internal, "this machine gives no random numbers for a key");
    return SecretKey(bytes);
}

std::optional<SecretKey> SecretKey::fromBytes(std::string_view bytes) {
    if (bytes.size() != kSize)
        return std::nullopt;
    const auto copy = wiped();
    std::copy(bytes.begin(), bytes.end(), copy->begin());
    return SecretKey(copy);
}

std::string_view SecretKey::bytes() const {
    return {reinterpret_cast<const char*>(m_bytes->data()), m_bytes->size()};
}

} // namespace base
