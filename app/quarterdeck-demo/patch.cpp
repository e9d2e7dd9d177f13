// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck-demo/patch.h"

namespace demo {

namespace {

// Lists whose entries have names are joined by them: enough for what people patch by hand.
void mergeStrategic(nlohmann::json& target, const nlohmann::json& patch) {
    if (!patch.is_object()) {
        target = patch;
        return;
    }
    if (!target.is_object())
        target = nlohmann::json::object();
    for (const auto& [key, value] : patch.items()) {
        if (key.starts_with('$'))
            continue;
        nlohmann::json& mine = target[key];
        const bool named = value.is_array() && mine.is_array() && !value.empty() && value.front().is_object() &&
                           value.front().contains("name");
        if (value.is_null()) {
            target.erase(key);
        } else if (named) {
            for (const auto& entry : value) {
                nlohmann::json* found = nullptr;
                for (auto& candidate : mine) {
                    if (candidate.value("name", "") == entry.value("name", ""))
                        found = &candidate;
                }
                if (found != nullptr)
                    mergeStrategic(*found, entry);
                else
                    mine.push_back(entry);
            }
        } else if (value.is_object()) {
            mergeStrategic(mine, value);
        } else {
            mine = value;
        }
    }
}

} // namespace

base::Result<nlohmann::json> patched(const nlohmann::json& object, const std::string& contentType,
                                     const std::string& patch) {
    const nlohmann::json change = nlohmann::json::parse(patch, nullptr, false);
    if (change.is_discarded())
        return base::fail(base::ErrorCode::BadInput, "the patch is not JSON");
    nlohmann::json result = object;
    if (contentType.starts_with("application/merge-patch+json")) {
        result.merge_patch(change);
        return result;
    }
    if (contentType.starts_with("application/strategic-merge-patch+json")) {
        mergeStrategic(result, change);
        return result;
    }
    if (contentType.starts_with("application/json-patch+json")) {
        try {
            return result.patch(change);
        } catch (const nlohmann::json::exception& problem) {
            return base::fail(base::ErrorCode::BadInput, std::string("the JSON patch does not fit: ") + problem.what());
        }
    }
    return base::fail(base::ErrorCode::Unsupported, "the demo takes merge, strategic merge and JSON patches");
}

} // namespace demo
