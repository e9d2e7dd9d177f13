// SPDX-License-Identifier: GPL-3.0-or-later
// Files of change sets, YAML or JSON: what is read and written again is the same set.
#include "core/change/change_set_file.h"
#include "core/change/redact.h"
#include "core/kube/manifest/manifest.h"
#include "tests/fuzz/rows_check.h"

#include <string>

namespace {

using fuzz::require;

void checkSame(const change::Operation& a, const change::Operation& b) {
    require(a.cluster == b.cluster && a.object == b.object && a.verb == b.verb, "another write");
    require(a.subresource == b.subresource && a.body == b.body && a.ownership == b.ownership, "another body");
    require(a.propagation == b.propagation && a.gracePeriodSeconds == b.gracePeriodSeconds, "another deletion");
    require(a.await == b.await && a.after == b.after, "another order");
    require(a.await == change::Await::Nothing || a.awaitDeadline == b.awaitDeadline, "another deadline");
    // What a secret held before is left out of files.
    require(change::holdsSecrets(a.before, a.object.kind) ? b.before.empty() : a.before == b.before, "another past");
}

void checkRoundTrip(const change::ChangeSet& set) {
    const std::string yaml = change::toYaml(set);
    require(!yaml.empty(), "a set that has no file");
    const auto json = kube::yamlToJson(yaml, "written");
    require(json.has_value(), "what was written is no YAML");
    require(change::isChangeSet(*json), "what was written is no set");
    const auto again = change::changeSetFrom(*json);
    require(again.has_value(), "what was written does not read");
    require(again->id == set.id && again->title == set.title && again->intent == set.intent &&
                again->undoes == set.undoes && again->operations.size() == set.operations.size(),
            "another set");
    for (std::size_t i = 0; i < set.operations.size(); ++i)
        checkSame(set.operations[i], again->operations[i]);
    require(change::toYaml(*again) == yaml, "another file");
}

void check(std::string_view json) {
    const auto set = change::changeSetFrom(json);
    if (!set) {
        require(!set.error().message.empty(), "refused without a word");
        return;
    }
    require(change::isChangeSet(json), "a set that is none");
    for (std::size_t i = 0; i < set->operations.size(); ++i) {
        for (const std::size_t earlier : set->operations[i].after)
            require(earlier < set->operations.size() && earlier != i, "waits for what is not there");
    }
    checkRoundTrip(*set);
    change::ChangeSet ordered = *set;
    change::addDependencies(ordered);
    checkRoundTrip(ordered);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::viewOf(data, size);
    // Files go through the reader of manifests; what it never makes must do no harm.
    static_cast<void>(change::changeSetFrom(text));
    if (const auto json = kube::yamlToJson(text, "file"))
        check(*json);
    return 0;
}
