// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/manifest/manifest.h"
#include "core/kube/manifest/value.h"

#include <functional>
#include <string_view>

namespace kube {

/// Gets each object that is read, with the place of each of its fields; both live as long as the call.
using EachManifest = std::function<void(const Manifest& manifest, const manifest::Value& object)>;

/// As readManifests() without `each`.
[[nodiscard]] Manifests readManifests(std::string_view text, std::string_view file, const EachManifest& each);

} // namespace kube
