// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ui {

/// What was typed after ':' as k9s users type it: "pods", "po shop", "deploy /cart", "po app=shop", "svc @houston",
/// "ctx houston", "ns shop", "fleet", "q".
struct Command {
    enum class Verb {
        Nothing,   ///< Empty.
        Subject,   ///< A page or kind: subject, with ns, filter and context where typed.
        Context,   ///< "ctx": subject is the cluster's name, empty: show the fleet.
        Namespace, ///< "ns": subject is the namespace, "all" or empty: all.
        Settings,
        Help,
        Quit,
    };
    Verb verb = Verb::Nothing;
    QString subject;
    QString ns;
    QString filter; ///< In the filter language.
    QString context;
};

Command parseCommand(const QString& typed);

} // namespace ui
