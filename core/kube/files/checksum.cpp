// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/files/checksum.h"

#include <openssl/evp.h>

#include <array>
#include <utility>

namespace kube::files {

namespace {

// POSIX cksum: the polynomial of Ethernet, most significant bit first, the length's bytes behind the data.
std::array<std::uint32_t, 256> crcTable() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t crc = i << 24;
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc & 0x80000000U) != 0 ? (crc << 1) ^ 0x04C11DB7U : crc << 1;
        table[i] = crc;
    }
    return table;
}

std::uint32_t addToCrc(std::uint32_t crc, unsigned char byte) {
    static const std::array<std::uint32_t, 256> table = crcTable();
    return (crc << 8) ^ table[(crc >> 24) ^ byte];
}

} // namespace

std::string_view programOf(SumKind kind) {
    switch (kind) {
    case SumKind::Sha256:
        return "sha256sum";
    case SumKind::Md5:
        return "md5sum";
    case SumKind::Cksum:
        return "cksum";
    case SumKind::None:
        break;
    }
    return {};
}

Checksum::Checksum(SumKind kind)
    : m_kind(kind) {
    if (kind != SumKind::Sha256 && kind != SumKind::Md5)
        return;
    m_digest = EVP_MD_CTX_new();
    EVP_DigestInit_ex(m_digest, kind == SumKind::Md5 ? EVP_md5() : EVP_sha256(), nullptr);
}

Checksum::~Checksum() {
    EVP_MD_CTX_free(m_digest);
}

Checksum::Checksum(Checksum&& other) noexcept
    : m_kind(other.m_kind)
    , m_digest(std::exchange(other.m_digest, nullptr))
    , m_crc(other.m_crc)
    , m_size(other.m_size) {}

Checksum& Checksum::operator=(Checksum&& other) noexcept {
    m_kind = other.m_kind;
    std::swap(m_digest, other.m_digest);
    m_crc = other.m_crc;
    m_size = other.m_size;
    return *this;
}

void Checksum::add(std::string_view bytes) {
    if (m_digest)
        EVP_DigestUpdate(m_digest, bytes.data(), bytes.size());
    if (m_kind != SumKind::Cksum)
        return;
    m_size += bytes.size();
    for (const char byte : bytes)
        m_crc = addToCrc(m_crc, static_cast<unsigned char>(byte));
}

std::string Checksum::text() {
    if (m_kind == SumKind::Cksum) {
        for (std::uint64_t rest = m_size; rest != 0; rest >>= 8)
            m_crc = addToCrc(m_crc, static_cast<unsigned char>(rest & 0xFF));
        return std::to_string(~m_crc);
    }
    std::string text;
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (!m_digest || EVP_DigestFinal_ex(m_digest, digest.data(), &size) != 1)
        return text;
    static constexpr std::string_view kDigits = "0123456789abcdef";
    for (unsigned int i = 0; i < size; ++i) {
        text += kDigits[digest[i] >> 4];
        text += kDigits[digest[i] & 0xF];
    }
    return text;
}

} // namespace kube::files
