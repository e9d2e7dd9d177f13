// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/settings_file.h"
#include "core/kube/config/kubeconfig.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fleet {

/// The kubeconfig files and whether they have changed since they were read. Confined to the home executor.
class KubeconfigWatch {
public:
    /// `files` empty: as kubectl finds them.
    explicit KubeconfigWatch(std::vector<std::string> files);

    /// Reads the files again if one of them changed, came or went (or at the first call). Returns whether it read.
    bool refresh();
    [[nodiscard]] const kube::Kubeconfig& config() const { return m_config; }
    /// Counts how often they were read.
    [[nodiscard]] std::uint64_t generation() const { return m_generation; }

private:
    kube::KubeconfigSources m_sources;
    std::vector<FileStamp> m_stamps;
    kube::Kubeconfig m_config;
    std::uint64_t m_generation = 0;
};

} // namespace fleet
