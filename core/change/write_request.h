// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/change/change_set.h"
#include "core/kube/kind.h"
#include "core/kube/transport.h"

#include <string>

namespace change {

/// Whether the server is to store it or only to say what it would store (dryRun=All).
enum class Mode { Pretend, Store };

/// What must still hold where the write arrives; empty: whatever there is.
struct Precondition {
    std::string resourceVersion = {};
    std::string uid = {};
};

/// The request of an operation: fieldManager, fieldValidation=Strict and `force` only where taking over was chosen.
/// Fails with BadInput where body or object make no sense. The only place that makes writing requests. Pure.
[[nodiscard]] base::Result<kube::ApiRequest> writeRequest(const Operation& operation, const kube::Kind& kind, Mode mode,
                                                          const Precondition& precondition);

/// Reads what the operation changes: the object, or its scale.
[[nodiscard]] kube::ApiRequest readRequest(const Operation& operation, const kube::Kind& kind);

} // namespace change
