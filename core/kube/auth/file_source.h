// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/auth/material_source.h"
#include "core/kube/config/kubeconfig.h"

namespace kube {

/// Credentials that lie in files which others keep fresh: a token file, or a certificate and key. Read again every
/// minute, as client-go does; what was read last stays good while the file cannot be read. Where both are given a token
/// file wins over a token in the kubeconfig, once it could be read. Source: client-go transport/token_source.go,
/// transport/cert_rotation.go.
class FileSource final : public MaterialSource {
public:
    FileSource(base::Executor& background, const base::Clock& clock, UserEntry user);

private:
    void begin(Attempt attempt) override;
    [[nodiscard]] base::Result<Material> read() const;

    base::Executor& m_background;
    const UserEntry m_user;
};

/// A token as it may stand in a header: without white space at the ends.
std::string trimmed(const std::string& text);

} // namespace kube
