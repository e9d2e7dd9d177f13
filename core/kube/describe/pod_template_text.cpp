// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/describe/summary.h"
#include "core/kube/describe/writer.h"
#include "core/kube/go_json.h"

#include <algorithm>
#include <array>

namespace kube {

namespace {

/// What kubectl puts on lines of their own, however few they are.
bool isListed(const std::string& label) {
    constexpr std::array labels{"Command", "Args", "Mounts", "Devices"};
    return std::find(labels.begin(), labels.end(), label) != labels.end();
}

void printLines(std::string& out, const SummaryItem& item, std::size_t indent) {
    out += item.label + ':';
    std::string_view rest = item.value;
    const bool isList = isListed(item.label) && rest != "<none>";
    const std::string before = isList ? std::string(indent + 2, ' ') : std::string("\t");
    const std::string further = isList || indent <= 2 ? before : std::string(indent, ' ') + before;
    bool isFirst = true;
    out += isList ? "\n" : "";
    do {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        out.append(isFirst ? before : further).append(rest.substr(0, end)) += '\n';
        rest.remove_prefix(std::min(end + 1, rest.size()));
        isFirst = false;
    } while (!rest.empty());
}

// kubectl indents the names of containers and volumes by one blank more than their titles, and all else by two.
void print(std::string& out, const SummaryItem& item, std::size_t indent) {
    out.append(indent, ' ');
    if (item.children.empty() && !item.value.empty() && item.label.ends_with("ontainers")) {
        out += item.label + ": " + item.value + '\n';
        return;
    }
    if (item.children.empty()) {
        printLines(out, item, indent);
        return;
    }
    out += item.label + ":\n";
    const std::size_t inner = indent < 4 ? indent + 1 : indent + 2;
    for (const SummaryItem& child : item.children) {
        if (item.label == "Environment Variables from")
            out.append(inner, ' ').append(child.label + '\t' + child.value + '\n');
        else
            print(out, child, inner);
    }
}

} // namespace

base::Result<std::string> podTemplateText(std::string_view json) {
    const base::Result<nlohmann::json> podTemplate = parseGoJson(json);
    if (!podTemplate || !podTemplate->is_object())
        return base::fail(base::ErrorCode::BadInput, "this is no pod template");
    Summary summary;
    const nlohmann::json nothing;
    describe::Page page{summary, nothing, {}};
    describe::writePodTemplate(page, *podTemplate);
    std::string text = "Pod Template:\n";
    for (const SummaryItem& item : summary.items.front().children)
        print(text, item, 2);
    return text;
}

} // namespace kube
