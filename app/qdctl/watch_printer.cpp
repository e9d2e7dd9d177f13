// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/watch_printer.h"

#include "core/kube/yaml_text.h"

#include <cstdio>
#include <utility>

namespace qdctl {

namespace {

std::string_view nameOf(kube::WatchEventType type) {
    switch (type) {
    case kube::WatchEventType::Added:
        return "ADDED";
    case kube::WatchEventType::Modified:
        return "MODIFIED";
    case kube::WatchEventType::Deleted:
        return "DELETED";
    }
    return "";
}

// All as wide as the widest, as kubectl prints them.
std::string_view cellOf(kube::WatchEventType type) {
    switch (type) {
    case kube::WatchEventType::Added:
        return "ADDED   ";
    case kube::WatchEventType::Modified:
        return "MODIFIED";
    case kube::WatchEventType::Deleted:
        return "DELETED ";
    }
    return "";
}

// kubectl folds managed fields of objects, but not of those within events, and puts such an event on one line.
std::string jsonEvent(kube::WatchEventType type, std::string_view object) {
    return "{\"type\":\"" + std::string(nameOf(type)) +
           "\",\"object\":" + kube::toCompactJson(object).value_or(std::string("null")) + "}";
}

} // namespace

bool printsObjects(const GetOptions& options) {
    return options.output == "yaml" || options.output == "json";
}

WatchPrinter::WatchPrinter(const GetOptions& options, bool withClusters, bool withKinds)
    : m_options(options)
    , m_rows(options, withClusters, withKinds) {}

void WatchPrinter::add(const Event& event) {
    if (printsObjects(m_options))
        addObject(event);
    else
        m_rows.add(event.kind, event.layout, event.row, event.nowMs, event.cluster,
                   m_options.outputWatchEvents ? cellOf(event.type) : std::string_view());
}

void WatchPrinter::addObject(const Event& event) {
    if (m_options.output == "json") {
        if (m_options.outputWatchEvents)
            m_text += jsonEvent(event.type, event.json) + "\n";
        else
            m_text += kube::toIndentedJson(event.json, kube::ManagedFields::Folded).value_or(std::string());
        return;
    }
    if (std::exchange(m_hasPrinted, true))
        m_text += "---\n";
    if (m_options.outputWatchEvents)
        m_text += kube::toYaml(jsonEvent(event.type, event.json), kube::ManagedFields::Shown).value_or(std::string());
    else
        m_text += kube::toYaml(event.json, kube::ManagedFields::Folded).value_or(std::string());
}

void WatchPrinter::flush() {
    m_text += m_rows.take();
    std::fwrite(m_text.data(), 1, m_text.size(), stdout);
    std::fflush(stdout);
    m_text.clear();
}

} // namespace qdctl
