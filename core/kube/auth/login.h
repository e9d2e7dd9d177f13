// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace kube {

struct Kubeconfig;
struct ContextEntry;

enum class LoginKind {
    None,        ///< Anonymous: no credentials, or a server without TLS, to which none are sent.
    Token,       ///< A token in the file.
    TokenFile,   ///< A token in a file of its own.
    Basic,       ///< Name and password.
    Certificate, ///< A client certificate.
    Plugin,      ///< A program is run (exec).
    Oidc,        ///< The old OIDC provider: a token in the file, refreshed with the identity provider.
    Unsupported, ///< An auth-provider that neither kubectl nor we know.
};

/// How a context signs in, told from the kubeconfig alone: nothing is read, run or contacted.
struct Login {
    LoginKind kind = LoginKind::None;
    std::string plugin;      ///< Command of the plugin, or the name of the auth-provider.
    std::string impersonate; ///< The user acted as, empty if none.

    /// Signing in may run a program, open a browser or ask somebody for something: not to be done unasked.
    [[nodiscard]] bool needsPlugin() const { return kind == LoginKind::Plugin; }
};

/// Precedence as in client-go: what the file holds itself wins over exec, exec is not run then.
Login loginOf(const Kubeconfig& config, const ContextEntry& context);

} // namespace kube
