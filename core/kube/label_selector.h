// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// A label selector as kubectl -l takes it: "a=b", "a==b", "a!=b", "a in (b,c)", "a notin (b)", "a", "!a", "a>1",
/// "a<1", joined by commas. Semantics of k8s.io/apimachinery/pkg/labels: != and notin also hold where the key is
/// absent.
class LabelSelector {
public:
    enum class Operator : std::uint8_t { In, NotIn, Exists, Absent, Greater, Less };
    struct Requirement {
        std::string key;
        Operator op = Operator::Exists;
        std::vector<std::string> values;

        friend bool operator==(const Requirement&, const Requirement&) = default;
    };

    /// Fails with BadInput; the message says what was expected and, in characters, where.
    static base::Result<LabelSelector> parse(std::string_view text);

    /// `labels` in RowHead's form: "a=b,c=d".
    [[nodiscard]] bool matches(std::string_view labels) const;
    [[nodiscard]] const std::vector<Requirement>& requirements() const { return m_requirements; }

private:
    std::vector<Requirement> m_requirements;
};

/// What finding one label gives: whether the key is there, and its value.
struct LabelValue {
    bool found = false;
    std::string_view value;
};

/// Looks a key up in "a=b,c=d".
LabelValue findLabel(std::string_view labels, std::string_view key);

} // namespace kube
