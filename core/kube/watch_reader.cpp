// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/watch_reader.h"

#include "core/kube/object_list.h"

#include <string>
#include <utility>

namespace kube {

base::Result<WatchNews> readPage(Decoder& decoder, const WatchSpec& spec, const net::Response& answer, ListMeta& meta) {
    base::Result<RowBatch> rows = decoder.list(net::header(answer.headers, "Content-Type"), answer.body, meta);
    if (!rows)
        return base::fail(std::move(rows.error()));
    WatchNews news{WatchFrames{std::move(*rows), {}, 0, false, {}, WatchEventType::Added, {}}, {}};
    if (spec.wholeObjects) {
        if (base::Result<ListRest> rest = splitList(answer.body, spec.kind, news.objects); !rest)
            return base::fail(std::move(rest.error()));
    }
    return news;
}

base::Result<std::vector<WatchNews>> readStream(Decoder& decoder, const WatchSpec& spec, std::string_view bytes) {
    std::vector<WatchNews> news;
    if (!spec.eachEvent) {
        base::Result<WatchFrames> all = decoder.feed(bytes);
        if (!all)
            return base::fail(std::move(all.error()));
        news.push_back({std::move(*all), {}});
        return news;
    }
    base::Result<std::vector<WatchFrames>> each = decoder.feedEach(bytes);
    if (!each)
        return base::fail(std::move(each.error()));
    for (WatchFrames& frames : *each) {
        std::vector<ObjectText> objects;
        if (spec.wholeObjects && frames.batch.size() == 1) {
            const RowRef row = frames.batch.row(0);
            objects.push_back({std::string(row.ns()), std::string(row.name()), std::move(frames.object)});
        }
        news.push_back({std::move(frames), std::move(objects)});
    }
    return news;
}

} // namespace kube
