// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"

#include <QObject>
#include <QPointer>

#include <cstdint>
#include <memory>
#include <utility>

namespace ui {

/// What a widget shows right now. Renewing it makes answers to questions about the former one worthless.
class Subject {
public:
    void renew() { m_turn = std::make_shared<char>(); }

private:
    template <typename Op, typename Handler>
    friend base::Cancel call(const QObject* guard, const Subject& subject, Op op, Handler handler);
    std::shared_ptr<char> m_turn = std::make_shared<char>();
};

/// Starts `op(callback)` and passes its answer to `handler`, unless by then `guard` has died or `subject` was renewed.
/// The executor that op calls back on must be the GUI thread's. The Cancel that op returned is passed on.
template <typename Op, typename Handler>
[[nodiscard]] base::Cancel call(const QObject* guard, const Subject& subject, Op op, Handler handler) {
    return op([guarded = QPointer<const QObject>(guard), turn = std::weak_ptr<char>(subject.m_turn),
               handler = std::move(handler)](auto&&... answer) mutable {
        if (guarded && !turn.expired())
            handler(std::forward<decltype(answer)>(answer)...);
    });
}

} // namespace ui
