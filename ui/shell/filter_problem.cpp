// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/filter_problem.h"

#include <algorithm>

namespace ui {

FilterProblem filterProblem(const QString& text, const fleet::FilterError& error) {
    // A code point outside the basic plane is two units of the text.
    const auto units = [&text](std::size_t points) {
        qsizetype at = 0;
        for (std::size_t i = 0; i < points && at < text.size(); ++i)
            at += text.at(at).isHighSurrogate() ? 2 : 1;
        return static_cast<int>(at);
    };
    FilterProblem problem;
    problem.column = units(error.column);
    problem.length = std::max(1, units(error.column + error.length) - problem.column);
    problem.message = QString::fromStdString(error.message);
    return problem;
}

} // namespace ui
