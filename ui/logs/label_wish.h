// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/ids.h"
#include "ui/browser/act_target.h"

#include <QString>

#include <string>
#include <string_view>
#include <vector>

namespace ui {

struct LogsSubject;
class Scope;

/// Pods by their labels, those that come later too.
struct LabelWish {
    std::vector<fleet::ClusterId> clusters; ///< Empty: all that are connected.
    std::vector<std::string> namespaces;    ///< Empty: all.
    std::string selector;                   ///< As kubectl -l takes it.
};

/// The selector that is most likely meant by a pod with these labels ("a=b,c=d"): app.kubernetes.io/name (with the
/// instance), app or k8s-app, else all that do not tell one pod or one revision from the next.
std::string likelySelector(std::string_view labels);

/// Where the objects are, and by which selector, as far as they are pods: of the labels that all of them have.
LabelWish labelWish(const std::vector<ActTarget>& targets);
/// Where the operator looks, and no selector.
LabelWish labelWish(const Scope& scope);
/// Where the subject's pods are; without a selector if not one is meant by all of it.
LabelWish labelWish(const LogsSubject& subject);

/// "app=web in shop, paris, oslo".
QString labelTitle(const fleet::Fleet& fleet, const LabelWish& wish);

} // namespace ui
