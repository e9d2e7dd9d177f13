// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/cluster.h"
#include "core/fleet/known_text.h"
#include "core/fleet/last_known.h"
#include "core/fleet/row_archive.h"

#include <utility>

// What a cluster puts on disk and takes from there.
namespace fleet {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds kSaveEvery = 30s;
/// Larger ones are written when nobody needs them any more, not in between: that would be felt.
constexpr std::size_t kRowsBetween = 50000;

} // namespace

void Cluster::recallSummary() {
    if (!m_services.lastKnown)
        return;
    for (const std::string& key : m_keys) {
        const auto known = m_services.lastKnown->summaries().find(key);
        if (known == m_services.lastKnown->summaries().end())
            continue;
        readSummary(known->second, m_info);
        return;
    }
}

void Cluster::recallCatalog() {
    if (!m_services.lastKnown || catalog())
        return;
    m_catalogLoading =
        m_services.lastKnown->loadCatalog(m_keys.front(), m_services.home, [this](const std::string& text) {
            if (catalog())
                return;
            m_rememberedCatalog = readCatalog(text);
            if (!m_rememberedCatalog)
                return;
            tellFeeds();
            m_services.catalogChanged(m_info.id);
        });
}

void Cluster::keepCatalog() {
    m_rememberedCatalog = m_connection.catalog();
    if (!m_services.lastKnown || !m_rememberedCatalog)
        return;
    std::string text = catalogText(*m_rememberedCatalog);
    const std::size_t hash = std::hash<std::string>()(text);
    if (std::exchange(m_savedCatalog, hash) != hash)
        m_services.lastKnown->saveCatalog(m_keys.front(), std::move(text));
}

void Cluster::sourceCreated(Source& source) {
    attach(source);
    if (!m_services.lastKnown)
        return;
    Kept& kept = m_kept[source.key()];
    kept.revision = source.revision();
    kept.loading = m_services.lastKnown->loadRows({m_keys.front(), source.key().resource, source.key().ns},
                                                  m_services.home, [&source](const std::optional<KnownRows>& known) {
                                                      if (known)
                                                          source.seed(known->rows, known->asOfMs);
                                                  });
}

void Cluster::sourceDropped(Source& source) {
    saveSource(source);
    m_kept.erase(source.key());
}

void Cluster::saveSource(const Source& source) {
    if (!m_services.lastKnown || !source.wasComplete() || !source.store() || !LastKnown::mayKeep(source.key().resource))
        return;
    Kept& kept = m_kept[source.key()];
    if (std::exchange(kept.revision, source.revision()) == source.revision())
        return;
    m_services.lastKnown->saveRows({m_keys.front(), source.key().resource, source.key().ns}, packRows(*source.store()),
                                   source.asOfMs());
}

void Cluster::saveSoon() {
    if (!m_services.lastKnown)
        return;
    m_saveTimer = m_services.timers.after(kSaveEvery, m_services.home, [this] {
        m_pool.forEach([this](const Source& source) {
            if (source.size() <= kRowsBetween)
                saveSource(source);
        });
        saveSummary();
        saveSoon();
    });
}

void Cluster::saveSummary() {
    if (!m_services.lastKnown || m_info.asOfMs == 0)
        return;
    std::string text = summaryText(m_info);
    if (text == m_savedSummary && m_keys.size() == m_savedKeys)
        return;
    // Under each of its names, so that they are known to be one at the next start.
    for (const std::string& key : m_keys)
        m_services.lastKnown->saveSummary(key, text);
    m_savedSummary = std::move(text);
    m_savedKeys = m_keys.size();
}

void Cluster::save() {
    refreshInfo();
    m_pool.forEach([this](const Source& source) { saveSource(source); });
    saveSummary();
}

} // namespace fleet
