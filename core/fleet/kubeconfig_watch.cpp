// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/kubeconfig_watch.h"

#include <utility>

namespace fleet {

KubeconfigWatch::KubeconfigWatch(std::vector<std::string> files) {
    if (files.empty())
        m_sources = kube::KubeconfigSources::fromEnvironment();
    else
        m_sources.files = std::move(files);
}

bool KubeconfigWatch::refresh() {
    std::vector<FileStamp> stamps;
    for (const std::string& file : m_sources.files)
        stamps.push_back(stampOf(file));
    if (m_generation > 0 && stamps == m_stamps)
        return false;
    m_stamps = std::move(stamps);
    m_config = kube::Kubeconfig::load(m_sources);
    ++m_generation;
    return true;
}

} // namespace fleet
