// SPDX-License-Identifier: GPL-3.0-or-later
// Two objects, each in a line of JSON, the first with a letter before it that says how managers share the kind: "n" not
// at all, "m" as its managedFields say, "s" by a schema. What leads from one to the other leads there, and back.
#include "core/change/acts/field_changes.h"
#include "core/change/object_difference.h"
#include "core/kube/go_json.h"
#include "tests/fuzz/rows_check.h"

#include <algorithm>
#include <deque>
#include <string>
#include <utility>

namespace {

using fuzz::require;
using Json = nlohmann::json;
using kube::openapi::ListType;
using kube::openapi::Schema;

/// {"metadata": {labels}, "data": open, "one": atomic object, "set": set, "all": whole list,
///  "list": [{"name", "port" (default 80), "args": set, "env": list again}]}
const Schema& schema() {
    static std::deque<Schema> all;
    if (!all.empty())
        return all.front();
    const auto make = [] { return &all.emplace_back(); };
    Schema* root = make();
    Schema* text = make();
    text->types = kube::openapi::IsText;
    Schema* port = make();
    port->types = kube::openapi::IsInteger;
    port->defaultJson = "80";
    Schema* open = make();
    open->types = kube::openapi::IsObject;
    open->values = text;
    Schema* metadata = make();
    metadata->types = kube::openapi::IsObject;
    metadata->fields = {{"annotations", open}, {"labels", open}};
    Schema* one = make();
    one->types = kube::openapi::IsObject;
    one->isAtomic = true;
    Schema* set = make();
    set->types = kube::openapi::IsList;
    set->items = text;
    set->listType = ListType::Set;
    Schema* whole = make();
    whole->types = kube::openapi::IsList;
    whole->listType = ListType::Atomic;
    Schema* item = make();
    item->types = kube::openapi::IsObject;
    Schema* list = make();
    list->types = kube::openapi::IsList;
    list->items = item;
    list->listType = ListType::Map;
    list->listKeys = {"name", "port"};
    item->fields = {{"args", set}, {"env", list}, {"name", text}, {"port", port}};
    root->types = kube::openapi::IsObject;
    root->fields = {{"all", whole}, {"data", open}, {"list", list}, {"metadata", metadata}, {"one", one}, {"set", set}};
    return *root;
}

/// Labels and annotations that are there and empty are none.
Json withoutEmptyLabels(Json object) {
    if (!object.is_object() || !object.contains("metadata") || !object["metadata"].is_object())
        return object;
    for (const char* key : {"labels", "annotations"}) {
        const auto at = object["metadata"].find(key);
        if (at != object["metadata"].end() && at->is_object() && at->empty())
            object["metadata"].erase(at);
    }
    return object;
}

void checkBack(const Json& from, const Json& to) {
    const auto differences = change::differences(from, to);
    require(differences.empty() == (from == to) || withoutEmptyLabels(from) == withoutEmptyLabels(to),
            "a difference where there is none");
    for (const change::Difference& difference : differences) {
        require(!difference.from || change::valueAt(from, difference.path) == difference.from, "another value before");
        require(!difference.to || change::valueAt(to, difference.path) == difference.to, "another value after");
    }
    const Json back = to.patch(change::stepsBack(differences));
    require(withoutEmptyLabels(back) == withoutEmptyLabels(from), "the way back leads elsewhere");
}

enum class Order { Kept, Free };

/// Fields that are null are absent; where managers share lists, their order is nobody's, and an item's port may be said
/// or not.
Json normal(const Json& value, Order order) {
    if (value.is_object()) {
        Json out = Json::object();
        for (const auto& [key, inner] : value.items()) {
            if (!inner.is_null())
                out[key] = normal(inner, order);
        }
        return out;
    }
    if (!value.is_array())
        return value;
    Json out = Json::array();
    for (const Json& inner : value) {
        out.push_back(normal(inner, order));
        if (order == Order::Free && inner.is_object() && !out.back().contains("port"))
            out.back()["port"] = 80;
    }
    if (order == Order::Free)
        std::sort(out.begin(), out.end());
    return out;
}

void checkForth(const Json& from, const Json& to, const change::Sharing& sharing, Order order) {
    const auto changes = change::fieldChanges(from, to, sharing);
    require(!changes.empty() || normal(from, order) == normal(to, order), "a difference that is none");
    Json written = from;
    Json patched = from;
    Json steps = Json::array();
    for (const change::FieldChange& change : changes) {
        change::writeChange(written, change);
        change::addPatchSteps(patched, change, steps);
    }
    require(normal(written, order) == normal(to, order), "the changes lead elsewhere");
    require(patched == written, "the patch does something else");
    require(from.patch(steps) == patched, "the steps of the patch lead elsewhere");
    // Who did it already does nothing.
    Json again = written;
    for (const change::FieldChange& change : changes)
        change::writeChange(again, change);
    require(normal(again, order) == normal(written, order), "a change is not the same twice");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::viewOf(data, size);
    const std::size_t end = text.find('\n');
    if (size < 2 || end == std::string_view::npos)
        return 0;
    const auto from = kube::parseGoJson(text.substr(1, end - 1));
    const auto to = kube::parseGoJson(text.substr(end + 1));
    if (!from || !to)
        return 0;
    checkBack(*from, *to);
    checkBack(change::contentOf(*from), change::contentOf(*to));
    if (!from->is_object() || !to->is_object())
        return 0;
    switch (text.front()) {
    case 's':
        checkForth(*from, *to, {&schema(), Json()}, Order::Free);
        break;
    case 'm':
        checkForth(*from, *to, {nullptr, change::managedFieldsOf(*from)}, Order::Free);
        break;
    default:
        checkForth(*from, *to, {}, Order::Kept);
    }
    return 0;
}
