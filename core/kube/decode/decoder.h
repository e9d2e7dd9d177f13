// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/kube/decode/server_columns.h"
#include "core/kube/kind.h"
#include "core/kube/row_batch.h"
#include "core/kube/row_layout.h"
#include "core/kube/watch_event.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// Where the true value of a custom kind's date column lies: the CRD's additionalPrinterColumns, those of type date.
struct DatePath {
    std::string column;   ///< Name of the column.
    std::string jsonPath; ///< ".status.lastTime"
};

/// Reads the date columns of one version out of a CustomResourceDefinition in JSON (creationTimestamp's left out).
[[nodiscard]] base::Result<std::vector<DatePath>> datePathsOfCrd(std::string_view crdJson, std::string_view version);

/// Reads the column definitions out of a Table in JSON, such as a list with limit=1 answers. `Unsupported` where the
/// answer is no Table: the server cannot print this kind.
[[nodiscard]] base::Result<std::vector<ServerColumn>> tableColumns(std::string_view tableJson);

/// Asks for a Table, and takes plain JSON from servers that have none.
inline constexpr std::string_view kTableAccept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
inline constexpr std::string_view kJsonAccept = "application/json";
inline constexpr std::string_view kProtobufAccept = "application/vnd.kubernetes.protobuf,application/json";

/// The largest single watch frame taken; etcd holds objects of 1.5 MB.
inline constexpr std::size_t kMaxFrameBytes = std::size_t(16) << 20;

struct ListMeta {
    std::string resourceVersion;
    std::string continueToken;   ///< Empty on the last page.
    std::int64_t remaining = -1; ///< Items after this page, -1 where the server does not say.
};

/// What some bytes of a watch said.
struct WatchFrames {
    RowBatch batch; ///< Upserts and removals, newest per object.
    /// Of the last object or bookmark, empty if none came. From it a watch resumes; but initial events come in the
    /// order of names, so where they were asked for nothing counts before initialEventsEnd.
    std::string resourceVersion;
    std::uint64_t events = 0; ///< ADDED, MODIFIED and DELETED frames.
    bool initialEventsEnd = false;
    std::optional<base::Error> error;            ///< The server's ERROR event (410 is Gone); nothing after it is read.
    WatchEventType type = WatchEventType::Added; ///< Of feedEach()'s event, where it has a row.
    std::string object;                          ///< Of feedEach() with Spec::wholeObjects: the event's object in JSON.
};

/// Turns the server's bytes of one kind into rows: typed rows from protobuf or JSON where our printing matches the
/// server's columns, rows of the server's Table otherwise. Holds the unfinished frame of a stream and buffers that are
/// used again; one thread at a time (a strand). Never throws on bad input: BadResponse says what and where.
class Decoder {
public:
    struct Spec {
        Kind kind;
        /// From the server's Table. Empty where the server prints none: typed kinds then print as the newest server
        /// known, others learn their columns from the first answer (name and age where that is no Table).
        ServerColumns columns;
        std::vector<DatePath> datePaths; ///< Only for custom kinds with date columns.
        /// Minor version of the server (36 of v1.36.3), 0 where unknown: some cells changed their rule between versions
        /// while the columns stayed.
        int serverMinor = 0;
        /// Whole objects are asked for in JSON, and feedEach() keeps them beside their rows.
        bool wholeObjects = false;
    };
    static std::unique_ptr<Decoder> create(Spec spec);

    virtual ~Decoder() = default;
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    /// The shape of the rows to come. Table rows only: another one after an answer whose column definitions differ; the
    /// batch then has the new one, and earlier rows must be listed again.
    [[nodiscard]] virtual const RowLayoutPtr& layout() const = 0;
    /// Typed rows can be read from protobuf and JSON, others from Tables alone.
    [[nodiscard]] virtual bool isTyped() const = 0;
    /// Accept header for lists and watches: kProtobufAccept for typed kinds, kTableAccept otherwise. kJsonAccept works
    /// for typed kinds too, and for the others gives name and age.
    [[nodiscard]] virtual std::string_view accept() const = 0;
    /// To be added to the query of lists and watches: "includeObject=Object" or empty.
    [[nodiscard]] virtual std::string_view query() const = 0;

    /// A whole list answer. `contentType` is the answer's header (a text starting with
    /// "application/vnd.kubernetes.protobuf" means protobuf, everything else JSON).
    [[nodiscard]] virtual base::Result<RowBatch> list(std::string_view contentType, std::string_view body,
                                                      ListMeta& meta) = 0;

    /// A watch begins: forgets what an earlier one left unfinished.
    virtual void beginStream(std::string_view contentType) = 0;
    /// The next bytes of the watch, cut anywhere. After an error the stream is of no use.
    [[nodiscard]] virtual base::Result<WatchFrames> feed(std::string_view bytes) = 0;
    /// Like feed(), but each event by itself, in order, and of a deleted object its last row instead of a removal.
    [[nodiscard]] virtual base::Result<std::vector<WatchFrames>> feedEach(std::string_view bytes) = 0;
    /// The stream ended: an error if that was within a frame.
    [[nodiscard]] virtual base::Result<void> endStream() = 0;

protected:
    Decoder() = default;
};

/// Layout of the typed rows that print exactly these columns (names, order and priorities), null if there is none: then
/// the Table path prints. Empty columns: the newest layout known.
[[nodiscard]] RowLayoutPtr matchTypedKind(const Kind& kind, const ServerColumns& columns);

} // namespace kube
