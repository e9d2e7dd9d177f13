// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/status.h"

namespace kube::decode {

/// Reads a Status object, as answers and ERROR events carry it.
template <typename Value>
void readStatusObject(Value& object, Status& status) {
    object.fields([&status](auto& field) {
        if (field.is("message", 3)) {
            status.message = field.text();
        } else if (field.is("reason", 4)) {
            status.reason = field.text();
        } else if (field.is("details", 5)) {
            field.fields([&status](auto& part) {
                if (part.is("name", 1))
                    status.name = part.text();
                else if (part.is("kind", 3))
                    status.kind = part.text();
                else if (part.is("retryAfterSeconds", 5))
                    status.retryAfter = retryAfterSeconds(part.integer());
            });
        } else if (field.is("code", 6)) {
            status.code = static_cast<int>(field.integer());
        }
    });
}

} // namespace kube::decode
