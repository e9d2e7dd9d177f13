// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/access/rbac_document.h"

#include "core/kube/access/json_reading.h"

namespace kube {

namespace {

using simdjson::dom::object;

void readNames(const object& root, std::string& ns, std::string& name) {
    object metadata;
    if (root["metadata"].get(metadata) != simdjson::SUCCESS)
        return;
    ns = access::text(metadata, "namespace");
    name = access::text(metadata, "name");
}

} // namespace

base::Result<Role> parseRole(std::string_view json) {
    simdjson::dom::parser parser;
    const auto root = access::parseObject(parser, json, "the role");
    if (!root)
        return base::fail(root.error());
    Role role;
    readNames(*root, role.ns, role.name);
    for (const object& each : access::objects(*root, "rules"))
        role.rules.push_back(access::rule(each));
    return role;
}

base::Result<RoleBinding> parseRoleBinding(std::string_view json) {
    simdjson::dom::parser parser;
    const auto root = access::parseObject(parser, json, "the role binding");
    if (!root)
        return base::fail(root.error());
    RoleBinding binding;
    readNames(*root, binding.ns, binding.name);
    object role;
    if ((*root)["roleRef"].get(role) == simdjson::SUCCESS)
        binding.role = {access::text(role, "kind"), access::text(role, "name")};
    for (const object& each : access::objects(*root, "subjects"))
        binding.subjects.push_back(
            {access::text(each, "kind"), access::text(each, "name"), access::text(each, "namespace")});
    return binding;
}

} // namespace kube
