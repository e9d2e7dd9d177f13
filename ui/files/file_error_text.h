// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

namespace ui {

/// What went wrong with files of a container or of this machine, as one sentence without a full stop.
QString fileErrorSentence(const base::Error& error);
/// What helps; empty where nothing does but looking elsewhere.
QString fileErrorAdvice(const base::Error& error);

} // namespace ui
