// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/ids.h"
#include "core/kube/kind.h"

#include <QStringList>

#include <string>
#include <vector>

namespace ui {

/// What an editor is opened for.
struct EditorSubject {
    enum class Purpose {
        Edit,   ///< An object that is there, in one or several clusters.
        Create, ///< New objects.
        Clone,  ///< A copy of an object for other clusters.
    };

    enum class View { Text, Form };

    Purpose purpose = Purpose::Create;
    View view = View::Text; ///< Whether the form stands beside the text from the start.
    /// Of Edit and Clone.
    kube::Kind kind = {};
    std::string ns = {};
    std::string name = {};
    /// Where the object is; where new ones are to go, unless others are chosen.
    std::vector<fleet::ClusterId> clusters = {};
    /// Of Create: the text to go on from.
    std::string draft = {};
};

} // namespace ui
