// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace kube::decode {

/// A JSON number that is no int64 (or a word like true) as Go's fmt.Sprint prints it: the shortest decimal that reads
/// back as the same float64, with an exponent below 1e-4 and from 1e21 on.
std::string goNumber(std::string_view token);

} // namespace kube::decode
