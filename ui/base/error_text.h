// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

namespace ui {

/// What went wrong, as one translated sentence without the cluster's name and without a full stop: "timed out",
/// "may not list pods". Details that only the log's English message has are left out.
QString errorSentence(const base::Error& error);
/// What the operator can do about it, one translated sentence; empty where nothing helps but waiting.
QString errorAdvice(const base::Error& error);

} // namespace ui
