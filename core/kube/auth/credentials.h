// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/kube/auth/login.h"
#include "core/net/engine.h"
#include "core/net/http.h"

#include <cstdint>
#include <optional>
#include <string>

namespace kube {

/// What a request has to carry so that the server knows who asks. Holds secrets: never log it.
struct AuthMaterial {
    net::Headers headers; ///< Authorization and Impersonate-*, possibly none.
    /// A client certificate that a plugin gave; empty means the one of the Endpoint, if any. Where they are set,
    /// requests go over a copy of the Endpoint that carries them.
    std::string clientCertPem;
    std::string clientKeyPem;
    /// Names this material; another number means other material. Never 0.
    std::uint64_t generation = 0;
};

/// How the sign-in stands, for display.
struct AuthStatus {
    Login login;
    /// When what is in use now ends: the earliest of the client certificate's notAfter, a token's exp claim (read, not
    /// verified) and the plugin's expirationTimestamp. Milliseconds since 1970; nothing if unknown.
    std::optional<std::int64_t> expiresAtMs;
    /// Since when a plugin or an identity provider is being waited for, milliseconds since 1970; 0 if none is.
    std::int64_t busySinceMs = 0;
    /// The last failure, if the last attempt failed, or a warning (for example: a refreshed token could not be saved).
    std::optional<base::Error> problem;
};

/// Who one user of the kubeconfig is to one cluster; shared by the contexts that have both in common. Made by
/// CredentialStore. Nothing is read, run or contacted before authorize() is called. Any thread may call.
class Credentials {
public:
    virtual ~Credentials() = default;

    /// `handler` runs once on `executor`, never inside the call, or never if cancelled. What is known and has not
    /// expired is given at once; otherwise a plugin runs or an identity provider is asked, once for all who wait. When
    /// the last of them cancels, a running plugin is ended. Fails with PluginFailed, Unauthorized, Expired, Io or what
    /// the network said. `executor` must live until the handler ran or was cancelled.
    virtual base::Cancel authorize(base::Executor& executor, net::Handler<base::Result<AuthMaterial>> handler) = 0;

    /// To be called when the server answered 401 to a request that carried the material of `generation`: the next
    /// authorize() gets fresh material, if there is a way to it. Of several calls for one generation only the first
    /// counts, so that a burst of 401s costs one refresh. Returns false where there is nothing to refresh (a plain
    /// token, a certificate) or where fresh material was refused, too, without having worked: retrying is then
    /// pointless.
    virtual bool invalidate(std::uint64_t generation) = 0;

    [[nodiscard]] virtual AuthStatus status() const = 0;
};

} // namespace kube
