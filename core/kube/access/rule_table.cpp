// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/access/rule_table.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace kube {

namespace {

// One verb on one resource, by one name at most; or one verb on one URL.
std::vector<PolicyRule> brokenDown(const PolicyRule& rule) {
    std::vector<PolicyRule> parts;
    for (const std::string& group : rule.apiGroups) {
        for (const std::string& resource : rule.resources) {
            for (const std::string& verb : rule.verbs) {
                if (rule.resourceNames.empty())
                    parts.push_back({{verb}, {group}, {resource}, {}, {}});
                for (const std::string& name : rule.resourceNames)
                    parts.push_back({{verb}, {group}, {resource}, {name}, {}});
            }
        }
    }
    for (const std::string& url : rule.nonResourceUrls) {
        for (const std::string& verb : rule.verbs)
            parts.push_back({{verb}, {}, {}, {}, {url}});
    }
    return parts;
}

// A list as Go prints it.
std::string goText(const std::vector<std::string>& list) {
    std::string text = "[";
    for (std::size_t i = 0; i < list.size(); ++i)
        text += (i == 0 ? "" : " ") + list[i];
    return text + "]";
}

// What kubectl sorts by.
std::string goText(const PolicyRule& rule) {
    return "Verbs:" + goText(rule.verbs) + ",APIGroups:" + goText(rule.apiGroups) +
           ",Resources:" + goText(rule.resources) + ",ResourceNames:" + goText(rule.resourceNames) +
           ",NonResourceURLs:" + goText(rule.nonResourceUrls) + ",";
}

std::string resourceCell(const PolicyRule& rule) {
    if (rule.resources.empty())
        return {};
    const std::string& resource = rule.resources.front();
    const std::size_t slash = resource.find('/');
    std::string text = resource.substr(0, slash);
    if (!rule.apiGroups.empty() && !rule.apiGroups.front().empty())
        text += "." + rule.apiGroups.front();
    return slash == std::string::npos ? text : text + resource.substr(slash);
}

} // namespace

std::vector<std::array<std::string, 4>> ruleTable(const std::vector<PolicyRule>& rules) {
    std::vector<PolicyRule> compact;
    std::map<std::tuple<std::string, std::string, std::vector<std::string>>, std::size_t> simple;
    for (const PolicyRule& rule : rules) {
        for (PolicyRule& part : brokenDown(rule)) {
            if (part.resources.empty()) {
                compact.push_back(std::move(part));
                continue;
            }
            const auto [known, isNew] = simple.try_emplace(
                {part.apiGroups.front(), part.resources.front(), part.resourceNames}, compact.size());
            if (isNew) {
                compact.push_back(std::move(part));
                continue;
            }
            std::vector<std::string>& verbs = compact[known->second].verbs;
            if (std::ranges::find(verbs, part.verbs.front()) == verbs.end())
                verbs.push_back(part.verbs.front());
        }
    }
    std::ranges::stable_sort(compact, {}, [](const PolicyRule& rule) { return goText(rule); });
    std::vector<std::array<std::string, 4>> lines;
    lines.reserve(compact.size());
    for (const PolicyRule& rule : compact)
        lines.push_back(
            {resourceCell(rule), goText(rule.nonResourceUrls), goText(rule.resourceNames), goText(rule.verbs)});
    return lines;
}

} // namespace kube
