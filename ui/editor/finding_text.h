// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/openapi/complete.h"
#include "core/kube/openapi/validate.h"

#include <QString>

namespace ui {

/// What schemas say, in the operator's language.

/// "spec.replica: no such field; replicas?"
QString findingText(const kube::openapi::Finding& finding);
/// "spec.replicas (integer, required): how many pods there should be"
QString fieldStatement(const QString& path, const kube::openapi::Schema& schema, bool isRequired);

} // namespace ui
