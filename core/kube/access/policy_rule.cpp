// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/access/policy_rule.h"

#include "core/kube/kind.h"

#include <algorithm>
#include <set>

namespace kube {

namespace {

constexpr std::string_view kAll = "*";

bool hasOrAll(const std::vector<std::string>& list, std::string_view wanted) {
    return std::ranges::any_of(list, [wanted](const std::string& each) { return each == kAll || each == wanted; });
}

bool isResource(std::string_view each, const AccessAttributes& asked) {
    if (each == kAll)
        return true;
    if (asked.subresource.empty())
        return each == asked.resource;
    return each == asked.resource + "/" + asked.subresource || each == "*/" + asked.subresource;
}

bool resourceMatches(const PolicyRule& rule, const AccessAttributes& asked) {
    return std::ranges::any_of(rule.resources, [&asked](const std::string& each) { return isResource(each, asked); });
}

bool nameMatches(const PolicyRule& rule, std::string_view name) {
    return rule.resourceNames.empty() || std::ranges::find(rule.resourceNames, name) != rule.resourceNames.end();
}

bool isPath(std::string_view each, std::string_view path) {
    if (each == kAll || each == path)
        return true;
    if (!each.ends_with('*'))
        return false;
    // The authorizer cuts every star at the end, not the last one alone.
    const std::size_t end = each.find_last_not_of('*');
    return path.starts_with(each.substr(0, end == std::string_view::npos ? 0 : end + 1));
}

bool pathMatches(const PolicyRule& rule, std::string_view path) {
    return std::ranges::any_of(rule.nonResourceUrls, [path](std::string_view each) { return isPath(each, path); });
}

std::string joined(const std::vector<std::string>& list) {
    std::string text;
    for (const std::string& each : list)
        text += (text.empty() ? "" : ",") + each;
    return text;
}

std::string resourceText(std::string_view resource, std::string_view group) {
    const std::size_t slash = resource.find('/');
    std::string text(resource.substr(0, slash));
    if (!group.empty())
        text += "." + std::string(group);
    if (slash != std::string_view::npos)
        text += resource.substr(slash);
    return text;
}

} // namespace

std::string AccessAttributes::what() const {
    if (!isResource())
        return path;
    return resourceText(subresource.empty() ? resource : resource + "/" + subresource, group);
}

AccessAttributes accessTo(std::string_view verb, const Kind& kind, std::string_view subresource, std::string_view ns,
                          std::string_view name) {
    AccessAttributes asked;
    asked.verb = verb;
    asked.group = kind.group;
    asked.resource = kind.plural;
    asked.subresource = subresource;
    asked.ns = kind.namespaced ? std::string(ns) : std::string();
    asked.name = name;
    return asked;
}

std::string PolicyRule::text() const {
    std::string what;
    for (const std::string& group : apiGroups) {
        for (const std::string& resource : resources)
            what += (what.empty() ? "" : ",") + resourceText(resource, group);
    }
    for (const std::string& url : nonResourceUrls)
        what += (what.empty() ? "" : ",") + url;
    if (!resourceNames.empty())
        what += " [" + joined(resourceNames) + "]";
    return joined(verbs) + " " + what;
}

PolicyRule narrowed(const PolicyRule& rule, const AccessAttributes& asked) {
    PolicyRule part;
    const auto keep = [](const std::vector<std::string>& from, std::vector<std::string>& into, const auto& fits) {
        // One reason is enough, the plainest one.
        for (const bool wild : {false, true}) {
            for (const std::string& each : from) {
                if (into.empty() && fits(each) && (each == kAll) == wild)
                    into.push_back(each);
            }
        }
    };
    const auto is = [](const std::string& wanted) {
        return [&wanted](const std::string& each) { return each == kAll || each == wanted; };
    };
    keep(rule.verbs, part.verbs, is(asked.verb));
    if (!asked.isResource()) {
        keep(rule.nonResourceUrls, part.nonResourceUrls,
             [&](const std::string& each) { return isPath(each, asked.path); });
        return part;
    }
    keep(rule.apiGroups, part.apiGroups, is(asked.group));
    keep(rule.resources, part.resources, [&](const std::string& each) { return isResource(each, asked); });
    keep(rule.resourceNames, part.resourceNames, [&](const std::string& each) { return each == asked.name; });
    return part;
}

bool ruleAllows(const PolicyRule& rule, const AccessAttributes& asked) {
    if (!hasOrAll(rule.verbs, asked.verb))
        return false;
    if (!asked.isResource())
        return pathMatches(rule, asked.path);
    return hasOrAll(rule.apiGroups, asked.group) && resourceMatches(rule, asked) && nameMatches(rule, asked.name);
}

bool anyRuleAllows(const std::vector<PolicyRule>& rules, const AccessAttributes& asked) {
    return std::ranges::any_of(rules, [&asked](const PolicyRule& rule) { return ruleAllows(rule, asked); });
}

NamedAccess namedAccess(const std::vector<PolicyRule>& rules, AccessAttributes asked) {
    NamedAccess access;
    std::set<std::string> names;
    for (const PolicyRule& rule : rules) {
        if (rule.resourceNames.empty()) {
            asked.name.clear();
            access.all = access.all || ruleAllows(rule, asked);
            continue;
        }
        for (const std::string& name : rule.resourceNames) {
            asked.name = name;
            if (ruleAllows(rule, asked))
                names.insert(name);
        }
    }
    if (!access.all)
        access.names.assign(names.begin(), names.end());
    return access;
}

} // namespace kube
