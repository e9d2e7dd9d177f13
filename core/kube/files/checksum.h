// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace kube::files {

enum class SumKind { None, Sha256, Md5, Cksum };

/// The program that prints it: "sha256sum"; empty for None.
[[nodiscard]] std::string_view programOf(SumKind kind);

/// What the programs of the same name print in front of a file's name, taken of bytes as they pass.
class Checksum {
public:
    explicit Checksum(SumKind kind);
    ~Checksum();
    Checksum(Checksum&&) noexcept;
    Checksum& operator=(Checksum&&) noexcept;
    Checksum(const Checksum&) = delete;
    Checksum& operator=(const Checksum&) = delete;

    void add(std::string_view bytes);
    /// Once, last. Empty for None.
    [[nodiscard]] std::string text();

private:
    SumKind m_kind;
    evp_md_ctx_st* m_digest = nullptr;
    std::uint32_t m_crc = 0;
    std::uint64_t m_size = 0;
};

} // namespace kube::files
