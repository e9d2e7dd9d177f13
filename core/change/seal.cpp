// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/seal.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstdint>
#include <memory>

namespace change {

namespace {

using base::ErrorCode;
using base::SecretKey;

constexpr char kVersion = 1;
constexpr std::size_t kNonceSize = 12;
constexpr std::size_t kTagSize = 16;
constexpr std::size_t kHeadSize = 1 + SecretKey::kIdSize + kNonceSize;
/// Far above what an API server takes, far below what a count of OpenSSL holds.
constexpr std::size_t kMostBytes = std::size_t(256) * 1024 * 1024;

struct Free {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, Free>;

const unsigned char* bytesOf(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytesOf(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

void addNumber(std::string& out, std::uint64_t number) {
    for (unsigned shift = 0; shift < 64; shift += 8)
        out += static_cast<char>(number >> shift & 0xFFU);
}

/// Each part behind its length: no two places have the same text.
std::string placeOf(const SealSeat& seat, Image image) {
    std::string place = "quarterdeck journal";
    place += kVersion;
    place += static_cast<char>(image);
    addNumber(place, seat.number);
    const bool byUid = !seat.cluster.uid.empty();
    place += byUid ? 'u' : 'c';
    for (const std::string* part :
         {&seat.set, byUid ? &seat.cluster.uid : &seat.cluster.context, &seat.object.apiVersion, &seat.object.kind,
          &seat.object.ns, &seat.object.name, &seat.subresource}) {
        addNumber(place, part->size());
        place += *part;
    }
    return place;
}

tl::unexpected<base::Error> cannot() {
    return base::fail(ErrorCode::Internal, "AES-256-GCM does not work here");
}

tl::unexpected<base::Error> damaged() {
    return base::fail(ErrorCode::BadInput, "they are damaged, or were put there from another place");
}

std::string shortId(std::string_view id) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    std::string text;
    for (const char c : id.substr(0, 4)) {
        text += kHex[static_cast<unsigned char>(c) >> 4U];
        text += kHex[static_cast<unsigned char>(c) & 0xFU];
    }
    return text;
}

} // namespace

base::Result<std::string> sealed(std::string_view text, const SecretKey& key, const SealSeat& seat, Image image) {
    if (text.size() > kMostBytes)
        return base::fail(ErrorCode::BadInput, "an object of " + std::to_string(text.size()) + " bytes is not sealed");
    std::array<unsigned char, kNonceSize> nonce{};
    if (RAND_bytes(nonce.data(), static_cast<int>(nonce.size())) != 1)
        return base::fail(ErrorCode::Internal, "this machine gives no random numbers");
    std::string blob(1, kVersion);
    blob += key.id();
    blob.append(nonce.begin(), nonce.end());
    blob.resize(kHeadSize + text.size() + kTagSize);
    const std::string place = placeOf(seat, image);
    const Context context(EVP_CIPHER_CTX_new());
    int length = 0;
    unsigned char* out = bytesOf(blob) + kHeadSize;
    const bool isDone =
        context &&
        EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, bytesOf(key.bytes()), nonce.data()) == 1 &&
        EVP_EncryptUpdate(context.get(), nullptr, &length, bytesOf(place), static_cast<int>(place.size())) == 1 &&
        EVP_EncryptUpdate(context.get(), out, &length, bytesOf(text), static_cast<int>(text.size())) == 1 &&
        EVP_EncryptFinal_ex(context.get(), out + text.size(), &length) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(kTagSize), out + text.size()) == 1;
    if (!isDone)
        return cannot();
    return blob;
}

base::Result<std::string> unsealed(std::string_view blob, const std::vector<SecretKey>& keys, const SealSeat& seat,
                                   Image image) {
    if (blob.empty() || blob.size() > kMostBytes + kHeadSize + kTagSize)
        return damaged();
    if (static_cast<unsigned char>(blob.front()) > kVersion)
        return base::fail(ErrorCode::Unsupported, "a newer Quarterdeck sealed them");
    const auto id = sealingKeyOf(blob);
    if (!id)
        return damaged();
    const auto key = std::find_if(keys.begin(), keys.end(), [&id](const SecretKey& one) { return one.id() == *id; });
    if (key == keys.end())
        return base::fail(ErrorCode::NotFound, "another keyring sealed them: this one has no key " + shortId(*id));
    const std::string_view nonce = blob.substr(1 + SecretKey::kIdSize, kNonceSize);
    const std::string_view text = blob.substr(kHeadSize, blob.size() - kHeadSize - kTagSize);
    std::string tag(blob.substr(blob.size() - kTagSize));
    std::string clear(text.size(), '\0');
    const std::string place = placeOf(seat, image);
    const Context context(EVP_CIPHER_CTX_new());
    int length = 0;
    std::array<unsigned char, kTagSize> rest{};
    if (!context ||
        EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, bytesOf(key->bytes()), bytesOf(nonce)) != 1)
        return cannot();
    const bool isWhole =
        EVP_DecryptUpdate(context.get(), nullptr, &length, bytesOf(place), static_cast<int>(place.size())) == 1 &&
        EVP_DecryptUpdate(context.get(), bytesOf(clear), &length, bytesOf(text), static_cast<int>(text.size())) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(kTagSize), bytesOf(tag)) == 1 &&
        EVP_DecryptFinal_ex(context.get(), rest.data(), &length) == 1;
    if (!isWhole)
        return damaged();
    return clear;
}

std::optional<std::string> sealingKeyOf(std::string_view blob) {
    if (blob.size() < kHeadSize + kTagSize || blob.front() != kVersion)
        return std::nullopt;
    return std::string(blob.substr(1, SecretKey::kIdSize));
}

} // namespace change
