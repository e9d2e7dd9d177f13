// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/commands.h"
#include "app/qdctl/fleet_get.h"
#include "app/qdctl/row_printer.h"
#include "app/qdctl/session.h"
#include "app/qdctl/watch_command.h"
#include "app/qdctl/watch_printer.h"
#include "core/fleet/filter.h"
#include "core/kube/table_text.h"
#include "core/kube/yaml_text.h"

#include <algorithm>
#include <cstdio>
#include <set>
#include <string>
#include <utility>

namespace qdctl {

namespace {

void put(FILE* to, std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), to);
}

std::string whole(const std::vector<ClusterAnswer>& answers, const std::set<std::string>* kept, bool isSingle) {
    std::string items;
    std::string only;
    for (const ClusterAnswer& answer : answers) {
        for (const KindAnswer& part : answer.kinds) {
            for (const kube::ObjectText& object : part.objects) {
                if (kept && !kept->contains(answer.context + '\n' + part.kind.resource() + '\n' + object.ns + '\n' +
                                            object.name))
                    continue;
                if (!items.empty())
                    items += ',';
                items += object.json;
                only = object.json;
            }
        }
    }
    if (isSingle)
        return only;
    return R"({"apiVersion":"v1","items":[)" + items + R"(],"kind":"List","metadata":{"resourceVersion":""}})";
}

int printObjects(Session& session, const std::vector<std::string>& contexts, const GetOptions& options,
                 const Wanted& wanted, const fleet::Filter& filter) {
    std::set<std::string> kept;
    if (!filter.isEmpty()) {
        for (const ClusterAnswer& answer : askClusters(session, contexts, options, wanted, Depth::Rows)) {
            for (const KindAnswer& part : answer.kinds) {
                for (const kube::RowBatch& batch : part.list.batches) {
                    for (std::size_t i = 0; i < batch.size(); ++i) {
                        const kube::RowRef row = batch.row(i);
                        if (filter.matches({row, answer.context, answer.nowMs}))
                            kept.insert(answer.context + '\n' + part.kind.resource() + '\n' + std::string(row.ns()) +
                                        '\n' + std::string(row.name()));
                    }
                }
            }
        }
    }
    const std::vector<ClusterAnswer> answers = askClusters(session, contexts, options, wanted, Depth::Objects);
    const int code = report(answers);
    // One object stands by itself; two names, kinds or clusters make a list, even of what of them is there.
    const bool isSingle = wanted.names.size() == 1 && answers.size() == 1 && answers.front().kinds.size() == 1;
    const bool isAsked = std::any_of(answers.begin(), answers.end(), [](const ClusterAnswer& answer) {
        return std::any_of(answer.kinds.begin(), answer.kinds.end(),
                           [](const KindAnswer& part) { return !part.error; });
    });
    if (!isAsked)
        return code;
    const std::string json = whole(answers, filter.isEmpty() ? nullptr : &kept, isSingle);
    if (json.empty())
        return code;
    const base::Result<std::string> text = options.output == "yaml"
                                               ? kube::toYaml(json, kube::ManagedFields::Folded)
                                               : kube::toIndentedJson(json, kube::ManagedFields::Folded);
    if (!text) {
        complain(explain(text.error()));
        return Failed;
    }
    put(stdout, *text);
    if (!text->ends_with('\n'))
        put(stdout, "\n");
    return code;
}

int printRows(Session& session, const std::vector<std::string>& contexts, const GetOptions& options,
              const Wanted& wanted, const fleet::Filter& filter) {
    const std::vector<ClusterAnswer> answers = askClusters(session, contexts, options, wanted, Depth::Rows);
    // The same kind of all clusters stands together, in the order of the first that has it.
    std::vector<std::string> order;
    for (const ClusterAnswer& answer : answers) {
        for (const KindAnswer& part : answer.kinds) {
            if (std::find(order.begin(), order.end(), part.kind.resource()) == order.end())
                order.push_back(part.kind.resource());
        }
    }
    RowPrinter printer(options, contexts.size() > 1, order.size() > 1);
    bool allNamespaced = !options.allNamespaces;
    for (const std::string& resource : order) {
        for (const ClusterAnswer& answer : answers) {
            for (const KindAnswer& part : answer.kinds) {
                if (part.kind.resource() != resource)
                    continue;
                allNamespaced = allNamespaced && part.kind.namespaced;
                for (const kube::RowBatch& batch : part.list.batches) {
                    for (std::size_t i = 0; i < batch.size(); ++i) {
                        const kube::RowRef row = batch.row(i);
                        if (filter.isEmpty() || filter.matches({row, answer.context, answer.nowMs}))
                            printer.add(part.kind, batch.layout(), row, answer.nowMs, answer.context);
                    }
                }
            }
        }
    }
    const std::string text = printer.take();
    put(stdout, text);
    std::fflush(stdout);
    const int code = report(answers);
    if (text.empty() && code == Complete)
        put(stderr, kube::noResourcesText(allNamespaced && !answers.empty() ? answers.front().ns : std::string()));
    return code;
}

} // namespace

int report(const std::vector<ClusterAnswer>& answers) {
    std::size_t failed = 0;
    std::size_t worked = 0;
    for (const ClusterAnswer& answer : answers) {
        const std::string who = answers.size() > 1 ? answer.context + ": " : std::string();
        if (answer.error) {
            complain(who + explain(*answer.error));
            ++failed;
            continue;
        }
        for (const KindAnswer& part : answer.kinds) {
            if (part.error) {
                complain(who + explain(*part.error));
                ++failed;
            } else {
                ++worked;
            }
            for (const std::string& name : part.missing) {
                complain(who + part.kind.resource() + " \"" + name + "\" not found");
                ++failed;
            }
        }
    }
    if (failed == 0)
        return Complete;
    return worked > 0 && answers.size() > 1 ? Partial : Failed;
}

int runGet(Session& session, const GetOptions& options) {
    const base::Result<Wanted> wanted = wantedOf(options);
    if (!wanted) {
        complain(wanted.error().message);
        return Usage;
    }
    tl::expected<fleet::Filter, fleet::FilterError> filter = fleet::Filter::parse(options.filter);
    if (!filter) {
        complain("--filter: " + filter.error().message + "\n  " + options.filter + "\n  " +
                 std::string(filter.error().column, ' ') +
                 std::string(std::max<std::size_t>(filter.error().length, 1), '^'));
        return Usage;
    }
    if (options.outputWatchEvents && !options.watch) {
        complain("--output-watch-events goes with --watch");
        return Usage;
    }
    if (options.watch && printsObjects(options) && !filter->isEmpty()) {
        complain("--filter looks at rows: with --watch it does not go with -o " + options.output);
        return Usage;
    }
    const base::Result<std::vector<std::string>> contexts = session.chosen(options.clusters);
    if (!contexts) {
        complain(contexts.error().message);
        return options.clusters.empty() ? Failed : Usage;
    }
    if (options.watch)
        return watchObjects(session, *contexts, options, *wanted, *filter);
    if (printsObjects(options))
        return printObjects(session, *contexts, options, *wanted, *filter);
    return printRows(session, *contexts, options, *wanted, *filter);
}

} // namespace qdctl
