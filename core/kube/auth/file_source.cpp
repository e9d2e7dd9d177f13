// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/auth/file_source.h"

#include "core/kube/auth/time_text.h"
#include "core/kube/config/pem.h"
#include "core/kube/config/read_file.h"

namespace kube {

namespace {

// A minute, less ten seconds of leeway.
constexpr std::int64_t periodMs = 50000;

base::Result<std::string> readToken(const std::string& path) {
    auto content = readFile(path, std::size_t(1) << 20);
    if (!content)
        return base::fail(content.error().code, "tokenFile: " + content.error().message);
    std::string token = trimmed(*content);
    if (token.empty())
        return base::fail(base::ErrorCode::BadInput, "tokenFile: " + path + ": empty");
    if (token.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
        return base::fail(base::ErrorCode::BadInput, "tokenFile: " + path + ": holds more than one line");
    return token;
}

} // namespace

std::string trimmed(const std::string& text) {
    constexpr std::string_view blank = " \t\r\n\v\f";
    const auto first = text.find_first_not_of(blank);
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(blank) + 1 - first);
}

FileSource::FileSource(base::Executor& background, const base::Clock& clock, UserEntry user)
    : MaterialSource(clock)
    , m_background(background)
    , m_user(std::move(user)) {}

void FileSource::begin(Attempt attempt) {
    m_background.post([weak = weak_from_this(), attempt = std::move(attempt)] {
        const auto self = std::static_pointer_cast<FileSource>(weak.lock());
        if (!self)
            return;
        auto result = self->read();
        if (!result) {
            auto last = self->last();
            const base::Error error = result.error();
            if (last) {
                result = *last;
            } else if (!self->m_user.token.empty()) {
                result = Material();
                result->token = self->m_user.token;
                result->expiresAtMs = tokenEnd(result->token);
            }
            if (result)
                result->warning = error;
        }
        if (result)
            result->useUntilMs = self->clock().nowMs() + periodMs;
        attempt.finish(std::move(result));
    });
}

base::Result<Material> FileSource::read() const {
    Material material;
    if (!m_user.tokenFile.empty()) {
        auto token = readToken(m_user.tokenFile);
        if (!token)
            return base::fail(token.error());
        material.token = std::move(*token);
        material.expiresAtMs = tokenEnd(material.token);
    } else {
        material.token = m_user.token;
        material.expiresAtMs = tokenEnd(material.token);
    }
    if (!m_user.clientCertificate.empty() && !m_user.clientKey.empty()) {
        auto certificate = readFile(m_user.clientCertificate, std::size_t(1) << 20);
        if (!certificate)
            return base::fail(certificate.error().code, "client-certificate: " + certificate.error().message);
        auto key = readFile(m_user.clientKey, std::size_t(1) << 20);
        if (!key)
            return base::fail(key.error().code, "client-key: " + key.error().message);
        // Half of a rotation may be on disk; the last good pair serves until both are there.
        if (const auto pair = checkKeyPair(*certificate, *key); !pair)
            return base::fail(pair.error().code, "client-key: " + m_user.clientKey + " " + pair.error().message);
        material.clientCertPem = std::move(*certificate);
        material.clientKeyPem = std::move(*key);
        const auto end = certificateEnd(material.clientCertPem);
        if (end && (!material.expiresAtMs || *end < *material.expiresAtMs))
            material.expiresAtMs = end;
    }
    return material;
}

} // namespace kube
