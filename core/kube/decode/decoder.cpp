// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/decoder.h"

#include "core/kube/decode/table_decoder.h"
#include "core/kube/decode/typed_decoder.h"
#include "core/kube/decode/typed_kind.h"

namespace kube {

std::unique_ptr<Decoder> Decoder::create(Spec spec) {
    if (RowLayoutPtr layout = matchTypedKind(spec.kind, spec.columns)) {
        const decode::TypedKind* typed = decode::typedKind(spec.kind.group, spec.kind.version, spec.kind.plural);
        auto reader = typed->makeReader(spec.serverMinor);
        return std::make_unique<decode::TypedDecoder>(std::move(spec), std::move(layout), std::move(reader));
    }
    return std::make_unique<decode::TableDecoder>(std::move(spec));
}

} // namespace kube
