// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/discovery.h"

#include <algorithm>
#include <utility>

namespace kube {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool isResourceName(const Kind& kind, std::string_view name) {
    return equalsIgnoringCase(kind.plural, name) || equalsIgnoringCase(kind.singular, name);
}

bool isShortName(const Kind& kind, std::string_view name) {
    return std::any_of(kind.shortNames.begin(), kind.shortNames.end(),
                       [name](const std::string& shortName) { return equalsIgnoringCase(shortName, name); });
}

bool isKindName(const Kind& kind, std::string_view name) {
    return equalsIgnoringCase(kind.kind, name);
}

enum class GroupMatch { Any, Exact, Prefix };

bool groupFits(const Kind& kind, std::string_view group, GroupMatch match) {
    switch (match) {
    case GroupMatch::Any:
        return true;
    case GroupMatch::Exact:
        return kind.group == group;
    case GroupMatch::Prefix:
        return kind.group.starts_with(group);
    }
    return false;
}

using NameTest = bool (*)(const Kind&, std::string_view);

const Kind* firstOf(const std::vector<Kind>& kinds, NameTest test, std::string_view name, std::string_view group,
                    GroupMatch match) {
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& kind) {
        return groupFits(kind, group, match) && test(kind, name);
    });
    return found == kinds.end() ? nullptr : &*found;
}

// kubectl's order: names before short names before kinds; a group's whole name before its start
// (client-go restmapper/shortcut.go, apimachinery api/meta/restmapper.go, cli-runtime resource/builder.go).
const Kind* resolve(const std::vector<Kind>& kinds, std::string_view name, std::string_view group) {
    static constexpr NameTest tests[] = {isResourceName, isShortName, isKindName};
    if (group.empty()) {
        for (const NameTest test : tests) {
            if (const Kind* kind = firstOf(kinds, test, name, {}, GroupMatch::Any))
                return kind;
        }
        return nullptr;
    }
    for (const GroupMatch match : {GroupMatch::Exact, GroupMatch::Prefix}) {
        for (const NameTest test : tests) {
            if (const Kind* kind = firstOf(kinds, test, name, group, match))
                return kind;
        }
    }
    return nullptr;
}

} // namespace

KindCatalog::KindCatalog(std::vector<Kind> kinds, std::vector<base::Error> problems, std::vector<Kind> otherVersions)
    : m_kinds(std::move(kinds))
    , m_problems(std::move(problems))
    , m_otherVersions(std::move(otherVersions)) {}

const Kind* KindCatalog::find(std::string_view typed) const {
    const std::size_t dot = typed.find('.');
    const std::string_view name = typed.substr(0, dot);
    if (name.empty())
        return nullptr;
    const std::string_view group = dot == std::string_view::npos ? std::string_view() : typed.substr(dot + 1);
    if (const std::size_t second = group.find('.'); second != std::string_view::npos) {
        // "name.version.group", where that is served; else the rest is all group.
        const std::string_view version = group.substr(0, second);
        const std::string_view rest = group.substr(second + 1);
        for (const auto* kinds : {&m_kinds, &m_otherVersions}) {
            const auto found = std::find_if(kinds->begin(), kinds->end(), [&](const Kind& kind) {
                return kind.version == version && kind.group == rest &&
                       (isResourceName(kind, name) || isShortName(kind, name) || isKindName(kind, name));
            });
            if (found != kinds->end())
                return &*found;
        }
    }
    return resolve(m_kinds, name, group);
}

const Kind* KindCatalog::findKind(std::string_view apiVersion, std::string_view kind) const {
    const std::size_t slash = apiVersion.find('/');
    const std::string_view group = slash == std::string_view::npos ? std::string_view() : apiVersion.substr(0, slash);
    const Kind* sameGroup = nullptr;
    for (const auto* kinds : {&m_kinds, &m_otherVersions}) {
        for (const Kind& candidate : *kinds) {
            if (candidate.kind != kind || candidate.group != group)
                continue;
            if (candidate.apiVersion() == apiVersion)
                return &candidate;
            if (!sameGroup)
                sameGroup = &candidate;
        }
    }
    return sameGroup;
}

const Kind* KindCatalog::findResource(std::string_view resource) const {
    const std::size_t dot = resource.find('.');
    const std::string_view plural = resource.substr(0, dot);
    const std::string_view group = dot == std::string_view::npos ? std::string_view() : resource.substr(dot + 1);
    const auto found = std::find_if(m_kinds.begin(), m_kinds.end(),
                                    [&](const Kind& kind) { return kind.plural == plural && kind.group == group; });
    return found == m_kinds.end() ? nullptr : &*found;
}

std::vector<const Kind*> KindCatalog::inCategory(std::string_view category) const {
    std::vector<const Kind*> members;
    for (const Kind& kind : m_kinds) {
        if (std::find(kind.categories.begin(), kind.categories.end(), category) != kind.categories.end())
            members.push_back(&kind);
    }
    return members;
}

} // namespace kube
